"""Results of tests beside like schools and through the years, on a few schools that can be counted by hand."""

import pytest

from analysis.intervals import wilson
from tests.warehouse.institution_rows import listed, school
from tests.warehouse.landing_tables import landing


def flemish(con, nummer, score, toetsjaar="2025-2026", **rest):
    """Deliver one result of the Vlaamse toetsen: 4LO, wiskunde, totaal, 25 pupils, standaardfout 5."""
    row = {
        "toetsjaar": toetsjaar,
        "instellingsnummer": nummer,
        "leerjaar": "4LO",
        "vak": "wiskunde",
        "domein": "totaal",
        "deelnemers": 25,
        "vaardigheidsscore": score,
        "standaardfout": 5.0,
        **rest,
    }
    landing(con, "vlaamse_toetsen", [row])


def dossier(con, nummer, toets, resultaat, schooljaar="2025-2026", **rest):
    """Deliver one result of the outputdossier, over 20 pupils."""
    row = {"schooljaar": schooljaar, "instellingsnummer": nummer, "toets": toets, "domein": "taal", "deelnemers": 20}
    landing(con, "leerresultaten", [{**row, "resultaat": resultaat, **rest}])


def results(con, columns, where="schooljaar = '2025-2026'", mart="toets_instelling"):
    return con.execute(f"select {columns} from mart.{mart} where {where} order by all").fetchall()


def test_a_difference_with_like_schools_says_how_sure_it_is(con, build_models):
    # 1.96 x 5 = 9.8: a score of 480 lies between 470.2 and 489.8; 0.65 of that way is 6.37.
    listed(con, "2025-2026", *(school(f"00000{n}") for n in range(1, 7)))
    flemish(con, "000001", 480, score_vergelijkbaar=490)
    flemish(con, "000002", 480, score_vergelijkbaar=489)
    flemish(con, "000003", 480, score_vergelijkbaar=470)
    flemish(con, "000004", 480)
    flemish(con, "000005", 480, score_vergelijkbaar=486)
    flemish(con, "000006", 480, score_vergelijkbaar=473)

    build_models("mart.toets_instelling")

    assert results(con, "instellingsnummer, verschil_vergelijkbaar, zekerheid, round(laag, 1), round(hoog, 1)") == [
        ("000001", -10, "duidelijk lager", 470.2, 489.8),
        ("000002", -9, "mogelijk lager", 470.2, 489.8),
        ("000003", 10, "duidelijk hoger", 470.2, 489.8),
        ("000004", None, None, 470.2, 489.8),
        ("000005", -6, "kan toeval zijn", 470.2, 489.8),
        ("000006", 7, "mogelijk hoger", 470.2, 489.8),
    ]


def test_a_missing_standard_error_comes_from_the_pooled_spread_of_the_test(con, build_models):
    # Spread 5 x sqrt(25) = 25 points; over 100 pupils that is 2.5.
    listed(con, "2025-2026", school("000001"), school("000002"))
    flemish(con, "000001", 500)
    flemish(con, "000002", 500, deelnemers=100, standaardfout=None)

    build_models("mart.toets_instelling")

    assert results(con, "instellingsnummer, standaardfout") == [("000001", 5.0), ("000002", pytest.approx(2.5))]


def test_without_any_standard_error_the_setting_stands_in(con, build_models):
    listed(con, "2025-2026", school("000001"))
    flemish(con, "000001", 500, standaardfout=None)

    build_models("mart.toets_instelling")

    assert results(con, "standaardfout") == [(20.0,)]  # 100 / sqrt(25)


def test_shares_have_a_wilson_interval(con, build_models):
    # The published example: 81 of 263 lies between 0.2553 and 0.3662.
    listed(con, "2025-2026", school("000001"))
    flemish(con, "000001", 500, deelnemers=263, aandeel_minimumdoel=100 * 81 / 263)
    dossier(con, "000001", "Koala", 100 * 81 / 263, deelnemers=263)

    build_models("mart.toets_instelling")

    assert results(con, "toets, round(laag, 4), round(hoog, 4)", "maat = 'aandeel'") == [("Koala", 0.2553, 0.3662)]
    assert results(con, "round(minimumdoel_laag, 4), round(minimumdoel_hoog, 4)", "maat = 'score'") == [
        (0.2553, 0.3662)
    ]


