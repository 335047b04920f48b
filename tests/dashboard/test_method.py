from dashboard.figures.method import method_card
from warehouse.settings import load_settings


def test_the_card_says_the_settings_that_the_ranking_was_made_with():
    card = method_card(load_settings())
    assert f"**Versie** {load_settings()['versie']}" in card
    assert "keuzes zijn nog niet beslist" in card
    assert (
        "doorlichting 0,52, leerresultaten 0,27, doorstroom 0,15, leerrecht 0,06" in card
    )  # rank-order centroid, K = 4
    assert "2B 1,00, 2A 0,90, negatief 0,75, 1B 0,45; bij 1A hoogstens 0,30" in card
    assert "10.000 trekkingen" in card
    assert "bij de eerste 50: duidelijk vanaf 80 %, mogelijk vanaf 20 %" in card


def test_every_indicator_has_a_row_with_its_anchors():
    card = method_card(load_settings())
    rows = [line for line in card.splitlines() if line.startswith("| ")]
    assert len(rows) == 1 + len(load_settings()["noden"]["indicatoren"])
    assert "| Zittenblijvers | doorstroom | 1 | 0,0 % | 12,0 % |" in rows
