import pytest

from tests.warehouse.landing_tables import landing
from tests.warehouse.reach_network import (
    deliver_activity,
    deliver_institutions,
    deliver_registrations,
    deliver_trajectory,
)


@pytest.fixture
def network(con):
    deliver_institutions(con)
    return con


def target(code, eenheid, streefwaarde=10, **rest):
    row = {"code": code, "schooljaar": "2025-2026", "omschrijving": code, "bron": "PBD 4"}
    return {**row, "eenheid": eenheid, "streefwaarde": streefwaarde, **rest}


def realised(con, columns="code, gerealiseerd, aandeel"):
    return con.execute(f"select {columns} from mart.bereik_doel order by code").fetchall()


def test_target_counts_the_activities_that_carry_its_code(network, build_models):
    deliver_activity(network, "A1", "vorming", bereikdoel="D1")
    deliver_activity(network, "A2", "vorming", bereikdoel="D1")
    deliver_activity(network, "A3", "vorming")
    deliver_registrations(network, "A1", ("p1", "000002", "ja"), ("p2", "000003", "ja"), ("gast", "extern", "ja"))
    deliver_registrations(network, "A2", ("gast", "extern", "ja"))
    deliver_registrations(network, "A3", ("p3", "000001", "ja"))
    landing(
        network,
        "bereikdoelen",
        # the code decides: the niveau of the target does not narrow it further
        [target("D1", "professionals", 4, strategie="vorming", onderwijsniveau=["BaO"])],
    )

    build_models("mart.bereik_doel")

    assert realised(network) == [("D1", 2, 0.5)]


def test_target_without_coded_activities_goes_by_strategy_niveau_and_ambt(network, build_models):
    deliver_activity(network, "A1", "vorming")
    deliver_activity(network, "A2", "opleiding")
    deliver_registrations(network, "A1", ("p1", "000002", "ja"), ("p2", "000003", "ja"), ("gast", "extern", "ja"))
    deliver_registrations(network, "A2", ("p1", "000002", "ja"), ("p3", "000004", "nee"))
    deliver_trajectory(network, "T1", "plg", ("2025-11-03", 1), scholengroep_nummer="2")
    deliver_trajectory(network, "T2", "vt", ("2025-11-03", 1), instellingsnummer="000004")
    landing(
        network,
        "bereikdoelen",
        [
            target("a_professionals", "professionals"),
            target("b_vorming", "professionals", strategie="vorming"),
            target("c_vorming_bao", "professionals", strategie="vorming", onderwijsniveau=["BaO", "BuBaO"]),
            target("d_directeurs", "professionals", ambt="directeur"),
            target("e_leraren", "instellingen", ambt="Leraar"),
            target("f_instellingen", "instellingen"),
            target("g_clb", "clb"),
            target("h_reeksen", "reeksen"),
            target("i_scholengroepen_plg", "scholengroepen", strategie="plg"),
            target("j_scholengroepen", "scholengroepen"),
        ],
    )

    build_models("mart.bereik_doel")

    assert realised(network, "code, gerealiseerd") == [
        ("a_professionals", 2),  # p1 and p2; the guest is no professional of GO!
        ("b_vorming", 2),
        ("c_vorming_bao", 1),
        ("d_directeurs", 0),
        ("e_leraren", 2),  # 000002 and 000003; an interventie says nothing of the ambt
        ("f_instellingen", 3),  # and 000004 by its vt
        ("g_clb", 1),
        ("h_reeksen", 2),
        ("i_scholengroepen_plg", 1),
        ("j_scholengroepen", 2),
    ]


def test_forecast_is_a_straight_line_to_31_august(network, build_models):
    # 1 September up to and including 9 November 2025 = 70 days, of 365: 2 reached -> 2 * 365 / 70
    deliver_activity(network, "A1", "vorming", startdatum="2025-11-09")
    deliver_registrations(network, "A1", ("p1", "000002", "ja"), ("p2", "000003", "ja"))
    landing(network, "bereikdoelen", [target("D1", "professionals")])

    build_models("mart.bereik_doel", peildatum="2025-11-30")

    (row,) = realised(network, "code, prognose, basis_datum::varchar")
    assert row == ("D1", pytest.approx(2 * 365 / 70), "2025-11-09")


