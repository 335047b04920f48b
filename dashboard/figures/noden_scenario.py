"""What if: the ranking with other settings than the default, what they are called, and what they change."""

from itertools import permutations

import polars as pl

from analysis.apportionment import largest_remainder
from analysis.needs_scenario import Scenario, default_scenario, rank_scenario
from analysis.weights import rank_order_centroid
from dashboard import data, format
from dashboard.components.links import carried_filters, institution_link, with_institution_address
from dashboard.figures.certainty import measured_scores, telling_classes
from dashboard.figures.noden_choices import is_in_groups
from dashboard.figures.noden_table import heads, trap_note, with_class_reason
from dashboard.filters import Choice, Filter, NumberFilter
from dashboard.tables import Table, table
from warehouse.queries import noden as queries
from warehouse.settings import load_settings

CRITERION_NAMES = {
    "doorlichting": "Doorlichting",
    "leerresultaten": "Leerresultaten",
    "doorstroom": "Doorstroom",
    "leerrecht": "Leerrecht",
}
_SCHEMES = {
    "rangorde": "Volgens de rangorde",
    "rangsom": "Volgens de rangsom",
    "gelijk": "Alle even zwaar",
    "lexicografisch": "Criterium na criterium",
    "eigen": "Eigen gewichten",
}
#: The same as a clause in a list of what was chosen.
_SCHEME_CLAUSES = {
    "rangorde": "gewichten volgens de rangorde",
    "rangsom": "gewichten volgens de rangsom",
    "gelijk": "alle criteria even zwaar",
    "lexicografisch": "criterium na criterium",
}
_VIEWS = {"absoluut": "Absolute nood", "onverwacht": "Onverwachte nood"}
_ORDERS = {"trap": "Eerst trap, dan score", "score": "Alleen score"}
_UNCERTAINTIES = {"beide": "Gegevens en gewichten", "gegevens": "Alleen gegevens", "gewichten": "Alleen gewichten"}
SOURCE = "rangschikking van de noden"
LEXICOGRAPHIC_NOTE = (
    "Criterium na criterium: het eerste beslist, het volgende telt pas waar instellingen gelijk staan. De score op het "
    "scherm is die van de rangorde; ze bepaalt de volgorde hier niet."
)
MOVEMENT_NOTE = (
    "Instellingen die bij de eerste N komen of ervan verdwijnen tegenover de standaardlijst, en wie van klasse "
    "verandert. De filters van de lijst gelden hier niet: het gaat over het hele netwerk."
)
#: Higher numbers have no meaning: no network has as many instellingen.
_HIGHEST_N = 9_999
_KEEP = ("instellingsnummer", "trap")

#: The keys of the settings in the address.
WEIGHT_KEYS = tuple(f"gewicht_{name}" for name in CRITERION_NAMES)
KEYS = ("belang", "gewichten", "top", "kijk", "volgorde", "onzekerheid", *WEIGHT_KEYS)


def standard() -> Scenario:
    """Return the settings of the method."""
    return default_scenario(load_settings())


def setting_filters() -> tuple[Filter | NumberFilter, ...]:
    """Return the choices of the panel, from top to bottom."""
    default = standard()
    orders = {
        "-".join(order): " › ".join(CRITERION_NAMES[name] for name in order) for order in permutations(default.volgorde)
    }
    return (
        NumberFilter("top", "Eerste N", default.top_n, 1, _HIGHEST_N),
        Filter("kijk", "Soort nood", _VIEWS, default.kijk),
        Filter("volgorde", "Volgorde", _ORDERS, "trap" if default.trap_eerst else "score"),
        Filter("onzekerheid", "Onzekerheid", _UNCERTAINTIES, default.onzekerheid),
        Filter("gewichten", "Gewichten", _SCHEMES, default.gewichten),
        Filter("belang", "Belangrijkste criterium eerst", orders, "-".join(default.volgorde)),
    )


