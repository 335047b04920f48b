"""Nothing outside a reader's scope comes out of any query, whatever is asked."""

import importlib
import inspect
import itertools
import pkgutil
from collections.abc import Callable, Iterator, Sequence

import duckdb
import polars as pl
import pytest

import warehouse.queries
from tests.dashboard.small_warehouse import publish
from tests.readers import EVERYTHING
from warehouse.connection import open_for_writing, open_read_only
from warehouse.queries.fetch import OutsideScopeError, fetch, reading
from warehouse.scope import NOTHING, Scope

NORTH = Scope(known=True, scholengroepen=("1",), netwerk=True)
READERS = {
    "SPOC of scholengroep 1": NORTH,
    "SPOC of scholengroep 12": Scope(known=True, scholengroepen=("12",), netwerk=True),
    "POC+": Scope(known=True, onderwijsniveaus=("CLB",)),
    "BaO only": Scope(known=True, onderwijsniveaus=("BaO",)),
    "HR": Scope(known=True, hr=True, werkdruk=True),
    "databeheerder": Scope(known=True, leveringen=True),
    "toezicht": Scope(known=True, toegangslog=True),
    "nobody": NOTHING,
}
#: What a query may be asked, by the name of its parameter: what is the reader's, what is not, and what is nobody's.
ANSWERS: dict[str, tuple[object, ...]] = {
    "schooljaar": ("2025-2026", "2023-2024"),
    "scholengroep": ("alle", "1", "12"),
    "onderwijsniveau": ("alle", "BaO", "SO", "CLB"),
    "instellingsnummer": ("000011", "000033", "000044", "000055"),
    "strategie": ("alle", "plg"),
    "categorie": ("alle", "scholengroep"),
    "periode": ("jaar", "tot_en_met"),
    "per": ("strategie", "onderwijsniveau", "scholengroep"),
    "soort": ("alle",),
    "advies": ("alle", "2A"),
    "nood": ("alle", "groot"),
    "dienst": ("PBD",),
    "team": ("alle",),
    "top_n": (50,),
    "vanaf": (1,),
    "vraag": ("alle",),
    "zoek": ("",),
    "tabel": ("noden",),
}


