"""A corrected row keeps to the rules over several columns, or the correction is not applied and says why."""

import datetime as dt
from pathlib import Path

import polars as pl

from pipelines import corrections
from pipelines.corrected_rows import land_corrected
from pipelines.sources import BY_NAME
from warehouse.connection import open_for_writing
from warehouse.correct import Correction
from warehouse.landing import LandingFile, LandingTable

CONTRACT = BY_NAME["doorlichtingen"]
TABLE = LandingTable(CONTRACT.name, CONTRACT.schema, ("doorlichting_id",))
BEGIN, END = dt.date(2026, 3, 2), dt.date(2026, 3, 5)
BEFORE, AFTER = dt.date(2026, 2, 27), dt.date(2026, 3, 9)


def correction(column: str, expected: dt.date | str | None, value: dt.date | str | None, number: str) -> Correction:
    return Correction("doorlichtingen", (("doorlichting_id", number),), column, expected, value)


def landed(folder: Path, *wanted: Correction) -> tuple[dict[str, tuple[dt.date, dt.date, str]], list[str]]:
    """Land D1 and D2 of the same days; return begin, end and advice by number, and the state of each correction."""
    path = folder / "doorlichtingen.parquet"
    system = {"_vak": pl.String(), "_blad": pl.String(), "_rij": pl.Int64(), "_klein": pl.List(pl.String())}
    rows = [
        {
            "doorlichting_id": number, "instellingsnummer": "012344", "soort": "doorlichting", "begindatum": BEGIN,
            "einddatum": END, "advies": "1A", "_vak": "geheel", "_blad": None, "_rij": row, "_klein": [],
        }
        for row, number in enumerate(("D1", "D2"), start=2)
    ]  # fmt: skip
    pl.DataFrame(rows, schema=TABLE.schema | system).write_parquet(path)
    files = {TABLE.name: [LandingFile("een", 1, path, 2, BEGIN)]}
    with open_for_writing() as con:
        result = land_corrected(con, [TABLE], files, 0.2, wanted)
        found = con.execute(
            "select doorlichting_id, begindatum, einddatum, advies from landing.doorlichtingen"
        ).fetchall()
    return {number: cells for number, *cells in found}, [result.corrections[one] for one in wanted]


def test_a_correction_that_makes_its_row_impossible_is_not_applied_and_says_which_rule(tmp_path: Path) -> None:
    rows, states = landed(tmp_path, correction("einddatum", END, BEFORE, "D1"), correction("advies", "1A", "2A", "D2"))
    assert rows == {"D1": [BEGIN, END, "1A"], "D2": [BEGIN, END, "2A"]}
    assert states == ["breekt een regel (einddatum ligt voor de begindatum)", "toegepast"]


def test_two_corrections_of_a_row_are_judged_together(tmp_path: Path) -> None:
    rows, states = landed(
        tmp_path, correction("begindatum", BEGIN, AFTER, "D1"), correction("einddatum", END, AFTER, "D1")
    )
    assert (rows["D1"], states) == ([AFTER, AFTER, "1A"], ["toegepast", "toegepast"])


def test_a_correction_to_nothing_breaks_no_rule(tmp_path: Path) -> None:
    rows, states = landed(tmp_path, correction("einddatum", END, None, "D1"))
    assert (rows["D1"], states) == ([BEGIN, None, "1A"], ["toegepast"])


def test_an_impossible_row_is_said_aloud_and_is_a_critical_failure() -> None:
    declared = corrections.declare(
        {
            "tabel": "doorlichtingen", "sleutel": {"doorlichting_id": "D1"}, "kolom": "einddatum",
            "verwacht": END, "waarde": BEFORE, "reden": "tikfout",
        }
    )  # fmt: skip
    state = "breekt een regel (einddatum ligt voor de begindatum)"
    rows = corrections.states([declared], {declared.correction: state}, BEGIN)
    assert corrections.sentences(rows) == [
        "Correctie van doorlichtingen (doorlichting_id=D1), kolom 'einddatum': breekt een regel (einddatum ligt voor "
        "de begindatum). De waarde van de bron telt."
    ]
    failed = [(row["verwachting"], row["ernst"]) for row in corrections.judgements(rows) if not row["geslaagd"]]
    assert failed == [("de gecorrigeerde rij volgt de regels van de levering", "kritiek")]
