import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.suppression import hide_groups, hide_teams
from tests.warehouse.landing_tables import create_landing, landing
from warehouse.build import build
from warehouse.connection import open_for_writing
from warehouse.settings import load_settings


def person(name, team="Beleid", vte=1.0, **rest):
    row = {
        "persoon": name,
        "functie": "begeleider",
        "team": team,
        "dienst": "PBD",
        "statuut": "formatie art. 16",
    }
    return {**row, "vte": vte, "in_dienst": "2015-09-01", **rest}


def leave(name, van, tot, percentage):
    return {"persoon": name, "stelsel": "zorgkrediet", "van": van, "tot": tot, "percentage": percentage}


def absence(name, van, tot, percentage=None, soort="ziekte"):
    return {"persoon": name, "soort": soort, "van": van, "tot": tot, "percentage": percentage}


def lists_since(con, van, *tables):
    """Deliver the lists of leave and absence with one row of somebody else: they speak of that schooljaar and later."""
    rows = {"verloven": leave("iemand anders", van, van, 20), "afwezigheden": absence("iemand anders", van, van)}
    for table in tables or rows:
        landing(con, table, [rows[table]])


@pytest.fixture
def monthly(con, build_models):
    """Return a function: the figures of one person in the months of 2025-2026 until the peildatum."""

    def run(columns, peildatum="2025-11-30"):
        build_models("core.fct_personeel_maand", peildatum=peildatum)
        return con.execute(f"select month(maand), {columns} from core.fct_personeel_maand order by maand").fetchall()

    return run


def test_days_out_of_service_lower_the_appointment_of_the_month(con, monthly):
    landing(con, "personeel", [person("p1", vte=0.8, in_dienst="2025-09-16", uit_dienst="2025-10-31")])

    # 15 of the 30 days of September; gone in November
    assert monthly("vte_aanstelling") == [(9, pytest.approx(0.4)), (10, pytest.approx(0.8))]


def test_leave_adds_up_on_a_day_to_the_whole_appointment_at_most(con, monthly):
    landing(con, "personeel", [person("p1", vte=0.5)])
    landing(
        con,
        "verloven",
        [
            leave("p1", "2025-09-01", None, 20),
            leave("p1", "2025-10-01", "2025-10-31", 30),
            leave("p1", "2025-11-01", None, 90),
        ],
    )
    lists_since(con, "2025-09-01", "afwezigheden")

    # September 20 %, October 20 + 30 %, November 20 + 90 % -> 100 %, of half an appointment
    assert monthly("vte_verlof, vte_inzetbaar") == [
        (9, pytest.approx(0.1), pytest.approx(0.4)),
        (10, pytest.approx(0.25), pytest.approx(0.25)),
        (11, pytest.approx(0.5), pytest.approx(0.0)),
    ]


def test_absence_takes_what_leave_has_left(con, monthly):
    landing(con, "personeel", [person("p1")])
    landing(con, "verloven", [leave("p1", "2025-09-01", "2025-11-30", 20)])
    landing(
        con,
        "afwezigheden",
        [absence("p1", "2025-09-01", "2025-09-15"), absence("p1", "2025-10-01", "2025-10-31", 50)],
    )

    # September: ill 15 of 30 days on a schedule of 0.8; October: half of 0.8
    assert monthly("vte_afwezig, vte_inzetbaar") == [
        (9, pytest.approx(0.4), pytest.approx(0.4)),
        (10, pytest.approx(0.4), pytest.approx(0.4)),
        (11, 0.0, pytest.approx(0.8)),
    ]


