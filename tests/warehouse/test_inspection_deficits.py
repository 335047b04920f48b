"""The marts of the page Doorlichtingen, over a few schools counted by hand."""

import pytest

from tests.warehouse.institution_rows import inspected, listed, school
from tests.warehouse.landing_tables import landing

BELOW, NEAR, AS_EXPECTED = "beneden de verwachting", "benadert de verwachting", "volgens de verwachting"


@pytest.fixture
def network(con):
    """Six BaO and one SO in scholengroep 1, one BaO in 2; 000001 was succeeded by 000002 in 2024-2025."""
    schools = [school(f"00000{number}") for number in range(2, 7)]
    others = [school("000007", onderwijsniveau="SO"), school("000008", scholengroep_nummer="2", scholengroep="Zuid")]
    listed(con, "2023-2024", school("000001", opgevolgd_door="000002"), *schools, *others)
    listed(con, "2024-2025", *schools, *others)
    return con


def scaled(con, doorlichting_id, *scales):
    rows = [
        {"doorlichting_id": doorlichting_id, "kwaliteitsverwachting": code, "onderwerp": subject, "inschaling": scale}
        for code, subject, scale in scales
    ]
    landing(con, "inschalingen", rows)


def rows(con, sql):
    return con.execute(sql).fetchall()


def test_advice_is_counted_per_schooljaar_and_up_to_it(network, build_models):
    inspected(network, "D1", "000002", "2024-01-15", "2A", uitspraak_gok="negatief")
    inspected(network, "D2", "000003", "2024-08-31", "1B")
    inspected(network, "D3", "000007", "2024-09-01", "1A")
    inspected(network, "D4", "000008", "2025-03-01", "2B", soort="herdoorlichting")
    build_models("mart.doorlichting_advies", peildatum="2025-06-30")
    counts = "aantal_doorlichtingen, aantal_1a, aantal_1b, aantal_2a, aantal_2b, aantal_gok_negatief"
    whole = "onderwijsniveau = 'alle' and scholengroep_nummer = 'alle' and soort = 'alle'"
    assert rows(
        network, f"select schooljaar, periode, {counts} from mart.doorlichting_advies where {whole} order by all"
    ) == [
        ("2023-2024", "jaar", 2, 0, 1, 1, 0, 1),
        ("2023-2024", "tot_en_met", 2, 0, 1, 1, 0, 1),
        ("2024-2025", "jaar", 2, 1, 0, 0, 1, 0),
        ("2024-2025", "tot_en_met", 4, 1, 1, 1, 1, 1),
    ]
    part = "onderwijsniveau = 'BaO' and scholengroep_nummer = '2' and soort = 'herdoorlichting'"
    assert rows(
        network, f"select schooljaar, aantal_2b from mart.doorlichting_advies where {part} and periode = 'jaar'"
    ) == [("2024-2025", 1)]


def test_share_of_unfavourable_advice_has_its_wilson_interval(network, build_models):
    # 1 of 10: 0.0179 to 0.4042 (Newcombe's method 3, by hand); 0 of 1 starts at exactly 0.
    for number in range(10):
        inspected(network, f"D{number}", "000002", f"2024-10-{number + 10}", "2A" if number == 0 else "1A")
    inspected(network, "E1", "000007", "2024-10-01", "1A")
    build_models("mart.doorlichting_advies")
    found = rows(
        network,
        """
        select onderwijsniveau, aandeel_ongunstig, round(aandeel_ongunstig_laag, 4), round(aandeel_ongunstig_hoog, 4)
        from mart.doorlichting_advies
        where periode = 'jaar' and scholengroep_nummer = 'alle' and soort = 'alle' and onderwijsniveau <> 'alle'
        order by onderwijsniveau
        """,
    )
    assert found == [("BaO", 0.1, 0.0179, 0.4042), ("SO", 0.0, 0.0, 0.7935)]


def test_deficit_that_the_next_doorlichting_finds_again_recurs(network, build_models):
    inspected(network, "D1", "000003", "2023-10-10", "1B")
    scaled(network, "D1", ("O1", "wiskunde", BELOW), ("K2", None, BELOW), ("K3", None, BELOW), ("K4", None, NEAR))
    inspected(network, "D2", "000003", "2025-03-10", "1B", soort="opvolgingsdoorlichting")
    scaled(network, "D2", ("O1", "wiskunde", BELOW), ("K2", None, AS_EXPECTED), ("O1", "Nederlands", BELOW))
    scaled(network, "D2", ("K4", None, BELOW))
    build_models("mart.doorlichting_inschaling")
    assert rows(
        network,
        """
        select kwaliteitsverwachting, onderwerp, is_tekort, volgende_doorlichting_id, volgende_schooljaar,
            volgende_inschaling, is_terugkerend
        from mart.doorlichting_inschaling where doorlichting_id = 'D1' order by all
        """,
    ) == [
        ("K2", "", True, "D2", "2024-2025", AS_EXPECTED, False),
        ("K3", "", True, None, None, None, False),
        ("K4", "", False, "D2", "2024-2025", BELOW, False),  # no deficit yet the first time
        ("O1", "wiskunde", True, "D2", "2024-2025", BELOW, True),
    ]


