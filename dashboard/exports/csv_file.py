"""Belgian CSV: `;` between fields, a decimal comma, a byte order mark so that Excel sees UTF-8."""

import csv
import io

import polars as pl

from dashboard import format
from dashboard.exports.context import ExportContext
from dashboard.exports.harmless import harmless_in_csv
from dashboard.tables import NUMERIC, Column, Table, decimal_text

_DECIMALS = {"geheel": 0, "dagdelen": 2, "decimaal1": 1, "decimaal2": 2, "aandeel": 1, "pct": 1}


def csv_file(table: Table, context: ExportContext, source: str, note: str = "") -> bytes:
    """Return the table as CSV: numbers without thousands separators, then, after a blank line, what they are.

    A missing or suppressed value is its word, as on screen; the least that a value can be has the word before it. A
    percentage has as many decimals as on screen.
    """
    numbers = table.frame.select(
        table.bounded(column.name, _number(table, column)).alias(column.name)
        for column in table.columns
        if column.kind in NUMERIC
    )
    merged = table.texts.with_columns(
        pl.when(numbers[name].is_null() | (pl.col(name) == format.ROUNDED_TO_ZERO))
        .then(pl.col(name))
        .otherwise(numbers[name])
        .alias(name)
        for name in numbers.columns
    )
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_head(column) for column in table.columns])
    is_number = [column.kind in NUMERIC for column in table.columns]
    for row in merged.iter_rows():
        writer.writerow(
            [value if number else harmless_in_csv(value) for value, number in zip(row, is_number, strict=True)]
        )
    writer.writerow([])
    for label, text in context.lines(table.frame.height, source, definitions(table), note):
        writer.writerow([harmless_in_csv(label), harmless_in_csv(text)])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _number(table: Table, column: Column) -> pl.Expr:
    values, decimals = pl.col(column.name), _DECIMALS[column.kind]
    if column.kind != "aandeel":
        return decimal_text(values, decimals, thousands="")
    whole, exact = (decimal_text(values * 100, places, thousands="") for places in (0, decimals))
    return pl.when(table.without_decimals(column.name)).then(whole).otherwise(exact)


def definitions(table: Table) -> dict[str, str]:
    """Return head -> definition of the columns that have one."""
    return {column.head: column.definition for column in table.columns if column.definition}


def _head(column: Column) -> str:
    unit = " (%)" if column.kind in ("aandeel", "pct") and "%" not in column.head else ""
    return harmless_in_csv(column.head + unit)
