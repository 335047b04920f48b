"""The ranking as a table: trap, klasse and place in words and numbers, with the score and the interval drawn."""

from collections.abc import Mapping

import polars as pl

from dashboard import data, format, theme
from dashboard.charts import cells
from dashboard.charts.labels import both_ends
from dashboard.components.links import carried_filters, with_institution_address
from dashboard.figures.noden_choices import (
    is_classless,
    is_in_groups,
    is_nothing_known,
    is_support_unknown,
    is_trap_unknown,
)
from dashboard.filled import filled
from dashboard.tables import Picture, Table, table

CRITERIA = {
    "bijdrage_doorlichting": ("Doorlichting", theme.CRITERIUM["doorlichting"]),
    "bijdrage_leerresultaten": ("Leerresultaten", theme.CRITERIUM["leerresultaten"]),
    "bijdrage_doorstroom": ("Doorstroom", theme.CRITERIUM["doorstroom"]),
    "bijdrage_leerrecht": ("Leerrecht", theme.CRITERIUM["leerrecht"]),
}
#: What stacks up to the score: the four criteria, and what is estimated where one has no data.
PARTS = {**CRITERIA, "geschat": ("Geschat", theme.NEUTRAL)}
LEGEND = dict(PARTS.values())
#: The column of a contribution -> the one with why it is not there.
CRITERION_REASONS = {column: column.replace("bijdrage_", "reden_") for column in CRITERIA}
#: Why criteria have no figure -> what stands before their names, in this order.
_WITHOUT_FIGURE = {"ontbreekt": "", "beschermd": f"{format.SUPPRESSED}: ", "nvt": f"{format.NOT_APPLICABLE}: "}

_SCORE_NOTE = (
    "De score telt de bijdragen van de vier criteria op, van 0 tot 1; waar een criterium geen cijfer heeft, telt "
    "het gemiddelde van vergelijkbare instellingen (geschat). "
)
_PLACE_NOTE = "Plaats 90 %: de rang ligt met 90 % kans tussen deze twee plaatsen. "
_SUPPORT_NOTE = "Steun: dagdelen in het schooljaar."
NOTE = (
    f"{_SCORE_NOTE}{_PLACE_NOTE}Vorig jaar: zoveel plaatsen hoger of lager dan toen; hoger is een grotere nood. "
    f"{_SUPPORT_NOTE}"
)
SCENARIO_NOTE = (
    f"{_SCORE_NOTE}{_PLACE_NOTE}Standaard: zoveel plaatsen hoger of lager dan met de standaardinstellingen; hoger is "
    f"een grotere nood. {_SUPPORT_NOTE}"
)
#: A place at the mean of the weights need not lie among most places at all weights that keep the order.
OUTSIDE_NOTE = (
    " Soms ligt de rang net buiten zijn interval: de rang volgt uit de beste schatting, het interval uit alle "
    "gewichten en metingen die kunnen kloppen."
)
UNKNOWN_NOTE = (
    " Zonder score en klasse: van het hele onderwijsniveau is geen enkel criterium bekend dat meetelt; de plaats rust "
    "er op vaste waarden, niet op een meting."
)
#: Stands below every list with the trap, and so in its downloads.
TRAP_NOTE = " De trap ontbreekt: in dit schooljaar telt geen enkele doorlichting mee."
MEASURES_NOTE = " Wie grote noden heeft, blijkt enkel uit metingen."
CLASSLESS_NOTE = " Een klasse is er niet: (bijna) alle instellingen van het netwerk horen bij de eerste N."
NOTHING_NOTE = (
    "Er zijn geen scores, klassen of plaatsen: van deze onderwijsniveaus is geen enkel criterium bekend dat meetelt. "
)
FURTHER_HINT = (
    "Bijdragen, advies, niveau en scholengroep: kies die kolommen met het oog boven de tabel; elke download heeft ze."
)
GROUPS_NOTE = f"{_SCORE_NOTE}Er staan geen plaatsen: de verschillen zijn er te klein voor. {_SUPPORT_NOTE}"

