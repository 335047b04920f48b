"""Labelled trajecten against comparable institutions, on a few schools that differ in their number of pupils."""

import pytest

from tests.warehouse.institution_rows import listed, school
from tests.warehouse.landing_tables import landing
from warehouse.settings import load_settings

YEARS = ("2024-2025", "2025-2026")


def measured(con, nummer, before, after, **rest):
    """Deliver the two totals of wiskunde in 4LO of one school."""
    rows = [
        {
            "toetsjaar": jaar,
            "instellingsnummer": nummer,
            "leerjaar": "4LO",
            "vak": "wiskunde",
            "domein": "totaal",
            "deelnemers": 25,
            "vaardigheidsscore": score,
            "standaardfout": 5.0,
            **rest,
        }
        for jaar, score in zip(YEARS, (before, after), strict=True)
    ]
    landing(con, "vlaamse_toetsen", rows)


def supported(con, nummer, start, label="Didactische cahiers ", status="afgerond"):
    row = {
        "traject_id": f"T{nummer}{start}",
        "instellingsnummer": nummer,
        "soort": "vt",
        "startdatum": start,
        "geplande_dagdelen": 12,
        "status": status,
        "label": label,
    }
    landing(con, "trajecten", [row])


@pytest.fixture
def network(con):
    """Five schools with the label (1-5) and four without (6-9); pupils say who is nearest."""
    pupils = {f"00000{n}": 100 * n for n in range(1, 10)}
    for jaar in YEARS:
        listed(con, jaar, *(school(number, leerlingen=count) for number, count in pupils.items()))
    for n in range(1, 6):
        measured(con, f"00000{n}", 480, 490 + n)
        supported(con, f"00000{n}", "2025-10-01")
    for n in range(6, 10):
        measured(con, f"00000{n}", 500, 502)
    return con


def cases(con, number, columns="buur, verandering"):
    return con.execute(
        f"select {columns} from mart.effect_geval where instellingsnummer = ? order by plaats", [number]
    ).fetchall()


def test_the_change_of_labelled_schools_is_set_against_the_nearest_without_the_label(network, build_models):
    # Own changes 11 to 15, mean 13; those without the label 2: a difference of 11 points.
    build_models("mart.effect_traject")

    assert cases(network, "000005") == [("000005", 15), ("000006", 2), ("000007", 2), ("000008", 2), ("000009", 2)]
    assert network.execute(
        "select schooljaar, instellingen, vergelijkbare, verandering, verandering_vergelijkbaar, verschil, reden "
        "from mart.effect_traject where label = 'didactische cahiers' order by schooljaar desc"
    ).fetchall() == [("alle", 5, 4, 13, 2, 11, None), ("2025-2026", 5, 4, 13, 2, 11, None)]


def test_who_had_the_label_before_is_no_comparison_and_counts_once(network, build_models):
    supported(network, "000006", "2024-10-01")
    supported(network, "000005", "2024-10-01")

    build_models("mart.effect_traject")

    # 5 began in 2024-2025: no change was measured then, so only four are left.
    assert [buur for buur, _ in cases(network, "000004")] == ["000004", "000007", "000008", "000009"]
    assert network.execute("select instellingen, verschil, reden from mart.effect_traject").fetchall() == [
        (4, None, "te weinig"),
        (4, None, "te weinig"),
    ]


def test_planned_and_cancelled_trajecten_are_no_support(network, build_models):
    supported(network, "000006", "2025-10-01", status="gepland")
    supported(network, "000007", "2025-10-01", status="geannuleerd")

    build_models("mart.effect_geval")

    assert cases(network, "000006") == []
    assert ("000006", 2) in cases(network, "000005")


def test_a_hidden_change_stays_hidden_and_its_school_does_not_count(network, build_models):
    network.execute(
        "update landing.vlaamse_toetsen set vaardigheidsscore = null, _klein = ['vaardigheidsscore'] "
        "where instellingsnummer in ('000001', '000006') and toetsjaar = '2025-2026'"
    )

    build_models("mart.effect_traject")

    assert cases(network, "000001", "buur, verandering, reden_verandering")[0] == ("000001", None, "beschermd")
    assert "000006" not in [buur for buur, _ in cases(network, "000005")]
    assert network.execute("select distinct instellingen, reden from mart.effect_traject").fetchall() == [
        (4, "te weinig")
    ]


def test_a_test_without_comparable_editions_gives_no_effect(network, build_models):
    settings = load_settings()
    rules = [row | {"is_vergelijkbaar": False} for row in settings["tabel"]["toets_schaal"]]
    build_models("mart.effect_traject", settings={**settings, "tabel": {**settings["tabel"], "toets_schaal": rules}})

    assert network.execute("select schooljaar, verschil, reden from mart.effect_traject").fetchall() == [
        ("alle", None, "nvt")
    ]
