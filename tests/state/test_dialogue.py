from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.dialogue import (
    PROBLEMS,
    ChangedMeanwhileError,
    Draft,
    InvalidRemarkError,
    add_remark,
    change_remark,
    clean_text,
    history,
    latest_end,
    remarks,
    today,
    withdraw_remark,
)

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
SIGNAL = Draft("signaal", "Directiewissel midden in het jaar", date(2027, 6, 30))
OVERRIDE = Draft("afwijking", "Sluiting van een vestiging", date(2027, 8, 31), "verhoogd")


def test_what_was_added_is_read_back_whole(store):
    kept = add_remark(store, "000011", OVERRIDE, "An Peeters", now=NOW)
    assert remarks(store) == [kept]
    assert (kept.versie, kept.instellingsnummer, kept.soort, kept.trap_voorstel) == (
        1,
        "000011",
        "afwijking",
        "verhoogd",
    )
    assert (kept.reden, kept.tot) == ("Sluiting van een vestiging", date(2027, 8, 31))
    assert (kept.door, kept.gewijzigd_door, kept.ingetrokken_door) == ("An Peeters", "An Peeters", None)
    assert kept.gemaakt_op == kept.gewijzigd_op == NOW


def test_moments_come_back_in_utc_whatever_zone_they_went_in(store):
    in_brussels = datetime(2026, 7, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    add_remark(store, "000011", SIGNAL, "An", now=in_brussels)
    (kept,) = remarks(store)
    assert kept.gemaakt_op == in_brussels
    assert kept.gemaakt_op.tzinfo is UTC
    assert kept.gemaakt_op.hour == 23


def test_a_moment_without_a_zone_is_a_programming_error(store):
    with pytest.raises(ValueError, match="time zone"):
        add_remark(store, "000011", SIGNAL, "An", now=datetime(2026, 11, 21))


def test_remarks_of_one_number_of_some_and_of_all(store):
    for number in ("000011", "000022", "000033"):
        add_remark(store, number, SIGNAL, "An", now=NOW)
    assert [item.instellingsnummer for item in remarks(store, "000022")] == ["000022"]
    assert [item.instellingsnummer for item in remarks(store, {"000011", "000033"})] == ["000033", "000011"]
    assert len(remarks(store)) == 3
    assert remarks(store, []) == []


def test_a_remark_counts_up_to_and_with_its_last_day(store):
    add_remark(store, "000011", SIGNAL, "An", now=NOW)
    assert len(remarks(store, op=date(2027, 6, 30))) == 1
    assert remarks(store, op=date(2027, 7, 1)) == []
    assert len(remarks(store)) == 1


def test_a_change_leaves_the_earlier_version_in_the_history(store):
    first = add_remark(store, "000011", SIGNAL, "An", now=NOW)
    second = change_remark(store, first.id, 1, OVERRIDE, "Bo", now=LATER)
    assert remarks(store) == [second]
    assert history(store, "000011") == [second, first]
    assert (second.versie, second.door, second.gewijzigd_door) == (2, "An", "Bo")
    assert (second.gemaakt_op, second.gewijzigd_op) == (NOW, LATER)


def test_an_override_that_becomes_a_signal_proposes_no_trap(store):
    first = add_remark(store, "000011", OVERRIDE, "An", now=NOW)
    assert change_remark(store, first.id, 1, replace(OVERRIDE, soort="signaal"), "An").trap_voorstel is None


def test_a_withdrawn_remark_no_longer_counts_but_stays_in_the_history(store):
    first = add_remark(store, "000011", SIGNAL, "An", now=NOW)
    withdrawn = withdraw_remark(store, first.id, 1, "Bo", now=LATER)
    assert (withdrawn.ingetrokken_op, withdrawn.ingetrokken_door) == (LATER, "Bo")
    assert not withdrawn.is_in_force(date(2026, 11, 21))
    assert remarks(store) == []
    assert remarks(store, with_withdrawn=True) == [withdrawn]
    assert history(store, "000011") == [withdrawn, first]


def test_the_second_to_save_gets_the_newer_text(store):
    first = add_remark(store, "000011", SIGNAL, "An", now=NOW)
    newer = change_remark(store, first.id, 1, replace(SIGNAL, reden="Nieuwe tekst"), "An", now=LATER)
    for save in (
        lambda: change_remark(store, first.id, 1, replace(SIGNAL, reden="Andere tekst"), "Bo"),
        lambda: withdraw_remark(store, first.id, 1, "Bo"),
    ):
        with pytest.raises(ChangedMeanwhileError) as caught:
            save()
        assert caught.value.newest == newer
    assert history(store, "000011") == [newer, first]


def test_what_is_withdrawn_or_was_never_there_cannot_be_changed(store):
    first = add_remark(store, "000011", SIGNAL, "An", now=NOW)
    withdraw_remark(store, first.id, 1, "An")
    with pytest.raises(InvalidRemarkError) as caught:
        change_remark(store, first.id, 2, SIGNAL, "An", now=NOW)
    assert caught.value.codes == ("ingetrokken",)
    with pytest.raises(InvalidRemarkError) as caught:
        withdraw_remark(store, 999, 1, "An")
    assert caught.value.codes == ("onbekend",)


@pytest.mark.parametrize(
    ("number", "draft", "name", "codes"),
    [
        ("11", SIGNAL, "An", ("nummer_fout",)),
        ("00001é", SIGNAL, "An", ("nummer_fout",)),
        ("000011", replace(SIGNAL, soort="mening"), "An", ("soort_onbekend",)),
        ("000011", replace(OVERRIDE, trap_voorstel=None), "An", ("trap_ontbreekt",)),
        ("000011", replace(OVERRIDE, trap_voorstel="hoogste"), "An", ("trap_onbekend",)),
        ("000011", replace(SIGNAL, reden=" \n\t\x00"), "An", ("reden_leeg",)),
        ("000011", replace(SIGNAL, reden="x" * 1_001), "An", ("reden_te_lang",)),
        ("000011", replace(SIGNAL, tot=date(2026, 11, 20)), "An", ("tot_verleden",)),
        ("000011", replace(SIGNAL, tot=date(2028, 9, 1)), "An", ("tot_te_ver",)),
        ("000011", SIGNAL, " ", ("naam_leeg",)),
        ("000011", SIGNAL, "n" * 81, ("naam_te_lang",)),
        ("000011", replace(SIGNAL, reden="", tot=date(2026, 1, 1)), "", ("reden_leeg", "tot_verleden", "naam_leeg")),
    ],
)
def test_a_wrong_remark_is_refused_with_all_that_is_wrong(store, number, draft, name, codes):
    with pytest.raises(InvalidRemarkError) as caught:
        add_remark(store, number, draft, name, now=NOW)
    assert caught.value.codes == codes
    assert set(codes) <= set(PROBLEMS)
    assert remarks(store) == []


def test_any_text_that_is_long_enough_fits(store):
    odd = replace(SIGNAL, reden="é漢😀" + "x" * 997)
    name = "É" * 80
    kept = add_remark(store, "000011", odd, name, now=NOW)
    assert (remarks(store)[0].reden, remarks(store)[0].door) == (odd.reden, name)
    assert kept == remarks(store)[0]


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 11, 21), date(2028, 8, 31)),
        (date(2027, 8, 31), date(2028, 8, 31)),
        (date(2027, 9, 1), date(2029, 8, 31)),
    ],
)
def test_the_last_possible_day_is_the_end_of_the_next_schooljaar(day, last):
    assert latest_end(day) == last


def test_the_day_is_that_of_belgium():
    assert today(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == date(2026, 7, 2)
    assert today(datetime(2026, 1, 1, 22, 30, tzinfo=UTC)) == date(2026, 1, 1)


def test_markup_is_kept_as_it_was_typed():
    assert clean_text("<script>alert(1)</script> **vet** [x](y)") == "<script>alert(1)</script> **vet** [x](y)"


def test_control_characters_go_and_lines_stay():
    assert clean_text("\ufeff een\x00\x07\r\ntwee\tdrie\u202e\ud800 ") == "\ufeff een\ntwee drie"


@given(st.text())
def test_cleaned_text_is_clean_and_can_be_stored_as_utf8(text):
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert not any(ord(char) < 32 and char != "\n" for char in cleaned)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
