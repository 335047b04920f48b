"""Questions about members of staff: only whom the reader may see, and only whole months compared."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from tests.dashboard.small_warehouse import publish
from warehouse.connection import open_for_writing, open_read_only
from warehouse.queries import medewerkers
from warehouse.queries.fetch import reading
from warehouse.scope import Scope
from warehouse.versions import HR, file_beside

EVERYBODY = Scope(known=True, hr=True)
LEEN = Scope(known=True, hr_hoofdadviseur="leen@go.example")
ALL = {"dienst": "alle", "team": "alle"}
YEAR = {"schooljaar": "2025-2026", **ALL}


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return file_beside(publish(tmp_path_factory.mktemp("data")), HR)


def ask(staff: Path, query: Callable[..., pl.DataFrame], scope: Scope = EVERYBODY, **params: str) -> pl.DataFrame:
    with open_read_only(staff) as con, reading(con, scope) as reader:
        return query(reader, **params)


def test_groups_are_those_of_whom_the_reader_sees(staff: Path) -> None:
    assert ask(staff, medewerkers.groups).rows() == [
        ("alle", "alle"),
        ("PBD", "alle"),
        ("PBD", "Noord"),
        ("PBD", "Zuid"),
        ("POC", "alle"),
        ("POC", "Beleid"),
    ]
    assert ask(staff, medewerkers.groups, LEEN).rows() == [("alle", "alle"), ("PBD", "alle"), ("PBD", "Noord")]


def test_capital_letters_do_not_change_the_order_of_names(tmp_path: Path) -> None:
    staff = file_beside(publish(tmp_path), HR)
    with open_for_writing(staff) as con:
        con.execute("update mart.persoon_naam set naam = 'Zed@go.example' where naam = 'An@go.example'")
    names = ["bo@go.example", "cis@go.example", "dirk@go.example", "Zed@go.example"]
    assert ask(staff, medewerkers.people, **ALL)["naam"].to_list() == names
    assert ask(staff, medewerkers.months, **YEAR)["naam"].unique(maintain_order=True).to_list() == names


def test_people_are_listed_by_name_and_known_by_pseudonym(staff: Path) -> None:
    assert ask(staff, medewerkers.people, LEEN, **ALL).rows() == [("p-an", "An@go.example"), ("p-bo", "bo@go.example")]
    assert ask(staff, medewerkers.people, dienst="POC", team="alle").rows() == [("p-dirk", "dirk@go.example")]


def test_who_is_deployable_in_the_last_month(staff: Path) -> None:
    found = ask(staff, medewerkers.available, **YEAR)
    assert found.select("naam", "code", "vte_inzetbaar", "is_langdurig_afwezig", "hoofdadviseur_naam").rows() == [
        ("An@go.example", "B001", 0.75, False, "Leen@go.example"),
        ("bo@go.example", "B002", 0.4, False, "Leen@go.example"),
        ("cis@go.example", "B003", 0.0, True, "An@go.example"),
        ("dirk@go.example", None, 1.0, False, None),
    ]
    assert found["maand"].unique().dt.month().to_list() == [11]


def test_months_go_up_to_the_running_one_and_one_without_an_agenda_is_not_registered(staff: Path) -> None:
    # The planning of the fixture reaches to December; the peildatum lies in November.
    found = ask(staff, medewerkers.months, **YEAR, persoon="p-an")
    assert found.select(
        pl.col("maand").dt.month(), "vte_inzetbaar", "dagdelen_gepland", "dagdelen_besteed", "stand"
    ).rows() == [
        (9, None, 30, 36, "volledig"),
        (10, 1.0, 20, 24, "volledig"),
        (11, 0.75, 20, 8, "lopend"),
    ]
    unregistered = ask(staff, medewerkers.months, **YEAR, persoon="p-bo").filter(pl.col("maand").dt.month() == 10)
    assert unregistered["stand"].to_list() == ["niet geregistreerd"]


def test_everybody_is_held_against_the_others_of_the_own_team_over_whole_months(staff: Path) -> None:
    found = ask(staff, medewerkers.load, **YEAR).select(
        "naam", "maanden", "dagdelen_gepland", "dagdelen_besteed", "aandeel_team", "verschil", "reden"
    )
    assert found.rows() == [
        ("An@go.example", 2, 50, 60, 0.8, pytest.approx(0.4), None),
        ("bo@go.example", 1, 20, 16, 1.2, pytest.approx(-0.4), None),
        ("cis@go.example", 1, None, 6, None, None, "nvt"),
        ("dirk@go.example", 0, None, None, None, None, "nvt"),
    ]


def test_a_planning_cannot_exist_where_nobody_with_the_functie_has_a_code(tmp_path: Path) -> None:
    staff = file_beside(publish(tmp_path), HR)
    found = ask(staff, medewerkers.months, **YEAR, persoon="p-dirk")
    assert found.select("stand", "reden").rows() == [("nvt", "nvt")]
    with open_for_writing(staff) as con:
        con.execute("update mart.medewerker set functie = 'begeleider'")
    without_code = ask(staff, medewerkers.months, **YEAR, persoon="p-dirk")
    assert without_code.select("stand", "reden").rows() == [("niet geregistreerd", "ontbreekt")]
    assert dict(ask(staff, medewerkers.load, **YEAR).select("naam", "reden").rows())["dirk@go.example"] == "ontbreekt"
    with open_for_writing(staff) as con:
        con.execute("update mart.medewerker set functie = 'begeleider', begeleider = null where persoon = 'p-bo'")
        con.execute("delete from mart.medewerker where persoon = 'p-an'")
    # Leen now leads one, without a code; that others with the same functie have one is asked of the whole list.
    assert ask(staff, medewerkers.available, LEEN, **YEAR).select("naam", "reden_code").rows() == [
        ("bo@go.example", "ontbreekt")
    ]
    with open_for_writing(staff) as con:
        con.execute("update mart.medewerker set begeleider = null, functie = persoon")
    no_codes_delivered = ask(staff, medewerkers.months, **YEAR)
    assert no_codes_delivered["reden"].unique().to_list() == ["ontbreekt"]


def test_categories_are_of_whole_months_of_the_chosen_person(staff: Path) -> None:
    assert ask(staff, medewerkers.categories, **YEAR, persoon="p-an").rows() == [("vt", 1, 40, 50), ("plg", 1, 10, 10)]
    assert ask(staff, medewerkers.categories, **YEAR).rows() == [
        ("vt", 2, 60, 66),
        ("plg", 1, 10, 10),
        ("zonder categorie", 1, None, 6),
    ]


@pytest.mark.parametrize("query", [medewerkers.available, medewerkers.months, medewerkers.categories, medewerkers.load])
def test_who_leads_nobody_sees_nobody(staff: Path, query: Callable[..., pl.DataFrame]) -> None:
    for scope in (Scope(), Scope(known=True, alle_instellingen=True, werkdruk=True), Scope(hr_hoofdadviseur="x@y.be")):
        assert ask(staff, query, scope, **YEAR).is_empty()
    assert ask(staff, query, LEEN, **YEAR).height < ask(staff, query, **YEAR).height or query is medewerkers.categories
