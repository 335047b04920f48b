"""Need beside support: who has great needs and little support."""

from dataclasses import dataclass

import polars as pl

from dashboard import data, format, theme
from dashboard.charts import Chart, ChartSpec
from dashboard.charts.labels import shortened
from dashboard.charts.scatter import Quarters, quarter_scatter
from dashboard.components.links import carried_filters, with_institution_address
from dashboard.figures.noden import SUPPORT_UNKNOWN, no_scores
from dashboard.figures.noden_choices import (
    is_classless,
    is_in_groups,
    is_support_unknown,
    is_trap_unknown,
    is_unknown,
)
from dashboard.figures.noden_scenario import sees_network
from dashboard.figures.noden_table import heads, running_support, trap_note, with_class_reason
from dashboard.tables import Table, table

SOURCE = "rangschikking van de noden en verslagtool"
_NO_SCORES = "Deze instellingen hebben geen score: of er een hoge bij is, valt niet te zeggen."
_ALL_HIGH = "(Bijna) alle instellingen horen bij de eerste N: welke score hoog is, valt niet te zeggen."
_NO_ONE = "Geen instelling in deze keuze heeft een hoge score en weinig steun."

#: Trap -> colour and symbol, the weightiest last: it is drawn on top.
_STYLES = {
    "regulier": (theme.TRAP["regulier"], "circle-open"),
    "verhoogd": (theme.TRAP["verhoogd"], "triangle-up"),
    "verplicht": (theme.TRAP["verplicht"], "diamond"),
}
#: Where nobody's trap is known.
_NO_TRAP = {"trap ontbreekt": (theme.TRAP["regulier"], "x-thin-open")}
#: How many instellingen are named on the chart; the table beside it has all of them.
_NAMED = 5


@dataclass(frozen=True)
class Limits:
    """From which score a need is high, and from how many dagdelen support is no longer little (None: unknown).

    A high score is one of the first `top_n` of the network. `niveaus` are those of the instellingen that the limits
    were taken from; none where that is the whole network.
    """

    top_n: int
    score: float | None
    dagdelen: float | None
    niveaus: tuple[str, ...] = ()


def limits(ranking: pl.DataFrame, top_n: int) -> Limits:
    """Return the limits among all that the reader sees: the lowest of the first `top_n` scores, the median support.

    That is the whole network, with or without names, except for a role that sees one onderwijsniveau only. The median
    is over instellingen that got support in the schooljaar.
    """
    niveaus = () if sees_network() else tuple(ranking["onderwijsniveau"].unique().sort())
    return _limits(ranking, top_n, niveaus)


@data.derived
def _limits(ranking: pl.DataFrame, top_n: int, niveaus: tuple[str, ...]) -> Limits:
    highest = None if is_classless(ranking) else ranking.filter(pl.col("rang_score") <= top_n)["score"].min()
    supported = ranking.filter(pl.col("dagdelen_ondersteuning") > 0)["dagdelen_ondersteuning"].median()
    score, dagdelen = (None if value is None else float(str(value)) for value in (highest, supported))
    return Limits(top_n, score, dagdelen, niveaus)


@data.derived
def little_support(listed: pl.DataFrame, within: Limits) -> pl.DataFrame:
    """Return who has a high score and little support: first those without any, then by score, the highest first."""
    if within.score is None:
        return listed.clear()
    little = pl.col("dagdelen_ondersteuning") < (within.dagdelen or 1.0)
    return listed.filter((pl.col("score") >= within.score) & little).sort(
        pl.col("dagdelen_ondersteuning") > 0, "score", "instellingsnummer", descending=[False, True, False]
    )


@data.derived
def support_chart(listed: pl.DataFrame, ranked: pl.DataFrame, within: Limits) -> Chart:
    """Return score against dagdelen of support; the quarter of high scores and little support is named.

    Of `ranked` those of others, who have no number, lie behind without a name.
    """
    others = ranked.filter(pl.col("instellingsnummer").is_null())
    wanted = little_support(listed, within)
    named = wanted.head(_NAMED)["instellingsnummer"]
    labelled = listed.with_columns(
        shortened(pl.col("naam")).alias("label"),
        pl.col("instellingsnummer").is_in(named.implode()).alias("is_genoemd"),
        pl.col("trap").fill_null(next(iter(_NO_TRAP))),
    )
    quarters = None
    if within.score is not None and within.dagdelen is not None:
        quarters = Quarters(
            within.score,
            within.dagdelen,
            "lager, veel steun",
            "hoog, veel steun",
            "lager, weinig steun",
            f"<b>hoog, weinig steun: {format.number(wanted.height)}</b>",
        )
    return quarter_scatter(
        labelled,
        "score",
        "dagdelen_ondersteuning",
        "label",
        "trap",
        _NO_TRAP if is_trap_unknown(listed) else _STYLES,
        ChartSpec(support_title(listed, within), _alt(listed, wanted), SOURCE, _note(within) + trap_note(listed)),
        axis_titles=("score (0 tot 1)", "dagdelen steun"),
        quarters=quarters,
        named="is_genoemd",
        behind=("andere instellingen van het netwerk, zonder naam", others) if others.height else None,
    )


