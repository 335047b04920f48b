"""Labelled trajecten against comparable institutions outside them: what changed on the test concerned, and how sure."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import data, format
from dashboard.charts import Chart, ChartSpec, interval_dots
from dashboard.charts.labels import wrapped_labels
from dashboard.components.links import carried_filters, with_institution_address
from dashboard.figures.instelling_sentences import certainty, series_name
from dashboard.filled import filled
from dashboard.quality import undelivered
from dashboard.tables import Table, table
from warehouse.settings import load_settings

SOURCE = "verslagtool en Vlaamse toetsen (PBD 5.6.6.4)"
EMPTY = "Er is nog geen traject met een label (zoals boekbox) in een instelling waarvan de toets bekend is."
NO_TRAJECTEN = "Er zijn geen trajecten geleverd: welke instelling een traject met een label heeft, is niet bekend."
CASES_TITLE = "Welke instellingen hebben een traject met een label?"
CASES_NOTE = (
    "De verandering loopt van de afname vóór het traject tot de eerste afname erna. Ze staat naast het gemiddelde van "
    "de dichtste vergelijkbare instellingen zonder dat label."
)
_YEARS = {"alle": "alle jaren samen"}


def note(k: int, least: int) -> str:
    """Return what is compared, and the sentence that it is no proof."""
    return (
        f"Verkennend: dit is geen bewijs van oorzaak. Elke instelling met een traject staat naast haar {k} dichtste "
        "vergelijkbare instellingen zonder dat label (zelfde onderwijsniveau; OKI, grootte en schoolse vertraging). "
        "Punt: hoeveel punten meer of minder de instellingen met het label veranderden; lijn: 95 %-interval "
        f"(bootstrap). Onder {least} instellingen wordt niets getoond."
    )


@data.derived
def with_words(effects: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with institutions or all years together, with `naam` (label and result), `n` and `zin`.

    A label that no institution of a leerjaar has, is left out of that leerjaar.
    """
    known = effects.filter((pl.col("instellingen") > 0) | (pl.col("reden") == "nvt"))
    rows = list(known.iter_rows(named=True))
    return known.with_columns(
        pl.Series("naam", [_name(row) for row in rows], dtype=pl.String),
        pl.Series("zin", [sentence(row) for row in rows], dtype=pl.String),
        pl.col("schooljaar").replace(_YEARS).alias("jaar"),
    )


@data.derived
def effect_chart(effects: pl.DataFrame, k: int, least: int) -> Chart:
    """Return the difference per label and result with its interval, all years together."""
    shown = with_words(effects).filter((pl.col("schooljaar") == "alle") & pl.col("verschil").is_not_null())
    clear = shown.filter((pl.col("verschil_laag") > 0) | (pl.col("verschil_hoog") < 0)).height
    title = "Veranderen trajecten met een label anders dan vergelijkbare instellingen?"
    if clear:
        title = f"Bij {clear} van {shown.height} toetsen veranderden trajecten met een label duidelijk anders"
    elif shown.height:
        title = "Trajecten met een label: geen duidelijk ander verloop dan vergelijkbare instellingen"
    alt = f"Verschil in verandering met 95 %-interval voor {shown.height} combinaties van label en toets. " + " ".join(
        shown["zin"]
    )
    spec = ChartSpec(title, alt, SOURCE, note(k, least))
    labelled = shown.with_columns(filled("{} (n\u00a0=\u00a0{})", "naam", "instellingen").alias("label_n"))
    return wrapped_labels(
        interval_dots(
            labelled,
            "label_n",
            "verschil",
            "verschil_laag",
            "verschil_hoog",
            spec,
            target=0,
            target_label="gelijk:",
            value_name="verschil in punten",
        ),
        width=34,
    )


