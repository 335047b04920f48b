import pytest

from tests.warehouse.institution_rows import listed, school
from tests.warehouse.landing_tables import landing


def stands_for(con, build_models, **rest):
    """Return {(schooljaar, number): the institution that stands for it}."""
    build_models("core.instelling_in_jaar", **rest)
    rows = con.execute("select schooljaar, instellingsnummer_bron, instellingsnummer from core.instelling_in_jaar")
    return {(schooljaar, bron): nummer for schooljaar, bron, nummer in rows.fetchall()}


def test_institution_stands_for_itself_while_it_is_listed(con, build_models):
    listed(con, "2024-2025", school("000001"))
    listed(con, "2025-2026", school("000001"))

    assert stands_for(con, build_models) == {
        ("2024-2025", "000001"): "000001",
        ("2025-2026", "000001"): "000001",
    }


def test_renumbered_twice_follows_to_the_number_of_each_schooljaar(con, build_models):
    # 1 became 2 in 2024-2025, 2 became 3 in 2025-2026; each list names only the next number.
    listed(con, "2023-2024", school("000001", opgevolgd_door="000002"))
    listed(con, "2024-2025", school("000002", opgevolgd_door="000003"))
    listed(con, "2025-2026", school("000003"))

    found = stands_for(con, build_models)

    assert [found[jaar, "000001"] for jaar in ("2023-2024", "2024-2025", "2025-2026")] == [
        "000001",
        "000002",
        "000003",
    ]
    assert found["2025-2026", "000002"] == "000003"
    # Before it was founded nobody stands for the new number.
    assert found["2023-2024", "000003"] is None


def test_merger_of_two_comes_together_in_the_successor(con, build_models):
    listed(con, "2024-2025", school("000001", opgevolgd_door="000003"), school("000002", opgevolgd_door="000003"))
    listed(con, "2025-2026", school("000003"))

    found = stands_for(con, build_models)

    assert found["2025-2026", "000001"] == found["2025-2026", "000002"] == "000003"
    build_models("core.instelling_herkomst")
    assert con.execute(
        "select instellingsnummer_bron from core.instelling_herkomst where instellingsnummer = '000003'"
    ).fetchall() == [("000001",), ("000002",), ("000003",)]


def test_announced_successor_does_not_take_over_before_the_year_it_exists(con, build_models):
    listed(con, "2025-2026", school("000001", opgevolgd_door="000002"), school("000002"))

    assert stands_for(con, build_models)["2025-2026", "000001"] == "000001"


def test_listed_without_staff_and_with_a_successor_no_longer_exists(con, build_models):
    empty = school("000001", opgevolgd_door="000002", personeelsleden=0, vte=0)
    listed(con, "2025-2026", empty, school("000002"))

    assert stands_for(con, build_models)["2025-2026", "000001"] == "000002"
    build_models("mart.instelling_jaar")
    assert con.execute("select instellingsnummer from mart.instelling_jaar").fetchall() == [("000002",)]


def test_listed_without_staff_but_without_successor_still_exists(con, build_models):
    listed(con, "2025-2026", school("000001", personeelsleden=0, vte=0))

    assert stands_for(con, build_models)["2025-2026", "000001"] == "000001"


def test_closed_school_keeps_its_history(con, build_models):
    listed(con, "2024-2025", school("000001"), school("000002"))
    listed(con, "2025-2026", school("000002"))

    found = stands_for(con, build_models)

    assert found["2024-2025", "000001"] == "000001"
    assert found["2025-2026", "000001"] is None
    build_models("mart.instelling_jaar")
    assert con.execute("select schooljaar from mart.instelling_jaar where instellingsnummer = '000001'").fetchall() == [
        ("2024-2025",)
    ]


def test_nobody_stands_for_a_school_before_it_was_founded(con, build_models):
    # 1 exists only in 2024-2025; 2 has always existed and takes it over afterwards.
    listed(con, "2023-2024", school("000002"))
    listed(con, "2024-2025", school("000001", opgevolgd_door="000002"), school("000002"))
    listed(con, "2025-2026", school("000002"))

    found = stands_for(con, build_models)

    assert [found[jaar, "000001"] for jaar in ("2023-2024", "2024-2025", "2025-2026")] == [
        None,
        "000001",
        "000002",
    ]


def test_numbers_that_name_each_other_as_successor_end_in_nothing(con, build_models):
    listed(con, "2024-2025", school("000001", opgevolgd_door="000002"), school("000002", opgevolgd_door="000001"))
    listed(con, "2025-2026", school("000003"))

    found = stands_for(con, build_models)

    assert found["2025-2026", "000001"] is None
    assert found["2025-2026", "000002"] is None


def test_schooljaar_without_a_list_uses_the_nearest_earlier_one(con, build_models):
    # The peildatum lies in 2026-2027; that list is not there yet, nor is the one of 2025-2026.
    listed(con, "2023-2024", school("000001", naam="Oud"))
    listed(con, "2024-2025", school("000001", naam="Nieuw"))

    build_models("core.dim_instelling_jaar", "mart.schooljaar", "mart.instelling_jaar", peildatum="2026-09-01")

    assert con.execute("select schooljaar, naam, is_eigen_lijst from core.dim_instelling_jaar").fetchall() == [
        ("2023-2024", "Oud", True),
        ("2024-2025", "Nieuw", True),
        ("2025-2026", "Nieuw", False),
        ("2026-2027", "Nieuw", False),
    ]
    # Published are only the schooljaren with their own list.
    assert con.execute("select schooljaar, volgnummer from mart.schooljaar").fetchall() == [
        ("2023-2024", 1),
        ("2024-2025", 2),
    ]
    assert con.execute("select count(*) from mart.instelling_jaar").fetchall() == [(2,)]


