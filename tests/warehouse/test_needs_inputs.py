import pytest

from tests.warehouse.institution_rows import listed, school
from tests.warehouse.landing_tables import landing
from warehouse.model import BuildError


@pytest.fixture
def one_school(con):
    """One primary school in 2025-2026."""
    listed(con, "2025-2026", school("000001"))
    return con


def measured(con, build_models, indicator, nummer="000001"):
    """Return the measurements of an indicator for 2025-2026: (reeks, meetjaar, waarde, n, is_beschermd)."""
    build_models("core.noden_meting")
    return con.execute(
        "select reeks, meetjaar, waarde, n, is_beschermd from core.noden_meting "
        "where schooljaar = '2025-2026' and instellingsnummer = ? and indicator = ?",
        [nummer, indicator],
    ).fetchall()


def flow(schooljaar="2025-2026", nummer="000001", **rest):
    return {"schooljaar": schooljaar, "instellingsnummer": nummer, **rest}


def vlaamse_toets(schooljaar="2025-2026", nummer="000001", domein="totaal", **rest):
    return {
        "toetsjaar": schooljaar,
        "instellingsnummer": nummer,
        "leerjaar": "4LO",
        "vak": "wiskunde",
        "domein": domein,
        "deelnemers": 20,
        "vaardigheidsscore": 480.0,
        **rest,
    }


def test_share_is_the_count_over_its_denominator(one_school, build_models):
    landing(one_school, "doorstroom", [flow(zittenblijvers=6, schoolse_vertraging=0, noemer=120)])

    assert measured(one_school, build_models, "zittenblijvers") == [("alle", "2025-2026", 0.05, 120, False)]
    # Zero is a value of its own, not a missing one.
    assert measured(one_school, build_models, "schoolse_vertraging") == [("alle", "2025-2026", 0.0, 120, False)]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"zittenblijvers": None, "noemer": 120, "_klein": ["zittenblijvers"]}, (None, None, True)),
        ({"zittenblijvers": 3, "noemer": None, "_klein": ["noemer"]}, (None, None, True)),
        ({"zittenblijvers": None, "noemer": 120}, (None, None, False)),
        ({"zittenblijvers": 0, "noemer": 0}, (None, None, False)),
    ],
    ids=["count hidden", "denominator hidden", "count missing", "no pupils"],
)
def test_hidden_and_missing_stay_apart_and_nothing_is_divided_by_zero(one_school, build_models, row, expected):
    landing(one_school, "doorstroom", [flow(**row)])

    assert [row[2:] for row in measured(one_school, build_models, "zittenblijvers")] == [expected]


def test_expected_indicator_without_any_delivery_is_there_without_a_value(one_school, build_models):
    assert measured(one_school, build_models, "problematisch_30") == [("alle", "2025-2026", None, None, False)]


def test_indicator_that_does_not_apply_has_no_row(one_school, build_models):
    # An empty cell for B-attesten of a primary school is not a missing value.
    landing(one_school, "doorstroom", [flow(zittenblijvers=1, noemer=100)])

    assert measured(one_school, build_models, "b_c_attesten") == []


def test_delivered_value_counts_also_where_it_was_not_expected(one_school, build_models):
    landing(one_school, "doorstroom", [flow(b_attesten=3, c_attesten=2, noemer=50)])

    assert measured(one_school, build_models, "b_c_attesten") == [("alle", "2025-2026", 0.1, 50, False)]


def test_three_schooljaren_count_and_no_more(con, build_models):
    for jaar in (2022, 2023, 2024, 2025):
        listed(con, f"{jaar}-{jaar + 1}", school("000001"))
    landing(
        con,
        "doorstroom",
        [flow(f"{jaar}-{jaar + 1}", zittenblijvers=jaar - 2020, noemer=100) for jaar in (2022, 2023, 2024, 2025)],
    )

    found = measured(con, build_models, "zittenblijvers")

    assert [(meetjaar, waarde) for _, meetjaar, waarde, _, _ in found] == [
        ("2023-2024", 0.03),
        ("2024-2025", 0.04),
        ("2025-2026", 0.05),
    ]


def test_predecessors_are_taken_together_by_pupils(con, build_models):
    # 1: 5 of 100, 2: 60 of 300; together 65 of 400 = 0.1625, under the successor 3.
    listed(con, "2024-2025", school("000001", opgevolgd_door="000003"), school("000002", opgevolgd_door="000003"))
    listed(con, "2025-2026", school("000003"))
    landing(
        con,
        "doorstroom",
        [
            flow("2024-2025", "000001", zittenblijvers=5, noemer=100),
            flow("2024-2025", "000002", zittenblijvers=60, noemer=300),
            flow("2025-2026", "000003", zittenblijvers=40, noemer=400),
        ],
    )

    assert measured(con, build_models, "zittenblijvers", "000003") == [
        ("alle", "2024-2025", 0.1625, 400, False),
        ("alle", "2025-2026", 0.1, 400, False),
    ]


def test_one_hidden_predecessor_hides_the_merged_value(con, build_models):
    listed(con, "2024-2025", school("000001", opgevolgd_door="000003"), school("000002", opgevolgd_door="000003"))
    listed(con, "2025-2026", school("000003"))
    landing(
        con,
        "doorstroom",
        [
            flow("2024-2025", "000001", noemer=100, _klein=["zittenblijvers"]),
            flow("2024-2025", "000002", zittenblijvers=60, noemer=300),
        ],
    )

    assert measured(con, build_models, "zittenblijvers", "000003") == [("alle", "2024-2025", None, 300, True)]


