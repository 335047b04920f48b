import datetime as dt

import pytest

from tests.warehouse.institution_rows import inspected, listed, school
from tests.warehouse.landing_tables import landing
from warehouse.cross_check import COMPARED, compare_sources


@pytest.fixture
def network(con):
    """Three schools in 2024-2025; 1 was succeeded by 2 the year before."""
    listed(con, "2023-2024", school("000001", opgevolgd_door="000002"), school("000002"))
    listed(con, "2024-2025", school("000002"), school("000003"), school("000004"))
    return con


def summarised(con, nummer, laatste_doorlichting=None, schooljaar="2024-2025", ontvangen="2025-12-01", **rest):
    row = {"schooljaar": schooljaar, "instellingsnummer": nummer, "laatste_doorlichting": laatste_doorlichting}
    landing(con, "doorlichtingen_samenvatting", [{**row, "_ontvangen": ontvangen, **rest}])


def differences(con, columns="instellingsnummer, verschillen"):
    return con.execute(f"select {columns} from mart.doorlichting_verschil order by all").fetchall()


@pytest.mark.parametrize(
    ("said", "verschillen"),
    [
        # The list: begun on 3 March 2025, reported on 15 April, 1B, GOK negative, nothing on LLB.
        ({"laatste_doorlichting": "2025-03-03", "advies": "1B", "gok": "negatief"}, []),
        ({"laatste_doorlichting": "2025-04-15", "advies": "1B"}, []),  # an empty cell contradicts nothing
        ({"laatste_doorlichting": "2025-03-03", "advies": "2A", "gok": "positief"}, ["advies", "GOK"]),
        ({"laatste_doorlichting": "2025-03-03", "advies": "1B", "llb": "positief"}, ["LLB"]),
        ({"laatste_doorlichting": "2019-01-14", "advies": "1B"}, ["laatste doorlichting"]),
        ({}, ["laatste doorlichting"]),
    ],
)
def test_what_the_summary_says_otherwise_than_the_list_is_named(network, build_models, said, verschillen):
    inspected(network, "D1", "000003", "2025-04-15", "1B", begindatum="2025-03-03", uitspraak_gok="negatief")
    summarised(network, "000003", **said)

    build_models("mart.doorlichting_verschil", *COMPARED)

    assert differences(network) == ([("000003", verschillen)] if verschillen else [])


def test_doorlichting_that_the_list_misses_is_a_difference(network, build_models):
    inspected(network, "D1", "000003", "2025-01-15", "1A")
    summarised(network, "000004", "2024-11-12", advies="1B")
    summarised(network, "000002")  # never inspected, says also the list

    build_models("mart.doorlichting_verschil", *COMPARED)

    columns = "instellingsnummer, doorlichting_id, verschillen, samenvatting_datum, samenvatting_advies, lijst_advies"
    assert differences(network, columns) == [
        ("000004", None, ["laatste doorlichting", "advies"], dt.date(2024, 11, 12), "1B", None)
    ]


@pytest.mark.parametrize(
    ("ontvangen", "verslag", "verschillen"),
    [
        ("2025-03-01", "2025-05-02", []),  # reported after the summary came in
        ("2025-12-01", "2025-10-02", []),  # reported after the schooljaar of the summary
        ("2025-12-01", "2025-05-02", ["laatste doorlichting", "advies"]),
    ],
)
def test_summary_cannot_know_a_later_report(network, build_models, ontvangen, verslag, verschillen):
    inspected(network, "D1", "000003", "2024-10-15", "1A")
    inspected(network, "D2", "000003", verslag, "1B")
    summarised(network, "000003", "2024-10-15", ontvangen=ontvangen, advies="1A")

    build_models("mart.doorlichting_verschil", *COMPARED)

    assert [found for _, found in differences(network)] == ([verschillen] if verschillen else [])


def test_summary_made_after_the_schooljaar_may_name_a_newer_doorlichting(network, build_models):
    inspected(network, "D1", "000003", "2025-10-02", "2A", begindatum="2025-09-08")
    summarised(network, "000003", "2025-09-08", advies="2A")

    build_models("mart.doorlichting_verschil", *COMPARED)

    assert differences(network) == []


@pytest.mark.parametrize("said", [{"laatste_doorlichting": "2023-11-15", "advies": "1B"}, {}])
def test_summary_may_name_a_doorlichting_of_a_predecessor_or_leave_it_out(network, build_models, said):
    inspected(network, "D1", "000001", "2023-11-15", "1B")
    summarised(network, "000002", **said)

    build_models("mart.doorlichting_verschil", *COMPARED)

    assert differences(network) == []


def test_own_doorlichting_goes_before_that_of_a_predecessor_on_the_same_day(network, build_models):
    inspected(network, "D1", "000002", "2023-11-15", "1A", begindatum="2023-10-02")
    inspected(network, "D2", "000001", "2023-11-20", "1B", begindatum="2023-10-02")
    summarised(network, "000002", "2023-10-02", advies="1A")

    build_models("mart.doorlichting_verschil", *COMPARED)

    assert differences(network) == []


def test_result_of_the_comparison_is_told(network, build_models):
    inspected(network, "D1", "000003", "2025-01-15", "1A")
    summarised(network, "000003", "2025-01-15", advies="1A")
    summarised(network, "000004", "2024-11-12", advies="1B")

    build_models("mart.doorlichting_verschil", *COMPARED)

    (row,) = compare_sources(network)
    assert (row["bron"], row["geslaagd"], row["waargenomen"], row["ernst"]) == (
        "outputdossier",
        False,
        "1 van 2 afwijkend",
        "waarschuwing",
    )


def test_without_a_list_there_is_nothing_to_compare(network, build_models):
    summarised(network, "000004", "2024-11-12", advies="1B")

    build_models("mart.doorlichting_verschil", *COMPARED)

    assert (differences(network), compare_sources(network)) == ([], [])
