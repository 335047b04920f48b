"""The marts around the ranking: criteria, comparable institutions, contributions, robustness and the look back."""

import copy

import polars as pl
import pytest

from analysis.needs_scenario import default_scenario, rank_scenario
from tests.warehouse.institution_rows import inspected, listed, school
from tests.warehouse.landing_tables import landing
from warehouse.settings import load_settings

YEAR = "2025-2026"


@pytest.fixture
def settings():
    """The project's settings with few draws, and two comparable institutions as enough."""
    chosen = copy.deepcopy(load_settings())
    chosen["noden"]["trekkingen"] = 200
    chosen["noden"]["vergelijkbaar"]["minimum"] = 2
    return chosen


def numbers(count):
    return [f"{n:06d}" for n in range(1, count + 1)]


def flowed(con, schooljaar, nummer, zittenblijvers, vertraging=10, noemer=100):
    row = {"schooljaar": schooljaar, "instellingsnummer": nummer, "noemer": noemer}
    landing(con, "doorstroom", [{**row, "zittenblijvers": zittenblijvers, "schoolse_vertraging": vertraging}])


def took_in(con, schooljaar, nummer, oki, leerlingen=100):
    """Deliver an intake whose four traits add up to `oki` per pupil."""
    part = oki / 4 * leerlingen
    traits = dict.fromkeys(("opleiding_moeder", "schooltoelage", "thuistaal", "buurt"), part)
    landing(
        con,
        "instroom",
        [{"schooljaar": schooljaar, "instellingsnummer": nummer, "leerlingen": leerlingen, **traits}],
    )


def small_network(con):
    """Four BaO schools with OKI, flow and absence, one of them inspected unfavourably."""
    listed(con, YEAR, *(school(n, leerlingen=100 * place) for place, n in enumerate(numbers(4), 1)))
    for place, nummer in enumerate(numbers(4), 1):
        took_in(con, YEAR, nummer, oki=place / 2)
        flowed(con, YEAR, nummer, zittenblijvers=2 * place, vertraging=5 * place)
        absent = {"noemer": 100, "problematisch_10": 3 * place, "problematisch_30": place}
        landing(con, "leerrecht", [{"schooljaar": YEAR, "instellingsnummer": nummer, **absent}])
    inspected(con, "D1", "000002", "2025-01-15", "2A")


def test_criteria_have_a_row_each_with_both_views_or_the_reason(con, build_models, settings):
    small_network(con)

    build_models("mart.noden_criterium", settings=settings)

    assert con.execute(
        """
        select criterium, trap, round(score, 2), score = score_onverwacht, reden
        from mart.noden_criterium where schooljaar = ? and instellingsnummer = '000002' order by criterium
        """,
        [YEAR],
    ).fetchall() == [
        ("doorlichting", "verplicht", 0.9, True, None),
        ("doorstroom", "verplicht", pytest.approx(0.3, abs=0.15), False, None),
        ("leerrecht", "verplicht", pytest.approx(0.15, abs=0.1), False, None),
        ("leerresultaten", "verplicht", None, None, "ontbreekt"),
    ]


def test_the_ranking_recomputed_from_the_mart_is_the_published_one(con, build_models, settings):
    small_network(con)

    build_models("mart.noden_criterium", "mart.noden_vergelijkbaar", "mart.noden", settings=settings)

    criteria = con.table("mart.noden_criterium").filter(f"schooljaar = '{YEAR}'").pl()
    comparable = con.table("mart.noden_vergelijkbaar").filter(f"schooljaar = '{YEAR}'").pl()
    ranking = rank_scenario(criteria, comparable, default_scenario(settings), settings)
    published = con.table("mart.noden").filter(f"schooljaar = '{YEAR}'").order("rang").pl()
    assert ranking.equals(published.select(ranking.columns))


def test_contributions_of_indicators_add_up_to_that_of_their_criterion(con, build_models, settings):
    small_network(con)

    build_models("mart.noden_indicator", "mart.noden", settings=settings)

    per_criterion = con.execute(
        """
        select instellingsnummer, criterium, sum(bijdrage)
        from mart.noden_indicator where bijdrage is not null group by all order by all
        """
    ).fetchall()
    noden = {row["instellingsnummer"]: row for row in con.table("mart.noden").pl().iter_rows(named=True)}
    assert len(per_criterion) == 8
    for nummer, criterium, bijdrage in per_criterion:
        assert bijdrage == pytest.approx(noden[nummer][f"bijdrage_{criterium}"])


