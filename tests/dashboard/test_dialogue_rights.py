"""Scholengroep 1 has 000011 and 000022; scholengroep 12 has 000033, which carries on 000044, and 000055."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import access, data, dialogue_rights
from dashboard.components.dialogue import dialogue_words
from dashboard.figures import dialogue as figures
from state.dialogue import Draft, add_remark, latest_end, remarks, today
from warehouse import roles


def box() -> None:
    import streamlit as st

    from dashboard import access
    from dashboard.components.dialogue import dialogue_box
    from dashboard.exports.context import ExportContext
    from tests.dashboard.test_dialogue_rights import reader

    params = st.query_params
    context = ExportContext("Instelling", "instelling", "2025-2026", None, 1, "2026.1", True)
    with access.acting(reader(*params["rollen"].split())):
        dialogue_box(params["instelling"], context)


def reader(*held: str, group: str = "1") -> access.Identity:
    scope = roles.scope_of(held, scholengroepen=[group], e_mail="an@go.be")
    return access.Identity("s1", "an@go.be", held, scope)


@pytest.fixture
def store(data_dir):
    store = data.user_store()
    for number in ("000011", "000033", "000044"):
        add_remark(store, number, Draft("signaal", f"Gezegd over {number}", latest_end(today())), "Bo")
    return store


def opened(number: str, *held: str) -> AppTest:
    at = AppTest.from_function(box, default_timeout=30)
    at.query_params.update({"instelling": number, "rollen": " ".join(held)})
    at.run()
    assert not at.exception
    return at


def said(at: AppTest) -> str:
    grids = [str(item.value.to_dict()) for item in at.dataframe]
    return "\n".join([*(str(item.value) for item in [*at.text, *at.markdown, *at.info, *at.error]), *grids])


def labels(at: AppTest) -> list[str]:
    return [item.label for item in at.button]


@pytest.mark.parametrize("number", ["000033", "000055", "999999", "../../etc/passwd", "' or 1=1 --"])
def test_a_spoc_who_types_the_number_of_another_gets_a_sentence_and_no_remark(store, number):
    at = opened(number, "spoc")
    assert [item.value for item in at.info] == [figures.NOT_YOURS]
    assert "Gezegd over" not in said(at)
    assert labels(at) == []
    assert not at.text_area


@pytest.mark.parametrize("role", ["hr", "databeheerder", "toezicht", "poc"])
def test_a_role_without_instellingen_reads_no_remark(store, role):
    assert "Gezegd over" not in said(opened("000011", role))


def test_a_spoc_reads_and_writes_in_the_own_scholengroep(store):
    at = opened("000011", "spoc")
    assert "Gezegd over 000011" in said(at)
    at.text_area[-1].set_value("Ook dit")
    next(item for item in at.button if item.label == "Vastleggen").click().run()
    assert next((item.reden, item.door) for item in remarks(store, "000011")) == ("Ook dit", "an@go.be")


def test_management_reads_everything_and_writes_nothing(store):
    at = opened("000011", "management")
    assert "Gezegd over 000011" in said(at)
    assert figures.WHO_WRITES in said(at)
    assert labels(at) == []


def test_who_is_management_and_spoc_writes_in_the_own_scholengroep_only(store):
    assert "Vastleggen" in labels(opened("000011", "management", "spoc"))
    assert labels(opened("000033", "management", "spoc")) == []


@pytest.mark.parametrize(
    ("held", "number", "may"),
    [
        (("hoofdadviseur",), "000033", True),
        (("hoofdadviseur",), "999999", False),
        (("spoc",), "000022", True),
        (("spoc",), "000044", False),
        (("management",), "000011", False),
        (("poc",), "000011", False),
        (("management", "hr", "toezicht", "databeheerder"), "000011", False),
    ],
)
def test_who_may_write_about_which_instelling(data_dir, held, number, may):
    with access.acting(reader(*held)):
        assert dialogue_rights.may_write(number) is may


def test_a_form_that_was_open_when_the_role_went_saves_nothing(store):
    at = opened("000011", "spoc")
    at.text_area[-1].set_value("Te laat")
    at.query_params["rollen"] = "management"
    next(item for item in at.button if item.label == "Vastleggen").click().run()
    assert not at.exception
    assert [item.reden for item in remarks(store, "000011")] == ["Gezegd over 000011"]


def test_what_was_said_of_a_predecessor_elsewhere_stays_there(store, data_dir):
    with access.acting(reader("spoc")):
        assert dialogue_words(["000011", "000033"])["dialoog"].to_list() == [
            f"Signaal tot {latest_end(today()):%d/%m/%Y}: Gezegd over 000011",
            "geen",
        ]
