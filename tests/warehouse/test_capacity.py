import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.apportionment import largest_remainder
from tests.warehouse.landing_tables import create_landing, landing
from tests.warehouse.reach_network import deliver_institutions, deliver_trajectory
from warehouse.build import build
from warehouse.connection import open_for_writing
from warehouse.settings import load_settings


def deliver_pot(con, *dagdelen, schooljaar="2025-2026", levering="L1"):
    """Deliver planning for scholengroepen, one begeleider a value, and a line that is no part of the pot."""
    row = {"schooljaar": schooljaar, "categorie": "scholengroep", "_levering": levering}
    rows = [{**row, "begeleider": f"b{number}", "dagdelen": value} for number, value in enumerate(dagdelen)]
    landing(con, "planning", [*rows, {**row, "begeleider": "b0", "categorie": "vt", "dagdelen": 100}])


def test_pot_is_divided_whole_by_staff_and_adds_up(con, build_models):
    deliver_institutions(con)
    deliver_pot(con, 6, 4.5)
    deliver_trajectory(con, "T1", "vt", ("2025-11-03", 1.5), instellingsnummer="000002")
    deliver_trajectory(con, "T2", "plg", ("2025-11-03", 2), scholengroep_nummer="1")

    build_models("mart.capaciteit")

    rows = con.execute("from mart.capaciteit where schooljaar = '2025-2026' order by scholengroep_nummer").fetchall()
    # 10 whole dagdelen over 23 and 50 VTE: 3.15 and 6.85 -> 3 and 6, and the one left to the larger remainder
    assert rows == [
        ("2025-2026", "1", "Scholengroep 1", 23.0, 3, None, 3.5),
        ("2025-2026", "2", "Scholengroep 2", 50.0, 7, None, 0.0),
    ]


def test_without_planning_or_verslagtool_there_is_nothing_to_tell(con, build_models):
    deliver_institutions(con)

    build_models("mart.capaciteit")

    rows = con.execute("select distinct dagdelen_pro_rata, dagdelen_besteed from mart.capaciteit").fetchall()
    assert rows == [(None, None)]


@settings(max_examples=5)
@given(
    years=st.lists(
        st.tuples(st.integers(0, 5000), st.lists(st.decimals(0, 900, places=2), min_size=1, max_size=30)),
        min_size=10,
        max_size=10,
    )
)
def test_division_is_that_of_the_largest_remainder(years):
    """Ten schooljaren a build: each its own pot and scholengroepen, against the method in `analysis`."""
    con = open_for_writing()
    create_landing(con)
    for number, (pot, staff) in enumerate(years):
        schooljaar = f"{2010 + number}-{2011 + number}"
        landing(
            con,
            "instellingen",
            [
                {
                    "schooljaar": schooljaar,
                    "instellingsnummer": f"{group:06d}",
                    "naam": "Instelling",
                    "onderwijsniveau": "SO",
                    "scholengroep_nummer": str(group),
                    "scholengroep": f"Scholengroep {group}",
                    "vte": float(vte),
                }
                for group, vte in enumerate(staff, start=1)
            ],
        )
        deliver_pot(con, pot, schooljaar=schooljaar, levering=schooljaar)

    build(con, {}, load_settings(), dt.date(2020, 6, 30), only=["mart.capaciteit"])

    for number, (pot, staff) in enumerate(years):
        divided = con.execute(
            "select dagdelen_pro_rata from mart.capaciteit where schooljaar = ? order by scholengroep_nummer::integer",
            [f"{2010 + number}-{2011 + number}"],
        ).fetchall()
        if sum(staff) == 0:
            assert set(divided) == {(None,)}
        else:
            assert [value for (value,) in divided] == largest_remainder([float(vte) for vte in staff], pot).tolist()
    con.close()
