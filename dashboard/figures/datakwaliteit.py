"""Data quality: what the checks say, now and through time, and which figures that touches."""

import re
from collections.abc import Iterable
from math import ceil

import polars as pl

from dashboard import data, format, lineage, quality, registry, theme
from dashboard.charts import Chart, ChartSpec, column_groups
from dashboard.components.key_figures import KeyFigure
from dashboard.components.links import carried_filters, with_institution_address
from dashboard.filled import filled
from dashboard.filters import ALL, Choice, Filter
from dashboard.tables import Table, table

SOURCE = "de controles van elke bouw (Great Expectations en vergelijkingen tussen bronnen)"
SOURCE_QUARANTINE = "register van de leveringen"
SOURCE_STAFF = "inschrijvingen en instellingen"
SOURCE_CODE = "opbouw van de modellen en de pagina's"

NOTES = (
    "Een fout (kritiek) breekt een regel van het contract: de cijfers die erop steunen, kunnen verkeerd zijn. Een "
    "waarschuwing vraagt om na te kijken: bijna alles leeg, of twee bronnen die elkaar tegenspreken.",
    "Great Expectations toetst een vaste steekproef van elke tabel. De regels per rij gelden voor elke rij: wat "
    "daar niet aan voldoet, staat in quarantaine en telt in geen enkel cijfer mee.",
    "Welke pagina's en figuren een tabel raakt, volgt uit de modellen en de code zelf; er is geen lijst bij te houden.",
)
CHECKS_NOTE = "„Raakt” noemt de pagina's met minstens één figuur die op de tabel steunt."
SOURCES_NOTE = (
    "De eigenaar staat in settings.toml (bron_eigenaar); „nog niet aangeduid”: niemand is er genoemd. "
    "De toestand is die van de ergste controle. Leveringen, rijen en quarantaine gelden voor wat nu meetelt; een bron "
    "zonder levering is niet getoetst."
)
QUARANTINE_NOTE = (
    "Een rij met fouten in twee kolommen telt bij beide. Leeg: de fout gaat over de hele rij. De rijen zelf staan in "
    "het quarantainebestand, te maken bij Leveringen. Van personeel, verloven, afwezigheden en agenda's is dat er "
    "enkel voor HR: een datum van verlof naast een rijnummer zegt over wie het gaat."
)
STAFF_NOTE = (
    "Er kunnen niet meer deelnemers zijn dan personeelsleden: de lijst is verouderd, of er is op een verkeerd nummer "
    "ingeschreven."
)
TOUCHED_NOTE = "Een figuur heet hier zoals haar download."
NO_CHECKS = "Geen enkele controle voor deze keuze geeft een opmerking."
NO_TOUCHED = "Geen enkele figuur steunt op een tabel waarvan een controle uit deze keuze een opmerking geeft."
NO_HISTORY = "Er is nog geen geschiedenis van de controles. Ze begint bij de volgende bouw."
NO_QUARANTINE = "Geen enkele rij van deze bron staat in quarantaine."
NO_STAFF = "Van geen enkele instelling zijn in dit schooljaar meer deelnemers dan personeelsleden bekend."

_UNNAMED, _BESIDE = "overige tabellen", "kerncijfers en zinnen"
_TOUCHED = pl.Schema(
    {"pagina": pl.String(), "figuur": pl.String(), "toestand": pl.String(), "tabellen": pl.List(pl.String())}
)
_SEVERITIES = {"opmerkingen": "Fouten en waarschuwingen", "kritiek": "Enkel fouten", ALL: "Alle controles"}


def source_filter(sources: pl.DataFrame) -> Filter:
    """Return the filter on source; `sources` is `queries.datakwaliteit.sources`."""
    options = {ALL: "Alle bronnen"} | {bron: format.spelled(bron) for bron in sources["bron"]}
    return Filter("bron", "Bron", options, ALL)


def severity_filter() -> Filter:
    """Return the filter on what a check gave."""
    return Filter("controle", "Controles", _SEVERITIES, "opmerkingen")


