import pytest

from analysis.intervals import wilson
from tests.warehouse.landing_tables import landing
from tests.warehouse.reach_network import deliver_activity, deliver_institutions, deliver_trajectory


@pytest.fixture
def surveyed(con):
    """The network, with a vorming A1 that EDBI measures."""
    deliver_institutions(con)
    deliver_activity(con, "A1", "vorming", einddatum="2025-10-02")
    return con


def invite(con, *rows, activiteit_id="A1", **rest):
    """Deliver invitations: (id, overrides)."""
    full = {
        "activiteit_id": activiteit_id,
        "verzonden_op": "2025-10-03",
        "kanaal": "mail",
        "bezorgd": True,
        **rest,
    }
    landing(con, "edbi_uitnodigingen", [{"uitnodiging_id": name, **full, **changes} for name, changes in rows])


def response(name, uitnodiging_id=None, finished=True, answers=(("A1", "4"),), **rest):
    return {
        "response_id": name,
        "uitnodiging_id": uitnodiging_id,
        "status": "IP Address",
        "progress": 100 if finished else 40,
        "finished": finished,
        "recorded_date": "2025-10-05 10:00:00",
        "distribution_channel": "email",
        "antwoorden": [{"vraag": vraag, "waarde": waarde} for vraag, waarde in answers],
        **rest,
    }


def responded(con, columns="uitgenodigd, volledig, gedeeltelijk, respons"):
    return con.execute(f"select {columns} from mart.edbi_respons order by activiteit_of_traject_id").fetchall()


def test_bounced_and_refused_invitations_leave_the_base_with_their_answers(surveyed, build_models):
    invite(
        surveyed,
        ("U1", {}),
        ("U2", {"aangemeld": "ja"}),
        ("U3", {"bezorgd": None}),  # nobody said that it bounced
        ("U4", {}),
        ("U5", {"bezorgd": False}),
        ("U6", {"aangemeld": "nee"}),
    )
    landing(surveyed, "edbi_antwoorden", [response("R1", "U1"), response("R5", "U5"), response("R6", "U6")])

    build_models("mart.edbi_respons")

    columns = "verstuurd, bezorgd, uitgenodigd, begonnen, volledig, gedeeltelijk, respons, aandeel_volledig"
    assert responded(surveyed, columns) == [(6, 5, 4, 1, 1, 0, 0.25, 0.25)]


def test_partial_needs_an_answer_and_preview_does_not_count(surveyed, build_models):
    invite(surveyed, *((f"U{number}", {}) for number in range(1, 11)))
    landing(
        surveyed,
        "edbi_antwoorden",
        [
            response("vol", "U1"),
            response("deels", "U2", finished=False),
            response("open", "U3", finished=False, answers=(("A1", " "), ("A2", None))),
            response("leeg", "U4", finished=False, antwoorden=None),
            response("proef", "U5", status="Survey Preview"),
            response("proef_getal", "U6", status="1"),
            response("proef_kanaal", "U7", distribution_channel="preview"),
            response("getal", "U8", status="0"),
        ],
    )

    build_models("mart.edbi_respons")

    # begun: vol, deels, open, leeg, getal; complete: vol, getal; partial: deels
    assert responded(surveyed, "begonnen, volledig, gedeeltelijk, respons") == [(5, 2, 1, pytest.approx(0.3))]


def test_of_several_responses_the_most_complete_and_then_the_latest_stays(surveyed, build_models):
    invite(surveyed, ("U1", {}), ("U2", {}))
    later = {"recorded_date": "2025-10-09 08:00:00"}
    landing(
        surveyed,
        "edbi_antwoorden",
        [
            response("af", "U1"),
            response("later_maar_deels", "U1", finished=False, **later),
            response("eerst", "U2", finished=False),
            response("laatst", "U2", finished=False, **later),
            response("minder", "U2", finished=False, answers=(), recorded_date="2025-10-10 08:00:00"),
        ],
    )

    build_models("mart.edbi_respons")

    assert surveyed.execute("select response_id from core.fct_antwoorden").fetchall() == [
        ("af",),
        ("laatst",),
    ]
    assert responded(surveyed) == [(2, 1, 1, 1.0)]


def test_anonymous_answers_fill_the_places_of_a_qr_survey_and_never_more(surveyed, build_models):
    invite(surveyed, *((f"U{number}", {"kanaal": "qr", "bezorgd": None}) for number in range(1, 5)))
    landing(
        surveyed,
        "edbi_antwoorden",
        [
            response("R1", "U1"),
            response("R2", activiteit_id="A1", finished=False),
            *(response(f"R{number}", activiteit_id="A1") for number in range(3, 6)),
            response("R6", activiteit_id="A1", finished=False),
        ],
    )

    build_models("mart.edbi_respons")

    # 4 places, 1 taken by R1; the 3 anonymous complete ones fill the rest, the 2 partial ones find no place
    assert responded(surveyed, "uitgenodigd, volledig, gedeeltelijk, anoniem, respons") == [(4, 4, 0, 5, 1.0)]


