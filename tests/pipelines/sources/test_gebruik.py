"""Counts of use as they are delivered."""

import datetime as dt

import pytest

from tests.pipelines.conftest import JudgeBytes


def test_counts_are_read_and_belong_to_the_schooljaar_of_their_month(judge: JudgeBytes) -> None:
    lines = [
        "\ufeffMAAND;Kanaal;Thema;doelgroep;Aantal",
        "1/8/2026;Materialenbank;taal;leraren;1.250",
        "2026-09-01;e-module;;leraren;<5",
        "46296;nieuwsbrief;;;0",
    ]
    [cleaned], report = judge("\r\n".join(lines))
    assert report.quarantine.is_empty()
    assert cleaned.accepted.select("maand", "kanaal", "thema", "aantal", "_vak", "_klein").rows() == [
        (dt.date(2026, 8, 1), "materialenbank", "taal", 1250, "2025-2026", []),
        (dt.date(2026, 9, 1), "e-module", None, None, "2026-2027", ["aantal"]),
        (dt.date(2026, 10, 1), "nieuwsbrief", None, 0, "2026-2027", []),
    ]


@pytest.mark.parametrize(
    ("row", "kolom", "reden"),
    [
        ("2/10/2025;e-module;taal;leraren;7", "maand", "is niet de eerste dag van een maand"),
        ("2025-10;e-module;taal;leraren;7", "maand", "is geen bestaande datum van 1950 tot 2099 (dd/mm/jjjj)"),
        (
            "1/10/2025;fax;taal;leraren;7",
            "kanaal",
            "is geen geldige waarde; kies uit: materialenbank, e-module, nieuwsbrief, helpdeskvraag",
        ),
        ("1/10/2025;e-module;taal;leraren;2,5", "aantal", "is geen geheel getal"),
        ("1/10/2025;e-module;taal;leraren;-1", "aantal", "is kleiner dan 0"),
        (
            "1/10/2025;nieuwsbrief;;directies;7",
            "maand, kanaal, thema, doelgroep",
            "staat met dezelfde sleutel al op rij 2",
        ),
    ],
)
def test_row_that_can_never_be_right_is_refused(judge: JudgeBytes, row: str, kolom: str, reden: str) -> None:
    good = [f"1/{month}/2025;nieuwsbrief;;directies;{month}" for month in (10, 1, 2, 3, 4, 5, 6, 7, 8)]
    _, report = judge("\n".join(["maand;kanaal;thema;doelgroep;aantal", *good, row]))
    assert report.quarantine.select("rij", "kolom", "reden").rows() == [(11, kolom, reden)]
