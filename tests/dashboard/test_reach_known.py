"""Reach without one of its two sources: missing, or the least that it can be; not the figure itself, and never zero."""

import io

import openpyxl
import polars as pl
import pytest

from dashboard import texts
from dashboard.exports.csv_file import csv_file
from dashboard.exports.xlsx_file import xlsx_file
from dashboard.figures import bereik, bereik_bekend, bereik_doelen, bereik_intensiteit, bereik_noden, bereik_verloop
from dashboard.tables import Column, Table
from tests.dashboard.test_exports import CONTEXT
from tests.dashboard.test_reach import matrix

pytestmark = pytest.mark.usefixtures("data_dir")

BECAUSE = ": de inschrijvingen zijn niet geleverd."


def reached(count, unknown, total=8, **rest):
    """One row with the columns that totals, breakdown and history share."""
    return {
        "instellingen": total, "instellingen_bereikt": count, "instellingen_onbekend": unknown,
        "professionals": None, "reden_deelnames": "ontbreekt" if unknown else None, "reden_interventies": None, **rest,
    }  # fmt: skip


_TYPES = {
    pl.Int64: (
        "instellingen_bereikt", "professionals", "instellingen_bereikt_cumulatief", "professionals_cumulatief",
        "instellingen_onbekend_cumulatief", "gerealiseerd",
    ),
    pl.Float64: ("aandeel_in_jaar", "aandeel_sinds_plan", "aandeel_instellingen", "prognose", "aandeel_prognose"),
    pl.String: ("reden_deelnames", "reden_interventies", "strategie"),
    pl.Date: ("basis_datum",),
}  # fmt: skip


def frame(rows):
    """The rows with the types of the query, also where a column is empty."""
    types = {name: dtype for dtype, names in _TYPES.items() for name in names if name in rows[0]}
    return pl.DataFrame(rows, schema_overrides=types, infer_schema_length=None)


def year(name, count, unknown, **rest):
    since = {
        "instellingen_bereikt_cumulatief": None, "instellingen_onbekend_cumulatief": None, "aandeel_sinds_plan": None,
        "professionals_cumulatief": None, "is_professionals_in_plan_volledig": not unknown,
    }  # fmt: skip
    row = reached(count, unknown, schooljaar=name, is_lopend=False, **since)
    return row | {"aandeel_in_jaar": None if count is None else count / 8} | rest


def test_the_share_reached_is_at_least_that_and_compares_with_no_other_year():
    now, before = (reached(2, 6, schooljaar="2025-2026", is_lopend=False), reached(7, 0, schooljaar="2024-2025"))

    shown = bereik.reached_institutions(now, before)
    assert shown.value == "minstens 25 %"
    assert shown.change == "van 6 is het bereik niet bekend"
    assert shown.target == "100 %; nu minstens 2 van 8"
    whole = before | {"schooljaar": "2025-2026", "is_lopend": False}
    assert bereik.reached_institutions(whole, now | {"schooljaar": "2024-2025"}).change is None
    assert bereik.reached_institutions(now | {"instellingen_bereikt": None}, before).value == "ontbreekt"


def test_a_bar_of_the_least_that_was_reached_says_so_and_no_class_is_called_the_least():
    rows = frame(
        [
            reached(4, 0, label="Vorming", code="vorming", aandeel_instellingen=0.5),
            reached(1, 7, label="PLG", code="plg", aandeel_instellingen=0.125),
        ]
    ).with_columns(
        pl.lit(None, pl.Int64).alias(name) for name in ("personeelsleden", "deelnames", "interventies", "dagdelen")
    )
    chart = bereik.institutions(rows, "strategie")

    assert chart.native.categories == ("Vorming", "PLG (minstens)")
    assert chart.spec.note.endswith("van andere instellingen is het bereik niet bekend" + BECAUSE)
    assert "PLG, minstens 12,5 %" in chart.spec.alt
    shown = bereik.breakdown_table(rows.with_columns(aandeel_professionals=pl.lit(None, pl.Float64)), "strategie").texts
    assert shown["aandeel_instellingen"].to_list() == ["50,0 %", "minstens 12,5 %"]
    assert shown["instellingen_onbekend"].to_list() == ["0", "7"]


