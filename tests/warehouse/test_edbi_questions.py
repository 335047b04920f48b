import pytest

from analysis.intervals import wilson
from tests.warehouse.landing_tables import landing
from tests.warehouse.reach_network import deliver_activity, deliver_institutions


@pytest.fixture
def surveyed(con):
    """A vorming A1 of 2025-2026 and a vorming A0 of 2024-2025."""
    deliver_institutions(con)
    deliver_activity(con, "A1", "vorming")
    deliver_activity(con, "A0", "vorming", schooljaar="2024-2025", startdatum="2024-10-01")
    return con


def question(vraag, vak="alle", **rest):
    row = {
        "vraag": vraag,
        "module": "A",
        "dimensie": "tevredenheid",
        "tekst": f"Vraag {vraag}",
        "kernvraag": True,
    }
    scale = {"schaal_min": 1, "schaal_max": 5, "omgekeerd": False, "gunstig_vanaf": 4}
    return {**row, **scale, "_vak": vak, **rest}


def answer(con, *people, activiteit_id="A1"):
    """Deliver one anonymous response per person: a dictionary of question and answer."""
    landing(
        con,
        "edbi_antwoorden",
        [
            {
                "response_id": f"{activiteit_id}-{number}",
                "activiteit_id": activiteit_id,
                "status": "IP Address",
                "finished": True,
                "recorded_date": "2025-10-05 10:00:00",
                "antwoorden": [{"vraag": vraag, "waarde": waarde} for vraag, waarde in answers.items()],
            }
            for number, answers in enumerate(people)
        ],
    )


def figures(con, columns="vraag, n, gemiddelde, aandeel_gunstig, reden"):
    return con.execute(f"select {columns} from mart.edbi_vraag order by schooljaar, vraag").fetchall()


def test_question_answered_by_five_is_shown_and_by_four_hidden(surveyed, build_models):
    landing(surveyed, "edbi_vragen", [question("V1"), question("V2")])
    answer(
        surveyed,
        {"V1": "5", "V2": "5"},
        {"V1": "4", "V2": "5"},
        {"V1": "4", "V2": "5"},
        {"V1": "3", "V2": "5"},
        {"V1": "1", "V2": ""},
    )

    build_models("mart.edbi_vraag", "mart.edbi_verdeling")

    # V1: mean (5 + 4 + 4 + 3 + 1) / 5 = 3.4; favourable 3 of 5
    assert figures(surveyed) == [
        ("V1", 5, pytest.approx(3.4), pytest.approx(0.6), None),
        ("V2", None, None, None, "beschermd"),
    ]
    bounds = figures(surveyed, "aandeel_gunstig_laag, aandeel_gunstig_hoog")
    assert bounds == [pytest.approx(wilson(3, 5)), (None, None)]
    spread = surveyed.execute("select vraag, antwoord, aantal, aandeel from mart.edbi_verdeling order by 2").fetchall()
    assert spread == [
        ("V1", 1.0, 1, 0.2),
        ("V1", 2.0, 0, 0.0),  # a point nobody chose is zero, not absent
        ("V1", 3.0, 1, 0.2),
        ("V1", 4.0, 2, 0.4),
        ("V1", 5.0, 1, 0.2),
    ]


def test_reversed_question_is_turned_around_on_its_own_scale(surveyed, build_models):
    landing(surveyed, "edbi_vragen", [question("V1", omgekeerd=True, schaal_min=1, schaal_max=4, gunstig_vanaf=3)])
    answer(surveyed, *({"V1": given} for given in ("1", "1", "2", "3", "4")))

    build_models("mart.edbi_vraag")

    # turned around: 4, 4, 3, 2, 1 -> mean 2.8, favourable (3 or more) 3 of 5
    assert figures(surveyed) == [("V1", 5, pytest.approx(2.8), pytest.approx(0.6), None)]


def test_definition_of_the_schooljaar_goes_before_the_general_one(surveyed, build_models):
    landing(
        surveyed,
        "edbi_vragen",
        [question("V1", gunstig_vanaf=4), question("V1", "2025-2026", gunstig_vanaf=3)],
    )
    answer(surveyed, *({"V1": "3"} for _ in range(5)))
    answer(surveyed, *({"V1": "3"} for _ in range(5)), activiteit_id="A0")

    build_models("mart.edbi_vraag")

    columns = "schooljaar, gunstig_vanaf, aandeel_gunstig, aandeel_gunstig_laag"
    low, _ = wilson(5, 5)
    assert figures(surveyed, columns) == [
        ("2024-2025", 4.0, 0.0, 0.0),
        ("2025-2026", 3.0, 1.0, pytest.approx(low)),
    ]