def test_only_the_next_doorlichting_that_examined_the_expectation_counts(network, build_models):
    inspected(network, "D1", "000003", "2023-10-10", "1B")
    scaled(network, "D1", ("K2", None, BELOW))
    inspected(network, "D2", "000003", "2024-03-10", "1A")
    scaled(network, "D2", ("K3", None, AS_EXPECTED))
    inspected(network, "D3", "000003", "2024-11-10", "1A")
    scaled(network, "D3", ("K2", None, NEAR))
    inspected(network, "D4", "000003", "2025-05-10", "1B")
    scaled(network, "D4", ("K2", None, BELOW))
    build_models("mart.doorlichting_inschaling")
    assert rows(
        network,
        """
        select doorlichting_id, volgende_doorlichting_id, is_terugkerend from mart.doorlichting_inschaling
        where kwaliteitsverwachting = 'K2' order by all
        """,
    ) == [("D1", "D3", False), ("D3", "D4", False), ("D4", None, False)]


def test_successor_takes_the_deficits_over_and_not_the_other_way_round(network, build_models):
    inspected(network, "D1", "000001", "2023-10-10", "1B")
    scaled(network, "D1", ("K2", None, BELOW))
    # A report on the school that only later became the successor says nothing about the one it took over.
    inspected(network, "D2", "000002", "2023-11-10", "1A")
    scaled(network, "D2", ("K2", None, AS_EXPECTED))
    inspected(network, "D3", "000002", "2025-02-10", "1B")
    scaled(network, "D3", ("K2", None, BELOW))
    build_models("mart.doorlichting_inschaling")
    assert rows(
        network,
        """
        select doorlichting_id, instellingsnummer, naam, volgende_doorlichting_id, is_terugkerend
        from mart.doorlichting_inschaling order by all
        """,
    ) == [
        ("D1", "000002", "School 000002", "D3", True),
        ("D2", "000002", "School 000002", "D3", False),
        ("D3", "000002", "School 000002", None, False),
    ]


def test_recurring_deficits_count_each_instelling_of_a_scholengroep_once_by_its_last_inschaling(network, build_models):
    for number, scale in [(2, BELOW), (3, BELOW), (4, AS_EXPECTED), (5, NEAR), (6, BELOW)]:
        inspected(network, f"D{number}", f"00000{number}", "2024-02-10", "1B")
        scaled(network, f"D{number}", ("K2", None, scale))
    inspected(network, "D1", "000001", "2023-10-10", "1B")
    scaled(network, "D1", ("K2", None, BELOW))
    inspected(network, "D7", "000007", "2024-02-10", "1B")
    scaled(network, "D7", ("K2", None, BELOW))
    inspected(network, "D8", "000008", "2024-02-10", "1B")
    scaled(network, "D8", ("K2", None, BELOW))
    inspected(network, "D9", "000003", "2025-02-10", "1A", soort="opvolgingsdoorlichting")
    scaled(network, "D9", ("K2", None, AS_EXPECTED))
    build_models("mart.doorlichting_terugkerend", peildatum="2025-06-30")
    named = "schooljaar = '2024-2025' and scholengroep_nummer = '1' and onderwijsniveau = 'BaO'"
    assert rows(network, f"select namen from mart.doorlichting_terugkerend where {named}") == [
        (["School 000002", "School 000006"],)
    ]
    found = rows(
        network,
        """
        select schooljaar, scholengroep_nummer, onderwijsniveau, instellingen_onderzocht, instellingen_met_tekort,
            round(aandeel_tekort, 4), round(aandeel_tekort_laag, 4), round(aandeel_tekort_hoog, 4)
        from mart.doorlichting_terugkerend
        where schooljaar = '2024-2025' or (scholengroep_nummer = '1' and onderwijsniveau = 'BaO')
        order by all
        """,
    )
    # 2024-2025: 000003 was put right, 000002 and 000006 (BaO) and 000007 (SO) were not.
    assert found == [
        ("2023-2024", "1", "BaO", 5, 3, 0.6, 0.2307, 0.8824),
        ("2024-2025", "1", "BaO", 5, 2, 0.4, 0.1176, 0.7693),
        ("2024-2025", "1", "SO", 1, 1, None, None, None),
        ("2024-2025", "1", "alle", 6, 3, 0.5, 0.1876, 0.8124),
        ("2024-2025", "2", "BaO", 1, 1, None, None, None),
        ("2024-2025", "2", "alle", 1, 1, None, None, None),
    ]


def test_state_of_a_schooljaar_goes_on_where_nothing_was_reported_after_it(network, build_models):
    inspected(network, "D1", "000003", "2024-02-10", "2A")
    scaled(network, "D1", ("K2", None, BELOW))
    build_models("mart.doorlichting_advies", "mart.doorlichting_terugkerend", peildatum="2025-10-01")
    assert rows(network, "select distinct schooljaar, periode from mart.doorlichting_advies order by all") == [
        ("2023-2024", "jaar"),
        ("2023-2024", "tot_en_met"),
        ("2024-2025", "tot_en_met"),
        ("2025-2026", "tot_en_met"),
    ]
    found = rows(network, "select max(schooljaar), count(distinct schooljaar) from mart.doorlichting_terugkerend")
    assert found == [("2025-2026", 3)]


def test_without_doorlichtingen_there_are_no_rows(network, build_models):
    build_models("mart.doorlichting_advies", "mart.doorlichting_inschaling", "mart.doorlichting_terugkerend")
    for table in ("advies", "inschaling", "terugkerend"):
        assert rows(network, f"select count(*) from mart.doorlichting_{table}") == [(0,)]