@data.derived
def effect_table(effects: pl.DataFrame) -> Table:
    """Return every label, result and year, with the numbers on both sides and a sentence."""
    numbers = ["verandering", "verandering_vergelijkbaar", "verschil", "verschil_laag", "verschil_hoog"]
    return table(
        with_words(effects),
        "effect_traject",
        ["naam", "jaar", "instellingen", "vergelijkbare", *numbers, "zin"],
        heads={"naam": "Label en toets", "jaar": "Begonnen in", "zin": "In woorden"},
        kinds=dict.fromkeys(numbers, "decimaal1"),
        missing="niet getoond",
        widths={"naam": 300},
    )


def why_empty(effects: pl.DataFrame) -> str:
    """Return why no effect at all is shown: what is not shown and why, else that there are no labels."""
    return not_shown(effects) or no_cases()


def no_cases() -> str:
    """Return why no instelling has a traject with a label."""
    return NO_TRAJECTEN if undelivered("effect_traject", "trajecten") else EMPTY


def not_shown(effects: pl.DataFrame) -> str:
    """Return the sentences on what is not shown and why, or nothing."""
    pooled = with_words(effects).filter((pl.col("schooljaar") == "alle") & pl.col("verschil").is_null())
    return " ".join(pooled["zin"])


def cases_table(cases: pl.DataFrame) -> Table:
    """Return the institutions in labelled trajecten, each with its change beside that of comparable ones."""
    return _cases_table(cases, carried_filters())


@data.derived
def _cases_table(cases: pl.DataFrame, carried: str) -> Table:
    rows = with_institution_address(cases, carried).with_columns(
        pl.Series("toetsnaam", [_result(row) for row in cases.iter_rows(named=True)], dtype=pl.String),
        pl.when(pl.col("vergelijkbare") == 0).then(pl.lit("nvt")).alias("reden_vergelijkbaar"),
    )
    return table(
        rows,
        "effect_geval",
        ["naam", "label", "schooljaar", "toetsnaam", "verandering", "vergelijkbare", "verandering_vergelijkbaar"],
        heads={
            "naam": "Instelling",
            "schooljaar": "Begonnen in",
            "toetsnaam": "Toets",
            "vergelijkbare": "Vergelijkbare",
            "verandering_vergelijkbaar": "Hun verandering",
        },
        kinds={"verandering": "decimaal1", "verandering_vergelijkbaar": "decimaal1"},
        reason={"verandering": "reden_verandering", "verandering_vergelijkbaar": "reden_vergelijkbaar"},
        links={"naam": "adres"},
        widths={"naam": 260, "toetsnaam": 240},
    )


def sentence(row: Mapping[str, Any]) -> str:
    """Return one effect in words, by one rule: who, on what, how much more or less, and how sure."""
    label, result = format.without_markup(row["label"]), format.without_markup(_result(row))
    if row["reden"] == "nvt":
        return f"Het label {label} op {result} heeft geen vergelijking: afnames mogen niet vergeleken worden."
    schools = format.counted(row["instellingen"], "instelling", "instellingen")
    if row["reden"] is not None:
        return f"Het label {label} op {result} telt {schools}: te weinig om te tonen."
    sure = certainty(row["verschil"], 0.0, row["verschil_laag"], row["verschil_hoog"], load_settings()["zinnen"])
    amount = format.number(abs(row["verschil"]))
    start = f"{schools[0].upper()}{schools[1:]} met het label {label}"
    if amount == "0":
        return f"{start} veranderden op {result} evenveel als vergelijkbare instellingen."
    side = "gunstiger" if row["verschil"] > 0 else "minder gunstig"
    return f"{start} veranderden op {result} {amount} punten {side} dan vergelijkbare instellingen ({sure})."


def _name(row: Mapping[str, Any]) -> str:
    return f"{row['label']}: {_result(row)}"


def _result(row: Mapping[str, Any]) -> str:
    domain = [] if row["domein"] == "totaal" else [row["domein"]]
    parts = [part for part in (row["leerjaar"], row["stroom"], row["vak"], *domain) if part]
    return series_name(" ".join(parts)) if row["leerjaar"] else f"{row['toets']} ({row['domein']})"