@pytest.mark.parametrize(
    ("peildatum", "lopend"),
    [("2025-08-31", "2024-2025"), ("2025-09-01", "2025-2026"), ("2026-08-31", "2025-2026")],
)
def test_schooljaar_runs_from_september_to_august(con, build_models, peildatum, lopend):
    listed(con, "2024-2025", school("000001"))
    listed(con, "2025-2026", school("000001"))

    build_models("mart.schooljaar", peildatum=peildatum)

    assert con.execute("select schooljaar from mart.schooljaar where is_lopend").fetchall() == [(lopend,)]


def test_oki_is_the_sum_of_four_counts_per_pupil_of_the_latest_known_year(con, build_models):
    # 2024-2025: (20 + 30 + 25.5 + 14.5) / 100 = 0.9; a count of 2025-2026 is hidden, so 0.9 still stands.
    listed(con, "2024-2025", school("000001"))
    listed(con, "2025-2026", school("000001"))
    counts = {
        "leerlingen": 100,
        "opleiding_moeder": 20,
        "schooltoelage": 30,
        "thuistaal": 25.5,
        "buurt": 14.5,
    }
    hidden = {**counts, "buurt": None, "_klein": ["buurt"]}
    landing(
        con,
        "instroom",
        [
            {"schooljaar": "2024-2025", "instellingsnummer": "000001", **counts},
            {"schooljaar": "2025-2026", "instellingsnummer": "000001", **hidden},
        ],
    )

    build_models("mart.instelling_jaar")

    assert con.execute("select schooljaar, oki, oki_klasse, oki_schooljaar from mart.instelling_jaar").fetchall() == [
        ("2024-2025", pytest.approx(0.9), "midden", "2024-2025"),
        ("2025-2026", pytest.approx(0.9), "midden", "2024-2025"),
    ]


def test_oki_of_a_merger_weighs_its_predecessors_by_pupils(con, build_models):
    # 1: 100 pupils, OKI 0.4; 2: 300 pupils, OKI 1.2; together (40 + 360) / 400 = 1.0.
    listed(con, "2024-2025", school("000001", opgevolgd_door="000003"), school("000002", opgevolgd_door="000003"))
    listed(con, "2025-2026", school("000003"))
    shared = {"schooljaar": "2024-2025", "schooltoelage": 0, "buurt": 0}
    small = {"instellingsnummer": "000001", "leerlingen": 100, "opleiding_moeder": 40, "thuistaal": 0}
    large = {"instellingsnummer": "000002", "leerlingen": 300, "opleiding_moeder": 200, "thuistaal": 160}
    landing(con, "instroom", [{**shared, **small}, {**shared, **large}])

    build_models("mart.instelling_jaar")

    assert con.execute(
        "select oki, oki_schooljaar from mart.instelling_jaar where schooljaar = '2025-2026'"
    ).fetchall() == [(pytest.approx(1.0), "2024-2025")]


def test_school_without_pupils_has_no_oki_instead_of_a_failing_division(con, build_models):
    listed(con, "2025-2026", school("000001", leerlingen=0))
    zero = {"leerlingen": 0, "opleiding_moeder": 0, "schooltoelage": 0, "thuistaal": 0, "buurt": 0}
    landing(con, "instroom", [{"schooljaar": "2025-2026", "instellingsnummer": "000001", **zero}])

    build_models("mart.instelling_jaar")

    assert con.execute("select oki, oki_klasse, grootte_klasse from mart.instelling_jaar").fetchall() == [
        (None, None, "klein")
    ]


def test_search_text_is_lower_case_without_accents(con, build_models):
    listed(con, "2025-2026", school("000001", naam="École Élan", gemeente="Sint-Niklaas"))

    build_models("mart.instelling_jaar")

    assert con.execute("select zoektekst from mart.instelling_jaar").fetchall() == [("ecole elan 000001 sint-niklaas",)]


def work_belongs_to(con, build_models):
    build_models("core.instelling_bij_werk")
    rows = con.execute("select schooljaar, instellingsnummer_bron, instellingsnummer from core.instelling_bij_werk")
    return {(jaar, bron): nummer for jaar, bron, nummer in rows.fetchall()}


def test_work_of_before_a_renumbering_written_under_the_new_number_counts_for_the_old(con, build_models):
    listed(con, "2023-2024", school("000001", opgevolgd_door="000002"))
    listed(con, "2024-2025", school("000002", opgevolgd_door="000003"))
    listed(con, "2025-2026", school("000003"))

    found = work_belongs_to(con, build_models)

    assert [found[jaar, "000003"] for jaar in ("2023-2024", "2024-2025", "2025-2026")] == [
        "000001",
        "000002",
        "000003",
    ]


def test_work_of_before_a_merger_of_two_belongs_to_neither(con, build_models):
    listed(con, "2024-2025", school("000001", opgevolgd_door="000003"), school("000002", opgevolgd_door="000003"))
    listed(con, "2025-2026", school("000003"))

    found = work_belongs_to(con, build_models)

    assert found["2024-2025", "000003"] is None
    assert found["2025-2026", "000001"] == "000003"
