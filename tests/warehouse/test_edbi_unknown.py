"""Invitations about an activiteit or traject that was not delivered: counted, and no response is told without them."""

import pytest

from tests.warehouse.landing_tables import landing
from tests.warehouse.reach_network import deliver_activity, deliver_institutions, deliver_trajectory
from tests.warehouse.test_edbi_response import response
from warehouse.cross_check import COMPARED, compare_sources


@pytest.fixture
def network(con):
    """A network with vorming A1 and opvolging T1."""
    deliver_institutions(con)
    deliver_activity(con, "A1", "vorming")
    deliver_trajectory(con, "T1", "opvolging GOK", instellingsnummer="000002")
    return con


def invite(con, prefix, count, activiteit_id=None, traject_id=None, verzonden_op="2025-10-03"):
    """Deliver `count` invitations, named with a prefix and a number."""
    row = {"activiteit_id": activiteit_id, "traject_id": traject_id, "verzonden_op": verzonden_op, "kanaal": "mail"}
    landing(con, "edbi_uitnodigingen", [{"uitnodiging_id": f"{prefix}{place}", **row} for place in range(count)])


def unknown(con):
    return con.execute("from mart.edbi_onbekend order by schooljaar, bron").fetchall()


def rates(con):
    columns = "schooljaar, strategie, metingen, uitgenodigd, volledig, respons, respons_hoog is null, doel"
    return con.execute(f"select {columns} from mart.edbi_strategie order by all").fetchall()


def test_total_and_strategies_without_their_activiteiten_are_missing_and_known_measurements_stay(network, build_models):
    invite(network, "U", 4, traject_id="T1")
    invite(network, "V", 6, activiteit_id="X")
    landing(
        network,
        "edbi_antwoorden",
        [
            response("r1", "U0"),
            *(response(f"x{place}", "V0") for place in range(2)),  # one respondent
            response("x3", activiteit_id="X"),  # anonymous
            response("proef", "V1", status="1"),
            response("elders", "niet geleverd"),  # of an invitation that is not there nothing is known
        ],
    )

    build_models("mart.edbi_strategie", "mart.edbi_onbekend")

    assert unknown(network) == [
        ("2025-2026", "activiteiten", 6, 6, 2, True),
        ("2025-2026", "alle", 10, 6, 2, True),
    ]
    told = {row[1]: row[2:] for row in rates(network)}
    assert told["alle"] == told["vorming"] == told["plg"] == (None, None, None, None, True, 0.2)
    assert told["opvolging"] == (1, 4, 1, 0.25, False, 0.2)
    assert network.execute("select activiteit_of_traject_id, respons from mart.edbi_respons").fetchall() == [
        ("T1", 0.25)
    ]


def test_schooljaar_of_which_nothing_can_be_placed_has_a_total_that_is_missing(network, build_models):
    invite(network, "U", 2, traject_id="X", verzonden_op="2025-05-03")
    invite(network, "V", 1, traject_id="X", verzonden_op="2025-09-01")  # the last invitation decides

    build_models("mart.edbi_strategie", "mart.edbi_onbekend")

    assert unknown(network) == [("2025-2026", "alle", 3, 3, 0, True), ("2025-2026", "trajecten", 3, 3, 0, True)]
    assert [row[:6] for row in rates(network)] == [
        ("2025-2026", strategie, None, None, None, None) for strategie in ("alle", "opvolging", "plg", "project", "vt")
    ]


def test_few_stray_codes_are_counted_and_leave_the_response(network, build_models):
    invite(network, "U", 99, activiteit_id="A1")
    invite(network, "T", 100, traject_id="T1")
    invite(network, "V", 1, activiteit_id="A1 ?")
    landing(network, "edbi_antwoorden", [response("r1", "U0"), response("x1", "V0")])

    build_models("mart.edbi_strategie", "mart.edbi_onbekend", *COMPARED)

    # 1 of 100 activiteiten is the limit; of all together it is under it
    assert unknown(network) == [("2025-2026", "activiteiten", 100, 1, 1, True), ("2025-2026", "alle", 200, 1, 1, False)]
    told = {row[1]: row[2:5] for row in rates(network)}
    assert told["alle"] == (2, 199, 1)
    assert told["vorming"] == (None, None, None)
    assert [(row["kolom"], row["geslaagd"], row["waargenomen"]) for row in compare_sources(network)] == [
        ("activiteit_id", False, "1 van 100 afwijkend; antwoorden daarover die niet meetellen: 1"),
        ("traject_id", True, "0 van 100 afwijkend"),
    ]


def test_network_that_is_whole_has_no_row_of_what_is_unknown(network, build_models):
    invite(network, "U", 2, activiteit_id="A1")

    build_models("mart.edbi_onbekend")

    assert unknown(network) == []