def page_filter() -> Filter:
    """Return the filter on the page whose figures the sources feed."""
    pages = {entry.key: entry.title for entry in registry.ENTRIES if lineage.marts_of_page(entry.key)}
    return Filter("pagina", "Cijfers op pagina", {ALL: "Alle pagina's"} | pages, ALL)


def tables_of(mart_sources: pl.DataFrame, choice: Choice) -> set[str]:
    """Return the delivered tables of the chosen source that feed the chosen page."""
    chosen = mart_sources
    if choice["bron"] != ALL:
        chosen = chosen.filter(pl.col("bron") == choice["bron"])
    if choice["pagina"] != ALL:
        chosen = chosen.filter(pl.col("mart").is_in(sorted(lineage.marts_of_page(choice["pagina"]))))
    return set(chosen["tabel"])


def chosen_checks(checks: pl.DataFrame, tables: Iterable[str], choice: Choice) -> pl.DataFrame:
    """Return the checks of these tables, of the chosen severity."""
    chosen = checks.filter(pl.col("tabel").is_in(sorted(tables)))
    if choice["controle"] == ALL:
        return chosen
    chosen = chosen.filter(~pl.col("geslaagd"))
    return chosen.filter(pl.col("ernst") == "kritiek") if choice["controle"] == "kritiek" else chosen


def chosen_sources(sources: pl.DataFrame, mart_sources: pl.DataFrame, choice: Choice) -> pl.DataFrame:
    """Return the chosen source, or the sources of the chosen page."""
    tables = tables_of(mart_sources, choice)
    kept = set(mart_sources.filter(pl.col("tabel").is_in(sorted(tables)))["bron"])
    return sources.filter(pl.col("bron").is_in(sorted(kept))) if choice["pagina"] != ALL else _of(sources, choice)


def _of(rows: pl.DataFrame, choice: Choice) -> pl.DataFrame:
    return rows if choice["bron"] == ALL else rows.filter(pl.col("bron") == choice["bron"])


def key_figures(sources: pl.DataFrame, complete: pl.DataFrame) -> list[KeyFigure]:
    """Return four key figures of the chosen sources and the chosen schooljaar."""
    faults, warnings = int(sources["fouten"].sum()), int(sources["waarschuwingen"].sum())
    checks, rows, aside = (int(sources[name].sum() or 0) for name in ("controles", "gelezen", "quarantaine"))
    expected, delivered = int(complete["aantal_verwacht"].sum()), int(complete["aantal_geleverd"].sum())
    return [
        KeyFigure("Fouten", format.number(faults), f"van {format.number(checks)} controles"),
        KeyFigure("Waarschuwingen", format.number(warnings), f"van {format.number(checks)} controles"),
        KeyFigure("Rijen in quarantaine", format.number(aside), f"van {format.number(rows)} gelezen rijen"),
        KeyFigure(
            "Volledigheid",
            format.percentage(delivered / expected if expected else None),
            f"{format.number(delivered)} van {format.number(expected)} verwachte lijnen per instelling en tabel"
            if expected
            else "niet bekend wie verwacht wordt",
            definition="Voor elke tabel waarin elke instelling hoort te staan: hoeveel er staan.",
        ),
    ]


def checks_title(checks: pl.DataFrame, choice: Choice) -> str:
    """Return the title of the list of checks: how many, and of what."""
    if choice["controle"] == ALL:
        return f"Alle controles: {checks.height}"
    faults = checks.filter(pl.col("ernst") == "kritiek").height
    warnings = checks.height - faults
    warned = format.counted(warnings, "waarschuwing", "waarschuwingen")
    found = format.counted(faults, "fout", "fouten")
    return f"Wat geven de controles? {found}" + (f", {warned}" if choice["controle"] != "kritiek" else "")