def test_long_absence_is_longer_than_thirty_days_without_interruption(con, monthly):
    people = ["dertig", "eenendertig", "aaneen", "onderbroken", "moeder", "lopend"]
    landing(con, "personeel", [person(name) for name in people])
    landing(
        con,
        "afwezigheden",
        [
            absence("dertig", "2025-10-01", "2025-10-30"),
            absence("eenendertig", "2025-10-01", "2025-10-31"),
            # two spells that touch are one: the 31st day is 15 October
            absence("aaneen", "2025-09-15", "2025-09-30"),
            absence("aaneen", "2025-10-01", "2025-10-15", soort="arbeidsongeval"),
            absence("onderbroken", "2025-09-01", "2025-09-29"),
            absence("onderbroken", "2025-10-01", "2025-10-15"),
            absence("moeder", "2025-09-01", "2025-11-30", soort="moederschap"),
            absence("lopend", "2025-10-10", None),  # day 31 is 9 November
        ],
    )

    monthly("persoon")

    rows = con.execute(
        "select month(maand), persoon from core.fct_personeel_maand where is_langdurig_afwezig order by all"
    ).fetchall()
    assert rows == [(10, "aaneen"), (10, "eenendertig"), (11, "lopend")]


def test_month_of_the_peildatum_counts_the_days_so_far(con, monthly):
    landing(con, "personeel", [person("p1", in_dienst="2025-11-06")])
    landing(con, "afwezigheden", [absence("p1", "2025-11-08", None)])
    lists_since(con, "2025-09-01", "verloven")

    # until 10 November: in service 5 of 10 days, ill 3 of them
    assert monthly("vte_aanstelling, vte_afwezig", peildatum="2025-11-10") == [
        (11, pytest.approx(0.5), pytest.approx(0.3))
    ]


def test_teams_and_the_whole_dienst_are_counted(con, build_models):
    landing(con, "personeel", [person(f"b{number}", "Beleid") for number in range(5)])
    landing(con, "personeel", [person(f"c{number}", "Curriculum", 0.5) for number in range(5)])
    landing(con, "verloven", [leave("b0", "2025-09-01", None, 50)])
    landing(con, "afwezigheden", [absence("c0", "2025-08-01", None)])

    build_models("mart.hr_maand", peildatum="2025-09-30")

    # leave: half of 5 VTE's one = 0.5; absence: one of 0.5 VTE
    assert con.execute("from mart.hr_maand order by team").fetchall() == [
        (dt.date(2025, 9, 1), "PBD", "Beleid", 5, 5.0, 4.5, 0.1, 0.0, None),
        (dt.date(2025, 9, 1), "PBD", "Curriculum", 5, 2.5, 2.0, 0.0, 0.2, None),
        (dt.date(2025, 9, 1), "PBD", "alle", 10, 7.5, 6.5, pytest.approx(0.5 / 7.5), 0.1, None),
    ]


@pytest.mark.parametrize(
    ("delivered", "expected"),
    [
        ((), (None, None, None, "ontbreekt")),
        (("verloven",), (0.0, None, None, "ontbreekt")),
        # who is away long is known, but not of which part of the schedule
        (("afwezigheden",), (None, 0.0, None, "ontbreekt")),
        (("verloven", "afwezigheden"), (0.0, 0.0, 5.0, None)),
    ],
)
def test_leave_and_absence_without_their_own_list_are_missing_and_not_zero(con, build_models, delivered, expected):
    landing(con, "personeel", [person(f"b{number}") for number in range(5)])
    if delivered:
        lists_since(con, "2025-09-15", *delivered)

    build_models("mart.hr_maand", peildatum="2025-09-30")

    figures = "personen, vte_aanstelling, aandeel_verlof, aandeel_langdurig_afwezig, vte_inzetbaar, reden"
    assert con.execute(f"select {figures} from mart.hr_maand where team = 'alle'").fetchall() == [(5, 5.0, *expected)]


