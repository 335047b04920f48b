from datetime import date

import polars as pl

from dashboard.tables import Column, Picture, Table, kind_of, table


def texts(values, kind, **settings):
    frame = pl.DataFrame({"x": values, **settings.pop("beside", {})}, strict=False)
    return Table(frame, (Column("x", "X", kind),), **settings).texts["x"].to_list()


def test_numbers_dates_and_flags_are_written_in_dutch():
    assert texts([1234, -5, None], "geheel") == ["1.234", "-5", "ontbreekt"]
    assert texts([64.0, 44.5], "dagdelen") == ["64", "44,5"]
    assert texts([12.345], "pct") == ["12,3 %"]
    assert texts([date(2025, 3, 10)], "datum") == ["10/03/2025"]
    assert texts([True, False, None], "janee") == ["ja", "nee", "ontbreekt"]
    assert texts([["a", "b"], []], "lijst") == ["a, b", "geen"]


def test_a_missing_value_shows_its_own_reason():
    shown = texts(
        [0.25, None, None, None],
        "aandeel",
        beside={"reden": [None, "beschermd", "nvt", None]},
        reason="reden",
    )
    assert shown == ["25,0 %", "beschermd", "n.v.t.", "ontbreekt"]


def test_decimals_of_a_share_follow_its_number_of_persons():
    shown = texts([0.3085, 0.3085, 0.001, 0.0], "aandeel", beside={"n": [94, 263, 94, 94]}, n={"x": "n"})
    assert shown == ["31 %", "30,9 %", "afgerond naar 0", "0 %"]


def test_the_kind_follows_from_the_name_of_a_column():
    assert kind_of("aandeel_gunstig", pl.Float64()) == "aandeel"
    assert kind_of("respons_laag", pl.Float64()) == "aandeel"
    assert kind_of("diploma_pct", pl.Float64()) == "pct"
    assert kind_of("dagdelen_besteed", pl.Float64()) == "dagdelen"
    assert kind_of("is_te_laat", pl.Boolean()) == "janee"
    assert kind_of("instellingsnummer", pl.String()) == "tekst"


def test_heads_and_definitions_come_from_the_warehouse(data_dir):
    shown = table(pl.DataFrame({"rang": [1], "eigen_kolom": [2]}), "noden", ["rang", "eigen_kolom"])
    assert [column.head for column in shown.columns] == ["Rang", "Eigen kolom"]
    assert shown.columns[0].definition.startswith("Plaats in de rangschikking")


def test_a_column_of_another_mart_keeps_its_description(data_dir):
    shown = table(
        pl.DataFrame({"rang": [1], "advies": ["2A"]}), "noden", ["rang", "advies"], further_mart="doorlichting"
    )
    assert [column.definition for column in shown.columns] == [
        "Plaats in de rangschikking; 1 = grootste nood.",
        "Advies van de inspectie.",
    ]


def test_a_page_can_say_what_its_own_column_means(data_dir):
    shown = table(pl.DataFrame({"eigen": [1]}), "noden", ["eigen"], meanings={"eigen": "Eigen uitleg."})
    assert shown.columns[0].definition == "Eigen uitleg."


def test_a_drawing_stands_before_its_column_on_screen_and_nowhere_else():
    frame = pl.DataFrame({"naam": ["De Beuk"], "score": [0.5], "beeld": ["data:image/svg+xml;utf8,<svg/>"]})
    columns = (Column("naam", "Instelling", "tekst"), Column("score", "Score", "decimaal2"))
    shown = Table(frame, columns, pictures={"score": Picture("beeld", "Opbouw", "Wat het toont.", 120)})
    assert shown.grid.column_names == ["naam", "beeld", "score"]
    assert shown.texts.columns == ["naam", "score"]


def test_some_rows_of_a_table_are_a_table():
    frame = pl.DataFrame({"naam": ["a", "b", "c"]})
    assert Table(frame, (Column("naam", "Naam", "tekst"),)).rows(1, 5).texts["naam"].to_list() == ["b", "c"]