def test_hidden_missing_and_not_applicable_stay_apart(con, build_models):
    listed(con, "2025-2026", *(school(f"00000{n}") for n in (1, 2, 3)))
    levels = {f"niveau_{letter}": 20 for letter in "abcde"}
    flemish(con, "000001", 480, deelnemers=None, aandeel_minimumdoel=50, **levels, _klein=["deelnemers"])
    flemish(con, "000002", 480, aandeel_minimumdoel=None, _klein=["aandeel_minimumdoel"], **levels)
    flemish(con, "000003", None)
    dossier(con, "000001", "Koala", 75)

    build_models("mart.toets_instelling")

    assert results(con, "instellingsnummer, toets, waarde, reden, reden_n, reden_minimumdoel, reden_niveau") == [
        ("000001", "Koala", 0.75, None, None, "nvt", "nvt"),
        ("000001", "Vlaamse toetsen", None, "beschermd", "beschermd", "beschermd", "beschermd"),
        ("000002", "Vlaamse toetsen", 480, None, None, "beschermd", None),
        ("000003", "Vlaamse toetsen", None, "ontbreekt", None, "ontbreekt", "ontbreekt"),
    ]


def test_a_merger_is_compared_with_its_parts_together(con, build_models):
    # 2024-2025: (25 x 480 + 75 x 500) / 100 = 495; a year later the merged school has 505.
    listed(
        con,
        "2024-2025",
        school("000001", opgevolgd_door="000003"),
        school("000002", opgevolgd_door="000003"),
    )
    listed(con, "2025-2026", school("000003"))
    flemish(con, "000001", 480, "2024-2025", standaardfout=8)
    flemish(con, "000002", 500, "2024-2025", deelnemers=75, standaardfout=4)
    flemish(con, "000003", 505, deelnemers=100, standaardfout=4)

    build_models("mart.toets_instelling")

    # Errors: before sqrt((8 x 25)^2 + (4 x 75)^2) / 100 = 3.606, now 4: together 5.385, times 1.96 is 10.55.
    assert results(con, "verandering, round(verandering_hoog - verandering, 2), verandering_zekerheid") == [
        (10, 10.55, "mogelijk hoger")
    ]
    assert results(con, "instellingsnummer, waarde, reden_verandering", "schooljaar = '2024-2025'") == [
        ("000001", 480, "ontbreekt"),
        ("000002", 500, "ontbreekt"),
    ]


def test_one_hidden_part_hides_a_merged_result(con, build_models):
    listed(con, "2025-2026", school("000001", opgevolgd_door="000003", personeelsleden=0, vte=0), school("000003"))
    flemish(con, "000001", None, _klein=["vaardigheidsscore"])
    flemish(con, "000003", 500)

    build_models("mart.toets_instelling")

    assert results(con, "instellingsnummer, waarde, reden") == [("000003", None, "beschermd")]


def test_editions_are_compared_only_where_the_settings_allow_it(con, build_models):
    # OVSG has other questions every year; the total of Dutch in 2SO had no writing in 2023-2024; the rest may.
    secondary = {"leerjaar": "2SO", "stroom": "A", "vak": "Nederlands"}
    years = ("2023-2024", "2024-2025", "2025-2026")
    for place, jaar in enumerate(years):
        listed(con, jaar, school("000001"))
        dossier(con, "000001", "OVSG", 60 + place, jaar)
        dossier(con, "000001", "Diataal", 60 + place, jaar)
        flemish(con, "000001", 500 + place, jaar, **secondary)
        flemish(con, "000001", 500 + place, jaar, **{**secondary, "domein": "begrijpend lezen"})

    build_models("mart.toets_netwerk")

    assert results(
        con, "onderdeel, toets, schooljaar, round(verandering, 2), reden_verandering", "schooljaar > '2023-2024'"
    ) == [
        ("Nederlands: begrijpend lezen", "Vlaamse toetsen", "2024-2025", 1, None),
        ("Nederlands: begrijpend lezen", "Vlaamse toetsen", "2025-2026", 1, None),
        ("Nederlands: totaal", "Vlaamse toetsen", "2024-2025", None, "nvt"),
        ("Nederlands: totaal", "Vlaamse toetsen", "2025-2026", 1, None),
        ("taal", "Diataal", "2024-2025", 0.01, None),
        ("taal", "Diataal", "2025-2026", 0.01, None),
        ("taal", "OVSG", "2024-2025", None, "nvt"),
        ("taal", "OVSG", "2025-2026", None, "nvt"),
    ]
    network = "scholengroep_nummer = 'alle' and onderwijsniveau = 'alle' and domein in ('totaal', 'taal')"
    assert results(con, "toets, schooljaar, is_in_reeks", network, "toets_netwerk") == [
        *(("Diataal", jaar, True) for jaar in years),
        *(("OVSG", jaar, False) for jaar in years),
        ("Vlaamse toetsen", "2023-2024", False),
        ("Vlaamse toetsen", "2024-2025", True),
        ("Vlaamse toetsen", "2025-2026", True),
    ]


