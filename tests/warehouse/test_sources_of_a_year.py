"""Which sources were delivered for a schooljaar, and that reach without its source is missing and not zero."""

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


def invitation(activiteit_id, verzonden_op):
    return {"uitnodiging_id": f"U-{activiteit_id}", "activiteit_id": activiteit_id, "verzonden_op": verzonden_op}


def answer(activiteit_id, recorded_date, **rest):
    row = {"response_id": f"R-{activiteit_id}", "uitnodiging_id": f"U-{activiteit_id}", "status": "0"}
    return {**row, "recorded_date": recorded_date, "finished": True, **rest}


def sources(con, columns, table="core.dim_bron_jaar"):
    return con.execute(f"select schooljaar, {columns} from {table} order by 1").fetchall()


def test_activities_and_trajecten_alone_deliver_no_registrations_and_no_interventies(network, build_models):
    deliver_activity(network, "A1", "vorming")
    deliver_trajectory(network, "T1", "vt", instellingsnummer="000002")

    build_models("mart.bereik_aantal", "mart.bereik_cumulatief")

    assert sources(network, "heeft_inschrijvingen, heeft_verslagtool")[-1] == ("2025-2026", False, False)
    columns = "instellingen_bereikt, professionals, reden_deelnames, interventies, reden_interventies"
    assert network.execute(
        f"select {columns} from mart.bereik_aantal where schooljaar = '2025-2026' and strategie = 'alle' "
        "and onderwijsniveau = 'alle' and scholengroep_nummer = 'alle'"
    ).fetchall() == [(None, None, "ontbreekt", None, "ontbreekt")]
    assert network.execute("select distinct is_bereikt from mart.bereik_instelling").fetchall() == [(None,)]
    columns = "instellingen_bereikt_cumulatief, professionals_cumulatief, instellingen_bereikt_alle_jaren"
    assert network.execute(f"select distinct {columns} from mart.bereik_cumulatief").fetchall() == [(None, None, None)]


def test_interventies_without_their_trajecten_tell_of_no_instelling(network, build_models):
    landing(network, "interventies", [{"interventie_id": "I1", "traject_id": "T1", "datum": "2025-11-03"}])

    build_models("core.dim_bron_jaar")

    assert sources(network, "heeft_verslagtool")[-1] == ("2025-2026", False)


def test_registrations_of_before_the_schooljaar_do_not_deliver_it(network, build_models):
    # the file of 2024-2025 holds who enrolled in August for a course of October
    deliver_activity(network, "A1", "vorming", schooljaar="2024-2025", startdatum="2024-10-01")
    deliver_activity(network, "A2", "vorming")
    deliver_registrations(network, "A1", ("p1", "000002", "nee"), ingeschreven_op="2024-09-10")
    deliver_registrations(network, "A2", ("p1", "000002", "ja"), ingeschreven_op="2025-08-20")

    build_models("mart.bereik_aantal")

    assert sources(network, "heeft_inschrijvingen") == [("2024-2025", True), ("2025-2026", False)]
    # delivered and nobody present: zero; not delivered: missing, and the one who is known makes no count of all
    assert network.execute(
        "select schooljaar, instellingen_bereikt, professionals, reden_deelnames from mart.bereik_aantal "
        "where strategie = 'vorming' and onderwijsniveau = 'alle' and scholengroep_nummer = 'alle' order by 1"
    ).fetchall() == [("2024-2025", 0, 0, None), ("2025-2026", None, None, "ontbreekt")]


def test_reach_since_the_plan_is_unknown_as_long_as_only_earlier_years_were_delivered(network, build_models):
    deliver_activity(network, "A1", "vorming", schooljaar="2024-2025", startdatum="2024-10-01")
    deliver_registrations(network, "A1", ("p1", "000002", "ja"), ingeschreven_op="2024-09-10")

    build_models("mart.bereik_cumulatief")

    columns = "instellingen_bereikt_cumulatief, professionals_cumulatief, instellingen_bereikt_alle_jaren"
    assert network.execute(
        f"select {columns} from mart.bereik_cumulatief where schooljaar = '2025-2026' and onderwijsniveau = 'alle'"
    ).fetchall() == [(None, None, 1)]


