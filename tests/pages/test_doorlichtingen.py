import polars as pl
import pytest

from dashboard.figures.doorlichtingen_tekorten import shared_chart
from tests.dashboard.small_warehouse import publish

DOSSIER = """insert into meta.levering values ('l9', 'outputdossier', '{}', 'dossier.xlsx', '2025-10-01 09:00:00',
    4, 4, 0, 'actief', null)"""


def headers(at):
    return [item.value for item in at.header]


def names(table):
    return table["naam"].str.split("#").str[1].to_list()


def grid(at, column):
    """Return the first table on the page that has this column."""
    return next(item.value for item in at.dataframe if column in item.value.columns)


def test_key_figures_give_the_unfavourable_share_with_its_n_and_interval(open_page):
    at = open_page("doorlichtingen")
    assert [item.value for item in at.metric] == ["8", "25 %", "2", "1", "1"]
    assert any("2 van 8, tussen 7 en 59 %" in item.value for item in at.markdown)


def test_key_figures_open_the_list_behind_them(open_page):
    links = [item.proto for item in open_page("doorlichtingen").get("page_link")]
    assert [link.query_string for link in links if link.label == "Toon de lijst"] == [
        "opvolging=loopt",
        "opvolging=te_laat",
    ]


def test_titles_say_what_was_found(open_page):
    assert headers(open_page("doorlichtingen")) == [
        "2024-2025: 2 van 8 doorlichtingen met een ongunstig advies",
        "Hoe zeker is het aandeel ongunstig advies per schooljaar?",
        "Het vaakst beneden de verwachting: O2 in BaO: 25 % van 8 inschalingen (tussen 7 en 59 %)",
        "O1 wiskunde is het vaakst gedeelde tekort: bij 2 van 2 onderzochte instellingen van scholengroep 1",
        "Bij welke instellingen?",
        "1 van 2 opnieuw onderzochte tekorten keerden terug (50 %)",
        "Welke tekorten keerden terug bij dezelfde instelling?",
        "Welke doorlichtingen, en hoe ver staat de opvolging?",
        "Waar zegt het outputdossier iets anders dan de lijst?",
    ]


def test_advice_can_be_split_by_onderwijsniveau(open_page):
    at = open_page("doorlichtingen", uitsplitsing="onderwijsniveau")
    assert headers(at)[0] == "2 van 8 doorlichtingen met een ongunstig advies, per onderwijsniveau"
    at.session_state["tabel-doorlichtingen-adviezen"] = True
    at.run()
    shown = at.dataframe[0].value
    assert shown["onderwijsniveau"].to_list() == ["BaO", "SO"]
    assert shown["aandeel_ongunstig"].str.strip().to_list() == ["33 %", "te klein aantal"]


def test_few_doorlichtingen_give_counts_and_no_percentage(open_page):
    at = open_page("doorlichtingen", onderwijsniveau="SO", uitsplitsing="onderwijsniveau")
    assert at.metric[1].value == "0 van 2"
    assert any("Te weinig doorlichtingen om een aandeel te tonen" in item.value for item in at.info)


def test_a_share_on_few_inschalingen_has_no_percentage(open_page):
    at = open_page("doorlichtingen")
    at.session_state["tabel-doorlichtingen-inschalingen"] = True
    at.run()
    shown = at.dataframe[0].value
    shares = dict(
        zip(
            shown["kwaliteitsverwachting"] + " " + shown["onderwijsniveau"],
            shown["aandeel_beneden"].str.strip(),
            strict=True,
        )
    )
    assert shares == {
        "K2 BaO": "te klein aantal",
        "O1 BaO": "te klein aantal",
        "O1 SO": "te klein aantal",
        "O2 BaO": "25 %",
    }


def test_a_shared_deficit_lists_its_instellingen_with_links(open_page):
    shown = grid(open_page("doorlichtingen"), "is_terugkeer")
    assert shown["naam"].to_list() == ["/instelling?instelling=000011#De Beuk", "/instelling?instelling=000022#De Eik"]
    assert shown["is_terugkeer"].to_list() == ["ja", "nee"]


def test_no_shared_deficit_has_its_own_sentence(open_page):
    at = open_page("doorlichtingen", onderwijsniveau="BaO")
    assert any("bij meer instellingen van dezelfde scholengroep" in item.value for item in at.info)
    assert not any("is_terugkeer" in item.value.columns for item in at.dataframe)


def test_a_deficit_that_came_back_stands_with_both_dates(open_page):
    shown = grid(open_page("doorlichtingen"), "volgende_datum")
    assert names(shown) == ["De Beuk"]
    assert shown.iloc[0][["kwaliteitsverwachting", "onderwerp", "datum", "volgende_datum"]].to_list() == [
        "O1", "wiskunde", "01/02/2020", "10/03/2025",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("alle", ["De Wilg", "De Beuk", "De Eik"]),
        ("loopt", ["De Wilg", "De Beuk"]),
        ("te_laat", ["De Wilg"]),
        ("geen", ["De Eik"]),
    ],
)
def test_list_follows_the_state_of_the_follow_up(open_page, state, expected):
    assert names(grid(open_page("doorlichtingen", opvolging=state), "deadline")) == expected