def test_indicators_show_their_interval_and_what_comparable_schools_have(con, build_models, settings):
    small_network(con)

    build_models("mart.noden_indicator", settings=settings)

    # Repeaters of 1: 2 %; of the others 4, 6 and 8 %. Wilson of 2 in 100: 0.0055-0.0700 (Newcombe's method 3).
    assert con.execute(
        """
        select round(laag, 4), round(hoog, 4), vergelijkbaar_gemiddelde, verwacht, score_onverwacht is not null
        from mart.noden_indicator where instellingsnummer = '000001' and indicator = 'zittenblijvers'
        """
    ).fetchall() == [(0.0055, 0.07, pytest.approx(0.06), pytest.approx(0.06), True)]
    traits = (
        "select distinct score_onverwacht from mart.noden_indicator where indicator in ('oki', 'schoolse_vertraging')"
    )
    assert con.execute(traits).fetchall() == [(None,)]


def test_the_delivered_comparison_of_flemish_tests_is_what_is_expected(con, build_models, settings):
    listed(con, YEAR, *(school(n) for n in numbers(3)))
    test = {"leerjaar": "4LO", "vak": "wiskunde", "domein": "totaal", "toetsjaar": YEAR}
    score = {"vaardigheidsscore": 470.0, "standaardfout": 5.0, "score_vergelijkbaar": 480.0, "score_vlaanderen": 500.0}
    landing(con, "vlaamse_toetsen", [{**test, **score, "instellingsnummer": "000001", "deelnemers": 20}])

    build_models("mart.noden_indicator", settings=settings)

    # 30 points below Vlaanderen, where schools like it are 20 below: 10 more than expected. Alone: nothing shrinks.
    assert con.execute(
        """
        select waarde, verwacht, waarde_onverwacht from mart.noden_indicator
        where indicator = 'vt_score' and instellingsnummer = '000001'
        """
    ).fetchall() == [(30.0, 20.0, 10.0)]


def test_comparable_schools_come_with_their_traits_nearest_first(con, build_models, settings):
    small_network(con)
    listed(con, YEAR, school("000009", onderwijsniveau="SO", leerlingen=200))

    build_models("mart.noden_vergelijkbaar", "mart.noden_kenmerken", settings=settings)

    # From 1 (OKI 0.5, 100 pupils, 5 %): 2 is 1 scale of OKI, 1 doubling and 0.5 scale of vertraging away.
    rows = con.execute(
        """
        select plaats, buur, naam, oki, aantal_leerlingen, schoolse_vertraging, afstand
        from mart.noden_vergelijkbaar where instellingsnummer = '000001' order by plaats
        """
    ).fetchall()
    assert [row[1] for row in rows] == ["000002", "000003", "000004"]
    assert rows[0] == (1, "000002", "School 000002", 1.0, 200, 0.1, pytest.approx((2.25 / 3) ** 0.5, abs=1e-6))
    assert con.execute("select oki from mart.noden_kenmerken where instellingsnummer = '000009'").fetchall() == [
        (None,)
    ]
    assert con.execute("select count(*) from mart.noden_vergelijkbaar where buur = '000009'").fetchall() == [(0,)]


def test_traits_are_the_latest_known_and_a_hidden_part_leaves_them_unknown(con, build_models, settings):
    # 3 is 1 and 2 together from 2025-2026 on. In 2024-2025: 5 of 100 and 30 of 100 behind, in 2023-2024 one hidden.
    for jaar in ("2023-2024", "2024-2025"):
        listed(con, jaar, school("000001", opgevolgd_door="000003"), school("000002", opgevolgd_door="000003"))
    listed(con, YEAR, school("000003", leerlingen=240))
    flowed(con, "2024-2025", "000001", 0, vertraging=5)
    flowed(con, "2024-2025", "000002", 0, vertraging=30)
    flowed(con, "2023-2024", "000002", 0, vertraging=40)
    hidden = {
        "schooljaar": "2023-2024",
        "instellingsnummer": "000001",
        "noemer": 100,
        "_klein": ["schoolse_vertraging"],
    }
    landing(con, "doorstroom", [hidden])

    build_models("mart.noden_kenmerken", settings=settings)

    assert con.execute(
        "select schooljaar, instellingsnummer, schoolse_vertraging from mart.noden_kenmerken order by all"
    ).fetchall() == [
        ("2023-2024", "000001", None),
        ("2023-2024", "000002", 0.4),
        ("2024-2025", "000001", 0.05),
        ("2024-2025", "000002", 0.3),
        (YEAR, "000003", pytest.approx(0.175)),
    ]