_SCORE_PICTURE = Picture(
    "score_beeld",
    "Opbouw score",
    "De score van 0 tot 1, van links naar rechts: doorlichting (paars), leerresultaten (blauw), doorstroom (groen), "
    "leerrecht (oker), geschat (grijs). Dezelfde getallen staan in de kolommen ernaast.",
    cells.WIDTH + 22,
)
_PLACE_PICTURE = Picture(
    "plaats_beeld",
    "Hoe zeker",
    "Lijn: waar de plaats met 90 % kans ligt; punt: de gemiddelde plaats; streepje: de grens van de eerste N. "
    "De eerste plaatsen krijgen de meeste ruimte. Dezelfde plaatsen staan in woorden ernaast.",
    cells.WIDTH + 22,
)
#: What the columns mean that this page makes itself.
_MEANINGS = {
    "interval": "De rang ligt met 90 % kans tussen deze twee plaatsen.",
    "geschat": "Deel van de score dat van vergelijkbare instellingen komt, omdat eigen gegevens ontbreken.",
    "trajecten": "Soorten begeleiding die op de peildatum lopen.",
    "zonder_cijfer": "De criteria zonder cijfer. Achter n.v.t.: wat voor dit onderwijsniveau niet bestaat; achter "
    "beschermd: wat te klein is om te tonen; de andere ontbreken.",
    "dialoog": "Wat een hoofdadviseur of SPOC erbij noteerde en nu geldt; het verandert de berekende plaats niet.",
}
#: Pixels per column, beside the name: what answers at a glance fits whole beside the sidebar on a screen of 1440 wide.
_WIDTHS = {
    "trap": 72, "klasse": 72, "rang": 46, "score": 50, "interval": 88, "verandering_woorden": 80,
    "dagdelen_ondersteuning": 50, "trajecten": 104, "zonder_cijfer": 100, "dialoog": 82,
}  # fmt: skip
#: What is left for the name, and the characters that fit in it: without remarks there is no column for them.
_NAME_WIDTH, _NAME_BESIDE_REMARKS = 264, 188
_PIXELS_PER_CHARACTER = 6.6
#: How much wider a word is than a score: where one is missing, the reason stands there.
_WORD = 24
#: Columns that the grid shows when they are asked for.
_FURTHER = (
    *CRITERIA, "geschat", "kans_top", "advies", "onderwijsniveau", "scholengroep", "scholengemeenschap", "oki_klasse",
)  # fmt: skip


def note(listed: pl.DataFrame) -> str:
    """Return how to read the table."""
    if is_nothing_known(listed):
        return NOTHING_NOTE + _SUPPORT_NOTE + TRAP_NOTE
    unknown = UNKNOWN_NOTE if listed["reden"].count() else ""
    unknown += (CLASSLESS_NOTE if is_classless(listed) else "") + trap_note(listed)
    if is_in_groups(listed):
        return GROUPS_NOTE + unknown
    words = (SCENARIO_NOTE if is_scenario(listed) else NOTE) + unknown
    is_outside = (pl.col("rang") < pl.col("rang_p05")) | (pl.col("rang") > pl.col("rang_p95"))
    return words + (OUTSIDE_NOTE if listed.select(is_outside.any()).item() else "")


def trap_note(listed: pl.DataFrame) -> str:
    """Return that nobody's trap is known; nothing where it is."""
    if not is_trap_unknown(listed):
        return ""
    return TRAP_NOTE if is_nothing_known(listed) else TRAP_NOTE + MEASURES_NOTE


def is_scenario(listed: pl.DataFrame) -> bool:
    """Return whether these rows were ranked with other settings than the default."""
    return listed["rang_standaard"].count() > 0


#: What hoofdadviseurs and SPOCs remarked: instellingsnummer and words. Values, not a frame: remarks change often.
Remarks = tuple[tuple[str, str], ...]


