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


def registration(number, status, aanwezig):
    return {
        "inschrijving_id": f"I{number}",
        "activiteit_id": "A1",
        "persoon": f"p{number}",
        "instellingsnummer": "000002",
        "ingeschreven_op": "2025-09-10",
        "status": status,
        "aanwezig": aanwezig,
    }


def test_no_show_cancelled_and_waiting_list_are_not_reach(network, build_models):
    deliver_activity(network, "A1", "vorming")
    landing(
        network,
        "inschrijvingen",
        [
            registration(1, "ingeschreven", "ja"),
            registration(2, "ingeschreven", "deels"),
            registration(3, "ingeschreven", "nee"),
            registration(4, "ingeschreven", None),  # others have attendance: so this one was not seen
            registration(5, "geannuleerd", "ja"),
            registration(6, "wachtlijst", None),
        ],
    )

    build_models("core.fct_deelnames")

    rows = network.execute("select rij, is_aanwezigheid_onbekend from core.fct_deelnames").fetchall()
    assert rows == [(2, False), (3, False)]


def test_without_any_attendance_the_enrolled_count_once_the_activity_is_over(network, build_models):
    deliver_activity(network, "over", "vorming", startdatum="2026-06-01", einddatum="2026-06-30")
    deliver_activity(network, "loopt", "vorming", startdatum="2026-06-01", einddatum="2026-07-01")
    deliver_registrations(network, "over", ("p1", "000002", None))
    deliver_registrations(network, "loopt", ("p2", "000002", None))

    build_models("mart.bereik_instelling", peildatum="2026-06-30")

    rows = network.execute("select activiteit_id, is_aanwezigheid_onbekend from core.fct_deelnames").fetchall()
    assert rows == [("over", True)]
    marked = network.execute(
        "select instellingsnummer, strategie, deelnames from mart.bereik_instelling where is_aanwezigheid_onbekend"
    ).fetchall()
    assert marked == [("000002", "vorming", 1)]


def test_every_institution_has_every_strategy_also_without_reach(network, build_models):
    deliver_activity(network, "A1", "vorming")
    deliver_activity(network, "A2", "helpdesk")
    # p1 takes part twice in vorming-like activities of different strategy; p2 once
    deliver_registrations(network, "A1", ("p1", "000002", "ja"), ("p2", "000002", "ja"))
    deliver_registrations(network, "A2", ("p1", "000002", "ja"))
    deliver_trajectory(
        network, "T1", "opvolging 2A", ("2025-11-03", 1.5), ("2025-12-01", 2), instellingsnummer="000002"
    )

    build_models("mart.bereik_instelling")

    columns = "strategie, deelnames, deelnemers, interventies, dagdelen, is_bereikt"
    rows = network.execute(
        f"select {columns} from mart.bereik_instelling "
        "where schooljaar = '2025-2026' and instellingsnummer = '000002' order by strategie"
    ).fetchall()
    assert rows == [
        ("aanvangsbegeleiding", 0, 0, None, None, False),
        ("bigbang", 0, 0, None, None, False),
        ("helpdesk", 1, 1, None, None, True),
        ("infosessie", 0, 0, None, None, False),
        ("leerplanimplementatie", 0, 0, None, None, False),
        ("opleiding", 0, 0, None, None, False),
        ("opvolging", None, None, 2, 3.5, True),
        ("plg", 0, 0, 0, 0.0, False),
        ("project", None, None, 0, 0.0, False),
        ("starterstraject", 0, 0, None, None, False),
        ("vorming", 2, 2, None, None, True),  # a vorming has no interventies, a verandertraject no deelnames
        ("vt", None, None, 0, 0.0, False),
    ]


def test_source_that_was_not_delivered_is_missing_and_not_zero(network, build_models):
    deliver_activity(network, "A1", "vorming")
    deliver_registrations(network, "A1", ("p1", "000002", "ja"))

    build_models("mart.bereik_aantal")

    rows = network.execute(
        "select schooljaar, strategie, deelnames, interventies, is_bereikt from mart.bereik_instelling "
        "where instellingsnummer = '000003' and strategie in ('vorming', 'plg', 'vt') order by all"
    ).fetchall()
    assert rows == [
        ("2024-2025", "plg", None, None, None),
        ("2024-2025", "vorming", None, None, None),
        ("2024-2025", "vt", None, None, None),
        ("2025-2026", "plg", 0, None, None),
        ("2025-2026", "vorming", 0, None, False),
        ("2025-2026", "vt", None, None, None),
    ]
    columns = "schooljaar, strategie, instellingen_bereikt, reden_deelnames, professionals, interventies"
    totals = network.execute(
        f"select {columns} from mart.bereik_aantal "
        "where onderwijsniveau = 'alle' and scholengroep_nummer = 'alle' and strategie in ('alle', 'vt') "
        "order by all"
    ).fetchall()
    assert totals == [
        ("2024-2025", "alle", None, "ontbreekt", None, None),
        ("2024-2025", "vt", None, "nvt", None, None),
        ("2025-2026", "alle", 1, None, 1, None),
        ("2025-2026", "vt", None, "nvt", None, None),
    ]


