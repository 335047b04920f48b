from dashboard import registry
from dashboard.components import export_context
from dashboard.filters import Choice

PAGE = registry.entry("werkdruk")
CHOICE = Choice(
    PAGE,
    {"schooljaar": "2025-2026", "groep": "PBD|alle"},
    {"Schooljaar": "2025-2026", "Dienst of team": "PBD, hele dienst"},
)


def test_exports_name_only_the_filters_that_a_figure_follows(data_dir):
    assert export_context(PAGE, CHOICE).filters == {"Schooljaar": "2025-2026", "Dienst of team": "PBD, hele dienst"}
    assert export_context(PAGE, CHOICE, "schooljaar").filters == {"Schooljaar": "2025-2026"}


def test_a_figure_over_all_schooljaren_has_no_schooljaar_in_its_file_name(data_dir):
    assert export_context(PAGE, CHOICE, "groep").file_name("verloop", "csv") == "werkdruk_verloop.csv"


def test_a_second_bar_adds_its_filter(data_dir):
    both = CHOICE.joined(Choice(PAGE, {"nood": "groot"}, {"Nood": "Grote noden"}))
    assert both["nood"] == "groot"
    assert export_context(PAGE, both, "nood").filters == {"Nood": "Grote noden"}
