from datetime import date

import pytest


def test_five_key_figures_with_change_and_target(open_page):
    at = open_page("start")
    assert {metric.label: metric.value for metric in at.metric} == {
        "Instellingen met trap verplicht": "2",
        "Instellingen bereikt": "50 %",
        "Professionals bereikt": "52",
        "Respons op EDBI": "30,8 %",
        "Dagdelen besteed van gepland": "96 %",
    }
    words = " ".join(item.value for item in at.markdown)
    assert "tot nu toe; pas na het schooljaar te vergelijken met 2024-2025" in words
    assert "95 %-interval tussen 25,5 en 36,6 %" in words
    assert "2 van 2 voorbije maanden geregistreerd" in words


def test_what_asks_attention_is_listed_by_name(open_page):
    at = open_page("start")
    assert [item.value for item in at.header] == [
        "Termijnen na een doorlichting die voorbij zijn: 1",
        "Instellingen met grote noden die niet bereikt zijn: 1",
        "Leveringen om na te kijken: 1",
    ]
    late, not_reached, deliveries = (item.value for item in at.dataframe)
    assert late["naam"][0].endswith("#De Wilg")
    assert late["dagen_te_laat"][0] == str((date(2025, 11, 21) - date(2025, 9, 15)).days)
    assert not_reached["naam"][0] == "/instelling?instelling=000055#De Wilg"
    assert deliveries["quarantaine"][0] == "3"


def test_first_schooljaar_has_nothing_to_compare_with(open_page):
    at = open_page("start", schooljaar="2023-2024")
    assert at.metric[0].value == "ontbreekt"
    assert not any("t.o.v." in item.value for item in at.markdown)


def test_a_quiet_network_says_so(open_page, data_dir):
    from tests.dashboard.small_warehouse import publish

    publish(
        data_dir,
        version=2,
        extra="delete from mart.doorlichting_opvolging; update mart.bereik_instelling set is_bereikt = true;"
        "update meta.levering set quarantaine = 0",
    )
    at = open_page("start")
    assert not at.dataframe
    assert "Bij de instellingen van deze lijst is geen enkele termijn na een doorlichting voorbij." in [
        item.value for item in at.info
    ]


def test_without_doorlichtingen_and_measures_nothing_is_called_zero(open_page, data_dir):
    from tests.dashboard.small_warehouse import publish

    nothing = (
        "delete from mart.doorlichting_opvolging; delete from mart.doorlichting;"
        "update mart.noden set trap = 'regulier', score_doorlichting = null, klasse = null"
    )
    publish(data_dir, version=2, extra=nothing)
    at = open_page("start")
    assert at.metric[0].value == "ontbreekt"
    assert [item.value for item in at.header][:2] == [
        "Termijnen na een doorlichting die voorbij zijn: ontbreekt",
        "Instellingen met grote noden die niet bereikt zijn: ontbreekt",
    ]
    told = [item.value for item in at.info]
    assert "Er zijn geen doorlichtingen geladen: welke termijnen voorbij zijn, is niet bekend." in told
    assert any("is niet bekend of de noden groot zijn." in words for words in told)

    noden = open_page("noden")
    assert noden.metric[1].value == "ontbreekt"
    assert any("van niemand is de trap bekend" in item.value for item in noden.info)

    bereik = open_page("bereik")
    assert {metric.label: metric.value for metric in bereik.metric}["Grote noden, niet bereikt"] == "ontbreekt"
    assert any(item.value.endswith("is niet bekend of de noden groot zijn") for item in bereik.header)


def test_without_a_list_of_instellingen_nothing_is_called_zero(open_page, data_dir):
    from tests.dashboard.small_warehouse import publish

    marts = ("instelling_jaar", "schooljaar", "noden", "bereik_instelling", "bereik_aantal", "doorlichting_opvolging")
    publish(data_dir, version=2, extra="; ".join(f"delete from mart.{mart}" for mart in marts))
    at = open_page("start")
    assert [item.value for item in at.header][:2] == [
        "Termijnen na een doorlichting die voorbij zijn: ontbreekt",
        "Instellingen met grote noden die niet bereikt zijn: ontbreekt",
    ]
    unknown = "Er is geen lijst van instellingen geladen: wat hier hoort te staan, is niet bekend."
    assert [item.value for item in at.info].count(unknown) == 2

    noden = open_page("noden")
    assert [item.value for item in noden.metric] == ["ontbreekt"] * 4
    assert any("er is niets te rangschikken" in item.value for item in noden.info)


@pytest.mark.parametrize(
    ("role", "figures", "lists"),
    [
        ("hoofdadviseur", 5, ["Termijnen na", "Instellingen met"]),
        ("management", 5, ["Termijnen na", "Instellingen met"]),
        ("spoc", 4, ["Termijnen na", "Instellingen met"]),
        ("poc", 3, ["Termijnen na", "Instellingen met"]),
        ("hr", 1, []),
        ("databeheerder", 0, ["Leveringen om"]),
        ("toezicht", 0, []),
    ],
)
def test_a_role_reads_no_zero_or_missing_of_what_it_may_not_see(open_page, role, figures, lists):
    at = open_page("start", rol=role)
    assert len(at.metric) == figures
    assert [" ".join(item.value.split()[:2]) for item in at.header] == lists
    assert ["geen cijfers" in item.value for item in at.info if "rol" in item.value] == [True] * (role == "toezicht")


def test_a_spoc_reads_figures_and_lists_of_the_own_scholengroep(open_page):
    everything, own = open_page("start"), open_page("start", rol="spoc", rol_voor="1")
    assert own.metric[1].value != everything.metric[1].value
    assert any(item.value.startswith(":small[Over scholengroep 1 ·") for item in own.markdown)
    reached = open_page("bereik", rol="spoc", rol_voor="1").metric
    assert own.metric[1].value == reached[0].value