def remarks(words: pl.DataFrame) -> Remarks:
    """Return the remarks among what `dialogue_words` says of a list."""
    return tuple(words.filter(pl.col("dialoog") != "geen").select("instellingsnummer", "dialoog").iter_rows())


def ranking_table(listed: pl.DataFrame, remarks: Remarks, top_n: int, last: int) -> Table:
    """Return the whole list; without positions where only groups may be shown.

    `last` is the number of ranked instellingen in the network, `top_n` how many of them are the first.
    """
    return _ranking_table(listed, remarks, top_n, last, carried_filters())


@data.derived
def _ranking_table(listed: pl.DataFrame, remarks: Remarks, top_n: int, last: int, carried: str) -> Table:
    in_groups = is_in_groups(listed)
    said = pl.DataFrame(remarks, schema={"instellingsnummer": pl.String, "dialoog": pl.String}, orient="row")
    word = _WORD if listed["score"].null_count() else 0
    support_word = _WORD if is_support_unknown(listed) else 0
    width = (_NAME_BESIDE_REMARKS if remarks else _NAME_WIDTH) - word - support_word
    short = listed.with_columns(both_ends(pl.col("naam"), int(width / _PIXELS_PER_CHARACTER)).alias("naam_kort"))
    worded = (
        with_institution_address(with_class_reason(with_own_contributions(short)), carried, name="naam_kort")
        .join(said, on="instellingsnummer", how="left", maintain_order="left")
        .with_columns(
            pl.col("dialoog").fill_null("geen"),
            pl.col("oki_klasse").fill_null("zonder OKI"),
            running_support(),
            interval_words("rang_p05", "rang_p95").alias("interval"),
            change_words("verandering").alias("verandering_woorden"),
            pl.when(pl.col("reden").is_null()).then("kans_top").alias("kans_top"),
            cells.score_bar({column: colour for column, (_, colour) in PARTS.items()}).alias("score_beeld"),
            cells.place_range("rang_p05", "rang_p95", "rang_gemiddeld", last, top_n).alias("plaats_beeld"),
        )
    )
    columns = [
        "naam", "trap", "klasse", *([] if in_groups else ["rang"]), "score",
        *([] if in_groups else ["interval", "verandering_woorden"]),
        "dagdelen_ondersteuning", "trajecten", "zonder_cijfer", "dialoog", *CRITERIA, "geschat",
        *([] if in_groups else ["kans_top"]), "advies", "onderwijsniveau", "scholengroep", "scholengemeenschap",
        "oki_klasse",
    ]  # fmt: skip
    pictures = {"score": _SCORE_PICTURE} | ({} if in_groups else {"interval": _PLACE_PICTURE})
    return table(
        worded,
        "noden",
        columns,
        heads=heads() | ({"verandering_woorden": "Standaard"} if is_scenario(listed) else {}),
        reason={
            "score": "reden",
            "klasse": "klasse_reden",
            "geschat": "geschat_reden",
            "kans_top": "klasse_reden",
            "scholengemeenschap": "scholengemeenschap_reden",
            **CRITERION_REASONS,
        },
        links={"naam": "adres"},
        widths=_WIDTHS
        | {
            "naam": width,
            "score": _WIDTHS["score"] + word,
            "dagdelen_ondersteuning": _WIDTHS["dagdelen_ondersteuning"] + support_word,
        },
        pictures=pictures,
        meanings=_MEANINGS,
        further_mart="instelling_jaar",
        further=frozenset(columns) & {*_FURTHER, *([] if remarks else ["dialoog"])},
    )


