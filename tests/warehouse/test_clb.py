from tests.warehouse.landing_tables import landing
from tests.warehouse.reach_network import (
    deliver_activity,
    deliver_institutions,
    deliver_registrations,
    deliver_trajectory,
)


def inspection(doorlichting_id, datum, advies, instellingsnummer="000004"):
    return {
        "doorlichting_id": doorlichting_id,
        "instellingsnummer": instellingsnummer,
        "soort": "doorlichting",
        "begindatum": datum,
        "datum_verslag": datum,
        "advies": advies,
    }


def photo(con, columns):
    return con.execute(f"select {columns} from mart.clb_foto where schooljaar = '2025-2026'").fetchall()


def test_photo_of_a_clb_shows_staff_and_what_reached_it(con, build_models):
    deliver_institutions(con)
    deliver_activity(con, "A1", "infosessie")
    deliver_activity(con, "A2", "helpdesk")
    deliver_registrations(con, "A1", ("p1", "000004", "ja"), ("p2", "000004", "ja"), ("p3", "000003", "ja"))
    deliver_registrations(con, "A2", ("p1", "000004", "ja"))
    deliver_trajectory(con, "T1", "vt", ("2025-11-03", 1), ("2025-12-03", 1), instellingsnummer="000004")

    build_models("mart.clb_foto")

    columns = "instellingsnummer, medewerkers, deelnemers, deelnames, interventies"
    assert photo(con, columns) == [("000004", 12, 2, 3, 2)]


def test_photo_of_a_clb_without_any_other_delivery_has_staff_alone(con, build_models):
    deliver_institutions(con)

    build_models("mart.clb_foto")

    columns = "medewerkers, deelnemers, deelnames, interventies, criteria, is_prioritair"
    assert photo(con, columns) == [(12, None, None, None, None, None)]


def test_reach_of_a_clb_is_known_by_the_source_that_was_delivered(con, build_models):
    deliver_institutions(con)
    deliver_trajectory(con, "T1", "vt", ("2025-11-03", 1), instellingsnummer="000003")

    build_models("mart.clb_foto")

    assert photo(con, "deelnemers, deelnames, interventies") == [(None, None, 0)]


def test_no_priority_is_known_only_with_inspections_and_the_needs_that_poc_names(con, build_models):
    deliver_institutions(con)
    need(con, "nieuwe directeur", instellingsnummer="000003")

    build_models("mart.clb_foto")

    assert photo(con, "criteria, is_prioritair") == [(None, None)]


def test_last_advice_of_1b_or_2a_gives_priority(con, build_models):
    deliver_institutions(con)
    landing(con, "doorlichtingen", [inspection("D1", "2023-01-10", "1A"), inspection("D2", "2025-12-10", "1B")])

    build_models("mart.clb_foto")

    assert photo(con, "criteria, is_prioritair") == [(["doorlichting"], True)]


def test_later_favourable_advice_ends_the_priority(con, build_models):
    deliver_institutions(con)
    landing(con, "doorlichtingen", [inspection("D1", "2024-01-10", "2A"), inspection("D2", "2025-12-10", "1A")])
    need(con, "nieuwe directeur", instellingsnummer="000003")

    build_models("mart.clb_foto")

    assert photo(con, "criteria, is_prioritair") == [([], False)]


def staff(con, ambt, aantal, actief=None, **rest):
    row = {"schooljaar": "2025-2026", "instellingsnummer": "000004", "ambt": ambt, "aantal": aantal, "actief": actief}
    landing(con, "clb_medewerkers", [{**row, **rest}])


def need(con, criterium, **rest):
    row = {"schooljaar": "2025-2026", "instellingsnummer": "000004", "criterium": criterium, "sinds": "2025-09-01"}
    landing(con, "clb_noden", [{**row, **rest}])


def test_staff_is_that_of_poc_where_it_was_delivered(con, build_models):
    deliver_institutions(con)
    staff(con, "arts", 3, 2)
    staff(con, "directeur", 1, 1)
    staff(con, "arts", 30, 20, schooljaar="2024-2025")

    build_models("mart.clb_foto")

    assert photo(con, "medewerkers, medewerkers_actief, medewerkers_bron") == [(4, 3, "clb_medewerkers")]


def test_one_hidden_number_leaves_the_staff_of_the_list(con, build_models):
    deliver_institutions(con)
    staff(con, "arts", None, None, _klein=["aantal"])
    staff(con, "directeur", 1, 1)

    build_models("mart.clb_foto")

    assert photo(con, "medewerkers, medewerkers_actief, medewerkers_bron") == [(12, None, "instellingen")]


def test_one_missing_number_at_work_leaves_that_sum_unknown(con, build_models):
    deliver_institutions(con)
    staff(con, "arts", 3, None)
    staff(con, "directeur", 1, 1)

    build_models("mart.clb_foto")

    assert photo(con, "medewerkers, medewerkers_actief") == [(4, None)]


def test_criteria_of_poc_stand_beside_the_inspection_each_once(con, build_models):
    deliver_institutions(con)
    landing(con, "doorlichtingen", [inspection("D1", "2025-12-10", "2A")])
    need(con, "nieuwe directeur")
    need(con, "doorlichting")
    need(con, "fusie of structuurwijziging", schooljaar="2024-2025")

    build_models("mart.clb_foto")

    assert photo(con, "criteria, is_prioritair") == [(["doorlichting", "nieuwe directeur"], True)]


def test_clb_that_took_over_another_has_its_staff_and_needs(con, build_models):
    rows = [
        {"schooljaar": "2024-2025", "instellingsnummer": "000014", "personeelsleden": 20, "opgevolgd_door": "000024"},
        {"schooljaar": "2025-2026", "instellingsnummer": "000024", "personeelsleden": 40},
    ]
    shared = {"naam": "CLB", "onderwijsniveau": "CLB", "scholengroep_nummer": "1", "scholengroep": "Noord", "vte": 10}
    landing(con, "instellingen", [{**shared, **row} for row in rows])
    staff(con, "arts", 5, 5, instellingsnummer="000014")
    staff(con, "arts", 7, 6, instellingsnummer="000024")
    need(con, "visie of beleidsplan", instellingsnummer="000014")

    build_models("mart.clb_foto")

    assert photo(con, "instellingsnummer, medewerkers, medewerkers_actief, criteria") == [
        ("000024", 12, 11, ["visie of beleidsplan"])
    ]