def test_what_a_strategy_does_not_register_is_not_applicable_and_not_zero(network, build_models):
    deliver_activity(network, "A1", "vorming")
    deliver_registrations(network, "A1", ("p1", "000002", "ja"))
    deliver_trajectory(network, "T1", "vt", ("2025-11-03", 1.5), instellingsnummer="000003")

    build_models("mart.bereik_aantal")

    columns = "strategie, professionals, deelnames, reden_deelnames, interventies, dagdelen, reden_interventies"
    rows = network.execute(
        f"select {columns} from mart.bereik_aantal where schooljaar = '2025-2026' and onderwijsniveau = 'alle' "
        "and scholengroep_nummer = 'alle' and strategie in ('alle', 'vorming', 'plg', 'vt') order by 1"
    ).fetchall()
    assert rows == [
        ("alle", 1, 1, None, 1, 1.5, None),
        ("plg", 0, 0, None, 0, 0.0, None),  # has both registrations and interventies: these are real zeros
        ("vorming", 1, 1, None, None, None, "nvt"),
        ("vt", None, None, "nvt", 1, 1.5, None),
    ]


def test_reach_follows_the_successor_from_the_year_of_the_merger(network, build_models):
    deliver_activity(network, "oud", "vorming", schooljaar="2024-2025", startdatum="2024-10-01")
    deliver_activity(network, "nieuw", "vorming")
    # the supplier still writes the old number after the merger
    deliver_registrations(network, "oud", ("p1", "000009", "ja"), ingeschreven_op="2024-09-10")
    deliver_registrations(network, "nieuw", ("p1", "000009", "ja"))

    build_models("mart.bereik_instelling")

    rows = network.execute(
        "select schooljaar, instellingsnummer, deelnames from mart.bereik_instelling where is_bereikt order by all"
    ).fetchall()
    assert rows == [("2024-2025", "000009", 1), ("2025-2026", "000001", 1)]


def test_people_are_counted_anew_in_every_combination(network, build_models):
    deliver_activity(network, "A1", "vorming")
    deliver_activity(network, "A2", "opleiding")
    # p1: both strategies, and two institutions of different niveau; p2: one vorming; gast: from outside GO!
    deliver_registrations(network, "A1", ("p1", "000002", "ja"), ("p2", "000002", "ja"), ("gast", "extern", "ja"))
    deliver_registrations(network, "A2", ("p1", "000003", "ja"))
    deliver_trajectory(network, "T1", "vt", ("2025-11-03", 1), instellingsnummer="000003")

    build_models("mart.bereik_aantal")

    columns = "instellingen, instellingen_bereikt, personeelsleden, professionals, deelnames, deelnames_extern"
    select = f"select strategie, onderwijsniveau, scholengroep_nummer, {columns} from mart.bereik_aantal"
    rows = network.execute(
        f"{select} where schooljaar = '2025-2026' and strategie in ('alle', 'vorming', 'opleiding') "
        "and onderwijsniveau in ('alle', 'BaO') and scholengroep_nummer in ('alle', '2') order by 1, 2, 3"
    ).fetchall()
    assert rows == [
        # 2 people reached, though they add up to 3 over strategies; 92 = 20 + 10 + 50 + 12 staff
        ("alle", "BaO", "alle", 2, 1, 30, 2, 2, None),
        ("alle", "alle", "2", 2, 1, 62, 1, 1, None),
        ("alle", "alle", "alle", 4, 2, 92, 2, 3, 1),
        ("opleiding", "BaO", "alle", 2, 0, 30, 0, 0, None),
        ("opleiding", "alle", "2", 2, 1, 62, 1, 1, None),
        ("opleiding", "alle", "alle", 4, 1, 92, 1, 1, 0),
        ("vorming", "BaO", "alle", 2, 1, 30, 2, 2, None),
        ("vorming", "alle", "2", 2, 0, 62, 0, 0, None),
        ("vorming", "alle", "alle", 4, 1, 92, 2, 2, 1),
    ]


