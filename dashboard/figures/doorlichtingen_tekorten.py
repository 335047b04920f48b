"""Deficits in doorlichtingen: how often per kwaliteitsverwachting, and which of them come back."""

from typing import Any

import polars as pl

from analysis.intervals import wilson
from dashboard import data, format, theme
from dashboard.charts import Chart, ChartSpec, horizontal_bars, interval_dots
from dashboard.charts.classes import CellClass, class_map
from dashboard.charts.labels import wrapped_labels
from dashboard.components.links import carried_filters, with_institution_address
from dashboard.figures import doorlichtingen
from dashboard.figures.doorlichtingen import FEW, SOURCE
from dashboard.filled import filled
from dashboard.filters import Filter
from dashboard.tables import Table, decimal_text, table

#: How many shared deficits the chart shows; the table has all of them.
TOP = 15
#: How many shared deficits can be chosen to list their instellingen: more would make the box itself slow.
_CHOICES = 100
#: From seldom to very often in steps of lightness, and too few cases: text in a cell keeps 4.5:1 contrast on each.
CLASS_COLOURS = ("#E4EDF7", "#A9C6E8", "#3572BA", "#173F70")
FEW_COLOUR = "#C9CDD3"
_NO_SUBJECT = "hele instelling"

SHARED_NOTE = (
    "De stand op het einde van het schooljaar: van elke instelling telt de laatste inschaling. De keuzelijst biedt "
    f"de {_CHOICES} vaakste tekorten aan; kies een scholengroep voor de andere. De filters op periode, soort en "
    "advies gelden hier niet."
)
RETURNED_NOTE = (
    "Een tekort keert terug als de eerstvolgende doorlichting die dezelfde verwachting (en hetzelfde vak) opnieuw "
    "onderzocht, ze weer beneden de verwachting inschaalt. Na een fusie telt het verslag van de voorganger mee voor "
    "de opvolger. De filters op soort en advies gelden hier niet."
)
_NOT_SCALED = "Er zijn geen inschalingen geladen: welke tekorten er zijn en welke terugkeerden, is niet bekend."
NO_SCALES = (
    "Geen inschalingen voor deze keuze: er is niets onderzocht of niets geleverd. Kies een ander schooljaar of een "
    "ruimere filter."
)
NO_SHARED = (
    "Geen enkel tekort komt voor deze keuze bij meer instellingen van dezelfde scholengroep voor. "
    "Kies een ander schooljaar of een ruimere filter."
)
NO_REEXAMINED = (
    "Geen enkele verwachting is in deze periode vaak genoeg opnieuw onderzocht om een aandeel te tonen. "
    "Kies een later schooljaar, of bij periode: tot en met dit jaar."
)
NONE_RETURNED = "Voor deze keuze keerde geen enkel tekort terug bij een latere doorlichting van dezelfde instelling."


def nothing_found(words: str, *, is_delivered: bool, is_scaled: bool) -> str:
    """Return why there is no deficit: these words, unless no doorlichting `is_delivered` or none of any `is_scaled`."""
    return doorlichtingen.nothing_found(words if is_scaled else _NOT_SCALED, is_delivered=is_delivered)


def deficit_filter(shared: pl.DataFrame) -> Filter:
    """Return the choice of one shared deficit, to list its instellingen; `shared` must have rows."""
    options = {
        row["tekort"]: f"SG {row['scholengroep_nummer']} · {_deficit_name(row)} · {row['instellingen_met_tekort']} van "
        f"{row['instellingen_onderzocht']}"
        for row in shared.head(_CHOICES).iter_rows(named=True)
    }
    return Filter("tekort", "Tekort", options, next(iter(options)))


