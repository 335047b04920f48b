import copy

import pytest

from tests.warehouse.institution_rows import inspected, listed, school
from tests.warehouse.landing_tables import landing
from warehouse.settings import load_settings


@pytest.fixture
def settings():
    """The project's settings with few draws: these tests are about the data, not about chance."""
    chosen = copy.deepcopy(load_settings())
    chosen["noden"]["trekkingen"] = 200
    return chosen


def needs(con, columns, schooljaar="2025-2026"):
    return con.execute(f"select {columns} from mart.noden where schooljaar = ? order by rang", [schooljaar]).fetchall()


def test_trap_comes_before_score_and_ranks_run_over_the_whole_network(con, build_models, settings):
    # 1: never inspected; 2: open 2A; 3: open 1B; 4: 1A, but a negative ruling on GOK that is still open.
    listed(con, "2025-2026", *(school(f"00000{n}", scholengroep_nummer=str(n)) for n in (1, 2, 3, 4)))
    inspected(con, "D2", "000002", "2025-01-15", "2A")
    inspected(con, "D3", "000003", "2025-01-15", "1B")
    inspected(con, "D4", "000004", "2025-01-15", "1A", uitspraak_gok="negatief")

    build_models("mart.noden", settings=settings)

    assert needs(con, "instellingsnummer, rang, trap, advies, is_gok_negatief, score_doorlichting") == [
        ("000002", 1, "verplicht", "2A", False, 0.9),
        ("000004", 2, "verplicht", "1A", True, 0.75),
        ("000003", 3, "verhoogd", "1B", False, 0.45),
        ("000001", 4, "regulier", None, False, None),
    ]


def test_instelling_that_comes_back_after_a_successor_has_its_own_last_report_again(con, build_models, settings):
    # In 2024-2025 only 2 is listed and stands for 1, and its report replaces that on 1. A year later 1 is back.
    listed(con, "2023-2024", school("000001", opgevolgd_door="000002"), school("000002"))
    listed(con, "2024-2025", school("000002"))
    listed(con, "2025-2026", school("000001"), school("000002"))
    inspected(con, "D1", "000001", "2023-10-01", "1B")
    inspected(con, "D2", "000002", "2024-10-01", "2A")

    build_models("mart.noden", settings=settings)

    assert needs(con, "instellingsnummer, advies", "2024-2025") == [("000002", "2A")]
    assert needs(con, "instellingsnummer, advies") == [("000002", "2A"), ("000001", "1B")]


def test_criteria_without_data_are_named_and_lower_the_completeness(con, build_models, settings):
    # Weights by rank order of four: 0.5208 for doorlichting, 0.0625 for leerrecht.
    listed(con, "2025-2026", school("000001"), school("000002"))
    inspected(con, "D1", "000001", "2025-01-15", "1A")
    row = {"noemer": 100, "problematisch_10": 5, "problematisch_30": 1}
    landing(con, "leerrecht", [{"schooljaar": "2025-2026", "instellingsnummer": "000001", **row}])

    build_models("mart.noden", settings=settings)

    everything = ["doorlichting", "leerresultaten", "doorstroom", "leerrecht"]
    assert sorted(needs(con, "instellingsnummer, ontbreekt, volledigheid")) == [
        ("000001", ["leerresultaten", "doorstroom"], pytest.approx(0.5833, abs=1e-4)),
        ("000002", everything, 0.0),
    ]


def test_recent_years_weigh_three_two_one(con, build_models, settings):
    # Repeaters 12 %, 6 % and 0 % in 2025, 2024 and 2023: (3 x 0.12 + 2 x 0.06 + 1 x 0.00) / 6 = 0.08.
    for jaar in (2023, 2024, 2025):
        listed(con, f"{jaar}-{jaar + 1}", school("000001"))
    landing(
        con,
        "doorstroom",
        [
            {"schooljaar": jaar, "instellingsnummer": "000001", "zittenblijvers": teller, "noemer": 100}
            for jaar, teller in (("2023-2024", 0), ("2024-2025", 6), ("2025-2026", 12))
        ],
    )

    build_models("mart.noden_indicator", settings=settings)

    assert con.execute(
        "select schooljaar, waarde, laatste_meetjaar, n from mart.noden_indicator where indicator = 'zittenblijvers'"
    ).fetchall() == [
        ("2023-2024", 0.0, "2023-2024", 100),
        ("2024-2025", pytest.approx((2 * 0.0 + 3 * 0.06) / 5), "2024-2025", 200),
        ("2025-2026", pytest.approx(0.08), "2025-2026", 300),
    ]


