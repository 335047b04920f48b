import datetime as dt

import pytest

from tests.warehouse.institution_rows import inspected, listed, school
from tests.warehouse.landing_tables import landing


@pytest.fixture
def one_school(con):
    """One school in three schooljaren."""
    for schooljaar in ("2023-2024", "2024-2025", "2025-2026"):
        listed(con, schooljaar, school("000001"))
    return con


def stand(con, build_models, schooljaar, nummer="000001", **rest):
    """Return (advies, is_gok_negatief, is_llb_negatief) of a school at the end of a schooljaar."""
    build_models("core.noden_instelling", **rest)
    return con.execute(
        "select advies, is_gok_negatief, is_llb_negatief from core.noden_instelling "
        "where schooljaar = ? and instellingsnummer = ?",
        [schooljaar, nummer],
    ).fetchone()


def test_never_inspected_is_known_as_such(one_school, build_models):
    build_models("core.noden_instelling")

    assert one_school.execute(
        "select distinct heeft_doorlichting, advies, is_gok_negatief, aantal_inschalingen from core.noden_instelling"
    ).fetchall() == [(False, None, False, None)]


@pytest.mark.parametrize(
    ("later", "advies"),
    [(("1A",), "1A"), (("1B",), "1B"), (("2A",), "2A"), (("1B", "2A"), "2A"), (("2A", "1A"), "1A")],
)
def test_latest_report_gives_the_advice_in_force(one_school, build_models, later, advies):
    # 2A in January 2024; the later reports follow in January 2025 and January 2026.
    inspected(one_school, "D0", "000001", "2024-01-15", "2A")
    for number, outcome in enumerate(later, start=1):
        date = f"{2024 + number}-01-15"
        inspected(one_school, f"D{number}", "000001", date, outcome, soort="opvolgingsdoorlichting")

    assert stand(one_school, build_models, "2025-2026") == (advies, False, False)
    # What came later changes nothing about the state of then.
    assert stand(one_school, build_models, "2023-2024") == ("2A", False, False)


def test_report_counts_from_its_own_date_and_the_state_is_that_of_31_august(one_school, build_models):
    inspected(one_school, "D1", "000001", "2024-08-31", "2A")
    inspected(one_school, "D2", "000001", "2024-09-01", "1A", soort="opvolgingsdoorlichting")

    assert stand(one_school, build_models, "2023-2024") == ("2A", False, False)
    assert stand(one_school, build_models, "2024-2025") == ("1A", False, False)


def test_report_after_the_peildatum_does_not_count_yet(one_school, build_models):
    inspected(one_school, "D1", "000001", "2026-03-01", "2A")

    assert stand(one_school, build_models, "2025-2026", peildatum="2026-02-28") == (None, False, False)
    assert stand(one_school, build_models, "2025-2026", peildatum="2026-03-01") == ("2A", False, False)


def test_without_a_report_date_the_end_and_then_the_begin_counts(one_school, build_models):
    inspected(one_school, "D1", "000001", None, "1A", begindatum="2024-01-08", einddatum="2024-01-12")
    inspected(one_school, "D2", "000001", None, "1B", begindatum="2025-01-06")

    build_models("mart.doorlichting")

    assert one_school.execute("select datum, is_van_kracht, datum_verslag from mart.doorlichting").fetchall() == [
        (dt.date(2024, 1, 12), False, None),
        (dt.date(2025, 1, 6), True, None),
    ]


@pytest.mark.parametrize(
    ("advies", "gok", "is_open"),
    [
        ("1A", None, False),  # gunstig without a negative ruling closes it
        ("1B", None, False),
        ("2A", None, True),  # an unfavourable report that says nothing about GOK leaves it open
        ("2A", "positief met werkpunten", False),
        ("1A", "negatief", True),  # negative again
    ],
)
def test_negative_ruling_stays_open_until_a_later_report_settles_it(one_school, build_models, advies, gok, is_open):
    inspected(one_school, "D1", "000001", "2024-01-15", "1B", uitspraak_gok="negatief")
    inspected(one_school, "D2", "000001", "2025-01-15", advies, uitspraak_gok=gok)

    assert stand(one_school, build_models, "2023-2024")[1] is True
    assert stand(one_school, build_models, "2025-2026")[1] is is_open