@data.derived
def deficit_map(scales: pl.DataFrame, minimum: int, some: float, often: float, very_often: float) -> Chart:
    """Return the share below expectation per kwaliteitsverwachting and niveau, in classes with words.

    A cell on fewer than `minimum` inschalingen has no percentage; the shares are where three classes begin.
    """
    names = _class_names(some, often, very_often)
    classes = [CellClass(f"{FEW} (n\u00a0<\u00a0{minimum})", FEW_COLOUR), *map(CellClass, names, CLASS_COLOURS)]
    share = pl.col("aandeel_beneden")
    count = filled("({})", decimal_text(pl.col("aantal_inschalingen"), 0))
    whole = (share * 100).round(0, mode="half_away_from_zero").cast(pl.Int64)
    cells = with_share(scales, minimum).with_columns(
        pl.when(share.is_null())
        .then(pl.lit(classes[0].name))
        .when(share < some)
        .then(pl.lit(names[0]))
        .when(share < often)
        .then(pl.lit(names[1]))
        .when(share < very_often)
        .then(pl.lit(names[2]))
        .otherwise(pl.lit(names[3]))
        .alias("klasse"),
        pl.when(share.is_null()).then(count).otherwise(filled("{}\u00a0%<br>{}", whole, count)).alias("celtekst"),
    )
    levels = [*theme.ONDERWIJSNIVEAU]
    present = sorted(set(cells["onderwijsniveau"]), key=lambda code: (code not in levels, [*levels, code].index(code)))
    title, alt = _map_words(cells)
    note = (
        f"Aandeel inschalingen beneden de verwachting, tussen haakjes het aantal inschalingen (n). Onder {minimum} "
        "inschalingen staat er geen percentage, alleen n. Een lege cel: niet onderzocht. Eén doorlichting kan een "
        "verwachting voor meer vakken inschalen. De codes zijn die van de inspectie."
    )
    return class_map(
        cells,
        "kwaliteitsverwachting",
        "onderwijsniveau",
        classes,
        ChartSpec(title, alt, SOURCE, note),
        columns=present,
        class_name="klasse",
        text="celtekst",
        share="aandeel_beneden",
    )


@data.derived
def scale_table(scales: pl.DataFrame, minimum: int) -> Table:
    """Return the numbers behind the heat map, with the other inschalingen."""
    heads = {
        "kwaliteitsverwachting": "Verwachting", "onderwijsniveau": "Niveau", "aantal_inschalingen": "Inschalingen (n)",
        "aantal_doorlichtingen": "Doorlichtingen", "aantal_beneden": "Beneden", "aandeel_beneden": "Aandeel beneden",
        "laag": "Ondergrens", "hoog": "Bovengrens", "aantal_benadert": "Benadert", "aantal_volgens": "Volgens",
        "aantal_overstijgt": "Overstijgt",
    }  # fmt: skip
    shares = ("aandeel_beneden", "laag", "hoog")
    return table(
        with_share(scales, minimum),
        "doorlichting_inschaling",
        [*heads],
        heads=heads,
        kinds=dict.fromkeys(shares, "aandeel"),
        reason=dict.fromkeys(shares, "reden"),
        n=dict.fromkeys(shares, "aantal_inschalingen"),
    )


def with_share(scales: pl.DataFrame, minimum: int) -> pl.DataFrame:
    """Return the rows with `aandeel_beneden`, its 95 % interval (`laag`, `hoog`), and `reden` where these are null.

    They are null where there are fewer than `minimum` inschalingen.
    """
    return _with_share(scales, "aantal_beneden", "aantal_inschalingen", "aandeel_beneden", minimum)


@data.derived
def shared_chart(shared: pl.DataFrame) -> Chart:
    """Return the deficits that most instellingen of one scholengroep share."""
    names = [_deficit_name(row) for row in shared.head(TOP).iter_rows(named=True)]
    top = shared.head(TOP).with_columns(pl.Series("tekort_naam", names, dtype=pl.String)).with_columns(
        filled(
            "SG\u00a0{} · {} (n\u00a0=\u00a0{})", "scholengroep_nummer", "tekort_naam", "instellingen_onderzocht"
        ).alias("label")
    )  # fmt: skip
    title, alt = "Welke tekorten delen instellingen van een scholengroep?", "Geen gedeelde tekorten voor deze keuze."
    if top.height:
        title = _shared_title(shared)
        alt = f"Balken met het aantal instellingen per gedeeld tekort, de {top.height} vaakste. {title}."
    note = (
        "Aantal instellingen waarvan de laatste inschaling op het einde van het schooljaar beneden de verwachting "
        "is; n is het aantal instellingen van de scholengroep (SG) waar de verwachting onderzocht is. De filters op "
        "periode, soort en advies gelden hier niet."
    )
    spec = ChartSpec(title, alt, SOURCE, note)
    return wrapped_labels(horizontal_bars(top, "label", "instellingen_met_tekort", spec))


