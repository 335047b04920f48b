import pytest

from tests.warehouse.institution_rows import listed, school
from tests.warehouse.landing_tables import landing


@pytest.fixture
def merged(con):
    """Schools 1 and 2 merge into 3 in 2025-2026; school 4 stays; all have figures on repeaters."""
    listed(
        con,
        "2024-2025",
        school("000001", opgevolgd_door="000003"),
        school("000002", opgevolgd_door="000003"),
        school("000004"),
    )
    listed(con, "2025-2026", school("000003"), school("000004"))
    rows = [
        ("2024-2025", "000001", 5, 100),
        ("2024-2025", "000002", 60, 300),
        ("2024-2025", "000004", 10, 100),
        ("2025-2026", "000003", 40, 400),
        ("2025-2026", "000004", 10, 100),
    ]
    landing(
        con,
        "doorstroom",
        [
            {"schooljaar": jaar, "instellingsnummer": nummer, "zittenblijvers": teller, "noemer": noemer}
            for jaar, nummer, teller, noemer in rows
        ],
    )
    return con


def signals(con, build_models, nummer, indicator="zittenblijvers"):
    build_models("mart.signaal_jaar")
    return con.execute(
        "select schooljaar, waarde, n, reden from mart.signaal_jaar where instellingsnummer = ? and indicator = ?",
        [nummer, indicator],
    ).fetchall()


def test_successor_shows_what_its_predecessors_measured_together(merged, build_models):
    # (5 + 60) / (100 + 300) = 0.1625
    assert signals(merged, build_models, "000003") == [
        ("2024-2025", 0.1625, 400, None),
        ("2025-2026", 0.1, 400, None),
    ]


def test_predecessor_keeps_its_own_history(merged, build_models):
    assert signals(merged, build_models, "000001") == [("2024-2025", 0.05, 100, None)]


def test_network_is_the_mean_by_pupils_of_the_schools_of_the_same_level(merged, build_models):
    # 2024-2025: (5 + 60 + 10) / (100 + 300 + 100) = 0.15; 2025-2026: (40 + 10) / 500 = 0.1.
    build_models("mart.signaal_jaar")

    assert merged.execute(
        "select schooljaar, netwerk from mart.signaal_jaar where instellingsnummer = '000004' "
        "and indicator = 'zittenblijvers'"
    ).fetchall() == [("2024-2025", pytest.approx(0.15)), ("2025-2026", pytest.approx(0.1))]


def test_hidden_and_missing_values_keep_their_own_reason(con, build_models):
    listed(con, "2025-2026", school("000001"))
    landing(
        con,
        "leerrecht",
        [
            {
                "schooljaar": "2025-2026",
                "instellingsnummer": "000001",
                "noemer": 100,
                "problematisch_10": 0,
                "_klein": ["problematisch_30"],
            }
        ],
    )

    assert signals(con, build_models, "000001", "problematisch_30") == [("2025-2026", None, None, "beschermd")]
    assert signals(con, build_models, "000001", "problematisch_10") == [("2025-2026", 0.0, 100, None)]
    assert signals(con, build_models, "000001", "uitsluitingen") == [("2025-2026", None, None, "ontbreekt")]


def test_comparable_schools_stand_in_the_unit_of_the_value(con, build_models):
    # Vlaanderen 500, school 480 (20 below), comparable schools 490 (10 below); Koala 80 % green against 85 %.
    listed(con, "2025-2026", school("000001"))
    landing(
        con,
        "vlaamse_toetsen",
        [
            {
                "toetsjaar": "2025-2026",
                "instellingsnummer": "000001",
                "leerjaar": "4LO",
                "vak": "wiskunde",
                "domein": "totaal",
                "deelnemers": 20,
                "vaardigheidsscore": 480,
                "score_vergelijkbaar": 490,
                "score_vlaanderen": 500,
            }
        ],
    )
    koala = {
        "toets": "Koala",
        "domein": "taal",
        "deelnemers": 20,
        "resultaat": 80,
        "resultaat_vergelijkbaar": 85,
    }
    landing(con, "leerresultaten", [{"schooljaar": "2025-2026", "instellingsnummer": "000001", **koala}])

    build_models("mart.signaal_jaar")

    assert con.execute(
        "select indicator, waarde, vergelijkbaar from mart.signaal_jaar "
        "where indicator in ('vt_score', 'koala_niet_groen') order by 1"
    ).fetchall() == [
        ("koala_niet_groen", pytest.approx(0.2), pytest.approx(0.15)),
        ("vt_score", 20.0, 10.0),
    ]