def test_answers_that_are_no_point_of_the_scale_and_unknown_questions_have_no_value(surveyed, build_models):
    landing(surveyed, "edbi_vragen", [question("V1"), question("G1", module="G")])
    odd = ({"V1": "6"}, {"V1": "0"}, {"V1": "3,5"}, {"V1": "goed"}, {"V1": None}, {"G1": "5"}, {"onbekend": "5"})
    answer(surveyed, *odd, {"v1": "4,0"}, {"V1": " 5 "})

    build_models("mart.edbi_vraag")

    rows = surveyed.execute("select vraag, waarde from core.fct_antwoordwaarden order by 2").fetchall()
    assert rows == [("V1", 4.0), ("V1", 5.0)]


def test_question_without_favourable_answer_has_a_mean_and_no_share(surveyed, build_models):
    landing(surveyed, "edbi_vragen", [question("V1", gunstig_vanaf=None)])
    answer(surveyed, *({"V1": "2"} for _ in range(5)))

    build_models("mart.edbi_vraag")

    assert figures(surveyed, "n, gemiddelde, aandeel_gunstig, aandeel_gunstig_hoog, reden") == [
        (5, 2.0, None, None, None)
    ]


@pytest.mark.parametrize(
    ("given", "mean"),
    [
        (["5 - helemaal akkoord", "4: akkoord", "3. neutraal", "2 = eerder niet", "1) niet"], 3.0),
        (["Helemaal akkoord", "akkoord", " Neutraal ", "eerder niet", "NIET"], 3.0),
        (["5", "akkoord", "3 - neutraal", "2", "1"], 3.0),
        # No label and no number in front: no point of the scale. Ranges and moments are no numbers in front either.
        (["5", "5", "5", "5", "5", "soms", "2-3 keer", "4 weken", "1: 2"], 5.0),
    ],
)
def test_choice_texts_count_as_the_point_of_their_label_or_number(surveyed, build_models, given, mean):
    labels = ["niet", "eerder niet", "neutraal", "akkoord", "helemaal akkoord"]
    landing(surveyed, "edbi_vragen", [question("V1", schaal_labels=labels)])
    answer(surveyed, *({"V1": text} for text in given))

    build_models("mart.edbi_vraag")

    assert figures(surveyed, "n, gemiddelde") == [(5, pytest.approx(mean))]


def test_labels_of_a_reversed_question_are_turned_around_like_its_points(surveyed, build_models):
    landing(surveyed, "edbi_vragen", [question("V1", schaal_labels=["a", "b", "c", "d", "e"], omgekeerd=True)])
    answer(surveyed, *[{"V1": "a"}] * 5)

    build_models("mart.edbi_vraag")

    assert figures(surveyed, "gemiddelde") == [(5.0,)]


def test_answers_outside_the_scale_are_counted_and_under_five_only_named(surveyed, build_models):
    landing(surveyed, "edbi_vragen", [question("V1"), question("V2"), question("V3"), question("G1", module="G")])
    # V3 was declared with another scale than it was asked on: none of its answers is a point
    people = [{"V1": "6", "V2": "4", "V3": "80", "G1": "12"}] * 4 + [{"V1": "weet niet", "V2": "3,5", "V3": "70"}]
    # nothing filled in, in the words of suppliers, is no answer
    nothing = [{"V1": "-99", "V2": "n.v.t.", "V3": " - "}, {"V1": None, "V2": "", "V3": "Geen cijfers beschikbaar"}]
    # an answer that stands twice counts once, by its point
    answer(surveyed, *people, *nothing, {"v1": "7", "V1 ": "5"})

    build_models("mart.edbi_buiten_schaal", "mart.edbi_vraag")

    columns = "schooljaar, strategie, vraag, schaal_min, schaal_max, aantal, reden"
    rows = surveyed.execute(f"select {columns} from mart.edbi_buiten_schaal order by vraag").fetchall()
    assert rows == [
        ("2025-2026", "vorming", "V1", 1.0, 5.0, 5, None),
        ("2025-2026", "vorming", "V2", 1.0, 5.0, None, "beschermd"),
        ("2025-2026", "vorming", "V3", 1.0, 5.0, 5, None),
    ]
    assert figures(surveyed, "vraag, reden") == [("V1", "beschermd"), ("V2", "beschermd")]