def order_words(order: str) -> str:
    """Return an order of the criteria, as its code of the filter, written out: '1 doorlichting, 2 leerrecht, …'."""
    return ", ".join(f"{place} {CRITERION_NAMES[name].lower()}" for place, name in enumerate(order.split("-"), 1))


def weight_filters() -> tuple[NumberFilter, ...]:
    """Return a box per criterion for own weights, in percent; they start from those of the order, rounded."""
    order = standard().volgorde
    start = dict(zip(order, largest_remainder(rank_order_centroid(len(order)), 100).tolist(), strict=True))
    return tuple(
        NumberFilter(f"gewicht_{name}", f"{words} (%)", start[name], 0, 100) for name, words in CRITERION_NAMES.items()
    )


def scenario_of(choice: Choice, weights: Choice | None) -> Scenario:
    """Return the chosen settings; own weights must add up to 100 (`weight_problem`)."""
    order = tuple(choice["belang"].split("-"))
    own = tuple(int(weights[f"gewicht_{name}"]) / 100 for name in order) if weights else ()
    return Scenario(
        volgorde=order,
        gewichten=choice["gewichten"],
        eigen=own,
        top_n=int(choice["top"]),
        kijk=choice["kijk"],
        trap_eerst=choice["volgorde"] == "trap",
        onzekerheid=choice["onzekerheid"],
    )


def weight_problem(weights: Choice) -> str | None:
    """Return in a sentence why own weights cannot be used, or None."""
    total = sum(int(value) for value in weights.values.values())
    if total == 100:
        return None
    return (
        f"De eigen gewichten tellen op tot {format.number(total)} %, niet tot 100 %. "
        "Tot dan gelden de gewichten van de standaard."
    )


def setting_words(scenario: Scenario) -> list[str]:
    """Return each setting that differs from the default, in words; nothing for the default itself."""
    default = standard()
    words = []
    if scenario.volgorde != default.volgorde:
        words.append("belang " + ", ".join(CRITERION_NAMES[name].lower() for name in scenario.volgorde))
    if scenario.gewichten == "eigen":
        shares = zip(scenario.volgorde, scenario.eigen, strict=True)
        own = ", ".join(f"{CRITERION_NAMES[name].lower()} {format.percentage(w, decimals=0)}" for name, w in shares)
        words.append(f"eigen gewichten ({own})")
    elif scenario.gewichten != default.gewichten:
        words.append(_SCHEME_CLAUSES[scenario.gewichten])
    if scenario.top_n != default.top_n:
        words.append(f"de eerste {format.number(scenario.top_n)} in plaats van {format.number(default.top_n)}")
    if scenario.kijk != default.kijk:
        words.append(_VIEWS[scenario.kijk].lower())
    if scenario.trap_eerst != default.trap_eerst:
        words.append("alleen score, zonder trap" if default.trap_eerst else "eerst trap, dan score")
    if scenario.onzekerheid != default.onzekerheid:
        words.append(f"onzekerheid: {_UNCERTAINTIES[scenario.onzekerheid].lower()}")
    return words


def printed_setting(scenario: Scenario) -> str:
    """Return the settings as every export prints them."""
    first = f"eerste {format.number(scenario.top_n)}"
    words = setting_words(scenario)
    if not words:
        return f"standaard, {first}"
    return "; ".join([f"wat als: {words[0]}", *words[1:], *([first] if scenario.top_n == standard().top_n else [])])


#: What a reader may see of an instelling of others: where it stands, not which one it is.
ANONYMOUS = frozenset(
    {
        "rang", "rang_score", "rang_p05", "rang_p95", "rang_gemiddeld", "rang_standaard", "verandering",
        "trap", "klasse", "klasse_standaard", "score", "kans_top", "onderwijsniveau", "is_trap_eerst",
        "is_in_groepen", "rankability", "heeft_grote_noden", "is_ondersteund", "dagdelen_ondersteuning",
    }
)  # fmt: skip