def test_exclusions_of_both_kinds_add_up_and_may_exceed_the_pupils(one_school, build_models):
    row = flow(noemer=10, problematisch_30=1, tijdelijke_uitsluitingen=11, definitieve_uitsluitingen=1)
    landing(one_school, "leerrecht", [row])

    assert measured(one_school, build_models, "uitsluitingen") == [("alle", "2025-2026", 1.2, 10, False)]
    assert measured(one_school, build_models, "problematisch_30") == [("alle", "2025-2026", 0.1, 10, False)]


def test_more_pupils_counted_than_there_are_stops_the_build(one_school, build_models):
    landing(one_school, "doorstroom", [flow(zittenblijvers=101, noemer=100)])

    with pytest.raises(BuildError, match=r"core\.fct_doorstroom.*'instellingsnummer_bron': '000001'"):
        build_models("core.noden_meting")


@pytest.mark.parametrize(
    ("toets", "indicator"),
    [("Koala", "koala_niet_groen"), ("OVSG", "ovsg_fout"), ("Diataal", "diataal_onder")],
)
def test_school_test_gives_the_share_that_falls_short(one_school, build_models, toets, indicator):
    row = flow(toets=toets, domein="taal", deelnemers=40, resultaat=75.0)
    landing(one_school, "leerresultaten", [row])

    assert measured(one_school, build_models, indicator) == [("taal", "2025-2026", 0.25, 40, False)]


def test_vlaamse_toets_uses_the_total_and_else_all_parts(one_school, build_models):
    landing(
        one_school,
        "vlaamse_toetsen",
        [
            vlaamse_toets(aandeel_minimumdoel=80.0),
            vlaamse_toets(domein="meetkunde", aandeel_minimumdoel=10.0),
            vlaamse_toets(vak="Nederlands", domein="lezen", aandeel_minimumdoel=70.0),
            vlaamse_toets(vak="Nederlands", domein="schrijven", aandeel_minimumdoel=60.0),
            vlaamse_toets(leerjaar="2SO", stroom="A", aandeel_minimumdoel=100.0),
        ],
    )

    found = measured(one_school, build_models, "vt_minimumdoel")

    assert [(reeks, waarde) for reeks, _, waarde, _, _ in found] == [
        ("2SO A wiskunde", 0.0),
        ("4LO Nederlands lezen", pytest.approx(0.3)),
        ("4LO Nederlands schrijven", pytest.approx(0.4)),
        ("4LO wiskunde", pytest.approx(0.2)),
    ]


def test_score_is_points_below_vlaanderen_with_its_delivered_error(one_school, build_models):
    landing(one_school, "vlaamse_toetsen", [vlaamse_toets(score_vlaanderen=500.0, standaardfout=4.5)])

    assert measured(one_school, build_models, "vt_score") == [("4LO wiskunde", "2025-2026", 20.0, 20, False)]
    assert one_school.execute(
        "select standaardfout from core.noden_meting where indicator = 'vt_score'"
    ).fetchall() == [(4.5,)]


def test_score_is_held_against_the_network_where_vlaanderen_was_not_delivered(con, build_models):
    # Network mean by deelnemers: (20 x 480 + 60 x 520) / 80 = 510; the third school's score is hidden, and the fourth
    # is a special school: another onderwijsniveau, which moves nobody else's score.
    special = school("000004", onderwijsniveau="BuBaO")
    listed(con, "2025-2026", school("000001"), school("000002"), school("000003"), special)
    landing(
        con,
        "vlaamse_toetsen",
        [
            vlaamse_toets(),
            vlaamse_toets(nummer="000002", deelnemers=60, vaardigheidsscore=520.0),
            vlaamse_toets(nummer="000003", vaardigheidsscore=None, _klein=["vaardigheidsscore"]),
            vlaamse_toets(nummer="000004", deelnemers=100, vaardigheidsscore=300.0),
        ],
    )

    assert measured(con, build_models, "vt_score") == [("4LO wiskunde", "2025-2026", 30.0, 20, False)]
    assert measured(con, build_models, "vt_score", "000003") == [("4LO wiskunde", "2025-2026", None, None, True)]


def test_scores_of_predecessors_combine_value_and_error_by_deelnemers(con, build_models):
    # Weights 20 and 60: (20 x 20 + 60 x 40) / 80 = 35;
    # error sqrt(20^2 x 4^2 + 60^2 x 2^2) / 80 = sqrt(20800) / 80.
    listed(con, "2024-2025", school("000001", opgevolgd_door="000003"), school("000002", opgevolgd_door="000003"))
    listed(con, "2025-2026", school("000003"))
    shared = {"schooljaar": "2024-2025", "score_vlaanderen": 500.0}
    landing(
        con,
        "vlaamse_toetsen",
        [
            vlaamse_toets(**shared, nummer="000001", standaardfout=4.0),
            vlaamse_toets(**shared, nummer="000002", deelnemers=60, vaardigheidsscore=460.0, standaardfout=2.0),
        ],
    )

    build_models("core.noden_meting")

    assert con.execute(
        "select waarde, standaardfout, n from core.noden_meting "
        "where schooljaar = '2025-2026' and indicator = 'vt_score'"
    ).fetchall() == [(35.0, pytest.approx(20800**0.5 / 80), 80)]


def test_schooljaar_without_its_own_list_is_not_ranked(one_school, build_models):
    build_models("core.noden_meting", "core.noden_instelling", peildatum="2026-10-01")

    assert one_school.execute("select distinct schooljaar from core.noden_meting").fetchall() == [("2025-2026",)]
    assert one_school.execute("select schooljaar from core.noden_instelling").fetchall() == [("2025-2026",)]
