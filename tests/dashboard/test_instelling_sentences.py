"""Every rule by which a sentence about a school is made, by hand; and what no input may ever give."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures import instelling_sentences as sentences
from warehouse.settings import load_settings

LIMITS = {"minimum_leerlingen": 10, "grens_duidelijk": 1.0, "grens_mogelijk": 0.65, "meeste": 3}


def row(**changes):
    return {
        "indicator": "vt_score",
        "reeks": "2SO B Nederlands",
        "waarde": 30.0,
        "laag": 20.0,
        "hoog": 40.0,
        "n": 42,
        "laatste_meetjaar": "2025-2026",
        "netwerk_gemiddelde": 5.0,
        "verwacht": 16.0,
        "score": 0.5,
        "reden": None,
        **changes,
    }


def told(**changes):
    found = sentences.signal(row(**changes), "2025-2026", LIMITS)
    return found.text if found else None


def test_a_lower_score_is_said_as_lower_though_the_need_is_higher():
    assert told() == (
        "De score op de Vlaamse toetsen voor Nederlands 2SO-B ligt 14 punten lager dan bij vergelijkbare scholen "
        "(duidelijk verschil; gewogen over hoogstens drie schooljaren tot en met 2025-2026)."
    )
    assert sentences.signal(row(), "2025-2026", LIMITS).is_unfavourable


def test_a_share_is_compared_in_percentage_points_with_the_decimals_of_its_n():
    share = {"indicator": "zittenblijvers", "reeks": "alle", "waarde": 0.05, "laag": 0.03, "hoog": 0.08}
    compared = {"verwacht": None, "netwerk_gemiddelde": 0.025}
    network = (
        "dan in het netwerk van hetzelfde onderwijsniveau (duidelijk verschil; gewogen over hoogstens drie "
        "schooljaren tot en met 2025-2026)."
    )
    assert told(**share, **compared, n=240) == f"Het aandeel zittenblijvers ligt 2,5 procentpunt hoger {network}"
    assert told(**share, **compared, n=99) == f"Het aandeel zittenblijvers ligt 3 procentpunt hoger {network}"


def test_a_subject_that_ends_in_a_verb_gets_a_comma():
    share = {"indicator": "vt_minimumdoel", "waarde": 0.45, "laag": 0.35, "hoog": 0.55, "verwacht": 0.30}
    assert told(**share).startswith(
        "Het aandeel leerlingen dat het minimumdoel niet haalt voor Nederlands 2SO-B, ligt 15 procentpunt hoger dan"
    )
    absent = {**share, "indicator": "problematisch_10", "reeks": "alle"}
    assert "problematisch afwezig was, ligt 15 procentpunt hoger" in told(**absent)


def test_one_point_is_singular():
    assert "ligt 1 punt lager" in told(verwacht=29.0)


def test_exclusions_are_counted_per_hundred_pupils():
    text = told(indicator="uitsluitingen", reeks="alle", waarde=0.061, laag=0.03, hoog=0.09, verwacht=0.04, n=300)
    assert text.startswith("Het aantal uitsluitingen per honderd leerlingen ligt 2,1 hoger dan")


def test_an_older_measurement_is_dated():
    assert told(laatste_meetjaar="2024-2025").endswith(
        "(duidelijk verschil; gewogen over hoogstens drie schooljaren, laatste meting 2024-2025)."
    )


def test_the_words_and_the_weights_of_the_settings_speak_of_as_many_years():
    assert load_settings()["noden"]["jaargewichten"] == [3, 2, 1]
    rules = " ".join(sentences.rules(LIMITS))
    assert f"**{sentences.WEIGHED}**" in rules
    assert "De pagina Leerresultaten toont één schooljaar" in rules


@pytest.mark.parametrize(
    ("compared", "verdict"),
    [
        (20.0, "duidelijk verschil"),
        (23.0, "mogelijk verschil"),
        (24.0, "kan toeval zijn"),
        (41.0, "duidelijk verschil"),
    ],
)
def test_the_verdict_follows_the_interval(compared, verdict):
    assert sentences.certainty(30.0, compared, 20.0, 40.0, LIMITS) == verdict


def test_a_lopsided_interval_counts_on_the_side_of_the_comparison():
    assert sentences.certainty(0.02, 0.05, 0.01, 0.08, LIMITS) == "kan toeval zijn"
    assert sentences.certainty(0.05, 0.02, 0.03, 0.12, LIMITS) == "duidelijk verschil"


def test_without_an_interval_nothing_is_claimed():
    assert sentences.certainty(30.0, 16.0, None, None, LIMITS) == "zekerheid onbekend"


def test_a_value_without_spread_that_differs_is_clear():
    assert sentences.certainty(30.0, 16.0, 30.0, 30.0, LIMITS) == "duidelijk verschil"


@pytest.mark.parametrize(
    "changes",
    [
        {"reden": "beschermd", "waarde": None},
        {"reden": "ontbreekt", "waarde": None},
        {"n": 9},
        {"n": None},
        {"verwacht": None, "netwerk_gemiddelde": None},
        {"verwacht": 29.6},
        {"indicator": "oki", "reeks": "alle"},
        {"waarde": float("nan")},
    ],
)
def test_no_sentence_where_a_rule_forbids_it(changes):
    assert told(**changes) is None


def test_a_difference_that_rounds_to_nothing_was_compared_all_the_same():
    assert sentences.held_against(row(verwacht=29.6), LIMITS) == (29.6, "bij vergelijkbare scholen")
    assert sentences.held_against(row(n=9), LIMITS) is None


def test_what_like_schools_are_chosen_by_is_compared_with_the_network():
    vertraging = {"indicator": "schoolse_vertraging", "reeks": "alle", "waarde": 0.4, "laag": 0.3, "hoog": 0.5}
    text = told(**vertraging, verwacht=0.1, netwerk_gemiddelde=0.2)
    assert "ligt 20 procentpunt hoger dan in het netwerk" in text


def test_an_unknown_indicator_is_named_by_its_code():
    assert told(indicator="nieuwe_maat", reeks="alle").startswith("De indicator nieuwe maat ligt 14,00 hoger")


@pytest.mark.parametrize(
    ("reeks", "name"),
    [
        ("2SO B wiskunde meetkunde", "wiskunde 2SO-B (meetkunde)"),
        ("2SO A Nederlands", "Nederlands 2SO-A"),
        ("4LO wiskunde problemen oplossen", "wiskunde 4LO (problemen oplossen)"),
        ("6LO Nederlands", "Nederlands 6LO"),
        ("lezen", "lezen"),
        ("2SO", "2SO"),
    ],
)
def test_series_are_named_as_people_say_them(reeks, name):
    assert sentences.series_name(reeks) == name


def test_clear_signals_come_first_and_no_more_than_the_rule_allows():
    rows = [row(reeks=f"4LO vak{number}", score=number / 10) for number in range(5)]
    rows.append(row(reeks="mogelijk", verwacht=23.0, score=1.0))
    rows.append(row(reeks="toeval", verwacht=29.0))
    rows.append(row(reeks="beter", verwacht=45.0))
    worse, better = sentences.signals(rows, "2025-2026", LIMITS)
    assert [re.search(r"vak\d", text).group() for text in worse[:3]] == ["vak4", "vak3", "vak2"]
    assert worse[3:] == ["En nog 3 andere signalen, in de tabel."]
    assert [("beter" in text, "15 punten hoger" in text) for text in better] == [(True, True)]


def test_the_inspection_in_force():
    assert sentences.advice("2A", date(2025, 4, 20), ["GOK", "leerlingenbegeleiding"]) == (
        "Het advies van kracht is 2A (ongunstig), volgens het verslag van 20 april 2025. "
        "De uitspraak over GOK en over leerlingenbegeleiding is negatief."
    )
    assert sentences.advice("1A", None, []) == "Het advies van kracht is 1A (gunstig)."
    assert sentences.advice(None, None, []) is None


def test_the_trap_is_said_with_what_it_stands_for():
    assert sentences.trap("verhoogd", is_inspected=True) == "De trap is verhoogd (een open advies 1B)."
    assert sentences.trap("regulier", is_inspected=True).startswith("De trap is regulier (geen open advies")
    never = sentences.trap("regulier", is_inspected=False)
    assert never == "De trap is regulier: er is geen doorlichting bekend die meetelt."


def test_where_nobodys_trap_is_known_none_is_said_and_the_class_is_that_of_measures_alone():
    assert sentences.trap(None, is_inspected=False) == (
        "De trap is niet bekend: in dit schooljaar telt van niemand een doorlichting mee."
    )
    assert sentences.place(standing(trap=None, klasse="niet", kans_top=0.1), 763, 50).startswith(
        "Volgens de metingen alleen hoort de instelling niet bij de 50 grootste noden (kans 10 %): plaats 3 van 763"
    )


def test_the_next_term():
    day = date(2026, 1, 20)
    assert sentences.deadline("tussentijdse evaluatie", day, is_late=False) == (
        "Volgende termijn: tussentijdse evaluatie, 20 januari 2026."
    )
    assert sentences.deadline("beroep", day, is_late=True) == "Termijn verstreken: beroep, 20 januari 2026."
    assert sentences.deadline(None, None, is_late=False) is None


def standing(**changes):
    known = {"klasse": "duidelijk", "kans_top": 0.93, "rang": 3, "rang_vorig": 12, "rang_p05": 2, "rang_p95": 9}
    return {**known, "trap": "regulier", "reden": None, "is_in_groepen": False, **changes}


def test_the_place_with_its_interval():
    assert sentences.place(standing(), 763, 50) == (
        "De instelling hoort duidelijk bij de 50 grootste noden (kans 93 %): plaats 3 van 763, met 90 % kans op "
        "plaats 2 tot 9."
    )
    assert sentences.place(standing(rang_p05=3, rang_p95=3), 763, 50).endswith("met 90 % kans op plaats 3.")


def test_in_groups_there_is_no_place_and_no_change():
    text = sentences.place(standing(is_in_groepen=True, klasse="mogelijk", kans_top=0.4), 763, 50)
    assert text == (
        "De instelling hoort mogelijk bij de 50 grootste noden (kans 40 %). "
        "De verschillen in het netwerk zijn te klein voor een plaats."
    )
    assert sentences.change(standing(is_in_groepen=True)) is None


def test_where_nothing_is_known_of_the_niveau_no_class_is_said():
    text = sentences.place(standing(klasse=None, kans_top=1.0, reden="ontbreekt"), 763, 50)
    assert text == (
        "Of de instelling bij de 50 grootste noden hoort, valt niet te zeggen, want van haar hele onderwijsniveau is "
        "geen enkel criterium bekend dat meetelt: plaats 3 van 763, met 90 % kans op plaats 2 tot 9."
    )


def test_where_everybody_is_among_the_first_no_class_is_said():
    text = sentences.place(standing(klasse=None, kans_top=None, rang=2), 3, 50)
    assert text == (
        "(Bijna) elke instelling van het netwerk hoort bij de 50 grootste noden, en dat zegt dus niets: plaats 2 van "
        "3, met 90 % kans op plaats 2 tot 9."
    )


def test_no_chance_is_called_certain():
    assert "(kans meer dan 99 %)" in sentences.place(standing(kans_top=1.0), 763, 50)
    assert "(kans minder dan 1 %)" in sentences.place(standing(kans_top=0.0, klasse="niet"), 763, 50)


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (12, "Vorig schooljaar stond ze op plaats 12: 9 plaatsen hoger nu, meer dan de onzekerheid van de plaats."),
        (4, "Vorig schooljaar stond ze op plaats 4: 1 plaats hoger nu, binnen de onzekerheid van de plaats."),
        (1, "Vorig schooljaar stond ze op plaats 1: 2 plaatsen lager nu, meer dan de onzekerheid van de plaats."),
        (3, "Vorig schooljaar stond ze ook op plaats 3."),
        (None, None),
    ],
)
def test_the_change_is_held_against_the_interval(before, text):
    assert sentences.change(standing(rang_vorig=before)) == text


def test_support_is_counted_in_dagdelen():
    assert sentences.support(44.5, "2025-2026") == "In 2025-2026 kreeg ze 44,5 dagdelen ondersteuning."
    assert sentences.support(1, "2025-2026") == "In 2025-2026 kreeg ze 1 dagdeel ondersteuning."
    assert sentences.support(None, "2025-2026") == (
        "Of ze in 2025-2026 ondersteuning kreeg, is niet bekend: er zijn geen interventies geleverd."
    )
    assert sentences.support(0, "2025-2026") == "In 2025-2026 staat er geen ondersteuning in de verslagtool."


def test_criteria_without_a_score_are_told_by_reason():
    assert sentences.missing([]) is None
    assert sentences.missing([("leerrecht", "ontbreekt")]).startswith("Ontbreekt: leerrecht. In de score")
    told = sentences.missing([("leerresultaten", "nvt"), ("doorstroom", "beschermd"), ("leerrecht", "nvt")])
    assert told.startswith(
        "Beschermd: doorstroom; niet van toepassing in dit onderwijsniveau: leerresultaten en leerrecht."
    )
    unscored = sentences.missing([("leerrecht", "nvt")], is_scored=False)
    assert unscored.endswith(": leerrecht. Er is geen score; de plaats rust op vaste waarden, niet op een meting.")


def test_a_list_reads_as_people_say_it():
    assert sentences.listed(["a", "b", "c"]) == "a, b en c"


def test_the_rules_on_screen_name_the_limits_of_the_settings():
    words = " ".join(sentences.rules({**LIMITS, "minimum_leerlingen": 17, "meeste": 4, "grens_mogelijk": 0.5}))
    assert "minder dan 17 leerlingen" in words
    assert "hoogstens 4 minder gunstige" in words
    assert "50 % van de weg" in words


#: What a contract lets through, and what no number is.
numbers = st.none() | st.floats(-20_000, 20_000) | st.sampled_from([float("nan"), float("inf"), float("-inf")])


@given(
    indicator=st.sampled_from(["vt_score", "zittenblijvers", "uitsluitingen", "schoolse_vertraging", "iets"]),
    reeks=st.sampled_from(["alle", "2SO B wiskunde", "lezen", ""]),
    waarde=numbers,
    laag=numbers,
    hoog=numbers,
    verwacht=numbers,
    netwerk_gemiddelde=numbers,
    n=st.none() | st.integers(0, 10_000),
    score=st.none() | st.floats(0, 1),
    reden=st.sampled_from([None, "beschermd", "ontbreekt"]),
)
def test_a_sentence_is_always_whole_and_never_about_what_is_hidden(**changes):
    found = sentences.signal(row(**changes), "2025-2026", LIMITS)
    if changes["reden"] is not None or changes["waarde"] is None:
        assert found is None
    if found is not None:
        assert re.fullmatch(r"(De|Het) .+ ligt [\d.,]+( \w+)? (hoger|lager) dan .+ \(.+\)\.", found.text)
        assert not re.search(r"nan|None|inf\b|  ", found.text)
        assert not re.search(r"ligt 0(,0+)? ", found.text)
