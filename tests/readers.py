"""Readers of a warehouse that a test wrote by hand."""

from collections.abc import Callable

import duckdb
import polars as pl

from warehouse.build import MODELS_ROOT
from warehouse.model import load_models
from warehouse.queries.fetch import reading
from warehouse.scope import Scope
from warehouse.scoped_views import write_scoped_views

#: All that one file shows; the detail of persons is in another.
EVERYTHING = Scope(known=True, alle_instellingen=True, netwerk=True, werkdruk=True, leveringen=True)


def ask(con: duckdb.DuckDBPyConnection, query: Callable[..., pl.DataFrame], *args, scope: Scope = EVERYTHING):
    """Return what a query of `warehouse.queries` gives this reader of the marts as they stand now."""
    write_scoped_views(con, load_models(MODELS_ROOT))
    with reading(con, scope) as reader:
        return query(reader, *args)
