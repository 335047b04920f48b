from dataclasses import replace
from datetime import UTC, date, datetime

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data
from dashboard.components.dialogue import dialogue_words
from dashboard.figures import dialogue as figures
from state.dialogue import (
    PROBLEMS,
    Draft,
    Remark,
    add_remark,
    change_remark,
    history,
    latest_end,
    remarks,
    today,
    withdraw_remark,
)

SOME_DAY = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
REMARK = Remark(
    7, 1, "000011", "signaal", None, "Directie\nwisselt", date(2027, 6, 30), "An", SOME_DAY, SOME_DAY, "An", None, None
)
OVERRIDE = replace(REMARK, id=8, soort="afwijking", trap_voorstel="verhoogd", reden="Sluit")
TRICKY = "**vet** <script>alert(1)</script> [klik](http://x.be) $x$ :red[rood]"


def box() -> None:
    import streamlit as st

    from dashboard import access
    from dashboard.components.dialogue import dialogue_box
    from dashboard.exports.context import ExportContext
    from tests.readers import EVERYTHING

    number = st.query_params.get("instelling", "000011")
    e_mail = st.query_params.get("als")
    reader = access.Identity(e_mail or "demo", e_mail, ("hoofdadviseur",), EVERYTHING, is_demo=e_mail is None)
    context = ExportContext("Instelling", "instelling", "2025-2026", None, 1, "2026.1", True)
    with access.acting(reader):
        dialogue_box(number, context)


@pytest.fixture
def store(data_dir):
    return data.user_store()


def opened(number: str = "000011", **address: str) -> AppTest:
    at = AppTest.from_function(box, default_timeout=30)
    at.query_params.update({"instelling": number, **address})
    return at.run()


def press(at: AppTest, label: str) -> AppTest:
    (button,) = [item for item in at.button if item.label == label]
    return button.click().run()


def fill(at: AppTest, *, reden: str, naam: str = "An Peeters", soort: str = "signaal", trap: str = "", tot: str = ""):
    at.text_area[-1].set_value(reden)
    at.radio[-1].set_value(soort)
    at.selectbox[-1].set_value(trap)
    if tot:
        at.text_input[-2].set_value(tot)
    at.text_input[-1].set_value(naam)
    return at


def draft(reden: str = "Directie wisselt") -> Draft:
    return Draft("signaal", reden, latest_end(today()))


def texts(at: AppTest) -> str:
    return "\n".join(item.value for item in [*at.text, *at.markdown, *at.success, *at.warning, *at.error])


def test_computed_position_stands_there_whatever_people_say(store):
    add_remark(store, "000011", Draft("afwijking", "Anders", latest_end(today()), "regulier"), "An")
    assert "Plaats 1 van 4, trap verplicht, in 2025-2026." in texts(opened())
    assert "**Afwijking naar trap regulier, tot" in texts(opened())


def test_recording_shows_it_at_once_and_in_every_other_session(store):
    one, other = opened(), opened()
    assert figures.NOTHING_IN_FORCE in texts(other)
    press(fill(one, reden="Directie wisselt"), "Vastleggen")
    assert not one.exception
    assert one.success[0].value == figures.SAVED
    assert "Directie wisselt" in [item.value for item in one.text]
    assert "Directie wisselt" in [item.value for item in other.run().text]
    (kept,) = remarks(store)
    assert (kept.instellingsnummer, kept.soort, kept.door) == ("000011", "signaal", "An Peeters")


def test_who_is_signed_in_signs_with_that_and_types_no_name(store):
    at = opened(als="an@voorbeeld.be")
    assert "Naam van wie dit vastlegt" not in [item.label for item in at.text_input]
    at.text_area[-1].set_value("Directie wisselt")
    press(at, "Vastleggen")
    assert [item.door for item in remarks(store)] == ["an@voorbeeld.be"]


def test_the_form_is_empty_after_recording_but_for_the_name(store):
    at = press(fill(opened(), reden="Directie wisselt"), "Vastleggen")
    assert at.text_area[-1].value == ""
    assert at.text_input[-1].value == "An Peeters"
    at = press(fill(at, reden="En nog iets"), "Vastleggen")
    assert [item.reden for item in remarks(store)] == ["En nog iets", "Directie wisselt"]