@data.derived
def checks_table(checks: pl.DataFrame, mart_sources: pl.DataFrame) -> Table:
    """Return the checks, each with the pages that its table touches."""
    touched = {name: _pages(mart_sources, name) for name in checks["tabel"].unique()}
    worded = checks.with_columns(
        pl.col("bron", "tabel").map_elements(format.spelled, return_dtype=pl.String),
        pl.when("geslaagd").then(pl.lit("geslaagd")).otherwise(_severity()).alias("uitkomst"),
        pl.col("waargenomen").map_elements(_dutch_numbers, return_dtype=pl.String),
        pl.Series("raakt", [touched[name] for name in checks["tabel"]], dtype=pl.List(pl.String)),
    )
    return table(
        worded,
        "datakwaliteit",
        ["uitkomst", "bron", "verwachting", "waargenomen", "raakt", "tabel", "kolom"],
        heads={
            "uitkomst": "Uitkomst",
            "verwachting": "Wat verwacht wordt",
            "waargenomen": "Waargenomen",
            "raakt": "Raakt",
        },
        missing=format.NOT_APPLICABLE,
        widths={"verwachting": 380, "raakt": 200},
    )


def _dutch_numbers(text: str) -> str:
    """Return what a check observed ('4 van 2902 afwijkend', '0.950') with its numbers as on screen; „names” stay."""
    if re.fullmatch(r"\d+\.\d+", text):
        return format.number(float(text), 3)
    return re.sub(
        r"„[^”]*”|\d+", lambda found: format.number(int(found[0])) if found[0].isdecimal() else found[0], text
    )


def _severity() -> pl.Expr:
    is_fault = pl.col("ernst") == "kritiek"
    return pl.when(is_fault).then(pl.lit(quality.FAULT)).otherwise(pl.lit(quality.WARNING))


def _pages(mart_sources: pl.DataFrame, tabel: str) -> list[str]:
    marts = mart_sources.filter(pl.col("tabel") == tabel)["mart"]
    touched = {page for mart in marts for page in lineage.pages_of_mart(mart)}
    return [entry.title for entry in registry.ENTRIES if entry.key in touched]


@data.derived
def sources_table(sources: pl.DataFrame) -> Table:
    """Return the sources with their state, deliveries, quarantine and owner."""
    counts = sources.select("fouten", "waarschuwingen", "controles").iter_rows()
    states = [quality.word(*row) for row in counts]
    worded = sources.with_columns(
        pl.Series("toestand", states, dtype=pl.String),
        pl.col("bron").map_elements(format.spelled, return_dtype=pl.String),
    )
    return table(
        worded,
        "datakwaliteit",
        ["bron", "toestand", "controles", "fouten", "waarschuwingen", "leveringen", "laatst_ontvangen", "gelezen",
         "quarantaine", "eigenaar"],
        heads={
            "gelezen": "Rijen gelezen",
            "quarantaine": "Rijen in quarantaine",
            "laatst_ontvangen": "Laatst ontvangen",
        },
        missing="niet geleverd",
    )  # fmt: skip


@data.derived
def history_rows(history: pl.DataFrame, bron: str) -> pl.DataFrame:
    """Return failures per version, of one source or all: bouw ('versie 3, 21/11/2025'), fouten, waarschuwingen."""
    chosen = history if bron == ALL else history.filter(pl.col("bron") == bron)
    per_version = chosen.group_by("versie").agg(
        pl.col("gebouwd_op").max(), pl.col("fouten").sum(), pl.col("waarschuwingen").sum()
    )
    named = filled("versie {}, {}", "versie", pl.col("gebouwd_op").dt.strftime("%d/%m/%Y")).alias("bouw")
    return per_version.sort("versie").with_columns(named)


