import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.small_warehouse import publish
from tests.pages.conftest import APP

BUTTON = "Naar de nieuwste gegevens"
VERSION_CHOICE = "versiekeuze"


@pytest.fixture
def three_versions(data_dir):
    """Versions 1, 2 and 3, of which 1 and 3 of one day; the first institution is called after its version."""
    for number in (1, 2, 3):
        path = data_dir / "warehouse" / f"warehouse-{number:05d}.duckdb"
        path.unlink(missing_ok=True)
        day = "2025-11-22" if number == 2 else "2025-11-23"
        extra = (
            f"update mart.noden set naam = 'Versie {number}';"
            f"update meta.versie set peildatum = '{day}', gebouwd_op = '{day} 14:0{number}:30'"
        )
        publish(data_dir, version=number, extra=extra)
    return data_dir


def first_name(at):
    return at.dataframe[0].value["naam"][0].split("#")[1]


def notices(at):
    return [item.value for item in [*at.info, *at.warning]]


def test_an_earlier_version_shows_its_own_figures_and_says_so(three_versions, open_page):
    at = open_page("noden", versie="2")
    assert first_name(at) == "Versie 2"
    assert (
        "Niet meer de laatste gegevens: dit is versie 2, gebouwd op 22/11/2025 om 14:02, met peildatum 22/11/2025; "
        "versie 3 is de nieuwste." in notices(at)
    )
    assert "Gegevensversie 2" in at.sidebar.markdown[-1].value
    assert "Gebouwd op 22/11/2025 14:02" in at.sidebar.markdown[-1].value
    assert "Peildatum 22/11/2025" in at.sidebar.markdown[-1].value


def test_the_button_goes_to_the_newest(three_versions, open_page):
    at = open_page("noden", versie="2")
    next(item for item in at.button if item.label == BUTTON).click().run()
    assert first_name(at) == "Versie 3"
    assert "versie" not in at.query_params
    assert not any("Niet meer" in text for text in notices(at))


def test_the_sidebar_offers_every_version_and_all_pages_follow(three_versions, open_page):
    at = open_page("noden")
    choice = at.sidebar.selectbox(key=VERSION_CHOICE)
    assert choice.options == [
        "Nieuwste (versie 3)",
        "Versie 3, 23/11/2025 14:03, peildatum 23/11/2025",
        "Versie 2, 22/11/2025 14:02, peildatum 22/11/2025",
        "Versie 1, 23/11/2025 14:01, peildatum 23/11/2025",
    ]
    choice.set_value("1").run()
    assert first_name(at) == "Versie 1"
    assert at.query_params["versie"] == "1"
    links = {link.proto.label: link.proto.query_string for link in at.sidebar.get("page_link")}
    assert all("versie=1" in tail for tail in links.values())
    assert "versie=1" in at.dataframe[0].value["naam"][0]


def test_a_link_to_the_newest_says_nothing_until_there_is_a_newer_one(three_versions, open_page):
    at = open_page("noden", versie="3")
    assert not any("Niet meer" in text for text in notices(at))
    publish(three_versions, version=4)
    at.run()
    assert first_name(at) == "Versie 3"
    assert any("versie 4 is de nieuwste" in text for text in notices(at))


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("9", "Versie 9 van de gegevens is niet (meer) beschikbaar. Getoond wordt de nieuwste: versie 3."),
        ("morgen", "„morgen” is geen versie van de gegevens. Getoond wordt de nieuwste: versie 3."),
    ],
)
def test_a_version_that_is_not_there_falls_back_with_a_sentence(three_versions, open_page, asked, sentence):
    at = open_page("noden", versie=asked)
    assert sentence in notices(at)
    assert first_name(at) == "Versie 3"
    assert "versie" not in at.query_params


def test_a_version_that_was_removed_falls_back_even_while_it_is_looked_at(three_versions, open_page):
    at = open_page("noden", versie="1")
    (three_versions / "warehouse" / "warehouse-00001.duckdb").unlink()
    at.run()
    assert first_name(at) == "Versie 3"
    assert any("Versie 1 van de gegevens is niet (meer) beschikbaar" in text for text in notices(at))


def test_a_version_that_was_gone_back_from_is_not_offered(three_versions, open_page):
    (three_versions / "warehouse" / "huidig").write_text("warehouse-00002.duckdb", encoding="utf-8")
    at = open_page("noden")
    offered = at.sidebar.selectbox(key=VERSION_CHOICE).options[1:]
    assert [option.split(",")[0] for option in offered] == ["Versie 2", "Versie 1"]


def test_a_page_that_an_earlier_version_cannot_show_says_so(three_versions, open_page):
    with duckdb.connect(three_versions / "warehouse" / "warehouse-00001.duckdb") as con:
        con.execute("drop table mart.signaal_jaar")
    at = open_page("instelling", versie="1", instelling="000011")
    assert not at.error
    at = open_page("instelling", versie="1", instelling="000011", deel="Achter de score")
    assert any("die versie 1 nog niet bevatte" in text for text in notices(at))


@pytest.mark.parametrize(
    "lacking", ["alter table mart.edbi_vraag drop column is_wachtend", "drop table mart.edbi_verdeling"]
)
def test_a_part_that_an_earlier_version_lacks_has_a_sentence_and_the_rest_is_drawn(data_dir, open_page, lacking):
    publish(data_dir, version=1, extra=lacking)
    publish(data_dir, version=2)
    at = open_page("edbi", versie="1")
    assert any("staan de antwoorden op de vragen nog niet zoals" in text for text in notices(at))
    assert any("ga naar de nieuwste" in text for text in notices(at))
    headings = [item.value for item in at.header]
    assert "Metingen: 3" in headings
    assert not any(title.startswith("Hoeveel antwoorden zijn gunstig?") for title in headings)
    assert "edbi.vraag" not in [choice.key for choice in at.selectbox]
    assert "Over deze cijfers" in [item.label for item in at.expander]
    whole = open_page("edbi", versie="2")
    assert any(item.value.startswith("Hoeveel antwoorden zijn gunstig?") for item in whole.header)


def test_the_published_version_may_lack_nothing(data_dir):
    publish(data_dir, version=1, extra="drop table mart.edbi_verdeling")
    at = AppTest.from_file(APP, default_timeout=30)
    at.switch_page("pages/edbi.py")
    at.run()
    [told] = [item.value for item in at.error]
    assert "sterrenwacht bouw" in told
    assert "foutnummer" in told


def test_one_version_gives_no_choice(open_page):
    assert all(choice.key != VERSION_CHOICE for choice in open_page("noden").sidebar.selectbox)