def test_an_empty_box_names_the_source_that_is_missing():
    rows = frame([reached(None, 8, label="Vorming", code="vorming", aandeel_instellingen=None)])

    assert bereik.nothing_known(rows).endswith(BECAUSE)
    assert bereik.no_professionals(rows).endswith(BECAUSE)
    assert bereik.no_professionals(rows.with_columns(reden_deelnames=pl.lit("nvt"))).startswith("Bij deze strategie")
    both = rows.with_columns(reden_interventies=pl.lit("ontbreekt"))
    assert bereik_bekend.undelivered(both) == "de inschrijvingen en de interventies van de verslagtool"
    assert bereik.nothing_known(rows.clear()) == texts.NO_ROWS


def test_the_course_is_told_and_drawn_between_years_that_are_wholly_known():
    years = frame([year("2022-2023", 4, 0), year("2023-2024", 6, 0), year("2024-2025", 1, 7)])
    chart = bereik_verloop.history(years, "Alle strategieën")

    assert chart.spec.alt.startswith(
        "Het aandeel bereikte instellingen ging van 50,0 % in 2022-2023 naar 75,0 % in 2023-"
    )
    assert chart.native.series[0].values == (0.5, 0.75, None)
    assert bereik_verloop.history_table(years).texts["aandeel_in_jaar"].to_list()[-1] == "minstens 12,5 %"
    nothing = bereik_verloop.history(years.tail(1), "Alle strategieën")
    assert not nothing.native.categories
    assert bereik_verloop.no_history(years.tail(1)).endswith(BECAUSE)


def test_in_the_course_missing_is_what_was_not_delivered_and_not_applicable_what_cannot_be():
    years = frame([year("2024-2025", None, 8), year("2025-2026", None, 8)])
    shown = bereik_verloop.history_table(years).texts

    assert shown["instellingen_bereikt"].to_list() == ["ontbreekt"] * 2
    assert shown["aandeel_in_jaar"].to_list() == ["ontbreekt"] * 2
    for column in ("instellingen_bereikt_cumulatief", "aandeel_sinds_plan", "professionals_cumulatief"):
        assert shown[column].to_list() == ["n.v.t.", "ontbreekt"]
    of_a_part = bereik_verloop.history_table(years, is_since_plan=False).texts
    assert of_a_part["aandeel_sinds_plan"].to_list() == ["n.v.t."] * 2


def target(code, realised, forecast=None, *, is_known=True):
    return {
        "code": code, "omschrijving": code, "eenheid": "clb", "strategie": None, "bron": "POC 3.4",
        "streefwaarde": 10.0, "gerealiseerd": realised, "aandeel": None if realised is None else realised / 10,
        "prognose": forecast, "aandeel_prognose": None if forecast is None else forecast / 10, "basis_datum": None,
        "is_volledig_bekend": is_known,
    }  # fmt: skip


def test_a_target_without_one_of_its_sources_has_no_forecast_and_counts_only_when_it_was_met():
    rows = frame([target("A", 3, is_known=False), target("B", 5, 12.0), target("C", 11, is_known=False)])
    chart = bereik_doelen.targets(rows)

    assert chart.spec.title.startswith("Gehaald of op weg: 2 van de 2 ")
    assert chart.native.categories == ("A (minstens)", "B", "C (minstens)")
    shown = bereik_doelen.targets_table(rows).texts
    assert shown["gerealiseerd"].to_list() == ["minstens 3", "5", "minstens 11"]
    assert shown["prognose"].to_list() == ["ontbreekt", "12", "n.v.t."]
    assert bereik_doelen.targets(rows.head(1)).spec.title == "Worden de bereikdoelen gehaald?"