def test_a_refused_form_keeps_what_was_typed_and_says_what_to_do(store):
    at = press(fill(opened(), reden="Sluit", soort="afwijking", tot="31/02/2027"), "Vastleggen")
    assert "Schrijf de einddatum als dag/maand/jaar" in at.error[0].value
    at = press(fill(at, reden="Sluit", soort="afwijking", naam="", tot="01/01/2020"), "Vastleggen")
    assert at.error[0].value == (
        "Niet vastgelegd. Kies bij een afwijking welke trap voorgesteld wordt. "
        "De einddatum is voorbij. Kies vandaag of later. Vul de naam in van wie dit vastlegt."
    )
    assert at.text_area[-1].value == "Sluit"
    assert remarks(store) == []


def test_where_places_say_too_little_none_is_named():
    row = {"schooljaar": "2025-2026", "rang": 3, "aantal_gerangschikt": 9, "trap": "regulier", "klasse": "mogelijk"}
    standing = pl.DataFrame([row | {"is_in_groepen": True}])
    assert figures.computed_position(standing, "2025-2026") == "Grote noden: mogelijk, trap regulier, in 2025-2026."
    assert "niet in de rangschikking" in figures.computed_position(standing, "2024-2025")
    unknown = standing.with_columns(klasse=pl.lit(None, pl.String))
    assert figures.computed_position(unknown, "2025-2026").startswith("Grote noden: niet bekend, trap regulier")


def test_a_remark_is_changed_and_the_earlier_text_stays_in_the_history(store):
    add_remark(store, "000011", draft(), "An")
    at = press(opened(), "Signaal wijzigen of intrekken")
    assert at.text_area[0].value == "Directie wisselt"
    at.text_area[0].set_value("Directie is gewisseld")
    at.text_input[1].set_value("Bo")
    at = press(at, "Wijziging vastleggen")
    assert at.success[0].value == figures.CHANGED
    assert "Directie is gewisseld" in [item.value for item in at.text]
    shown = at.dataframe[0].value
    assert shown["wat"].to_list() == ["gewijzigd", "vastgelegd"]
    assert shown["reden"].to_list() == ["Directie is gewisseld", "Directie wisselt"]
    assert shown["door"].to_list() == ["Bo", "An"]


def test_a_remark_is_withdrawn_and_stays_in_the_history(store):
    add_remark(store, "000011", draft(), "An")
    at = press(opened(), "Signaal wijzigen of intrekken")
    at = press(at, "Intrekken")
    assert "Vul de naam in" in at.error[0].value
    at.text_input[0].set_value("geen datum")
    at.text_input[1].set_value("Bo")
    at = press(at, "Intrekken")
    assert figures.WITHDRAWN in texts(at)
    assert figures.NOTHING_IN_FORCE in texts(at)
    assert at.dataframe[0].value["wat"].to_list() == ["ingetrokken", "vastgelegd"]


def test_who_saves_second_sees_the_newer_text_and_keeps_the_own(store):
    kept = add_remark(store, "000011", draft(), "An")
    at = press(opened(), "Signaal wijzigen of intrekken")
    change_remark(store, kept.id, 1, draft("Tekst van Bo **vet**"), "Bo")
    at.text_area[0].set_value("Tekst van An")
    at.text_input[1].set_value("An")
    at = press(at, "Wijziging vastleggen")
    assert at.warning[0].value == figures.CONFLICT
    assert "Tekst van Bo **vet**\nBo, " in "\n".join(item.value for item in at.text)
    assert at.text_area[0].value == "Tekst van An"
    at = press(at, "Wijziging vastleggen")
    assert at.success[0].value == figures.CHANGED
    assert [item.reden for item in history(store, "000011")] == [
        "Tekst van An",
        "Tekst van Bo **vet**",
        "Directie wisselt",
    ]


def test_who_changes_what_was_withdrawn_meanwhile_is_told(store):
    kept = add_remark(store, "000011", draft(), "An")
    at = press(opened(), "Signaal wijzigen of intrekken")
    withdraw_remark(store, kept.id, 1, "Bo")
    at.text_area[0].set_value("Tekst van An")
    at = press(at, "Wijziging vastleggen")
    assert figures.WITHDRAWN_MEANWHILE in texts(at)
    assert "Ingevuld was: Tekst van An" in texts(at)
    assert not at.exception
    assert figures.WITHDRAWN_MEANWHILE not in texts(at.run())


