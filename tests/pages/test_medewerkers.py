"""The page with staff by name: for HR, and for nobody without the right."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data
from tests.pages.conftest import APP
from warehouse import roles, versions
from warehouse.queries import medewerkers as queries
from warehouse.scope import Scope


def tables(at: AppTest) -> list[list[str]]:
    """Return the first column of every table on the page."""
    return [frame.value.iloc[:, 0].to_list() for frame in at.dataframe]


def text_of(at: AppTest) -> str:
    """Return all text of a page, tables, choices and sidebar too."""
    parts = [*at.main, *at.sidebar]
    shown = [str(getattr(item, "proto", item)) for item in parts]
    return "\n".join([*shown, *(frame.value.to_csv() for frame in at.dataframe)]).lower()


def test_hr_sees_who_is_deployable_and_who_spends_more_than_the_team(open_page):
    at = open_page("medewerkers", rol="hr")
    assert {metric.label: metric.value for metric in at.metric} == {
        "Inzetbare VTE": "2,15",
        "VTE in verlof": "0,40",
        "Langdurig afwezig": "1",
        "Boven de rest van het team": "1",
    }
    headers = [item.value for item in at.header]
    assert "Wie is inzetbaar in november 2025? 1 van de 4 niet" in headers
    assert "Wie besteedt meer dan de rest van het team? 1 personeelslid ver erboven" in headers
    everybody = ["An@go.example", "bo@go.example", "cis@go.example", "dirk@go.example"]
    assert tables(at)[:2] == [everybody, everybody]
    assert "an@go.example" in text_of(at)
    words = " ".join(item.value for item in at.markdown)
    assert "kleine groepen zijn niet verborgen" in words
    assert "Wordt de planning gevolgd? Alle diensten" in headers


@pytest.mark.parametrize(
    ("who", "led"), [("leen@go.example", ["An@go.example", "bo@go.example"]), ("an@go.example", ["cis@go.example"])]
)
def test_a_hoofdadviseur_sees_who_they_lead_and_nobody_else(open_page, who, led):
    at = open_page("medewerkers", rol="hoofdadviseur", rol_voor=who)
    assert tables(at)[:2] == [led, led]
    everybody = {"an@go.example", "bo@go.example", "cis@go.example", "dirk@go.example"}
    others = everybody - {name.lower() for name in led} - {who}
    shown = text_of(at)
    assert [name for name in others if name in shown] == []
    assert "Wordt de planning gevolgd? Alle eigen medewerkers" in [item.value for item in at.header]
    assert all("eigen medewerkers" in name for name in at.selectbox(key="medewerkers.groep").options)


def test_missing_planning_and_missing_agendas_are_two_things(open_page):
    at = open_page("medewerkers", rol="hr")
    spent = at.dataframe[1].value.set_index("naam")["aandeel_besteed"].str.strip()
    assert (spent["cis@go.example"], spent["dirk@go.example"]) == ("n.v.t.", "n.v.t.")
    course = at.dataframe[-1].value.set_index(["naam", "maandnaam"])
    assert course.loc[("bo@go.example", "okt 2025"), "dagdelen_besteed"].strip() == "ontbreekt"
    # The fixture's An has a planning from September, and VTE from October: in service from then.
    vte = course["vte_inzetbaar"].str.strip()
    assert (vte["An@go.example", "sep 2025"], vte["An@go.example", "okt 2025"]) == ("n.v.t.", "1,00")
    assert course.loc[("bo@go.example", "okt 2025"), "stand"] == "niet geregistreerd"
    assert any(
        "Besteed telt enkel wie een agenda-export heeft, gepland telt iedereen" in item.value for item in at.markdown
    )


def test_who_has_a_functie_without_codes_has_no_planning_and_misses_none(open_page):
    at = open_page("medewerkers", rol="hr", groep="POC|Beleid")
    assert at.dataframe[0].value["code"].to_list() == ["n.v.t."]
    course = at.dataframe[-1].value
    for column in ("dagdelen_gepland", "dagdelen_besteed", "stand"):
        assert course[column].str.strip().to_list() == ["n.v.t."]
    assert at.metric[-1].value == "n.v.t."
    assert "Wie besteedt meer dan de rest van het team?" in [item.value for item in at.header]
    why = "Zonder code als begeleider bestaat er geen planning en geen agenda."
    assert [item.value for item in at.info].count(why) == 2


def test_a_difference_of_two_shares_is_in_percentage_points(open_page):
    load = open_page("medewerkers", rol="hr").dataframe[1].value.set_index("naam")
    assert load["verschil"].str.strip()[["An@go.example", "bo@go.example"]].to_list() == ["40,0", "-40,0"]


def test_one_person_of_one_team_by_an_address_without_a_name(open_page):
    at = open_page("medewerkers", rol="hr", groep="PBD|Noord", medewerker="p-bo")
    assert at.query_params["medewerker"] == "p-bo"
    assert tables(at)[0] == ["An@go.example", "bo@go.example"]
    assert set(tables(at)[-1]) == {"bo@go.example"}
    assert "Maand per maand: bo@go.example" in [item.value for item in at.header]


@pytest.mark.parametrize("role", [role for role in roles.NAMES if role not in (roles.HR, roles.HOOFDADVISEUR)])
def test_a_role_without_the_right_gets_a_sentence_and_no_name(data_dir, role):
    at = AppTest.from_file(APP, default_timeout=30).run()
    at.query_params.update({"rol": role})
    at.switch_page("pages/medewerkers.py").run()
    assert not at.exception
    assert not at.metric
    assert "go.example" not in text_of(at)


@pytest.mark.parametrize("scope", [Scope(), Scope(known=True, alle_instellingen=True, werkdruk=True, leveringen=True)])
def test_the_file_is_not_opened_for_who_may_not_see_it(data_dir, scope, monkeypatch):
    opened = []
    monkeypatch.setattr(data, "_opened_staff", opened.append)
    with data.scoped(scope), pytest.raises(data.NoStaffScopeError):
        data.staff_frame(queries.groups)
    assert opened == []


def test_what_one_reader_saw_is_not_handed_to_another(data_dir):
    asked = {"dienst": "alle", "team": "alle"}
    with data.scoped(Scope(known=True, hr=True)):
        assert data.staff_frame(queries.people, **asked).height == 4
    with data.scoped(Scope(known=True, hr_hoofdadviseur="leen@go.example")):
        assert data.staff_frame(queries.people, **asked)["persoon"].to_list() == ["p-an", "p-bo"]
    with data.scoped(Scope(known=True, hr_hoofdadviseur="an@go.example")):
        assert data.staff_frame(queries.people, **asked)["persoon"].to_list() == ["p-cis"]


def test_a_version_without_an_hr_file_gives_a_sentence(data_dir):
    versions.file_beside(versions.published(data_dir), versions.HR).unlink()
    at = AppTest.from_file(APP, default_timeout=30).run()
    at.query_params.update({"rol": "hr"})
    at.switch_page("pages/medewerkers.py").run()
    assert not at.exception
    assert len(at.error) == 1