def test_hidden_and_missing_indicators_say_which(con, build_models, settings):
    listed(con, "2025-2026", school("000001"))
    row = {
        "schooljaar": "2025-2026",
        "instellingsnummer": "000001",
        "noemer": 100,
        "_klein": ["zittenblijvers"],
    }
    landing(con, "doorstroom", [row])

    build_models("mart.noden_indicator", settings=settings)

    assert dict(
        con.execute("select indicator, reden from mart.noden_indicator where criterium = 'doorstroom'").fetchall()
    ) == {"zittenblijvers": "beschermd", "schoolse_vertraging": "ontbreekt", "oki": "ontbreekt"}


def test_previous_rank_of_a_merger_is_the_highest_of_its_predecessors(con, build_models, settings):
    # In 2024-2025: 2 (2A) stands first, 1 (1B) second, 4 third. In 2025-2026 1 and 2 are 3.
    listed(
        con,
        "2024-2025",
        school("000001", opgevolgd_door="000003"),
        school("000002", opgevolgd_door="000003"),
        school("000004"),
    )
    listed(con, "2025-2026", school("000003"), school("000004"), school("000005"))
    inspected(con, "D1", "000001", "2025-01-15", "1B")
    inspected(con, "D2", "000002", "2025-01-15", "2A")

    build_models("mart.noden", settings=settings)

    assert needs(con, "instellingsnummer, rang, rang_vorig, advies") == [
        ("000003", 1, 1, "2A"),
        ("000004", 2, 3, None),
        ("000005", 3, None, None),
    ]


def test_support_counts_the_dagdelen_of_the_schooljaar_until_the_peildatum(con, build_models, settings):
    listed(con, "2024-2025", school("000001"), school("000002"))
    listed(con, "2025-2026", school("000001"), school("000002"))
    traject = {"traject_id": "T1", "instellingsnummer": "000001", "soort": "vt", "startdatum": "2025-05-01"}
    landing(con, "trajecten", [{**traject, "geplande_dagdelen": 12, "status": "lopend"}])
    days = [("2025-05-01", 1), ("2025-10-01", 2), ("2026-02-01", 0.5), ("2026-07-01", 4)]
    landing(
        con,
        "interventies",
        [{"interventie_id": d, "traject_id": "T1", "datum": d, "dagdelen": dagdelen} for d, dagdelen in days],
    )

    build_models("mart.noden", settings=settings)

    assert sorted(needs(con, "instellingsnummer, dagdelen_ondersteuning, is_ondersteund")) == [
        ("000001", 2.5, True),
        ("000002", 0.0, False),
    ]


def test_support_is_missing_in_a_schooljaar_without_interventies(con, build_models, settings):
    listed(con, "2025-2026", school("000001"))

    build_models("mart.noden", settings=settings)

    assert needs(con, "dagdelen_ondersteuning, is_ondersteund") == [(None, None)]


def test_every_listed_institution_is_ranked_in_every_listed_year(con, build_models, settings):
    levels = ["BaO", "BuBaO", "SO", "BuSO", "DKO", "VWO", "LSC", "CLB", "INT"]
    listed(con, "2025-2026", *(school(f"00000{n}", onderwijsniveau=level) for n, level in enumerate(levels)))

    build_models("mart.noden", "mart.instelling_jaar", settings=settings)

    assert [rang for (rang,) in needs(con, "rang")] == list(range(1, 10))


def test_empty_network_gives_empty_marts(con, build_models):
    build_models()

    assert con.execute("select count(*) from mart.noden").fetchall() == [(0,)]
