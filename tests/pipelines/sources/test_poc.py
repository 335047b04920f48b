"""The two files of POC+ as they are delivered."""

import datetime as dt

import pytest

from tests.pipelines.conftest import JudgeBytes

STAFF = ("schooljaar;instellingsnummer;ambt;aantal;actief", "2025-2026;12344;ambt {};3;2")
NEEDS = ("schooljaar;instellingsnummer;criterium;sinds;toelichting", "{}-{};12344;nieuwe directeur;1/9/2020;")


def test_staff_is_read_as_suppliers_write_it(judge: JudgeBytes) -> None:
    lines = [
        "Schooljaar\tInstellingsnummer \tAmbt\tAantal\tActief\tnaam",
        "2526\t12344.0\tarts\t3.0\t2\tx",
        "2025-26\t12344\tdirecteur\t<5\tn.v.t.\t",
    ]
    [cleaned], report = judge("\n".join(lines))
    assert report.bron == "clb_medewerkers"
    assert cleaned.accepted.select("schooljaar", "instellingsnummer", "ambt", "aantal", "actief", "_klein").rows() == [
        ("2025-2026", "012344", "arts", 3, 2, []),
        ("2025-2026", "012344", "directeur", None, None, ["aantal"]),
    ]


def test_needs_are_read_without_their_explanation(judge: JudgeBytes) -> None:
    text = (
        "schooljaar;instellingsnummer;criterium;sinds;toelichting\n"
        '2025-2026;12344;Nieuwe directeur;1-11-2025;"An Dorpels; an@clb.example"\n'
    )
    [cleaned], report = judge(text)
    assert (report.bron, report.vak, report.meldingen[1:]) == ("clb_noden", "2025-2026", ())
    assert cleaned.accepted.drop("_rij", "_blad", "_klein", "_vak").rows() == [
        ("2025-2026", "012344", "nieuwe directeur", dt.date(2025, 11, 1))
    ]


@pytest.mark.parametrize(
    ("table", "row", "kolom", "reden"),
    [
        (STAFF, "2025-2026;12344;arts;3;4", "actief", "is groter dan 'aantal'"),
        (STAFF, "2025-2026;12344;arts;2,5;2", "aantal", "is geen geheel getal"),
        (STAFF, "2025-2026;12344;;3;2", "ambt", "is leeg maar verplicht"),
        (
            STAFF,
            "2025-2026;12344;ambt 1;3;2",
            "schooljaar, instellingsnummer, ambt",
            "staat met dezelfde sleutel al op rij 2",
        ),
        (NEEDS, "2025-2026;12344;doorlichting;1/9/2026;", "sinds", "ligt na het schooljaar"),
        (NEEDS, "2025-2026;12344;doorlichting;;", "sinds", "is leeg maar verplicht"),
        (
            NEEDS,
            "2025-2026;12344;ruzie;1/9/2025;",
            "criterium",
            "is geen geldige waarde; kies uit: doorlichting, nieuwe directeur, fusie of structuurwijziging, visie of "
            "beleidsplan, beleidsvoerend vermogen",
        ),
    ],
)
def test_row_that_can_never_be_right_is_refused(
    judge: JudgeBytes, table: tuple[str, str], row: str, kolom: str, reden: str
) -> None:
    header, good = table
    lines = [header, *(good.format(*range(year, year + 2)) for year in range(2021, 2030)), row]
    if table is STAFF:
        lines = [header, *(good.format(number) for number in range(1, 10)), row]
    _, report = judge("\n".join(lines))
    assert report.quarantine.select("rij", "kolom", "reden").rows() == [(11, kolom, reden)]