def test_a_share_not_reached_is_not_drawn_where_only_who_was_reached_is_known():
    rows = pl.DataFrame(
        {
            "kenmerk": ["onderwijsniveau"] * 2, "klasse": ["BaO", "SO"], "instellingen": [6, 2], "onbekend": [4, 0],
            "niet_bereikt": [None, 0], "aandeel_niet_bereikt": [None, 0.0],
        }
    )  # fmt: skip

    assert not bereik_noden.traits(rows).native.categories
    assert bereik_noden.no_traits(rows, BECAUSE) == f"Wie niet bereikt is, is niet bekend{BECAUSE}"
    assert bereik_noden.traits_table(rows).texts["niet_bereikt"].to_list() == ["ontbreekt", "0"]


def test_great_needs_without_any_doorlichting_are_missing_or_at_least_that():
    none = matrix(is_trap_bekend=False, instellingen=4, bereikt=4, nood_onbekend=4).with_columns(
        trap=pl.lit(None, pl.String)
    )
    assert bereik_noden.need_matrix_table(none).texts.row(0) == ("ontbreekt", "4", "0", "4", "ontbreekt", "ontbreekt")
    assert bereik_noden.need_matrix(none).native.categories == ("Trap niet bekend",)
    some = none.with_columns(grote_noden=2, niet_bereikt_grote_noden=1, nood_onbekend=2)
    assert bereik_noden.need_matrix_table(some).texts.row(0)[-2:] == ("minstens 2", "minstens 1")
    assert bereik_noden.great_needs_sentence(some) == "Minstens 1 instelling met grote noden is niet bereikt"
    empty = pl.DataFrame({"instellingsnummer": []})
    assert bereik_noden.not_reached_title(empty, none, "alle", "2025-2026", "groot").startswith("Welke instellingen")
    assert "doorlichting" in bereik_noden.nothing_listed(none, "groot", "")


def test_counts_of_the_matrix_are_missing_where_the_reach_is_not_known():
    partly = matrix(instellingen=4, bereikt=1, onbekend=3, grote_noden=2, onbekend_grote_noden=1)

    row = bereik_noden.need_matrix_table(partly).texts.row(0, named=True)
    assert row["bereikt"] == "minstens 1"
    assert [row[name] for name in ("niet_bereikt", "niet_bereikt_grote_noden")] == ["ontbreekt"] * 2
    assert (row["onbekend"], row["grote_noden"]) == ("3", "2")


def test_classes_of_intensity_that_nobody_could_tell_are_missing_and_no_zero():
    known = {"niet_bereikt": 0, "helpdesk": 0, "opleiding_en_vorming": 0, "plg": 0, "verandertraject": 2}
    counts = pl.DataFrame([{"onderwijsniveau": "alle", "instellingen": 8, **known, "onbekend": 6}])

    row = bereik_intensiteit.intensity_table(counts).texts.row(0, named=True)
    assert [row[name] for name in known] == ["ontbreekt"] * 4 + ["2"]
    unknown = counts.with_columns(verandertraject=0, onbekend=8)
    assert not bereik_intensiteit.intensity(unknown).native.categories
    assert bereik_intensiteit.no_intensity(unknown, BECAUSE).endswith(BECAUSE)


def test_downloads_write_the_least_that_a_value_can_be_as_words_and_other_values_as_numbers():
    rows = pl.DataFrame({"bereikt": [1250, 1250], "aandeel": [0.25, 0.25], "is_ondergrens": [False, True]})
    columns = (Column("bereikt", "Bereikt", "geheel"), Column("aandeel", "Aandeel", "aandeel"))
    shown = Table(rows, columns, at_least=dict.fromkeys(("bereikt", "aandeel"), "is_ondergrens"))

    lines = csv_file(shown, CONTEXT, "inschrijvingen").decode("utf-8-sig").splitlines()
    assert lines[1:3] == ["1250;25,0", "minstens 1250;minstens 25,0"]
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_file(shown, CONTEXT, "inschrijvingen")))["Gegevens"]
    assert [[cell.value for cell in line] for line in sheet.iter_rows(min_row=2)] == [
        [1250, 0.25],
        ["minstens 1.250", "minstens 25,0 %"],
    ]
