"""What can be chosen on page Noden: which instellingen are listed, and which part of the list is drawn."""

import polars as pl

from dashboard import data
from dashboard.filters import ALL, Choice, Filter
from dashboard.tables import Table
from warehouse.queries import noden as queries

#: How many instellingen a chart or a plain table shows at once; the table has all of them.
SHOWN = 20

TRAP_ORDER = ("verplicht", "verhoogd", "regulier")
KLASSE_ORDER = ("duidelijk", "mogelijk", "niet")

_WITHOUT_OKI = "onbekend"


def scholengemeenschap_filter(schooljaar: str, scholengroep: str) -> Filter:
    """Return the filter on scholengemeenschap: those of the chosen scholengroep (code, or 'alle')."""
    names = data.frame(queries.scholengemeenschappen, schooljaar=schooljaar, scholengroep=scholengroep)
    options = {ALL: "Alle scholengemeenschappen"} | {name: name for name in names["scholengemeenschap"]}
    return Filter("scholengemeenschap", "Scholengemeenschap", options, ALL)


def trap_filter() -> Filter:
    """Return the filter on trap."""
    options = {
        ALL: "Alle trappen",
        "verplicht": "Verplicht (2A, 2B, GOK of LLB negatief)",
        "verhoogd": "Verhoogd (1B)",
        "regulier": "Regulier",
    }
    return Filter("trap", "Trap", options, ALL)


def oki_filter() -> Filter:
    """Return the filter on the class of the OKI; some niveaus have no OKI at all."""
    options = {ALL: "Alle OKI-klassen", "hoog": "Hoog", "midden": "Midden", "laag": "Laag", _WITHOUT_OKI: "Zonder OKI"}
    return Filter("oki", "OKI-klasse", options, ALL)


def list_filter() -> Filter:
    """Return the filter on the lists behind the key figures."""
    options = {
        ALL: "Alle instellingen",
        "groot": "Grote noden",
        "zonder_steun": "Grote noden zonder steun",
        "onvolledig": "Onvolledige gegevens",
    }
    return Filter("lijst", "Lijst", options, ALL)


def part_filter(rows: int) -> Filter:
    """Return the choice of the part of a list of `rows` instellingen, one or more, that the charts draw."""
    starts = range(1, rows + 1, SHOWN)
    options = {str(start): f"{start} tot {min(start + SHOWN - 1, rows)}" for start in starts}
    return Filter("vanaf", "Getoond deel van de lijst", options, "1")


@data.derived
def part(listed: pl.DataFrame, start: str) -> pl.DataFrame:
    """Return the rows that the charts draw; `start` is the code of `part_filter`."""
    return listed.slice(int(start) - 1, SHOWN)


def part_table(table: Table, start: str) -> Table:
    """Return a table of the list with the same part of its rows."""
    return table.rows(int(start) - 1, SHOWN)


def plain_caption(choice: Choice) -> str:
    """Return what the plain table of the chosen part is called."""
    return f"De lijst als gewone tabel, rij {choice.texts['Getoond deel van de lijst']}"


def listed(ranking: pl.DataFrame, choice: Choice) -> pl.DataFrame:
    """Return the reader's instellingen that were chosen, in reading order: trap, klasse, then rang.

    The ranking keeps its places: they are those in the whole network. Where only groups may be read, the order
    within a group is that of the names, so that it says nothing. `ranking` says with `is_trap_eerst` whether the
    trap comes first.
    """
    keys = ("scholengroep", "onderwijsniveau", "scholengemeenschap", "trap", "oki", "lijst")
    return _listed(ranking, *(choice[key] for key in keys))


@data.derived
def _listed(
    ranking: pl.DataFrame,
    scholengroep: str,
    onderwijsniveau: str,
    scholengemeenschap: str,
    trap: str,
    oki: str,
    lijst: str,
) -> pl.DataFrame:
    wanted = {
        "scholengroep_nummer": scholengroep,
        "onderwijsniveau": onderwijsniveau,
        "scholengemeenschap": scholengemeenschap,
        "trap": trap,
    }
    own = pl.col("instellingsnummer").is_not_null()
    kept = ranking.filter(own, *(pl.col(name) == value for name, value in wanted.items() if value != ALL))
    if oki != ALL:
        kept = kept.filter(pl.col("oki_klasse").fill_null(_WITHOUT_OKI) == oki)
    return kept.filter(_in_list(lijst)).sort(_reading_order(ranking))


def is_in_groups(ranking: pl.DataFrame) -> bool:
    """Return whether the ranking may only be read in groups, not in positions."""
    return bool(ranking["is_in_groepen"].fill_null(False).any())


def is_unknown(listed: pl.DataFrame) -> bool:
    """Return whether of nobody in the list a criterium that counts is known, nor of their onderwijsniveaus."""
    return not listed.is_empty() and listed["reden"].null_count() == 0


def is_support_unknown(listed: pl.DataFrame) -> bool:
    """Return whether nobody knows who got support: no interventies of the schooljaar were delivered."""
    return not listed.is_empty() and listed["is_ondersteund"].count() == 0


def is_trap_unknown(listed: pl.DataFrame) -> bool:
    """Return whether nobody's trap is known: no doorlichting of anybody in the network counts in the schooljaar."""
    return not listed.is_empty() and listed["trap"].count() == 0


def is_classless(listed: pl.DataFrame) -> bool:
    """Return whether a class would tell nobody apart: (nearly) all instellingen of the network are among the first."""
    return bool(listed["klasse"].count() == 0 and listed["reden"].null_count() > 0)


def is_nothing_known(listed: pl.DataFrame) -> bool:
    """Return whether there is no score, no class and no trap: nothing tells whether the differences are small."""
    return is_unknown(listed) and is_trap_unknown(listed)


def _in_list(lijst: str) -> pl.Expr:
    great = pl.col("heeft_grote_noden").fill_null(False)
    match lijst:
        case "groot":
            return great
        case "zonder_steun":
            return great & ~pl.col("is_ondersteund")
        case "onvolledig":
            return pl.col("ontbreekt").list.len() > 0
        case _:
            return pl.lit(True)


def _reading_order(ranking: pl.DataFrame) -> list[pl.Expr]:
    trap, klasse = _place_in("trap", TRAP_ORDER), _place_in("klasse", KLASSE_ORDER)
    groups = [trap, klasse] if ranking["is_trap_eerst"].all() else [klasse]
    within = pl.col("naam") if is_in_groups(ranking) else pl.col("rang")
    return [*groups, within, pl.col("instellingsnummer")]


def _place_in(column: str, order: tuple[str, ...]) -> pl.Expr:
    return pl.col(column).replace_strict({name: place for place, name in enumerate(order)}, default=len(order))