def test_schooljaren_before_the_first_of_a_list_are_unknown(con, build_models):
    landing(con, "planning", [{"schooljaar": "2024-2025", "begeleider": "b1", "categorie": "vt", "dagdelen": 1}])
    landing(con, "personeel", [person("p1")])
    landing(con, "verloven", [leave("p1", "2025-08-20", "2025-08-31", 50)])
    landing(con, "afwezigheden", [absence("p1", "2025-10-20", "2025-10-20")])

    build_models("core.fct_personeel_maand", peildatum="2025-10-31")

    columns = "maand::varchar, vte_aanstelling, vte_verlof, vte_afwezig, vte_inzetbaar, is_langdurig_afwezig"
    assert con.execute(
        f"select {columns} from core.fct_personeel_maand where maand >= date '2025-07-01' order by maand"
    ).fetchall() == [
        ("2025-07-01", 1.0, 0.0, None, None, None),
        ("2025-08-01", 1.0, pytest.approx(0.193548), None, None, None),  # half, on 12 of 31 days
        ("2025-09-01", 1.0, 0.0, 0.0, 1.0, False),
        ("2025-10-01", 1.0, 0.0, pytest.approx(0.032258), pytest.approx(0.967742), False),
    ]


def test_small_team_is_hidden_with_the_next_smallest_and_a_small_dienst_names_no_teams(con, build_models):
    sizes = {("PBD", "Klein"): 2, ("PBD", "Midden"): 6, ("PBD", "Groot"): 8, ("POC", "A"): 2, ("POC", "B"): 2}
    landing(
        con,
        "personeel",
        [
            person(f"{dienst}{team}{number}", team, dienst=dienst)
            for (dienst, team), size in sizes.items()
            for number in range(size)
        ],
    )
    lists_since(con, "2025-09-01")

    build_models("mart.hr_maand", peildatum="2025-09-30")

    rows = con.execute(
        "select dienst, team, personen, vte_inzetbaar, reden from mart.hr_maand order by 1, 2"
    ).fetchall()
    assert rows == [
        ("PBD", "Groot", 8, 8.0, None),
        ("PBD", "Klein", None, None, "beschermd"),
        ("PBD", "Midden", None, None, "beschermd"),
        ("PBD", "alle", 16, 16.0, None),
        ("POC", "alle", None, None, "beschermd"),
    ]


def test_team_that_is_small_in_one_month_is_hidden_in_every_month(con, build_models):
    landing(con, "personeel", [person(f"a{number}", "A") for number in range(4)])
    landing(con, "personeel", [person("a4", "A", in_dienst="2025-10-01")])
    landing(con, "personeel", [person(f"b{number}", "B") for number in range(9)])
    landing(con, "personeel", [person(f"c{number}", "C") for number in range(20)])

    build_models("mart.hr_maand", peildatum="2025-10-31")

    rows = con.execute("select month(maand), team, personen from mart.hr_maand order by 1, 2").fetchall()
    assert rows == [
        *[(9, "A", None), (9, "B", None), (9, "C", 20), (9, "alle", 33)],
        *[(10, "A", None), (10, "B", None), (10, "C", 20), (10, "alle", 34)],
    ]


@settings(max_examples=5)
@given(diensten=st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=6), min_size=15, max_size=15))
def test_what_is_hidden_is_what_the_method_hides(diensten):
    """Fifteen diensten a build, each with teams of its own sizes, against the method in `analysis`."""
    con = open_for_writing()
    create_landing(con)
    landing(
        con,
        "personeel",
        [
            person(f"{dienst}-{team}-{number}", f"team {team}", dienst=f"dienst {dienst}")
            for dienst, sizes in enumerate(diensten)
            for team, size in enumerate(sizes)
            for number in range(size)
        ],
    )

    build(con, {"hide_teams": hide_teams}, load_settings(), dt.date(2025, 9, 30), only=["mart.hr_maand"])

    for dienst, sizes in enumerate(diensten):
        rows = con.execute(
            "select team, personen is null from mart.hr_maand where dienst = ?", [f"dienst {dienst}"]
        ).fetchall()
        teams = {f"team {team}": size for team, size in enumerate(sizes)}
        expected = hide_groups([teams], 5)
        (total,) = expected.totals
        named = {} if total and len(teams) > 1 else {team: team in expected.groups for team in teams}
        assert dict(rows) == {**named, "alle": total}
    con.close()
