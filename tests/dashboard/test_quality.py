from dashboard import data, quality
from dashboard.components.badge import badge, state_words
from dashboard.components.blocks import export_context
from dashboard.registry import entry
from tests.dashboard.small_warehouse import publish


def line(key, figure, rows=12):
    with data.pinned_version():
        return badge(export_context(entry(key)), figure, "een bron", rows)


def test_state_of_a_source_is_its_worst_check():
    assert quality.word(1, 3, 9) == "fout"
    assert quality.word(0, 3, 9) == "waarschuwing"
    assert quality.word(0, 0, 9) == "in orde"
    assert quality.word(0, 0, 0) == "niet getoetst"


def test_one_source_that_was_not_delivered_keeps_a_figure_from_being_in_order():
    assert quality.worst(["in orde", "niet getoetst"]) == "niet getoetst"
    assert quality.worst(["niet getoetst", "waarschuwing"]) == "waarschuwing"
    assert quality.worst(["niet getoetst"]) == "niet getoetst"
    assert quality.worst(["in orde", "fout", "waarschuwing"]) == "fout"


def test_marts_take_the_worst_of_the_sources_behind_them(data_dir):
    assert quality.quality_of(["noden"]) == quality.Quality("in orde", ("instellingen",))
    assert quality.quality_of(["noden", "bereik_aantal"]) == quality.Quality("waarschuwing", ("inschrijvingen",))
    assert quality.quality_of(["hr_maand"]) == quality.Quality("niet getoetst", ("personeel",), ("personeel",))
    assert quality.quality_of(["bestaat_niet"]) is None


def test_line_names_source_peildatum_rows_and_state_with_a_link(data_dir):
    assert line("bereik", "instellingen") == (
        "Bron: een bron · peildatum 21/11/2025 · 12 rijen · "
        ":material/warning: [gegevens: waarschuwing](/datakwaliteit?bron=inschrijvingen)"
    )
    assert line("noden", "rangschikking", rows=1) == (
        "Bron: een bron · peildatum 21/11/2025 · 1 rij · "
        ":material/check_circle: [gegevens: in orde](/datakwaliteit?pagina=noden)"
    )


def test_the_line_names_what_was_not_delivered(data_dir):
    publish(data_dir, version=2, extra="insert into meta.herkomst values ('noden', 'toetsen', 'vlaamse_toetsen')")
    state = "[gegevens: niet getoetst](/datakwaliteit?bron=vlaamse_toetsen)"
    assert line("noden", "rangschikking").endswith(f":material/help: {state} (niet geleverd: Vlaamse toetsen)")


def test_beside_a_figure_on_paper_the_state_names_its_sources(data_dir):
    publish(data_dir, version=2, extra="insert into meta.herkomst values ('bereik_aantal', 'trajecten', 'verslagtool')")
    with data.pinned_version():
        assert state_words("bereik", "instellingen") == "waarschuwing (inschrijvingen; niet geleverd: verslagtool)"
        assert state_words("noden", "rangschikking") == "in orde"
        assert state_words("start", "leveringen-nakijken") == ""


def test_a_warning_does_not_hide_what_was_not_delivered(data_dir):
    publish(data_dir, version=2, extra="insert into meta.herkomst values ('bereik_aantal', 'trajecten', 'verslagtool')")
    state = "[gegevens: waarschuwing](/datakwaliteit?bron=inschrijvingen)"
    assert line("bereik", "instellingen").endswith(f":material/warning: {state} (niet geleverd: verslagtool)")


def test_a_table_of_the_deliveries_themselves_has_no_state(data_dir):
    assert line("start", "leveringen-nakijken") == "Bron: een bron · peildatum 21/11/2025 · 12 rijen"


def test_a_version_from_before_the_lineage_shows_its_figures_without_a_state(data_dir):
    publish(data_dir, version=2, extra="drop table meta.herkomst")
    assert line("noden", "rangschikking") == "Bron: een bron · peildatum 21/11/2025 · 12 rijen"
