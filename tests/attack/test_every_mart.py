"""No mart escapes: each says how persons are protected in it, and what it says fits what it is made from."""

import pytest

from tests.attack.published import KEYS, PROTECTED
from warehouse.build import MODELS_ROOT
from warehouse.columns import load_columns
from warehouse.lineage import landing_tables_of
from warehouse.model import BuildError, load_models
from warehouse.persons import WORDS, load_protections, require_protection

MODELS = {model.table: model for model in load_models(MODELS_ROOT).values() if model.schema == "mart"}
DECLARED = load_protections()
#: Deliveries on the staff of PBD-GO! and POC+ themselves, and the answers of professionals.
SENSITIVE = {"personeel", "verloven", "afwezigheden", "agenda", "edbi_antwoorden"}
PERSON_UNITS = {"personen", "VTE", "antwoorden", "uitnodigingen", "deelnames"}


def marts(word):
    return {mart for mart, said in DECLARED.items() if said.personen == word}


def test_every_mart_says_how_persons_are_protected_and_no_other_table_does():
    assert DECLARED.keys() == KEYS.keys()
    assert {said.personen for said in DECLARED.values()} == set(WORDS)


def test_every_mart_that_hides_is_attacked():
    assert {what.mart for what in PROTECTED} == marts("beschermd")


def test_marts_with_a_row_per_person_lie_in_the_file_of_hr():
    assert marts("per persoon") == {mart for mart, model in MODELS.items() if "hr" in model.scope}


def test_nothing_made_from_staff_or_answers_counts_as_without_persons():
    made_from = {mart: set(tables) for mart, tables in landing_tables_of(load_models(MODELS_ROOT)).items()}
    sensitive = {mart for mart, tables in made_from.items() if tables & SENSITIVE}
    assert sensitive
    assert sensitive <= marts("beschermd") | marts("per persoon") | {"edbi_respons", "edbi_strategie", "edbi_onbekend"}


def test_a_mart_that_counts_persons_does_not_say_that_it_holds_none():
    columns = load_columns()
    for mart in marts("geen"):
        own = columns["mart"].get(mart, {})
        units = {entry.get("eenheid") for entry in own.values()}
        assert not units & PERSON_UNITS, mart


def test_a_mart_that_reads_the_minimum_is_one_that_protects():
    readers = {
        mart for mart, model in MODELS.items() if any(name.startswith("bescherming.") for name in model.variables)
    }
    # edbi_respons says of which activiteiten the answers are hidden; it hides nothing itself
    assert readers - {"edbi_respons"} <= marts("beschermd")


def test_every_figure_of_an_attacked_mart_is_attacked_or_says_nothing_of_persons(con, build_models):
    build_models(*(f"mart.{what.mart}" for what in PROTECTED))
    harmless = {
        "hr_maand": {"reden"},
        "werkdruk_maand": {"reden", "is_geregistreerd"},
        # what was asked; the interval follows from the share and n
        "edbi_vraag": {
            *("module", "dimensie", "tekst", "is_kernvraag", "schaal_min", "schaal_max", "gunstig_vanaf", "reden"),
            *("aandeel_gunstig_laag", "aandeel_gunstig_hoog", "is_wachtend"),
        },
        "edbi_buiten_schaal": {"tekst", "schaal_min", "schaal_max", "reden"},
        "edbi_verdeling": {"aandeel"},  # aantal over the n of edbi_vraag
    }
    for what in PROTECTED:
        columns = set(con.table(f"mart.{what.mart}").columns)
        attacked = {figure.column for figure in what.figures}
        assert columns == {*KEYS[what.mart], *attacked, *harmless[what.mart]}


def test_the_build_refuses_a_mart_that_says_nothing_and_a_word_that_does_not_exist(tmp_path):
    path = tmp_path / "persons.toml"
    path.write_text('[oud]\npersonen = "geen"\nwaarom = "Dates."\n', encoding="utf-8")
    require_protection(["oud"], path)
    with pytest.raises(BuildError, match="nieuw"):
        require_protection(["oud", "nieuw"], path)
    path.write_text('[oud]\npersonen = "misschien"\nwaarom = "Dates."\n', encoding="utf-8")
    with pytest.raises(BuildError, match="oud"):
        require_protection(["oud"], path)