def with_class_reason(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with `klasse_reden`, why there is no class: 'nvt' where one would tell nobody apart."""
    return rows.with_columns(pl.coalesce("reden", pl.lit("nvt")).alias("klasse_reden"))


def with_own_contributions(listed: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with contributions from own data only, and `geschat`: what the score takes from like ones.

    A criterion without data then reads as its reason (`CRITERION_REASONS`), not as the mean that stands in for it;
    `zonder_cijfer` names those criteria in words. `geschat_reden` says 'nvt' where nothing is estimated, and repeats
    `reden` where nothing is known of the niveau: fixed values are no estimate. `scholengemeenschap_reden` says 'nvt'
    where an instelling has none.
    """
    missing = {column: pl.col("ontbreekt").list.contains(column.removeprefix("bijdrage_")) for column in CRITERIA}
    estimated = pl.sum_horizontal(pl.when(is_missing).then(column) for column, is_missing in missing.items())
    has_missing = pl.col("ontbreekt").list.len() > 0
    return listed.with_columns(
        *(pl.when(~is_missing).then(column).alias(column) for column, is_missing in missing.items()),
        pl.when(has_missing & pl.col("reden").is_null()).then(estimated).alias("geschat"),
        pl.coalesce("reden", pl.when(~has_missing).then(pl.lit("nvt"))).alias("geschat_reden"),
        pl.when(pl.col("scholengemeenschap").is_null()).then(pl.lit("nvt")).alias("scholengemeenschap_reden"),
        _without_figure(missing).alias("zonder_cijfer"),
    )


def _without_figure(missing: Mapping[str, pl.Expr]) -> pl.Expr:
    """Return the criteria without a figure as 'doorlichting; n.v.t.: doorstroom, leerrecht', or 'geen'.

    `missing` says per column of a contribution whether the criterion has no data. What the mart gives no reason for
    is only missing from the chosen view.
    """
    parts = []
    for code, head in _WITHOUT_FIGURE.items():
        named = pl.concat_list(
            pl.when(is_missing & (pl.col(CRITERION_REASONS[column]).fill_null("ontbreekt") == code)).then(
                pl.lit(column.removeprefix("bijdrage_"))
            )
            for column, is_missing in missing.items()
        ).list.drop_nulls()
        parts.append(pl.when(named.list.len() > 0).then(pl.lit(head) + named.list.join(", ")))
    words = pl.concat_list(parts).list.drop_nulls()
    return pl.when(words.list.len() > 0).then(words.list.join("; ")).otherwise(pl.lit("geen"))


def heads() -> dict[str, str]:
    """Return the heads of this page's tables that differ from the description of the mart."""
    return {
        "naam": "Instelling",
        "onderwijsniveau": "Niveau",
        "scholengemeenschap": "Scholengemeenschap",
        "oki_klasse": "OKI-klasse",
        "klasse": "Klasse",
        "interval": "Plaats 90 %",
        "verandering_woorden": "Vorig jaar",
        "zonder_cijfer": "Geen cijfer",
        "dagdelen_ondersteuning": "Steun",
        "trajecten": "Loopt nu",
        "dialoog": "Dialoog",
        "kans_top": "Kans eerste N",
        **{column: name for column, (name, _) in CRITERIA.items()},
    }


def running_support() -> pl.Expr:
    """Return the kinds of support that run now, by their names."""
    names = {code: name.lower() for code, name in theme.STRATEGIE_NAAM.items()}
    return pl.col("trajecten").list.eval(pl.element().replace(names))


def interval_words(low: str, high: str) -> pl.Expr:
    """Return two columns of places as '3 tot 20', or as '1' where both are the same; null where unknown."""
    first, last = pl.col(low).cast(pl.Int64), pl.col(high).cast(pl.Int64)
    return pl.when(first == last).then(first.cast(pl.String)).otherwise(filled("{} tot {}", first, last))


def change_words(column: str) -> pl.Expr:
    """Return places gained (positive) or lost as '3 hoger', '2 lager', 'gelijk' or 'onbekend'."""
    change = pl.col(column)
    return (
        pl.when(change.is_null())
        .then(pl.lit("onbekend"))
        .when(change == 0)
        .then(pl.lit("gelijk"))
        .when(change > 0)
        .then(filled("{} hoger", change))
        .otherwise(filled("{} lager", change.abs()))
    )