@data.derived
def history_chart(rows: pl.DataFrame, source: str) -> Chart:
    """Return failures through time, by severity; `rows` is `history_rows`."""
    groups = {"fouten": ("fouten", theme.PURPLE), "waarschuwingen": ("waarschuwingen", theme.AMBER)}
    title, alt = f"Worden het er meer of minder? {source}", "Geen geschiedenis."
    if rows.height:
        first, last = rows.row(0, named=True), rows.row(-1, named=True)
        alt = (
            f"{source}: {last['fouten']} fouten en {last['waarschuwingen']} waarschuwingen in {last['bouw']}; "
            f"{first['fouten']} en {first['waarschuwingen']} in {first['bouw']}."
        )
    note = "Controles die niet slaagden, per bouw. Een bouw zonder balk had er geen."
    chart = column_groups(rows, "bouw", groups, ChartSpec(title, alt, SOURCE, note))
    # Checks come whole: no half ones along the axis.
    most = max((value for name in groups for value in rows[name]), default=0)
    chart.figure.update_yaxes(dtick=max(1, ceil(most / 5)))
    return chart


@data.derived
def history_table(rows: pl.DataFrame) -> Table:
    """Return failures per version; `rows` is `history_rows`."""
    return table(rows, "datakwaliteit", ["bouw", "fouten", "waarschuwingen"], heads={"bouw": "Bouw"})


@data.derived
def touched_rows(checks: pl.DataFrame, mart_sources: pl.DataFrame, page: str) -> pl.DataFrame:
    """Return the figures that the tables of failed checks touch: pagina, figuur, tabellen, toestand."""
    failed = checks.filter(~pl.col("geslaagd"))
    behind: dict[str, set[str]] = {}
    for mart, tabel in (
        mart_sources.filter(pl.col("tabel").is_in(failed["tabel"].unique())).select("mart", "tabel").iter_rows()
    ):
        behind.setdefault(mart, set()).add(tabel)
    critical = set(failed.filter(pl.col("ernst") == "kritiek")["tabel"])
    found = []
    for entry in registry.ENTRIES:
        if page in (ALL, entry.key):
            for name, marts in _parts(entry.key):
                if tables := sorted({tabel for mart in marts for tabel in behind.get(mart, ())}):
                    state = quality.FAULT if critical & set(tables) else quality.WARNING
                    found.append((entry.title, name, state, [format.spelled(tabel) for tabel in tables]))
    return pl.DataFrame(found, schema=_TOUCHED, orient="row")


def _parts(page: str) -> list[tuple[str, frozenset[str]]]:
    """Return the charts and tables of a page with their marts, and last what else it shows (key figures, sentences)."""
    figures = lineage.figures_of(page)
    rest = lineage.marts_of_page(page).difference(*(figure.marts for figure in figures))
    return [*((figure.title or _UNNAMED, figure.marts) for figure in figures), (_BESIDE, rest)]


def touched_title(rows: pl.DataFrame) -> str:
    """Return the title of the list of what is touched: how many parts, of how many pages."""
    pages = rows["pagina"].n_unique()
    parts = format.counted(rows.height, "onderdeel", "onderdelen")
    where = format.counted(pages, "pagina", "pagina's")
    return f"Welke cijfers raakt dat? {parts} van {where}"


@data.derived
def touched_table(rows: pl.DataFrame) -> Table:
    """Return the figures that are touched; `rows` is `touched_rows`."""
    return table(
        rows, "datakwaliteit", ["pagina", "figuur", "toestand", "tabellen"], heads={"tabellen": "Door de tabellen"}
    )


@data.derived
def quarantine_table(rows: pl.DataFrame, bron: str) -> Table:
    """Return where rows were put aside, of one source or all."""
    chosen = rows if bron == ALL else rows.filter(pl.col("bron") == bron)
    worded = chosen.with_columns(pl.col("bron").map_elements(format.spelled, return_dtype=pl.String))
    return table(worded, "datakwaliteit", ["bron", "kolom", "rijen", "leveringen"], missing="hele rij")


def staff_table(rows: pl.DataFrame) -> Table:
    """Return the instellingen with more participants than staff."""
    return _staff_table(rows, carried_filters())


@data.derived
def _staff_table(rows: pl.DataFrame, carried: str) -> Table:
    return table(
        with_institution_address(rows, carried),
        "personeel_verschil",
        ["naam", "scholengroep_nummer", "aantal_personeelsleden", "aantal_deelnemers"],
        links={"naam": "adres"},
    )