def test_what_was_typed_is_never_read_as_markup(store):
    add_remark(store, "000011", draft(TRICKY), TRICKY)
    at = opened()
    assert TRICKY in [item.value for item in at.text]
    drawn = [item.value for item in [*at.markdown, *at.header, *at.get("html")]]
    assert not [value for value in drawn if "vet" in str(value)]


def test_what_was_said_of_a_predecessor_follows_its_successor(store):
    add_remark(store, "000044", draft("Fusie loopt"), "An")
    at = opened("000033")
    assert "Fusie loopt" in [item.value for item in at.text]
    assert any("voor voorganger 000044" in item.value for item in at.text)
    assert dialogue_words(["000033", "000044"])["dialoog"].str.ends_with("Fusie loopt").all()


def test_words_are_given_for_every_number_in_its_order(store):
    add_remark(store, "000022", draft("Directie\nwisselt"), "An")
    until = f"{latest_end(today()):%d/%m/%Y}"
    frame = dialogue_words(pl.Series(["000033", "000022"]))
    assert frame.rows() == [("000033", "geen"), ("000022", f"Signaal tot {until}: Directie wisselt")]
    assert dialogue_words([]).rows() == []


def test_the_same_words_are_the_same_frame_so_that_a_table_is_built_once(store):
    add_remark(store, "000022", draft(), "An")
    first = dialogue_words(["000022"])
    assert dialogue_words(["000022"]) is first
    add_remark(store, "000022", draft("Nog iets"), "An")
    assert "Nog iets" in dialogue_words(["000022"])["dialoog"][0]


def test_without_a_store_the_section_says_so(data_dir, monkeypatch):
    monkeypatch.setenv("STERRENWACHT_STATE_URL", "postgresql://jan:geheim@127.0.0.1:1/niets")
    at = opened()
    assert not at.exception
    assert at.warning[0].value == figures.UNREACHABLE
    assert dialogue_words(["000011"]).rows() == [("000011", "niet bereikbaar")]


def test_a_store_that_goes_away_loses_no_typed_text(store, monkeypatch):
    at = fill(opened(), reden="Directie wisselt")
    monkeypatch.setenv("STERRENWACHT_STATE_URL", "postgresql://jan:geheim@127.0.0.1:1/niets")
    at = press(at, "Vastleggen")
    assert not at.exception
    assert figures.UNREACHABLE in texts(at)
    assert figures.NOTHING_KEPT in texts(at)
    monkeypatch.delenv("STERRENWACHT_STATE_URL")
    at = press(at.run(), "Vastleggen")
    assert at.success[0].value == figures.SAVED
    assert [item.reden for item in remarks(data.user_store())] == ["Directie wisselt"]


def test_two_remarks_on_one_institution_are_both_told():
    words = figures.words([OVERRIDE, REMARK], {}, ["000011"])
    assert words == (
        ("000011", "Afwijking naar trap verhoogd, tot 30/06/2027: Sluit · Signaal tot 30/06/2027: Directie wisselt"),
    )


def test_numbers_that_name_each_other_as_successor_do_not_go_round_for_ever():
    choices = pl.DataFrame({"instellingsnummer": ["1", "2", "3"], "opgevolgd_door": ["2", "1", None]})
    lines = figures.lines_of_succession.__wrapped__(choices)
    assert lines == {"1": ("1", "2"), "2": ("2", "1"), "3": ("3",)}
    assert figures.numbers_carried(lines, "1") == ["1", "2"]
    assert figures.numbers_carried(lines, "9") == ["9"]


def test_downloads_of_the_history_hold_no_names():
    assert "An" in figures.history_table([REMARK], with_names=True).texts.row(0)
    assert "An" not in figures.history_table([REMARK], with_names=False).texts.row(0)


def test_every_problem_has_a_sentence():
    for code in PROBLEMS:
        assert len(figures.problem_sentences([code], date(2026, 11, 21))) > 25
    assert "31/08/2028" in figures.problem_sentences(["tot_te_ver"], date(2026, 11, 21))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30/06/2027", date(2027, 6, 30)),
        (" 1-9-2027 ", date(2027, 9, 1)),
        ("1.9.2027", date(2027, 9, 1)),
        ("31/02/2027", None),
        ("2027-06-30", None),
        ("morgen", None),
        ("", None),
        ("30/06/27", None),
        ("٣/٤/٢٠٢٧", None),
    ],
)
def test_days_are_read_as_they_are_written_here(text, day):
    assert figures.parse_day(text) == day