def test_network_totals_weigh_by_pupils_and_count_what_is_missing(con, build_models):
    # Score (25 x 480 + 75 x 500) / 100 = 495, error sqrt(125^2 + 375^2) / 100 = 3.953; minimum goals
    # (25 x 0.4 + 75 x 0.6) / 100 = 0.55.
    listed(
        con,
        "2025-2026",
        school("000001"),
        school("000002", scholengroep_nummer="2", scholengroep="Zuid"),
        school("000003"),
        school("000004"),
    )
    flemish(con, "000001", 480, aandeel_minimumdoel=40, score_vlaanderen=502)
    flemish(con, "000002", 500, deelnemers=75, aandeel_minimumdoel=60, score_vlaanderen=502)
    flemish(con, "000003", None)
    flemish(con, "000004", None, _klein=["vaardigheidsscore"])

    build_models("mart.toets_netwerk")

    columns = (
        "scholengroep_nummer, instellingen, met_resultaat, beschermd, ontbreekt, deelnemers, gemiddelde,"
        " round(standaardfout, 3), round(aandeel_minimumdoel, 4), mediaan, vlaanderen"
    )
    assert results(con, columns, "onderwijsniveau = 'alle'", mart="toets_netwerk") == [
        ("1", 3, 1, 1, 1, 25, 480, 5.0, 0.4, 480, 502),
        ("2", 1, 1, 0, 0, 75, 500, 5.0, 0.6, 500, 502),
        ("alle", 4, 2, 1, 1, 100, 495, 3.953, 0.55, 490, 502),
    ]


def test_an_interval_over_schools_grows_with_how_far_they_lie_apart(con, build_models):
    # Two schools of 25 and 75 pupils at 40 and 60 %: together 55 %. Squares (25 x 0.15)^2 + (75 x 0.05)^2 = 28.125;
    # times 2 / 1, over 100 x 0.55 x 0.45 = 24.75: a design effect of 2.2727. 100 pupils are worth 44.
    listed(con, "2025-2026", school("000001"), school("000002"), school("000003", scholengroep_nummer="2"))
    flemish(con, "000001", 480, aandeel_minimumdoel=40)
    flemish(con, "000002", 500, deelnemers=75, aandeel_minimumdoel=60)
    flemish(con, "000003", 500, aandeel_minimumdoel=60)

    build_models("mart.toets_netwerk")

    found = results(
        con,
        "scholengroep_nummer, ontwerpeffect, minimumdoel_laag, minimumdoel_hoog",
        "onderwijsniveau = 'alle' and scholengroep_nummer != 'alle'",
        mart="toets_netwerk",
    )
    # One school says nothing about how schools differ: its interval is that of its pupils.
    expected = [("1", 56.25 / 24.75, *wilson(0.55 * 44, 44)), ("2", None, *wilson(15, 25))]
    assert [pytest.approx(row) for row in expected] == found


def test_schools_that_are_alike_never_make_an_interval_narrower(con, build_models):
    listed(con, "2025-2026", school("000001"), school("000002"))
    flemish(con, "000001", 480, aandeel_minimumdoel=60)
    flemish(con, "000002", 500, deelnemers=75, aandeel_minimumdoel=60)

    build_models("mart.toets_netwerk")

    found = results(
        con,
        "ontwerpeffect, minimumdoel_laag, minimumdoel_hoog",
        "onderwijsniveau = 'alle' and scholengroep_nummer = 'alle'",
        mart="toets_netwerk",
    )
    assert found == [pytest.approx((0, *wilson(60, 100)))]


@pytest.mark.parametrize(
    ("lower", "compared", "verdict"),
    [(4, 8, "duidelijk"), (2, 8, "mogelijk"), (1, 8, "niet"), (4, 4, "te weinig instellingen")],
)
def test_a_red_thread_needs_enough_schools_clearly_below_like_ones(con, build_models, lower, compared, verdict):
    # Wilson of 4 of 8 starts at 0.215, above one in five; of 2 of 8 at 0.071.
    numbers = [f"0000{n:02}" for n in range(1, compared + 1)]
    listed(con, "2025-2026", *(school(number) for number in numbers))
    for place, number in enumerate(numbers):
        flemish(con, number, 480, score_vergelijkbaar=500 if place < lower else 480)

    build_models("mart.toets_scholengroep")

    assert results(con, "onderwijsniveau, vergeleken, duidelijk_lager, rode_draad", mart="toets_scholengroep") == [
        ("BaO", compared, lower, verdict),
        ("alle", compared, lower, verdict),
    ]
