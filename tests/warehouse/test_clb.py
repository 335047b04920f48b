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

    columns = "instellingsnummer, medewerkers, deelnemers, deelnames, interventies, criteria, is_prioritair"
    assert photo(con, columns) == [("000004", 12, 2, 3, 2, [], False)]


def test_last_advice_of_1b_or_2a_gives_priority(con, build_models):
    deliver_institutions(con)
    landing(con, "doorlichtingen", [inspection("D1", "2023-01-10", "1A"), inspection("D2", "2025-12-10", "1B")])

    build_models("mart.clb_foto")

    assert photo(con, "criteria, is_prioritair") == [(["doorlichting"], True)]


def test_later_favourable_advice_ends_the_priority(con, build_models):
    deliver_institutions(con)
    landing(con, "doorlichtingen", [inspection("D1", "2024-01-10", "2A"), inspection("D2", "2025-12-10", "1A")])

    build_models("mart.clb_foto")

    assert photo(con, "criteria, is_prioritair") == [([], False)]