def test_robustness_has_a_place_for_every_choice(con, build_models, settings):
    small_network(con)

    build_models("mart.noden_robuustheid", "mart.noden", settings=settings)

    table = con.table("mart.noden_robuustheid").pl()
    assert (
        table.select("instellingsnummer", "rang")
        .sort("rang")
        .equals(con.sql("select instellingsnummer, rang from mart.noden order by rang").pl())
    )
    places = [name for name in table.columns if name.startswith("rang")]
    assert all(table[name].sort().to_list() == [1, 2, 3, 4] for name in places)
    # The open 2A stays first whatever is left out.
    obliged = table.filter(pl.col("instellingsnummer") == "000002").select(places).row(0)
    assert obliged == (1,) * len(places)


def looked_back(con, lijst="rangschikking"):
    return con.execute(
        """
        select schooljaar, instellingen, nieuw_ongunstig, in_top, aandeel, is_volledig
        from mart.noden_terugblik where lijst = ? order by schooljaar
        """,
        [lijst],
    ).fetchall()


def test_the_look_back_counts_who_newly_got_an_unfavourable_advice(con, build_models, settings):
    # In 2023-2024: 1 already has a 2A, 2 a 1B. In 2024-2025 1 gets another 2A (not new), 2 a 2B and 3 a 2A.
    settings["noden"]["top_n"] = 1
    for jaar in ("2023-2024", "2024-2025", YEAR):
        listed(con, jaar, *(school(n) for n in numbers(4)))
    inspected(con, "D1", "000001", "2023-10-01", "2A")
    inspected(con, "D2", "000002", "2023-10-01", "1B")
    inspected(con, "D3", "000001", "2024-10-01", "2A")
    inspected(con, "D4", "000002", "2024-10-01", "2B")
    inspected(con, "D5", "000003", "2025-08-31", "2A")

    build_models("mart.noden_terugblik", settings=settings, peildatum="2026-06-30")

    assert looked_back(con) == [("2023-2024", 3, 2, 1, 0.5, True), ("2024-2025", 1, 0, 0, None, False)]
    assert looked_back(con, "naief") == looked_back(con)


def test_the_look_back_does_not_read_ahead(con, build_models, settings):
    # The list of a schooljaar is the same whether the reports of the year after are in or not.
    for jaar in ("2024-2025", YEAR):
        listed(con, jaar, *(school(n) for n in numbers(3)))
    inspected(con, "D1", "000002", "2024-10-01", "1B")
    build_models("core.noden_terugblik", settings=settings)
    columns = "instellingsnummer, rang, rang_score, oki, advies, is_al_ongunstig"
    known = f"select {columns} from core.noden_terugblik order by all"
    before = con.execute(known).fetchall()
    inspected(con, "D2", "000003", "2025-10-01", "2B")

    build_models("core.noden_terugblik", settings=settings)

    assert con.execute(known).fetchall() == before
    new = "select instellingsnummer from core.noden_terugblik where is_nieuw_ongunstig"
    assert con.execute(new).fetchall() == [("000003",)]


def test_the_look_back_follows_a_school_into_its_successor(con, build_models, settings):
    listed(con, "2024-2025", school("000001", opgevolgd_door="000003"), school("000002"))
    listed(con, YEAR, school("000003"), school("000002"))
    inspected(con, "D1", "000003", "2025-10-01", "2A")

    build_models("mart.noden_terugblik", settings=settings)

    assert looked_back(con) == [("2024-2025", 2, 1, 1, 1.0, False)]


def test_the_last_schooljaar_has_nothing_to_look_back_on(con, build_models, settings):
    listed(con, YEAR, school("000001"))

    build_models("mart.noden_terugblik", settings=settings)

    assert looked_back(con) == []


def test_small_schools_in_the_top_are_counted_before_and_after_shrinkage(con, build_models, settings):
    settings["noden"]["top_n"] = 1
    small_network(con)

    build_models("mart.noden_kleinste", settings=settings)

    # The first of four has 100 pupils, the fewest; the second has an open 2A, half of the weight.
    assert con.execute(
        "select krimping, top_n, instellingen, kleinste, meeste_leerlingen, in_top, verwacht from mart.noden_kleinste "
        "where schooljaar = ? order by krimping desc",
        [YEAR],
    ).fetchall() == [("voor", 1, 4, 1, 100, 0, 0.25), ("na", 1, 4, 1, 100, 0, 0.25)]