def every_query() -> Iterator[tuple[str, Callable[..., pl.DataFrame]]]:
    """Every public function of `warehouse.queries` that takes a reader; those of the staff read another file."""
    for found in pkgutil.iter_modules(warehouse.queries.__path__):
        module = importlib.import_module(f"warehouse.queries.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            own = function.__module__ == module.__name__ and not name.startswith("_")
            if (
                own
                and name != "fetch"
                and found.name != "medewerkers"
                and next(iter(inspect.signature(function).parameters), "") == "reader"
            ):
                yield f"{found.name}.{name}", function


QUERIES = dict(every_query())


@pytest.fixture(scope="module")
def con(tmp_path_factory) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_read_only(publish(tmp_path_factory.mktemp("data"))) as connection:
        yield connection


@pytest.fixture(scope="module")
def institutions(con) -> pl.DataFrame:
    """Every instelling as it is now: instellingsnummer, naam, scholengroep_nummer, scholengroep, onderwijsniveau."""
    return con.sql(
        """
        select instellingsnummer, arg_max(naam, schooljaar) as naam,
            arg_max(scholengroep_nummer, schooljaar) as scholengroep_nummer,
            arg_max(scholengroep, schooljaar) as scholengroep,
            arg_max(onderwijsniveau, schooljaar) as onderwijsniveau
        from mart.instelling_jaar group by instellingsnummer
        """
    ).pl()


#: Who loads deliveries sees where they do not agree with each other, of every instelling.
QUALITY = "datakwaliteit."


def forbidden(institutions: pl.DataFrame, scope: Scope) -> set[str]:
    """Numbers and names of what is not the reader's own, except names that something of their own bears too."""
    own = pl.col("scholengroep_nummer").is_in(scope.scholengroepen) | pl.col("onderwijsniveau").is_in(
        scope.onderwijsniveaus
    )
    mine, others = institutions.filter(own), institutions.filter(~own)
    told = ("instellingsnummer", "naam", "scholengroep")
    return {v for c in told for v in others[c].to_list()} - {v for c in told for v in mine[c].to_list()}


def words(frame: pl.DataFrame) -> set[str]:
    """Every text in a frame, also within lists."""
    found: set[str] = set()
    for row in frame.rows():
        for value in row:
            found |= {str(item) for item in value} if isinstance(value, list) else {str(value)}
    return found


def arguments(function: Callable[..., pl.DataFrame], con: duckdb.DuckDBPyConnection) -> Iterator[dict[str, object]]:
    """Every answer to each thing that a query asks, the others at their first; tests are those that were taken."""
    names = [name for name in inspect.signature(function).parameters if name != "reader"]
    if "toets" in names:
        taken = con.sql("select distinct toets, groep as leerjaar, onderdeel as domein from mart.toets_netwerk").pl()
        rest = [name for name in names if name not in ("toets", "leerjaar", "domein")]
        for row, given in itertools.product(taken.to_dicts()[:4], varied(rest)):
            yield {name: value for name, value in row.items() if name in names} | given
    elif "tekort" in names:
        shared = con.sql(
            "select distinct concat_ws('|', scholengroep_nummer, kwaliteitsverwachting, onderwerp) "
            "from mart.doorlichting_inschaling"
        ).fetchall()
        for (code,), year in itertools.product(shared, ANSWERS["schooljaar"]):
            yield {"tekort": code, "schooljaar": year, "onderwijsniveau": "alle"}
    else:
        yield from varied(names)


def varied(names: Sequence[str]) -> Iterator[dict[str, object]]:
    """The first answer to everything, and then one thing after the other asked otherwise."""
    first = {name: ANSWERS[name][0] for name in names}
    yield first
    for name in names:
        for value in ANSWERS[name][1:]:
            yield first | {name: value}


@pytest.mark.parametrize("reader_name", READERS)
def test_no_query_tells_of_what_is_not_the_readers_own(con, institutions, reader_name):
    scope = READERS[reader_name]
    secret = forbidden(institutions, scope)
    assert secret
    with reading(con, scope) as reader:
        for name, query in QUERIES.items():
            if scope.leveringen and (name.startswith(QUALITY) or name == "doorlichtingen.differences"):
                continue
            for given in arguments(query, con):
                try:
                    found = query(reader, **given)
                except OutsideScopeError:
                    continue
                assert not words(found) & secret, (name, given)


def test_every_query_is_asked_and_gives_the_one_who_may_see_all_something(con):
    empty = []
    with reading(con, EVERYTHING) as reader:
        for name, query in QUERIES.items():
            if all(query(reader, **given).is_empty() for given in arguments(query, con)):
                empty.append(name)
    assert len(QUERIES) > 60
    assert empty == []


def test_who_is_nobody_gets_no_row_of_any_mart(con):
    views = con.sql("select schema_name, view_name from duckdb_views() where schema_name in ('zicht', 'netwerk')")
    names = views.fetchall()
    assert len(names) > 40
    with reading(con, NOTHING) as reader:
        for schema, view in names:
            assert fetch(reader, f"from {schema}.{view}").is_empty(), view


def test_a_cursor_that_was_bound_to_nobody_sees_nothing(con):
    with con.cursor() as cursor:
        assert cursor.sql("from zicht.noden").fetchall() == []
        assert cursor.sql("from netwerk.noden").fetchall() == []


def test_of_others_the_network_shows_where_they_stand_and_not_which_they_are(con):
    sql = "select instellingsnummer, naam, scholengroep, advies, rang from netwerk.noden where schooljaar = '2025-2026'"
    with reading(con, NORTH) as reader:
        rows = {row["rang"]: row for row in fetch(reader, sql).to_dicts()}
    with reading(con, EVERYTHING) as reader:
        whole = {row["rang"]: row for row in fetch(reader, sql).to_dicts()}
    assert set(rows) == set(whole)
    for place, row in rows.items():
        if row["instellingsnummer"] is None:
            assert row == {"rang": place} | dict.fromkeys(("instellingsnummer", "naam", "scholengroep", "advies"))
        else:
            assert row == whole[place]
    assert {row["instellingsnummer"] for row in rows.values()} == {"000011", "000022", None}


def test_totals_of_the_network_are_the_same_for_everybody_who_may_see_it(con):
    for name in ("bereik.need_matrix", "bereik.intensity", "bereik.not_reached_by_trait", "methode.ranked"):
        given = next(iter(arguments(QUERIES[name], con)))
        with reading(con, NORTH) as one, reading(con, EVERYTHING) as other:
            assert QUERIES[name](one, **given).equals(QUERIES[name](other, **given)), name


@pytest.mark.parametrize(
    "sql",
    [
        "from mart.noden",
        "select * from zicht.noden where rang in (select rang from mart.noden)",
        "with noden as (from mart.noden) from noden",
        "from warehouse.zicht.noden",
        "from query_table('mart.noden')",
        "from query('from mart.noden')",
        "from read_csv('/etc/passwd')",
        "from duckdb_settings()",
        "from landing.personeel",
        "from core.dim_personen",
        "select 1; select 2",
        "select * from (describe mart.noden)",
        "select * from zicht.noden where exists (from mart.noden)",
        "select (select count(*) from mart.noden) as aantal",
        "update zicht.noden set rang = 1",
        'set variable "scope.alle_instellingen" = true',
    ],
)
def test_a_statement_that_goes_round_the_views_is_refused(con, sql):
    with reading(con, EVERYTHING) as reader, pytest.raises(OutsideScopeError):
        fetch(reader, sql)


def test_rows_of_deliveries_are_for_who_loads_them(con):
    with reading(con, NORTH) as reader, pytest.raises(OutsideScopeError):
        fetch(reader, "select count(*) as aantal from meta.quarantaine")


def test_two_readers_at_once_each_keep_their_own_scope(con):
    with reading(con, NORTH) as north, reading(con, EVERYTHING) as all_:
        assert fetch(north, "from zicht.noden").height < fetch(all_, "from zicht.noden").height
        assert set(fetch(north, "select distinct scholengroep_nummer as n from zicht.noden")["n"]) == {"1"}


def test_an_institution_that_went_elsewhere_goes_with_its_past(tmp_path):
    path = publish(
        tmp_path,
        extra="""
            update mart.instelling_jaar set scholengroep_nummer = '12', scholengroep = 'De Zuidster'
            where instellingsnummer = '000022' and schooljaar = '2025-2026'
        """,
    )
    with open_read_only(path) as connection, reading(connection, NORTH) as reader:
        assert "000022" not in words(fetch(reader, "from zicht.noden"))


def test_scopes_of_two_roles_add_up():
    together = NORTH | Scope(known=True, scholengroepen=("12",), leveringen=True)
    assert together == Scope(known=True, scholengroepen=("1", "12"), netwerk=True, leveringen=True)
    assert NOTHING | NORTH == NORTH


def test_a_warehouse_from_before_there_were_scopes_shows_nothing():
    with open_for_writing() as connection:
        connection.execute("create schema mart; create table mart.noden as select 1 as rang")
        with reading(connection, EVERYTHING) as reader, pytest.raises(Exception, match="zicht"):
            fetch(reader, "from zicht.noden")
