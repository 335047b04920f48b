from tests.warehouse.institution_rows import listed, school
from tests.warehouse.landing_tables import landing


def completeness(con, tabel):
    return con.execute(
        "select schooljaar, scholengroep_nummer, aantal_verwacht, aantal_geleverd, aandeel_geleverd, is_lopend"
        " from mart.levering_volledigheid where tabel = ? order by all",
        [tabel],
    ).fetchall()


def test_who_has_not_delivered_is_counted_per_scholengroep(con, build_models):
    listed(
        con,
        "2024-2025",
        school("000001"),
        school("000002"),
        school("000003", scholengroep_nummer="2", scholengroep="Zuid"),
        school("000004", onderwijsniveau="CLB"),  # not expected in the outputdossier
        school("000005", scholengroep_nummer=None, scholengroep=None),
    )
    landing(con, "instroom", [{"schooljaar": "2024-2025", "instellingsnummer": "000001"}])

    build_models("mart.levering_volledigheid", peildatum="2025-03-01")

    assert completeness(con, "instroom") == [
        ("2024-2025", "1", 2, 1, 0.5, True),
        ("2024-2025", "2", 1, 0, 0.0, True),
        ("2024-2025", "zonder", 1, 0, 0.0, True),
    ]


def test_what_came_under_the_number_of_a_predecessor_counts(con, build_models):
    listed(con, "2023-2024", school("000001", opgevolgd_door="000002"))
    listed(con, "2024-2025", school("000002"))
    landing(con, "doorstroom", [{"schooljaar": "2024-2025", "instellingsnummer": "000001"}])

    build_models("mart.levering_volledigheid", peildatum="2025-10-01")

    assert completeness(con, "doorstroom")[1] == ("2024-2025", "1", 1, 1, 1.0, False)


def test_a_year_without_its_own_list_has_not_delivered_the_list(con, build_models):
    listed(con, "2024-2025", school("000001"))

    build_models("mart.levering_volledigheid", peildatum="2025-10-01")

    assert completeness(con, "instellingen") == [
        ("2024-2025", "1", 1, 1, 1.0, False),
        ("2025-2026", "1", 1, 0, 0.0, True),
    ]