def test_anonymous_answers_beside_a_mailed_survey_stay_apart(surveyed, build_models):
    deliver_activity(surveyed, "A2", "helpdesk")
    invite(surveyed, ("U1", {}), ("U2", {}))
    landing(surveyed, "edbi_antwoorden", [response("R1", activiteit_id="A1"), response("R2", activiteit_id="A2")])

    build_models("mart.edbi_respons")

    columns = "activiteit_of_traject_id, uitgenodigd, volledig, anoniem, respons, respons_laag, respons_hoog"
    low, high = wilson(0, 2)
    assert responded(surveyed, columns) == [
        ("A1", 2, 0, 1, 0.0, low, pytest.approx(high)),
        ("A2", 0, 0, 1, None, None, None),  # nobody was invited: there is no rate
    ]


def test_traject_is_measured_in_the_schooljaar_of_its_last_invitation(surveyed, build_models):
    deliver_trajectory(surveyed, "T1", "opvolging GOK", instellingsnummer="000002")
    later = {"activiteit_id": None, "traject_id": "T1", "verzonden_op": "2026-09-02"}
    invite(surveyed, ("U1", {**later, "verzonden_op": "2026-05-01"}), ("U2", later))
    landing(surveyed, "edbi_antwoorden", [response("R1", "U1", recorded_date="2026-09-05 10:00:00")])

    build_models("mart.edbi_respons", peildatum="2026-10-31")

    columns = "activiteit_of_traject_id, schooljaar, strategie, titel, uitgenodigd, volledig, organisator"
    assert responded(surveyed, columns) == [("T1", "2026-2027", "opvolging", "opvolging GOK, rekenen", 2, 1, None)]


def test_response_rate_of_the_network_has_the_published_wilson_interval(surveyed, build_models):
    # 81 of 263: 0.2553-0.3662; 60 complete and 21 partial over two activities of different strategy
    deliver_activity(surveyed, "A2", "opleiding")
    invite(surveyed, *((f"U{number}", {}) for number in range(163)))
    invite(surveyed, *((f"V{number}", {}) for number in range(100)), activiteit_id="A2")
    landing(surveyed, "edbi_antwoorden", [response(f"R{number}", f"U{number}") for number in range(60)])
    partial = [response(f"S{number}", f"V{number}", finished=False) for number in range(21)]
    landing(surveyed, "edbi_antwoorden", partial)

    build_models("mart.edbi_strategie")

    columns = "strategie, uitgenodigd, volledig, gedeeltelijk, respons, respons_laag, respons_hoog, doel"
    rows = surveyed.execute(f"select {columns} from mart.edbi_strategie order by 1").fetchall()
    assert [row[:4] for row in rows] == [
        ("alle", 263, 60, 21),
        ("opleiding", 100, 0, 21),
        ("vorming", 163, 60, 0),
    ]
    assert rows[0][4:] == (
        pytest.approx(81 / 263),
        pytest.approx(0.2553, abs=5e-5),
        pytest.approx(0.3662, abs=5e-5),
        0.2,
    )
    assert rows[1][5:7] == pytest.approx(wilson(21, 100))


def test_measurement_with_too_few_answers_is_marked_as_protected(surveyed, build_models):
    deliver_activity(surveyed, "A2", "vorming")
    invite(surveyed, *((f"U{number}", {}) for number in range(5)))
    invite(surveyed, *((f"V{number}", {}) for number in range(5)), activiteit_id="A2")
    landing(surveyed, "edbi_antwoorden", [response(f"R{number}", f"U{number}") for number in range(5)])
    landing(surveyed, "edbi_antwoorden", [response(f"S{number}", f"V{number}") for number in range(4)])

    build_models("mart.edbi_respons")

    columns = "activiteit_of_traject_id, is_beschermd, respons, respons_laag, respons_hoog"
    low, high = wilson(4, 5)
    assert responded(surveyed, columns) == [
        ("A1", False, 1.0, pytest.approx(wilson(5, 5)[0]), 1.0),
        ("A2", True, 0.8, pytest.approx(low), pytest.approx(high)),
    ]


def test_traject_with_the_number_of_an_activiteit_is_marked_and_keeps_its_own_answers(con, build_models):
    # The registration database and the verslagtool both gave out number 7.
    deliver_institutions(con)
    deliver_activity(con, "7", "vorming")
    deliver_trajectory(con, "7", "vt", instellingsnummer="000002")
    invite(con, ("U1", {}), ("U2", {}), activiteit_id="7")
    invite(con, ("U3", {"traject_id": "7"}), activiteit_id=None)
    landing(con, "edbi_antwoorden", [response("R1", "U1"), response("R3", "U3")])

    build_models("mart.edbi_respons")

    assert responded(con, "activiteit_of_traject_id, strategie, uitgenodigd, volledig") == [
        ("7", "vorming", 2, 1),
        ("7 (traject)", "vt", 1, 1),
    ]