def whole_ranking(schooljaar: str, scenario: Scenario) -> pl.DataFrame:
    """Return the ranking of the whole network with these settings; for `data.over_network`."""
    network = data.frame(queries.ranking, schooljaar=schooljaar)
    if scenario == standard():
        return default_ranking(network)
    criteria, comparable = (
        data.frame(query, schooljaar=schooljaar) for query in (queries.criteria, queries.comparable)
    )
    return scenario_ranking(network, criteria, comparable, scenario)


@data.derived
def default_ranking(ranking: pl.DataFrame) -> pl.DataFrame:
    """Return the ranking of the method, with the columns by which another one compares itself with it (empty)."""
    return telling_classes(measured_scores(ranking)).with_columns(
        pl.lit(standard().trap_eerst).alias("is_trap_eerst"),
        pl.lit(None, pl.Int64).alias("rang_standaard"),
        pl.lit(None, pl.String).alias("klasse_standaard"),
    )


@data.derived
def scenario_ranking(
    ranking: pl.DataFrame, criteria: pl.DataFrame, comparable: pl.DataFrame, scenario: Scenario
) -> pl.DataFrame:
    """Return the ranking with other settings: places, scores and klasse anew, the rest as it was.

    `rang_standaard` and `klasse_standaard` are those of the default, `verandering` the places gained on it.
    `criteria` and `comparable` are those of `queries.noden`. Raises ValueError for settings that cannot be.
    """
    ranked = measured_scores(rank_scenario(criteria, comparable, scenario, load_settings()))
    anew = [name for name in ranked.columns if name in ranking.columns and name not in _KEEP]
    renamed = telling_classes(ranking).rename({"rang": "rang_standaard", "klasse": "klasse_standaard"})
    missing = (
        pl.when(pl.col(f"score_{name}").is_null()).then(pl.lit(name)).otherwise(None) for name in CRITERION_NAMES
    )
    return (
        renamed.drop(name for name in anew if name in renamed.columns)
        .join(ranked.select("instellingsnummer", *anew), on="instellingsnummer", how="inner", validate="1:1")
        .with_columns(
            pl.lit(scenario.trap_eerst).alias("is_trap_eerst"),
            (pl.col("rang_standaard") - pl.col("rang")).alias("verandering"),
            pl.concat_list(*missing).list.drop_nulls().alias("ontbreekt"),
            ((pl.col("trap") == "verplicht") | (pl.col("klasse") == "duidelijk")).alias("heeft_grote_noden"),
        )
        .sort("rang", "instellingsnummer")
        .pipe(telling_classes)
    )


@data.derived
def movements(ranked: pl.DataFrame, top_n: int) -> pl.DataFrame:
    """Return who enters or leaves the first `top_n`, or changes klasse; `beweging` says which, new ones first.

    All of the network, those of others without a number or name.

    Where only groups may be read, klasse alone decides: entering means becoming 'duidelijk'.
    """
    if is_in_groups(ranked):
        now, before = (pl.col(name).eq_missing(pl.lit("duidelijk")) for name in ("klasse", "klasse_standaard"))
    else:
        now, before = pl.col("rang") <= top_n, pl.col("rang_standaard") <= top_n
    beweging = (
        pl.when(now & ~before)
        .then(pl.lit("komt erbij"))
        .when(before & ~now)
        .then(pl.lit("verdwijnt"))
        .when(pl.col("klasse") != pl.col("klasse_standaard"))
        .then(pl.lit("andere klasse"))
    )
    kinds = ["komt erbij", "verdwijnt", "andere klasse"]
    return (
        ranked.with_columns(beweging.alias("beweging"))
        .drop_nulls("beweging")
        .sort(pl.col("beweging").cast(pl.Enum(kinds)), "naam" if is_in_groups(ranked) else "rang", "instellingsnummer")
    )