def test_gok_and_llb_are_settled_apart(one_school, build_models):
    inspected(one_school, "D1", "000001", "2024-01-15", "1B", uitspraak_gok="negatief", uitspraak_llb="negatief")
    inspected(one_school, "D2", "000001", "2025-01-15", "1B", uitspraak_gok="positief", uitspraak_llb="negatief")

    assert stand(one_school, build_models, "2025-2026") == ("1B", False, True)


def test_open_advice_goes_to_the_successor_and_only_its_own_later_report_closes_it(con, build_models):
    # 1 (2A) and 2 merge into 3 in 2024-2025; the report on 2 came later, but is about another school.
    listed(con, "2023-2024", school("000001", opgevolgd_door="000003"), school("000002", opgevolgd_door="000003"))
    listed(con, "2024-2025", school("000003"))
    listed(con, "2025-2026", school("000003"))
    inspected(con, "D1", "000001", "2023-11-01", "2A")
    inspected(con, "D2", "000002", "2024-02-01", "1A")

    assert stand(con, build_models, "2023-2024", "000002") == ("1A", False, False)
    assert stand(con, build_models, "2024-2025", "000003") == ("2A", False, False)

    inspected(con, "D3", "000003", "2025-11-01", "1B")

    assert stand(con, build_models, "2024-2025", "000003") == ("2A", False, False)
    assert stand(con, build_models, "2025-2026", "000003") == ("1B", False, False)


def test_report_on_the_school_that_takes_over_counts_only_from_the_merger(con, build_models):
    # 2 takes 1 over in 2025-2026. Its report of January 2025 says nothing about 1; that of October 2025 does.
    listed(con, "2024-2025", school("000001", opgevolgd_door="000002"), school("000002"))
    listed(con, "2025-2026", school("000002"))
    inspected(con, "D1", "000001", "2024-11-01", "2A")
    inspected(con, "D2", "000002", "2025-01-15", "1A")

    assert stand(con, build_models, "2024-2025", "000001") == ("2A", False, False)
    assert stand(con, build_models, "2025-2026", "000002") == ("2A", False, False)

    inspected(con, "D3", "000002", "2025-10-15", "1A")

    assert stand(con, build_models, "2025-2026", "000002") == ("1A", False, False)


def test_inschalingen_of_the_report_in_force_are_counted_by_kind(one_school, build_models):
    inspected(one_school, "D1", "000001", "2024-01-15", "1A")
    inspected(one_school, "D2", "000001", "2025-01-15", "1A")
    kinds = ["beneden", "benadert", "benadert", "volgens", "volgens", "volgens", "overstijgt"]
    landing(
        one_school,
        "inschalingen",
        [{"doorlichting_id": "D1", "kwaliteitsverwachting": "O1", "inschaling": "beneden de verwachting"}]
        + [
            {
                "doorlichting_id": "D2",
                "kwaliteitsverwachting": f"O{n}",
                "inschaling": f"{kind} de verwachting",
            }
            for n, kind in enumerate(kinds)
        ],
    )

    build_models("core.noden_instelling", "mart.doorlichting")

    assert one_school.execute(
        "select aantal_inschalingen, aantal_beneden, aantal_benadert from core.noden_instelling "
        "where schooljaar = '2025-2026'"
    ).fetchall() == [(7, 1, 2)]
    assert one_school.execute(
        "select aantal_inschalingen, aantal_beneden, aantal_benadert, aantal_volgens, aantal_overstijgt "
        "from mart.doorlichting where doorlichting_id = 'D2'"
    ).fetchall() == [(7, 1, 2, 3, 1)]


def test_report_on_a_closed_school_keeps_its_number_and_is_not_in_force(con, build_models):
    listed(con, "2024-2025", school("000001"))
    listed(con, "2025-2026", school("000002"))
    inspected(con, "D1", "000001", "2025-01-15", "2A")

    build_models("mart.doorlichting", "mart.doorlichting_opvolging")

    assert con.execute(
        "select instellingsnummer, is_van_kracht, aantal_inschalingen, aantal_beneden from mart.doorlichting"
    ).fetchall() == [("000001", False, 0, None)]
    assert con.execute("select distinct is_open, deadline, is_te_laat from mart.doorlichting_opvolging").fetchall() == [
        (False, None, False)
    ]
