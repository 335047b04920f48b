"""The register of vestigingsplaatsen: what is taken over, and where the list of instellingen differs from it."""

import datetime as dt

from tests.warehouse.institution_rows import listed, school
from tests.warehouse.landing_tables import landing
from warehouse.cross_check import compare_sources


def registered(con, nummer, vestigingsplaats="1", **rest):
    row = {
        "instellingsnummer": nummer,
        "vestigingsplaats": vestigingsplaats,
        "naam": f"School {nummer}",
        "hoofdzetel": vestigingsplaats == "1",
        "gemeente": "Olmerdrecht",
        "begindatum": "1921-09-01",
    }
    landing(con, "vestigingsplaatsen", [{**row, **rest}])


def told(con):
    return [(row["kolom"], row["geslaagd"], row["waargenomen"], row["ernst"]) for row in compare_sources(con)]


def test_zero_is_no_place_on_the_map_and_no_scholengemeenschap(con, build_models):
    registered(con, "000011", lx=0.0, ly=0.0, scholengemeenschap="0", straat="Molenweg", huisnummer="12", busnummer="3")
    registered(con, "000011", "2", lx=152480.5, ly=211873.25, scholengemeenschap="Noord")
    registered(con, "000011", "3", lx=152480.5, ly=0.0)

    build_models("mart.vestiging")

    rows = con.execute(
        "select vestigingsplaats, is_hoofdzetel, lx, ly, scholengemeenschap, adres from mart.vestiging order by 1"
    ).fetchall()
    assert rows == [
        ("1", True, None, None, None, "Molenweg 12 bus 3"),
        ("2", False, 152480.5, 211873.25, "Noord", None),
        ("3", False, None, None, None, None),
    ]


def test_place_is_closed_from_the_day_after_its_end_and_keeps_its_row(con, build_models):
    registered(con, "000011", "1", einddatum="2026-06-29")
    registered(con, "000011", "2", einddatum="2026-06-30")
    registered(con, "000011", "3", einddatum="9999-12-31")

    build_models("mart.vestiging", peildatum="2026-06-30")

    rows = con.execute("select einddatum, is_gesloten from mart.vestiging order by vestigingsplaats").fetchall()
    assert rows == [(dt.date(2026, 6, 29), True), (dt.date(2026, 6, 30), False), (None, False)]


def test_list_and_register_differ_in_number_closure_and_gemeente(con, build_models):
    listed(
        con,
        "2025-2026",
        school("000011", gemeente="OLMERDRECHT "),
        school("000022", gemeente="Olmerdrecht"),
        school("000033", gemeente="Wolverzele"),
        school("000044"),
        school("000055", gemeente="Olmerdrecht"),
    )
    registered(con, "000011")
    registered(con, "000011", "2", gemeente="Elders")
    registered(con, "000033", einddatum="2024-08-31", gemeente="Elders")
    registered(con, "000033", "2")
    registered(con, "000044")
    registered(con, "000055", einddatum="2025-08-31")

    build_models()

    rows = con.execute(
        "select instellingsnummer, verschillen, gemeente_lijst, gemeente_register, einddatum "
        "from mart.register_verschil order by 1"
    ).fetchall()
    assert rows == [
        ("000022", ["onbekend"], "Olmerdrecht", None, None),
        ("000033", ["gemeente"], "Wolverzele", "Olmerdrecht", dt.date(2024, 8, 31)),
        ("000055", ["gesloten"], "Olmerdrecht", "Olmerdrecht", dt.date(2025, 8, 31)),
    ]
    assert told(con) == [
        ("instellingsnummer", False, "1 van 5 afwijkend", "waarschuwing"),
        ("einddatum", False, "1 van 4 afwijkend", "waarschuwing"),
        ("gemeente", False, "1 van 3 afwijkend", "waarschuwing"),
    ]


def test_onderwijsniveau_that_the_register_does_not_hold_is_not_compared(con, build_models):
    listed(con, "2025-2026", school("000011"), school("000044", onderwijsniveau="CLB"))
    registered(con, "000011")

    build_models()

    assert con.execute("select instellingsnummer from core.register_vergelijking").fetchall() == [("000011",)]
    assert told(con) == [
        ("instellingsnummer", True, "0 van 1 afwijkend", "waarschuwing"),
        ("einddatum", True, "0 van 1 afwijkend", "waarschuwing"),
    ]


def test_without_a_register_nothing_is_compared(con, build_models):
    listed(con, "2025-2026", school("000011"))

    build_models()

    assert told(con) == []
