import datetime as dt

import pytest

from tests.warehouse.institution_rows import inspected, listed, school
from tests.warehouse.landing_tables import landing


@pytest.fixture
def one_school(con):
    """One school in four schooljaren."""
    for schooljaar in ("2022-2023", "2023-2024", "2024-2025", "2025-2026"):
        listed(con, schooljaar, school("000001"))
    return con


def support(con, traject_id, soort, *interventions, nummer="000001"):
    """Deliver a traject with interventies, each (date, dagdelen)."""
    landing(
        con,
        "trajecten",
        [
            {
                "traject_id": traject_id,
                "instellingsnummer": nummer,
                "soort": soort,
                "startdatum": interventions[0][0],
                "geplande_dagdelen": 64,
                "status": "lopend",
            }
        ],
    )
    rows = [
        {
            "interventie_id": f"{traject_id}-{n}",
            "traject_id": traject_id,
            "datum": datum,
            "dagdelen": dagdelen,
        }
        for n, (datum, dagdelen) in enumerate(interventions)
    ]
    landing(con, "interventies", rows)


def other_support(con, *dates, nummer="000001"):
    """Deliver interventies that are no follow-up: the verslagtool of their schooljaren is there."""
    support(con, "ander", "vt", *((date, 1) for date in dates), nummer=nummer)


def followup(con, columns):
    return con.execute(f"select {columns} from mart.doorlichting_opvolging order by doorlichting_id, jaar").fetchall()


def test_2a_calls_for_three_years_from_the_schooljaar_of_the_report(one_school, build_models):
    inspected(one_school, "D1", "000001", "2024-10-01", "2A")
    other_support(one_school, "2024-11-05", "2025-11-05")

    build_models("mart.doorlichting_opvolging")

    assert followup(one_school, "jaar, schooljaar, dagdelen_voorzien, dagdelen_besteed, is_open") == [
        (1, "2024-2025", 64, 0, True),
        (2, "2025-2026", 48, 0, True),
        (3, "2026-2027", 32, None, True),  # not begun: unknown, not zero
    ]


def test_report_of_late_august_makes_a_short_first_year(one_school, build_models):
    inspected(one_school, "D1", "000001", "2025-08-31", "2A")

    build_models("mart.doorlichting_opvolging")

    assert [row[0] for row in followup(one_school, "schooljaar")] == ["2024-2025", "2025-2026", "2026-2027"]


@pytest.mark.parametrize(
    ("advies", "gok", "llb", "expected"),
    [
        ("1A", None, None, []),
        ("1B", "positief", "positief met werkpunten", []),
        ("1B", "negatief", None, [("GOK", 1, 16)]),
        ("1A", None, "negatief", [("LLB", 1, 16)]),
        ("1B", "negatief", "negatief", [("GOK en LLB", 1, 16)]),
        ("2B", None, None, [("2B", 1, 16)]),
        ("2A", "negatief", None, [("2A", 1, 64), ("2A", 2, 48), ("2A", 3, 32)]),
    ],
)
def test_outcome_decides_the_dagdelen(one_school, build_models, advies, gok, llb, expected):
    inspected(one_school, "D1", "000001", "2025-10-01", advies, uitspraak_gok=gok, uitspraak_llb=llb)

    build_models("mart.doorlichting_opvolging")

    assert followup(one_school, "aanleiding, jaar, dagdelen_voorzien") == expected


def test_spent_dagdelen_are_those_of_follow_up_in_the_schooljaar(one_school, build_models):
    inspected(one_school, "D1", "000001", "2024-10-01", "2A")
    support(one_school, "T1", "opvolging 2A", ("2024-11-01", 2), ("2025-08-31", 1.5), ("2025-09-01", 4))
    support(one_school, "T2", "vt", ("2024-11-05", 8))  # no follow-up
    support(one_school, "T3", "opvolging 2A", ("2026-08-01", 3))  # after the peildatum of 30 June 2026

    build_models("mart.doorlichting_opvolging")

    assert followup(one_school, "jaar, dagdelen_besteed") == [(1, 3.5), (2, 4), (3, None)]


def test_spent_dagdelen_of_a_schooljaar_without_interventies_are_missing_and_not_zero(one_school, build_models):
    # the verslagtool of the second year alone, though the trajecten of both are there
    inspected(one_school, "D1", "000001", "2024-10-01", "2A")
    support(one_school, "T1", "opvolging 2A", ("2025-10-01", 2))

    build_models("mart.doorlichting_opvolging")

    assert followup(one_school, "jaar, dagdelen_besteed") == [(1, None), (2, 2), (3, None)]


def test_spent_dagdelen_of_before_the_first_list_are_unknown(one_school, build_models):
    inspected(one_school, "D1", "000001", "2022-03-01", "2A")
    support(one_school, "T1", "opvolging 2A", ("2022-04-01", 2), ("2022-10-01", 3), ("2023-10-01", 4))

    build_models("mart.doorlichting_opvolging")

    assert followup(one_school, "jaar, schooljaar, dagdelen_besteed") == [
        (1, "2021-2022", None),  # which instelling it was for is not known
        (2, "2022-2023", 3),
        (3, "2023-2024", 4),
    ]