def test_forecast_of_institutions_never_exceeds_those_there_are(network, build_models):
    # on day 10 the line would give 2 * 365 / 10 = 73 institutions of the four, and of the two BaO
    deliver_activity(network, "A1", "vorming", startdatum="2025-09-10")
    deliver_registrations(network, "A1", ("p1", "000002", "ja"), ("p2", "000001", "ja"))
    # without interventies it would not be known whether one reached a CLB
    deliver_trajectory(network, "T1", "vt", ("2025-09-10", 1), instellingsnummer="000002")
    landing(
        network,
        "bereikdoelen",
        [
            target("a", "instellingen"),
            target("b", "instellingen", onderwijsniveau=["BaO"]),
            target("c", "scholengroepen"),
            target("d", "clb"),
            target("e", "professionals"),
        ],
    )

    build_models("mart.bereik_doel", peildatum="2025-09-30")

    assert realised(network, "code, gerealiseerd, prognose") == [
        ("a", 2, 4.0),
        ("b", 2, 2.0),
        ("c", 1, 2.0),
        ("d", 0, 0.0),
        ("e", 2, pytest.approx(73.0)),
    ]


def test_a_schooljaar_that_is_over_has_nothing_left_to_forecast(network, build_models):
    deliver_activity(network, "A1", "vorming")
    deliver_registrations(network, "A1", ("p1", "000002", "ja"))
    landing(network, "bereikdoelen", [target("D1", "professionals")])

    build_models("mart.bereik_doel", peildatum="2026-08-31")

    assert realised(network, "gerealiseerd, prognose") == [(1, 1.0)]


def test_target_of_a_schooljaar_without_deliveries_is_unknown(network, build_models):
    landing(
        network,
        "bereikdoelen",
        [target("D1", "instellingen"), target("D2", "reeksen", schooljaar="2031-2032")],
    )

    build_models("mart.bereik_doel")

    assert realised(network, "code, gerealiseerd, aandeel, prognose, basis_datum") == [
        ("D1", None, None, None, None),
        ("D2", None, None, None, None),
    ]


def test_target_is_unknown_without_the_source_that_counts_for_it_and_zero_with_it(network, build_models):
    deliver_activity(network, "A1", "vorming", bereikdoel="a_code")
    deliver_activity(network, "A2", "vorming")
    deliver_trajectory(network, "T1", "vt", ("2025-11-03", 1), instellingsnummer="000003")
    landing(
        network,
        "bereikdoelen",
        [
            target("a_code", "instellingen"),
            target("b_vorming", "instellingen", strategie="vorming"),
            target("c_leraren", "instellingen", ambt="leraar"),
            target("d_professionals", "professionals"),
            target("e_vt_bao", "instellingen", strategie="vt", onderwijsniveau=["BaO"]),
            target("f_plg", "instellingen", strategie="plg"),
            target("g_alles", "instellingen"),
            target("h_clb", "clb"),
        ],
    )

    build_models("mart.bereik_doel")

    # activiteiten without their registrations tell of nobody; of a vt the interventies tell everything
    assert realised(network, "code, gerealiseerd, aandeel") == [
        ("a_code", None, None),
        ("b_vorming", None, None),
        ("c_leraren", None, None),
        ("d_professionals", None, None),
        ("e_vt_bao", 0, 0.0),
        ("f_plg", None, None),  # by registrations or by interventies: the first are not there
        ("g_alles", 1, 0.1),  # at least this one
        ("h_clb", None, None),
    ]
    bounds = {
        code: (known, forecast) for code, known, forecast in realised(network, "code, is_volledig_bekend, prognose")
    }
    assert bounds["e_vt_bao"] == (True, 0.0)
    assert bounds["g_alles"] == (False, None)