def test_scholengroep_wide_traject_reaches_its_scholengroep_and_no_institution(network, build_models):
    deliver_trajectory(network, "T1", "plg", ("2025-11-03", 1), ("2026-01-12", 1.5), scholengroep_nummer="2")

    build_models("mart.bereik_aantal", "mart.bereik_intensiteit")

    rows = network.execute(
        "select onderwijsniveau, scholengroep_nummer, instellingen_bereikt, interventies, dagdelen "
        "from mart.bereik_aantal where schooljaar = '2025-2026' and strategie = 'plg' and interventies > 0 "
        "order by all"
    ).fetchall()
    # registrations were not delivered, so whether a plg reached an institution is not known
    assert rows == [("alle", "2", None, 2, 2.5), ("alle", "alle", None, 2, 2.5)]
    assert network.execute("select count(*) from mart.bereik_instelling where is_bereikt").fetchall() == [(0,)]


def test_interventie_counts_in_the_schooljaar_of_its_own_date(network, build_models):
    deliver_trajectory(
        network,
        "T1",
        "project",
        ("2025-08-31", 1),
        ("2025-09-01", 2),
        ("2026-08-31", 4),
        instellingsnummer="000002",
    )

    build_models("mart.bereik_instelling", peildatum="2026-08-31")

    rows = network.execute(
        "select schooljaar, interventies, dagdelen from mart.bereik_instelling "
        "where instellingsnummer = '000002' and strategie = 'project' order by 1"
    ).fetchall()
    assert rows == [("2024-2025", 1, 1.0), ("2025-2026", 2, 6.0)]


def test_interventie_after_the_peildatum_is_a_plan_and_no_reach(network, build_models):
    deliver_trajectory(network, "T1", "project", ("2026-06-30", 2), ("2026-07-01", 4), instellingsnummer="000002")

    build_models("mart.bereik_instelling", peildatum="2026-06-30")

    rows = network.execute(
        "select interventies, dagdelen from mart.bereik_instelling "
        "where schooljaar = '2025-2026' and instellingsnummer = '000002' and strategie = 'project'"
    ).fetchall()
    assert rows == [(1, 2.0)]


def test_intensity_is_that_of_the_most_intense_strategy(network, build_models):
    deliver_activity(network, "A1", "helpdesk")
    deliver_activity(network, "A2", "infosessie")
    deliver_registrations(network, "A1", ("p1", "000001", "ja"), ("p2", "000002", "ja"), ("p3", "000003", "ja"))
    deliver_registrations(network, "A2", ("p2", "000002", "ja"), ("p4", "000002", "ja"))
    deliver_trajectory(network, "T1", "opvolging 1B", ("2025-11-03", 2), instellingsnummer="000003")

    build_models("mart.bereik_intensiteit")

    rows = network.execute(
        "select instellingsnummer, intensiteit, deelnemers, deelnames, dagdelen from mart.bereik_intensiteit "
        "where schooljaar = '2025-2026' order by 1"
    ).fetchall()
    assert rows == [
        ("000001", "helpdesk", 1, 1, 0.0),
        ("000002", "opleiding en vorming", 2, 3, 0.0),  # p2 took part twice
        ("000003", "verandertraject", 1, 1, 2.0),
        ("000004", "niet bereikt", 0, 0, 0.0),
    ]


def test_cumulative_reach_counts_once_and_starts_with_the_plan(network, build_models):
    deliver_activity(network, "A1", "vorming", schooljaar="2024-2025", startdatum="2024-10-01")
    deliver_activity(network, "A2", "vorming")
    deliver_registrations(network, "A1", ("p1", "000009", "ja"), ("p2", "000002", "ja"), ingeschreven_op="2024-09-10")
    deliver_registrations(network, "A2", ("p2", "000002", "ja"), ("p3", "000003", "ja"))

    build_models("mart.bereik_cumulatief")

    counts = "select columns('^[^i]|^instellingen') from mart.bereik_cumulatief order by all"
    rows = network.execute(counts).fetchall()
    assert rows == [
        # schooljaar, niveau, institutions; since the plan: institutions and people; since the first data
        ("2024-2025", "BaO", 2, None, None, 2, 2),
        ("2024-2025", "SO", 1, None, None, 0, 0),
        ("2024-2025", "alle", 3, None, None, 2, 2),
        ("2025-2026", "BaO", 2, 1, 1, 2, 2),  # 000001 through its predecessor 000009
        ("2025-2026", "CLB", 1, 0, 0, 0, 0),
        ("2025-2026", "SO", 1, 1, 1, 1, 1),
        ("2025-2026", "alle", 4, 2, 2, 3, 3),
    ]
