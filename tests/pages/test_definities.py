import polars as pl

from dashboard.figures.definities import found

ROWS = pl.DataFrame(
    {
        "tabel": ["noden", "noden", "hr_maand"],
        "kolom": ["rang", "is_in_groepen", "aandeel_verlof"],
        "type": ["BIGINT", "BOOLEAN", "DOUBLE"],
        "naam": ["Rang", "In groepen", "Aandeel in verlof"],
        "definitie": ["Plaats in de lijst", "Zonder plaatsen", "Deel van de VTE"],
        "eenheid": ["rang", "", "aandeel"],
        "bron": ["PBD", "PBD", "verloven"],
    }
)


def listed(at):
    return next(item.value for item in at.dataframe if "afronding" in item.value.columns)


def test_every_word_must_occur_and_capitals_do_not_matter(data_dir):
    assert found(ROWS, "alle", "alle", "PLAATS lijst")["kolom"].to_list() == ["rang"]
    assert found(ROWS, "alle", "alle", "plaats")["kolom"].to_list() == ["rang", "is_in_groepen"]
    assert found(ROWS, "hr_maand", "alle", "")["kolom"].to_list() == ["aandeel_verlof"]
    assert found(ROWS, "alle", "werkdruk", "")["kolom"].to_list() == ["aandeel_verlof"]
    assert found(ROWS, "alle", "alle", "(rang").is_empty()


def test_rounding_follows_how_the_column_is_written_on_screen(data_dir):
    assert found(ROWS, "alle", "alle", "")["afronding"].to_list() == [
        "geheel getal",
        "ja of nee",
        "procent, 1 decimaal; geheel bij minder dan 100",
    ]


def test_glossary_names_owner_model_and_since_when(open_page):
    at = open_page("definities", mart="noden", zoek="rang")
    assert [item.value for item in at.header] == ["1 kolom met „rang”"]
    rows = listed(at).set_index("naam")
    assert rows.loc["Rang", ["eenheid", "eigenaar", "sinds", "model", "leveringen"]].to_list() == [
        "rang",
        "Dienst Kwaliteit",
        "versie 0.1.0",
        "mart.noden.rang",
        "instellingen",
    ]


def test_an_owner_that_nobody_named_is_said_so(open_page):
    rows = listed(open_page("definities", mart="hr_maand")).set_index("naam")
    assert rows.loc["Personen", "eigenaar"] == "nog niet aangeduid"


def test_nothing_found_has_its_own_sentence(open_page):
    at = open_page("definities", zoek="xyzzy")
    assert any("Geen enkele kolom voor deze keuze" in item.value for item in at.info)


def test_definitions_under_figures_link_to_the_glossary(open_page):
    at = open_page("noden")
    about = next(item.value for item in at.markdown if "/definities?" in item.value)
    assert "**[Rang](/definities?mart=noden&zoek=rang)**" in about