def test_dagdeel_counts_for_one_report_when_two_meet_in_a_schooljaar(one_school, build_models):
    # 2A on 1 October 2024 and again on 1 March 2026; in 2025-2026 5 dagdelen before and 3 after the second.
    inspected(one_school, "D1", "000001", "2024-10-01", "2A")
    inspected(one_school, "D2", "000001", "2026-03-01", "2A", soort="opvolgingsdoorlichting")
    support(one_school, "T1", "opvolging 2A", ("2025-10-01", 5), ("2026-04-01", 3))
    other_support(one_school, "2024-11-05")

    build_models("mart.doorlichting_opvolging")

    assert followup(one_school, "doorlichting_id, jaar, dagdelen_besteed, is_open") == [
        ("D1", 1, 0, False),
        ("D1", 2, 5, False),  # its third year begins after the second report: left out
        ("D2", 1, 3, True),
        ("D2", 2, None, True),
        ("D2", 3, None, True),
    ]


def test_support_of_the_successor_counts_for_the_report_on_the_predecessor(con, build_models):
    listed(con, "2024-2025", school("000001", opgevolgd_door="000002"))
    listed(con, "2025-2026", school("000002"))
    inspected(con, "D1", "000001", "2024-10-01", "2A")
    support(con, "T1", "opvolging 2A", ("2025-10-01", 6), nummer="000002")
    other_support(con, "2024-11-05")

    build_models("mart.doorlichting_opvolging")

    assert followup(con, "instellingsnummer, jaar, dagdelen_besteed") == [
        ("000002", 1, 0),
        ("000002", 2, 6),
        ("000002", 3, None),
    ]


def test_favourable_follow_up_closes_and_leaves_no_deadline(one_school, build_models):
    inspected(one_school, "D1", "000001", "2023-10-01", "2A")
    inspected(one_school, "D2", "000001", "2024-05-01", "1B", soort="opvolgingsdoorlichting")

    build_models("mart.doorlichting_opvolging")

    # Years 2 and 3 would begin after the closing report of 1 May 2024.
    assert followup(one_school, "jaar, is_open, deadline, deadline_soort, is_te_laat") == [
        (1, False, None, None, False)
    ]


@pytest.mark.parametrize(
    ("peildatum", "delivered", "deadline", "soort", "is_te_laat"),
    [
        # Report 1 October 2025: declaration by 31 October, plan by 1 January, evaluation on 1 April.
        ("2025-10-31", {}, dt.date(2025, 10, 31), "engagementsverklaring", False),
        ("2025-11-01", {}, dt.date(2025, 10, 31), "engagementsverklaring", True),
        (
            "2025-11-01",
            {"engagementsverklaring": "2025-10-20"},
            dt.date(2026, 1, 1),
            "ondersteuningsplan",
            False,
        ),
        (
            "2026-01-02",
            {"engagementsverklaring": "2025-10-20"},
            dt.date(2026, 1, 1),
            "ondersteuningsplan",
            True,
        ),
        (
            "2026-04-01",
            {"engagementsverklaring": "2025-10-20", "ondersteuningsplan": "2025-12-15"},
            dt.date(2026, 4, 1),
            "tussentijdse evaluatie",
            False,
        ),
        # The evaluation is recorded nowhere: once over it is not called late; the next is in the second year.
        (
            "2026-04-02",
            {"engagementsverklaring": "2025-10-20", "ondersteuningsplan": "2025-12-15"},
            None,
            None,
            False,
        ),
    ],
)
def test_2a_sets_three_kinds_of_deadlines(one_school, build_models, peildatum, delivered, deadline, soort, is_te_laat):
    inspected(one_school, "D1", "000001", "2025-10-01", "2A", **delivered)

    build_models("mart.doorlichting_opvolging", peildatum=peildatum)

    columns = "deadline, deadline_soort, is_te_laat"
    assert followup(one_school, columns)[0] == (deadline, soort, is_te_laat)


def test_evaluations_of_later_years_stand_with_their_own_year(one_school, build_models):
    # Report 1 October 2025: evaluations on 1 April and 1 October of 2026 (years 1 and 2), 2027 and so on.
    inspected(one_school, "D1", "000001", "2025-10-01", "2A")

    build_models("mart.doorlichting_opvolging")

    assert followup(one_school, "jaar, deadline, deadline_soort")[1:] == [
        (2, dt.date(2026, 10, 1), "tussentijdse evaluatie"),
        (3, dt.date(2027, 10, 1), "tussentijdse evaluatie"),
    ]


@pytest.mark.parametrize(
    ("peildatum", "beroep", "deadline", "soort", "is_te_laat"),
    [
        # Report 1 March 2026: appeal by 31 March; a new inspection within 60 days of the appeal.
        ("2026-03-10", None, dt.date(2026, 3, 31), "beroep", False),
        ("2026-04-01", None, dt.date(2026, 3, 31), "beroep", True),
        ("2026-04-01", "2026-03-15", dt.date(2026, 5, 14), "nieuwe doorlichting", False),
        ("2026-05-15", "2026-03-15", dt.date(2026, 5, 14), "nieuwe doorlichting", True),
    ],
)
def test_2b_sets_the_appeal_and_then_the_new_inspection(
    one_school, build_models, peildatum, beroep, deadline, soort, is_te_laat
):
    inspected(one_school, "D1", "000001", "2026-03-01", "2B", beroep=beroep)

    build_models("mart.doorlichting_opvolging", peildatum=peildatum)

    assert followup(one_school, "deadline, deadline_soort, is_te_laat") == [(deadline, soort, is_te_laat)]


def test_negative_ruling_asks_for_a_declaration(one_school, build_models):
    inspected(one_school, "D1", "000001", "2026-06-15", "1B", uitspraak_llb="negatief")

    build_models("mart.doorlichting_opvolging")

    assert followup(one_school, "deadline, deadline_soort, is_te_laat") == [
        (dt.date(2026, 7, 15), "engagementsverklaring", False)
    ]