@data.derived
def shared_table(shared: pl.DataFrame) -> Table:
    """Return all shared deficits, each with the names of its instellingen."""
    columns = [
        "scholengroep_nummer", "scholengroep", "kwaliteitsverwachting", "onderwerp", "instellingen_met_tekort",
        "instellingen_onderzocht", "aandeel_tekort", "aandeel_tekort_laag", "aandeel_tekort_hoog", "namen",
    ]  # fmt: skip
    shares = ("aandeel_tekort", "aandeel_tekort_laag", "aandeel_tekort_hoog")
    return table(
        shared.with_columns(_subject()),
        "doorlichting_terugkerend",
        columns,
        heads={"scholengroep_nummer": "SG", "instellingen_onderzocht": "Onderzocht (n)"},
        reason=dict.fromkeys(shares, "reden"),
        n=dict.fromkeys(shares, "instellingen_onderzocht"),
    )


def institutions_table(institutions: pl.DataFrame) -> Table:
    """Return the instellingen that share one deficit."""
    return _institutions_table(institutions, carried_filters())


@data.derived
def _institutions_table(institutions: pl.DataFrame, carried: str) -> Table:
    return table(
        with_institution_address(institutions, carried),
        "doorlichting_inschaling",
        ["naam", "onderwijsniveau", "datum", "soort", "advies", "is_terugkeer"],
        heads={"naam": "Instelling", "onderwijsniveau": "Niveau", "is_terugkeer": "Al eerder een tekort"},
        links={"naam": "adres"},
    )


@data.derived
def returned_per_expectation(reexamined: pl.DataFrame, minimum: int) -> pl.DataFrame:
    """Return per kwaliteitsverwachting how many deficits were examined again and how many came back, most first.

    Columns: kwaliteitsverwachting, opnieuw_onderzocht, teruggekeerd, aandeel, laag, hoog, reden (null shares on fewer
    than `minimum` cases).
    """
    counted = reexamined.group_by("kwaliteitsverwachting").agg(
        pl.len().alias("opnieuw_onderzocht"), pl.col("is_terugkerend").sum().alias("teruggekeerd")
    )
    shared = _with_share(counted, "teruggekeerd", "opnieuw_onderzocht", "aandeel", minimum)
    return shared.sort(
        "aandeel", "opnieuw_onderzocht", "kwaliteitsverwachting", descending=[True, True, False], nulls_last=True
    )


@data.derived
def returned_chart(reexamined: pl.DataFrame, minimum: int) -> Chart:
    """Return how often a deficit was a deficit again, per kwaliteitsverwachting, with its interval."""
    known = returned_per_expectation(reexamined, minimum).filter(pl.col("aandeel").is_not_null())
    rows = known.with_columns(
        filled("{} (n\u00a0=\u00a0{})", "kwaliteitsverwachting", "opnieuw_onderzocht").alias("label")
    )
    total, back = reexamined.height, int(reexamined["is_terugkerend"].sum())
    title, alt = "Welke tekorten keren terug bij dezelfde instelling?", "Geen tekorten opnieuw onderzocht."
    if total:
        share = format.percentage(back / total, total)
        title = f"{format.number(back)} van {format.number(total)} opnieuw onderzochte tekorten keerden terug ({share})"
        alt = f"Aandeel teruggekeerde tekorten per verwachting met 95 %-interval. {title}."
    note = (
        "Punt: aandeel van de tekorten dat bij de volgende doorlichting van dezelfde instelling opnieuw een tekort "
        "was; lijn: 95 %-interval (Wilson). n is het aantal opnieuw onderzochte tekorten. Verwachtingen met n onder "
        f"{minimum} staan enkel in de tabel, zonder percentage."
    )
    spec = ChartSpec(title, alt, SOURCE, note)
    return interval_dots(
        rows, "label", "aandeel", "laag", "hoog", spec, is_share=True, is_whole=True, value_name="aandeel teruggekeerd"
    )


@data.derived
def returned_share_table(reexamined: pl.DataFrame, minimum: int) -> Table:
    """Return the numbers behind `returned_chart`, those on few cases too."""
    shares = ("aandeel", "laag", "hoog")
    return table(
        returned_per_expectation(reexamined, minimum),
        "doorlichting_inschaling",
        ["kwaliteitsverwachting", "opnieuw_onderzocht", "teruggekeerd", *shares],
        heads={"opnieuw_onderzocht": "Opnieuw onderzocht (n)", "laag": "Ondergrens", "hoog": "Bovengrens"},
        kinds=dict.fromkeys(shares, "aandeel"),
        reason=dict.fromkeys(shares, "reden"),
        n=dict.fromkeys(shares, "opnieuw_onderzocht"),
    )