def change_headline(ranked: pl.DataFrame, top_n: int) -> str:
    """Return in one sentence who other settings bring among the first, and who they take from there."""
    moved = movements(ranked, top_n)
    enter, leave = (moved.filter(pl.col("beweging") == kind).height for kind in ("komt erbij", "verdwijnt"))
    if is_in_groups(ranked):
        return (
            f"{format.counted(enter, 'instelling wordt', 'instellingen worden')} duidelijk bij de grootste noden, "
            f"{format.number(leave)} niet meer."
        )
    if enter or leave:
        return (
            f"{format.counted(enter, 'instelling komt', 'instellingen komen')} in de eerste {format.number(top_n)}, "
            f"{format.counted(leave, 'verdwijnt', 'verdwijnen')}."
        )
    if sees_network():
        return f"De eerste {format.number(top_n)} blijven dezelfde instellingen."
    return f"Geen enkele instelling van deze lijst komt bij de eerste {format.number(top_n)} of verdwijnt daar."


def movement_note(moved: pl.DataFrame) -> str:
    """Return what the table of who moves holds."""
    return MOVEMENT_NOTE + trap_note(moved)


def nobody_moves() -> str:
    """Return why the table of who moves is empty: it names the reader's own instellingen only."""
    who = "niemand" if data.scope().alle_instellingen else "geen enkele van de eigen scholen"
    return f"Met deze keuzes verandert {who} van plaats bij de eersten of van klasse."


def sees_network() -> bool:
    """Return whether the ranking that a reader gets is that of the network, with or without names."""
    return data.scope().alle_instellingen or data.scope().netwerk


def change_sentence(ranked: pl.DataFrame, top_n: int) -> str:
    """Return in a few sentences what other settings change against the default."""
    headline = change_headline(ranked, top_n)
    if is_in_groups(ranked):
        other = movements(ranked, top_n).filter(pl.col("beweging") == "andere klasse").height
        return f"{headline} {format.counted(other, 'instelling verandert', 'instellingen veranderen')} van klasse."
    klasse = ranked.filter(pl.col("klasse").ne_missing(pl.col("klasse_standaard"))).height
    return " ".join(
        [
            headline,
            _largest_shift(ranked),
            f"{format.counted(klasse, 'instelling krijgt', 'instellingen krijgen')} een andere klasse"
            f"{'.' if sees_network() else ' in deze lijst.'}",
        ]
    )


def movement_table(moved: pl.DataFrame) -> Table:
    """Return who moves as a table: from which place and klasse to which."""
    return _movement_table(moved, carried_filters())


@data.derived
def _movement_table(moved: pl.DataFrame, carried: str) -> Table:
    places = [] if is_in_groups(moved) else ["rang_standaard", "rang"]
    return table(
        with_class_reason(with_institution_address(moved, carried)),
        "noden",
        ["naam", "beweging", *places, "klasse_standaard", "klasse", "trap", "score", "onderwijsniveau", "scholengroep"],
        heads=heads()
        | {
            "beweging": "Wat verandert",
            "rang_standaard": "Plaats standaard",
            "rang": "Plaats nu",
            "klasse_standaard": "Klasse standaard",
            "klasse": "Klasse nu",
        },
        reason={"score": "reden", "klasse": "klasse_reden", "klasse_standaard": "klasse_reden"},
        links={"naam": "adres"},
        widths={"naam": 260},
    )


def limit_notice(top_n: int, instellingen: int) -> str | None:
    """Return a sentence for a limit that takes in the whole list, or None."""
    if not instellingen or top_n < instellingen:
        return None
    return (
        f"De lijst telt {format.number(instellingen)} instellingen: bij de eerste {format.number(top_n)} horen ze "
        "allemaal en zegt de klasse niets. Kies een kleinere N om verschil te zien."
    )


def _largest_shift(ranked: pl.DataFrame) -> str:
    moved = ranked.filter(pl.col("verandering") != 0)
    if moved.is_empty():
        return "Niemand verandert van plaats."
    largest = moved.sort(pl.col("verandering").abs(), "instellingsnummer", descending=[True, False]).row(0, named=True)
    number = largest["instellingsnummer"]
    name = institution_link(number, largest["naam"]) if number else "een instelling van een andere scholengroep"
    before, now = format.number(largest["rang_standaard"]), format.number(largest["rang"])
    return f"Grootste verschuiving: {name}, van plaats {before} naar {now}."
