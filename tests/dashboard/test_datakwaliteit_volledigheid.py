"""The map of who has not delivered: where nobody is expected, it says so."""

import polars as pl

from dashboard import data, format
from dashboard.figures.datakwaliteit_volledigheid import (
    NO_COMPLETENESS,
    completeness_chart,
    completeness_rows,
    missing_title,
    nobody_missing,
)
from dashboard.filters import ALL
from warehouse.scope import Scope

ROWS = pl.DataFrame(
    {
        "tabel": ["instellingen", "clb_medewerkers", "instellingen", "clb_medewerkers"],
        "bron": ["instellingen", "poc", "instellingen", "poc"],
        "scholengroep_nummer": ["1", "1", "2", "2"],
        "scholengroep": ["Noord", "Noord", "Zuid", "Zuid"],
        "eenheid": ["instelling", "instelling", "instelling", None],
        "aantal_verwacht": [30, 1, 20, None],
        "aantal_geleverd": [29, 0, 20, None],
        "aandeel_geleverd": [29 / 30, 0.0, 1.0, None],
        "is_lopend": [False, False, False, None],
    }
)


def test_a_cell_where_nobody_is_expected_says_so_and_so_does_the_legend(data_dir):
    with data.scoped(Scope(known=True, leveringen=True)):
        rows = completeness_rows(ROWS, ALL)
        chart = completeness_chart(rows, "2025-2026")
    assert rows["stand"].to_list() == ["bijna volledig", "niets geleverd", "volledig", format.NOT_APPLICABLE]
    cells, *marks = chart.figure.data
    assert [list(line) for line in cells.text] == [["1", "1"], ["✓", "–"]]
    assert all(None not in line for line in cells.z)
    assert marks[-1].name == "n.v.t."
    assert "2 van 3 combinaties zijn niet volledig, waarvan 1 leeg" in chart.spec.alt
    assert "– (n.v.t.): daar wordt niemand verwacht" in chart.spec.note


def test_where_nobody_is_known_to_be_expected_nobody_is_said_to_be_complete(data_dir):
    missing = pl.DataFrame({"instellingsnummer": []}, schema={"instellingsnummer": pl.String})
    with data.scoped(Scope(known=True, leveringen=True)):
        for expected in (ROWS.clear(), ROWS.filter(pl.col("aantal_verwacht").is_null())):
            rows = completeness_rows(expected, ALL)
            assert completeness_chart(rows, "").spec.title == "Wie heeft niet volledig geleverd?"
            assert missing_title(missing, rows, "") == "Wie ontbreekt?"
            assert nobody_missing(rows) == NO_COMPLETENESS
        whole = completeness_rows(ROWS.filter(pl.col("aandeel_geleverd") == 1), ALL)
        assert completeness_chart(whole, "2025-2026").spec.title == "Alle scholengroepen zijn volledig voor 2025-2026"
        assert missing_title(missing, whole, "2025-2026") == "Wie ontbreekt voor 2025-2026? 0 instellingen"
        assert nobody_missing(whole) != NO_COMPLETENESS