def test_reach_since_the_plan_is_whole_only_while_both_sources_of_all_its_years_are_there(network, build_models):
    deliver_activity(network, "A1", "vorming")
    deliver_registrations(network, "A1", ("p1", "000002", "ja"))
    columns = "schooljaar, is_bereik_in_plan_volledig, is_professionals_in_plan_volledig"
    known = f"select {columns} from mart.bereik_cumulatief where onderwijsniveau = 'alle' order by 1"

    build_models("mart.bereik_cumulatief")
    assert network.execute(known).fetchall() == [("2024-2025", True, True), ("2025-2026", False, True)]

    deliver_trajectory(network, "T1", "vt", ("2025-11-03", 1), instellingsnummer="000003")
    build_models("mart.bereik_cumulatief")
    assert network.execute(known).fetchall()[-1] == ("2025-2026", True, True)


def test_sums_over_strategies_are_missing_without_the_source_that_has_them(network, build_models):
    deliver_activity(network, "A1", "vorming")
    deliver_registrations(network, "A1", ("p1", "000002", "ja"))

    build_models("mart.bereik_intensiteit")

    assert network.execute(
        "select schooljaar, instellingsnummer, deelnemers, deelnames, dagdelen from mart.bereik_intensiteit "
        "where instellingsnummer in ('000002', '000003') order by all"
    ).fetchall() == [
        ("2024-2025", "000002", None, None, None),
        ("2024-2025", "000003", None, None, None),
        ("2025-2026", "000002", 1, 1, None),
        ("2025-2026", "000003", 0, 0, None),
    ]


def test_answers_deliver_the_schooljaar_they_were_given_in_and_are_about(network, build_models):
    deliver_activity(network, "A1", "vorming", schooljaar="2024-2025", startdatum="2025-08-27")
    deliver_activity(network, "A2", "vorming")
    landing(network, "edbi_uitnodigingen", [invitation("A1", "2025-08-28"), invitation("A2", "2025-10-03")])
    # the export of 2025-2026 holds an answer about August
    landing(network, "edbi_antwoorden", [answer("A1", "2025-09-02 10:00:00"), answer("A2", "2025-10-05 10:00:00")])

    build_models("core.edbi_bron_jaar")

    assert sources(network, "heeft_uitnodigingen, heeft_antwoorden", "core.edbi_bron_jaar") == [
        ("2024-2025", True, False),
        ("2025-2026", True, True),
    ]


def test_export_with_previews_alone_was_delivered_and_nobody_answered(network, build_models):
    deliver_activity(network, "A1", "vorming")
    landing(network, "edbi_uitnodigingen", [invitation("A1", "2025-10-03")])
    landing(network, "edbi_antwoorden", [answer("A1", "2025-10-05 10:00:00", status="Survey Preview")])

    build_models("mart.edbi_strategie")

    assert network.execute(
        "select uitgenodigd, volledig, respons from mart.edbi_strategie where strategie = 'alle'"
    ).fetchall() == [(1, 0, 0.0)]


def test_survey_without_delivered_answers_has_no_response_rather_than_none(network, build_models):
    deliver_activity(network, "A1", "vorming")
    landing(network, "edbi_uitnodigingen", [invitation("A1", "2025-10-03")])

    build_models("mart.edbi_strategie")

    columns = "verstuurd, uitgenodigd, begonnen, volledig, gedeeltelijk, anoniem, respons, respons_hoog, is_beschermd"
    assert network.execute(f"select {columns} from mart.edbi_respons").fetchall() == [
        (1, 1, None, None, None, None, None, None, None)
    ]
    columns = "metingen, uitgenodigd, volledig, gedeeltelijk, anoniem, respons, aandeel_volledig"
    assert network.execute(f"select {columns} from mart.edbi_strategie where strategie = 'alle'").fetchall() == [
        (1, 1, None, None, None, None, None)
    ]


def test_anonymous_answers_without_delivered_invitations_say_not_who_was_asked(network, build_models):
    deliver_activity(network, "A1", "vorming")
    anonymous = answer("A1", "2025-10-05 10:00:00", uitnodiging_id=None) | {"activiteit_id": "A1"}
    landing(network, "edbi_antwoorden", [anonymous])

    build_models("mart.edbi_respons")

    columns = "verstuurd, uitgenodigd, volledig, anoniem, respons"
    assert network.execute(f"select {columns} from mart.edbi_respons").fetchall() == [(None, None, None, 1, None)]