def returned_table(reexamined: pl.DataFrame) -> Table:
    """Return the deficits that came back, each with its instelling."""
    return _returned_table(reexamined, carried_filters())


@data.derived
def _returned_table(reexamined: pl.DataFrame, carried: str) -> Table:
    back = with_institution_address(reexamined.filter("is_terugkerend"), carried).with_columns(_subject())
    return table(
        back,
        "doorlichting_inschaling",
        [
            "naam",
            "kwaliteitsverwachting",
            "onderwerp",
            "datum",
            "volgende_datum",
            "onderwijsniveau",
            "scholengroep_nummer",
        ],
        heads={
            "naam": "Instelling",
            "datum": "Tekort op",
            "volgende_datum": "Opnieuw tekort op",
            "onderwijsniveau": "Niveau",
            "scholengroep_nummer": "SG",
        },
        links={"naam": "adres"},
    )


def _with_share(frame: pl.DataFrame, hits: str, n: str, name: str, minimum: int) -> pl.DataFrame:
    low, high = wilson(frame[hits].cast(pl.Float64).to_numpy(), frame[n].cast(pl.Float64).to_numpy())
    shares = {name: pl.col(hits) / pl.col(n), "laag": pl.lit(pl.Series(low)), "hoog": pl.lit(pl.Series(high))}
    is_enough = pl.col(n) >= minimum
    return frame.with_columns(
        *(pl.when(is_enough).then(values).alias(column) for column, values in shares.items()),
        pl.when(~is_enough).then(pl.lit(FEW)).alias("reden"),
    )


def _subject() -> pl.Expr:
    return pl.col("onderwerp").replace("", _NO_SUBJECT)


def _deficit_name(row: dict[str, Any]) -> str:
    return f"{row['kwaliteitsverwachting']} {row['onderwerp']}".strip()


def _shared_title(shared: pl.DataFrame) -> str:
    """Return which deficit most instellingen of one scholengroep share; where several stand first, how many."""
    first = shared.row(0, named=True)
    most = first["instellingen_met_tekort"]
    ties = shared.filter(pl.col("instellingen_met_tekort") == most).height
    if ties > 1:
        return f"{ties} tekorten zijn het vaakst gedeeld: telkens bij {most} instellingen van één scholengroep"
    return (
        f"{_deficit_name(first)} is het vaakst gedeelde tekort: bij {most} van "
        f"{first['instellingen_onderzocht']} onderzochte instellingen van scholengroep {first['scholengroep_nummer']}"
    )


def _class_names(some: float, often: float, very_often: float) -> list[str]:
    low, middle, high = (format.number(item * 100) for item in (some, often, very_often))
    return [
        f"zelden (onder {low} %)",
        f"soms (van {low} tot {middle} %)",
        f"vaak (van {middle} tot {high} %)",
        f"heel vaak (vanaf {high} %)",
    ]


def _map_words(cells: pl.DataFrame) -> tuple[str, str]:
    """Return the title and the alt text: where deficits are most common, chance left out of account.

    The lower end of the interval decides: the highest share itself is most often one on few cases.
    """
    known = cells.filter(pl.col("aandeel_beneden").is_not_null())
    if known.is_empty():
        return "Welke verwachtingen halen instellingen niet?", "Te weinig inschalingen om een aandeel te tonen."
    first = known.sort("laag", descending=True, maintain_order=True).row(0, named=True)
    n = first["aantal_inschalingen"]
    words = (
        f"{first['kwaliteitsverwachting']} in {first['onderwijsniveau']}: "
        f"{format.percentage(first['aandeel_beneden'], n)} van {format.number(n)} inschalingen "
        f"({format.interval(first['laag'], first['hoog'], n)})"
    )
    title = f"Het vaakst beneden de verwachting: {words}"
    total, below = int(cells["aantal_inschalingen"].sum()), int(cells["aantal_beneden"].sum())
    share = format.percentage(below / total, total)
    alt = (
        f"Kleurenkaart van verwachtingen per onderwijsniveau. {title}. Over alles samen liggen {format.number(below)} "
        f"van {format.number(total)} inschalingen beneden de verwachting ({share})."
    )
    return title, alt
