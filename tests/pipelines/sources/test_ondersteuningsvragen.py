"""Questions for support as scholengroepen deliver them."""

import datetime as dt

import pytest

from tests.pipelines.conftest import JudgeBytes

HEADER = (
    "vraag id;schooljaar;scholengroep nummer;instellingsnummer;strategie;gevraagde dagdelen;toegekende dagdelen;"
    "status;afgesproken op"
)


def test_question_is_read_as_suppliers_write_it(judge: JudgeBytes) -> None:
    lines = [
        "Vraag_ID,Schooljaar,SCHOLENGROEP NUMMER,strategie,Gevraagde  dagdelen,toegekende dagdelen,Status,"
        "Afgesproken_op",
        '17.0,2627,07,VT,"12,5",n.v.t.,Gecontracteerd,46331',
        "18,2026-27,7.0,plg,-,<5,gevraagd,",
    ]
    [cleaned], report = judge("\n".join(lines))
    assert report.quarantine.is_empty()
    names = ["vraag_id", "schooljaar", "scholengroep_nummer", "gevraagde_dagdelen", "toegekende_dagdelen", "status"]
    assert cleaned.accepted.select(names).rows() == [
        ("17", "2026-2027", "7", 12.5, None, "gecontracteerd"),
        ("18", "2026-2027", "7", None, None, "gevraagd"),
    ]
    assert cleaned.accepted["_klein"].to_list() == [[], ["toegekende_dagdelen"]]
    assert cleaned.accepted["afgesproken_op"].to_list() == [dt.date(2026, 11, 5), None]


@pytest.mark.parametrize(
    ("row", "kolom", "reden"),
    [
        (
            "Z;2026-2027;7;;vt;12;;misschien;",
            "status",
            "is geen geldige waarde; kies uit: gevraagd, voorgesteld, afgesproken, gecontracteerd, geweigerd, "
            "geannuleerd",
        ),
        ("Z;2026-2027;7;;;12;;gevraagd;", "strategie", "is leeg maar verplicht"),
        ("Z;2026-2027;;;vt;12;;gevraagd;", "scholengroep nummer", "is leeg maar verplicht"),
        ("Z;2026-2027;7;;vt;-1;;gevraagd;", "gevraagde dagdelen", "is kleiner dan 0"),
        ("Z;2026-2027;7;;vt;12;veel;afgesproken;", "toegekende dagdelen", "is geen getal"),
        ("Z;2026-2028;7;;vt;12;;gevraagd;", "schooljaar", "is geen schooljaar (zoals 2025-2026)"),
    ],
)
def test_row_that_can_never_be_right_is_refused(judge: JudgeBytes, row: str, kolom: str, reden: str) -> None:
    good = [f"V{number};2026-2027;7;12344;vt;12;10;afgesproken;1/10/2026" for number in range(9)]
    _, report = judge("\n".join([HEADER, *good, row]))
    assert report.quarantine.select("rij", "kolom", "reden").rows() == [(11, kolom, reden)]
    assert report.aanvaard == 9