def support_title(listed: pl.DataFrame, within: Limits) -> str:
    """Return the finding in one sentence."""
    if listed.is_empty() or is_unknown(listed) or is_support_unknown(listed) or is_classless(listed):
        return "Krijgt wie de grootste noden heeft ook steun?"
    high = 0 if within.score is None else listed.filter(pl.col("score") >= within.score).height
    if not high:
        return "Geen instelling in deze keuze heeft een hoge score"
    missed = little_support(listed, within).height
    verb = "krijgt" if missed == 1 else "krijgen"
    if high == 1:
        return f"De enige instelling met een hoge score krijgt {'weinig' if missed else 'niet weinig'} steun"
    return f"{format.number(missed)} van de {format.number(high)} instellingen met een hoge score {verb} weinig steun"


def no_one(listed: pl.DataFrame) -> str:
    """Return why the list of who has a high score and little support is empty."""
    if is_support_unknown(listed):
        return SUPPORT_UNKNOWN
    if is_unknown(listed):
        return _NO_SCORES
    return _ALL_HIGH if is_classless(listed) else _NO_ONE


def nothing_to_draw(listed: pl.DataFrame) -> str:
    """Return why the chart of need beside support has nothing to draw."""
    return SUPPORT_UNKNOWN if is_support_unknown(listed) else no_scores(listed)


def support_table(rows: pl.DataFrame) -> Table:
    """Return the instellingen of `little_support`, with links to their pages."""
    return _support_table(rows, carried_filters())


@data.derived
def _support_table(rows: pl.DataFrame, carried: str) -> Table:
    places = [] if is_in_groups(rows) else ["rang"]
    columns = [
        "naam", "score", "dagdelen_ondersteuning", "trap", "klasse", *places, "advies", "trajecten",
        "onderwijsniveau", "scholengroep",
    ]  # fmt: skip
    widths = {"naam": 260, "score": 60, "dagdelen_ondersteuning": 60}
    worded = with_class_reason(with_institution_address(rows, carried)).with_columns(running_support())
    reason = {"klasse": "klasse_reden"}
    return table(worded, "noden", columns, heads=heads(), reason=reason, links={"naam": "adres"}, widths=widths)


@data.derived
def support_data(listed: pl.DataFrame) -> Table:
    """Return the data behind the chart."""
    columns = ["naam", "trap", "klasse", "score", "dagdelen_ondersteuning"]
    return table(with_class_reason(listed), "noden", columns, heads=heads(), reason={"klasse": "klasse_reden"})


def _alt(listed: pl.DataFrame, wanted: pl.DataFrame) -> str:
    if listed.is_empty():
        return "Geen instellingen voor deze keuze."
    alt = f"Spreidingsdiagram van {format.number(listed.height)} instellingen: score tegenover dagdelen steun."
    if is_classless(listed):
        return f"{alt} {_ALL_HIGH}"
    without = wanted.filter(pl.col("dagdelen_ondersteuning") == 0).height
    alt += (
        f" {format.number(wanted.height)} met een hoge score krijgen weinig steun, "
        f"{format.number(without)} daarvan helemaal geen."
    )
    if wanted.height:
        alt += f" Het meest opvallend is {wanted['naam'][0]}."
    return alt


def _note(within: Limits) -> str:
    note = "Elk teken is een instelling; wie geen dagdelen kreeg, ligt in de strook onderaan, uit elkaar gelegd."
    highest = f"de hoogste {format.number(within.top_n)} van het netwerk"
    if within.niveaus:
        # The lowest of these scores is that of a reader's own instelling, not where the first of the network end.
        note += f" Hoge score: bij {highest}."
    elif within.score is not None:
        note += f" Hoge score: vanaf {format.number(within.score, 2)} ({highest})."
    if within.dagdelen is not None:
        who = "wie in het netwerk steun kreeg"
        if within.niveaus:
            who = f"de instellingen van niveau {' en '.join(within.niveaus)} die steun kregen"
        note += f" Weinig steun: minder dan {format.dagdelen(within.dagdelen)} dagdelen, de mediaan van {who}."
    return note
