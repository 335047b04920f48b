"""The self-scaling of schools: what stands for whom, and what is never taken together."""

import copy
import datetime as dt

import pytest

from tests.warehouse.institution_rows import listed, school
from tests.warehouse.landing_tables import landing
from warehouse.settings import load_settings


def placed(con, nummer, indicator, inschaling, schaal_max=4, schooljaar="2025-2026", **rest):
    row = {"schooljaar": schooljaar, "instellingsnummer": nummer, "indicator": indicator}
    landing(con, "procesindicatoren", [{**row, "inschaling": inschaling, "schaal_max": schaal_max, **rest}])


def asked(con, columns, where="true"):
    return con.execute(
        f"select {columns} from mart.procesindicator where {where} order by schooljaar, instellingsnummer, indicator"
    ).fetchall()


@pytest.fixture
def build(build_models):
    return lambda settings=None: build_models("mart.procesindicator", settings=settings)


def test_a_place_on_the_scale_is_also_a_share_of_it(con, build):
    listed(con, "2025-2026", school("000011"))
    placed(con, "000011", 7, 3.0, ingevuld_op=dt.date(2026, 1, 15))

    build()

    columns = "naam, betekenis, inschaling, schaal_max, aandeel, ingevuld_op, ingevuld_door, reden"
    assert asked(con, columns, "indicator = 7") == [
        ("Indicator 7", "naam niet aangeleverd", 3.0, 4.0, 0.75, dt.date(2026, 1, 15), "000011", None)
    ]


def test_an_indicator_that_was_left_open_is_missing_and_a_hidden_one_is_protected(con, build):
    listed(con, "2025-2026", school("000011"))
    placed(con, "000011", 1, None)
    placed(con, "000011", 2, None, _klein=["inschaling"])
    placed(con, "000011", 3, 0.0)

    build()

    rows = asked(con, "indicator, inschaling, reden")
    assert len(rows) == 15
    assert rows[:4] == [(1, None, "ontbreekt"), (2, None, "beschermd"), (3, 0.0, None), (4, None, "ontbreekt")]


def test_a_school_that_did_not_take_part_has_no_rows(con, build):
    listed(con, "2025-2026", school("000011"), school("000022"))
    placed(con, "000011", 1, 2.0)

    build()

    assert {number for (number,) in asked(con, "instellingsnummer")} == {"000011"}


def test_scales_of_different_length_are_never_pooled(con, build):
    numbers = [f"{place:06d}" for place in range(1, 12)]
    listed(con, "2025-2026", *(school(number) for number in numbers))
    for place, number in enumerate(numbers[:6]):
        placed(con, number, 1, float(1 + place % 3), 4)
    for number in numbers[6:]:
        placed(con, number, 1, 5.0, 5)

    build()

    found = asked(con, "schaal_max, netwerk_mediaan, netwerk_aantal", "indicator = 1")
    assert set(found) == {(4.0, 2.0, 6), (5.0, 5.0, 5)}


def test_the_network_is_the_own_niveau_and_stays_hidden_under_five_schools(con, build):
    primary = [f"{place:06d}" for place in range(1, 6)]
    secondary = [f"{place:06d}" for place in range(11, 15)]
    listed(con, "2025-2026", *map(school, primary), *(school(number, onderwijsniveau="SO") for number in secondary))
    for number in (*primary, *secondary):
        placed(con, number, 1, 2.0)

    build()

    found = asked(con, "instellingsnummer, netwerk_mediaan, netwerk_aantal", "indicator = 1")
    assert found == [(number, 2.0, 5) for number in primary] + [(number, None, None) for number in secondary]


def test_what_one_predecessor_filled_in_follows_the_successor_but_two_are_not_combined(con, build):
    listed(
        con,
        "2024-2025",
        school("000011", opgevolgd_door="000033"),
        school("000022", opgevolgd_door="000033"),
        school("000044", opgevolgd_door="000055"),
    )
    listed(con, "2025-2026", school("000033"), school("000055"))
    placed(con, "000011", 1, 1.0, schooljaar="2024-2025")
    placed(con, "000022", 1, 4.0, schooljaar="2024-2025")
    placed(con, "000044", 1, 3.0, schooljaar="2024-2025")
    placed(con, "000033", 1, 2.0)

    build()

    found = asked(con, "schooljaar, instellingsnummer, ingevuld_door, inschaling", "indicator = 1")
    assert found == [
        ("2024-2025", "000011", "000011", 1.0),
        ("2024-2025", "000022", "000022", 4.0),
        ("2024-2025", "000044", "000044", 3.0),
        ("2024-2025", "000055", "000044", 3.0),
        ("2025-2026", "000033", "000033", 2.0),
    ]


def test_names_come_from_the_settings_once_they_are_delivered(con, build):
    settings = copy.deepcopy(load_settings())
    settings["tabel"]["procesindicator"][6] |= {"naam": "Zevende", "betekenis": "Waar het over gaat"}
    listed(con, "2025-2026", school("000011"))
    placed(con, "000011", 7, 3.0)

    build(settings)

    assert asked(con, "naam, betekenis", "indicator = 7") == [("Zevende", "Waar het over gaat")]