def test_list_tells_not_applicable_from_late(open_page):
    shown = grid(open_page("doorlichtingen"), "deadline").set_index("advies")
    late, none = shown.iloc[0], shown.iloc[2]
    assert (late["opvolging"], late["deadline"], late["deadline_soort"]) == (
        "te laat",
        "15/09/2025",
        "ondersteuningsplan",
    )
    assert (none["opvolging"], none["deadline"], none["dagdelen_voorzien"].strip()) == ("geen", "n.v.t.", "n.v.t.")
    assert none["uitspraak_gok"] == "geen uitspraak"


@pytest.mark.parametrize(("unknown", "spent"), [(1, "ontbreekt"), (3, "44,5")])
def test_what_was_spent_is_missing_as_a_whole_where_a_year_that_began_is_unknown(open_page, data_dir, unknown, spent):
    of_year = f"where doorlichting_id = 'd1' and jaar = {unknown}"
    publish(data_dir, version=2, extra=f"update mart.doorlichting_opvolging set dagdelen_besteed = null {of_year}")
    late = grid(open_page("doorlichtingen"), "deadline").set_index("naam").iloc[1]
    assert (late["dagdelen_voorzien"].strip(), late["dagdelen_besteed"].strip()) == ("144", spent)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ({"advies": "2A"}, ["De Beuk"]),
        ({"scholengroep": "12"}, ["De Wilg"]),
        ({"onderwijsniveau": "SO"}, ["De Eik"]),
        ({"schooljaar": "2024-2025", "periode": "jaar"}, ["De Wilg", "De Beuk", "De Eik"]),
    ],
)
def test_filters_narrow_the_list(open_page, address, expected):
    assert names(grid(open_page("doorlichtingen", **address), "deadline")) == expected


def test_a_year_without_doorlichtingen_has_its_own_sentences(open_page):
    at = open_page("doorlichtingen", schooljaar="2023-2024", periode="jaar")
    said = [item.value for item in at.info]
    assert sum("Geen doorlichtingen voor deze keuze" in item for item in said) == 3
    assert any("Geen inschalingen voor deze keuze" in item for item in said)
    assert [item.value for item in at.metric][:2] == ["0", "n.v.t."]


def test_without_any_doorlichting_nothing_is_called_zero(open_page, data_dir):
    marts = ("doorlichting", "doorlichting_advies", "doorlichting_opvolging", "doorlichting_inschaling",
             "doorlichting_terugkerend", "doorlichting_verschil")  # fmt: skip
    publish(data_dir, version=2, extra="; ".join(f"delete from mart.{mart}" for mart in marts))
    at = open_page("doorlichtingen")
    assert [item.value for item in at.metric] == ["ontbreekt"] * 5
    assert {item.value for item in at.info} == {
        "Er zijn geen doorlichtingen of geen instellingen geladen: welke adviezen en tekorten er zijn, en wat nog moet "
        "volgen, is niet bekend."
    }


def test_without_any_inschaling_no_deficit_is_said_to_be_absent(open_page, data_dir):
    nothing = "delete from mart.doorlichting_inschaling; delete from mart.doorlichting_terugkerend"
    publish(data_dir, version=2, extra=nothing)
    at = open_page("doorlichtingen")
    assert at.metric[0].value != "ontbreekt"
    said = [item.value for item in at.info]
    assert (
        said.count("Er zijn geen inschalingen geladen: welke tekorten er zijn en welke terugkeerden, is niet bekend.")
        == 4
    )
    assert not any("Geen enkel tekort" in item or "keerde geen enkel" in item for item in said)


def test_differences_say_both_sides(open_page):
    shown = grid(open_page("doorlichtingen"), "verschillen")
    assert names(shown) == ["De Eik"]
    assert shown.iloc[0][["verschillen", "samenvatting_advies", "lijst_advies", "lijst_gok"]].to_list() == [
        "advies", "1A", "1B", "leeg",
    ]  # fmt: skip


def test_no_difference_is_something_else_than_no_dossier(open_page, data_dir):
    said = [item.value for item in open_page("doorlichtingen", scholengroep="12").info]
    assert any("geen outputdossier geleverd" in item for item in said)
    publish(data_dir, version=2, extra=DOSSIER.format("2025-2026 scholengroep 12"))
    said = [item.value for item in open_page("doorlichtingen", scholengroep="12").info]
    assert any("zeggen voor deze keuze hetzelfde" in item for item in said)


def test_other_pages_do_not_inherit_the_choices_of_this_page_only(open_page):
    at = open_page("doorlichtingen", periode="jaar", soort="doorlichting", advies="2A", schooljaar="2024-2025")
    links = [item.proto.query_string for item in at.get("page_link") if item.proto.label == "Toon de lijst"]
    assert links == ["schooljaar=2024-2025&opvolging=loopt", "schooljaar=2024-2025&opvolging=te_laat"]


def shared(*counts):
    return pl.DataFrame(
        {
            "kwaliteitsverwachting": ["O1", "K2", "R1"][: len(counts)],
            "onderwerp": ["wiskunde", "", ""][: len(counts)],
            "scholengroep_nummer": ["1", "7", "7"][: len(counts)],
            "instellingen_met_tekort": list(counts),
            "instellingen_onderzocht": [9] * len(counts),
        }
    )


def test_several_deficits_that_are_shared_most_are_not_told_as_one(data_dir):
    assert shared_chart(shared(7, 7, 3)).spec.title == (
        "2 tekorten zijn het vaakst gedeeld: telkens bij 7 instellingen van één scholengroep"
    )
    assert shared_chart(shared(7, 6, 6)).spec.title == (
        "O1 wiskunde is het vaakst gedeelde tekort: bij 7 van 9 onderzochte instellingen van scholengroep 1"
    )
