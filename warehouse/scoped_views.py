"""The views through which readers see the marts: only what is theirs, decided where the data are read.

Every mart has a view of the same name in `zicht`, with the rows that the reader may see whole. A mart that has
`anonymous` columns also has one in `netwerk`, with every row: of what is not the reader's own only those columns, the
others null. Both ask the connection's variables (`scope.…`), which `warehouse.queries.fetch` binds for every reader; a
variable that was not set is null, and null shows nothing.

The words of `-- scope:` in a model's header (several: any of them will do):

- instelling: the rows of the reader's own instellingen, by their last known scholengroep and onderwijsniveau
- scholengroep: the rows of the reader's own scholengroepen and onderwijsniveaus; totals ('alle') with the network
- netwerk, werkdruk, leveringen: who has that right; of the network also the rows of an own onderwijsniveau
- iedereen: who has any role
- hr: nobody, here: those rows are in a file of their own
"""

from collections.abc import Mapping, Sequence

import duckdb

from warehouse.model import BuildError, Model

OWN = "zicht.eigen_instelling"
#: Made anew in every process: joins another instelling's rows within one query, and tells nothing outside it.
_LINK = "md5(getvariable('scope.zout') || {column})"
_NOBODY = "select null::varchar as instellingsnummer where false"
_EVERYWHERE = "getvariable('scope.alle_instellingen')"
_OWN_GROUP = "list_contains(getvariable('scope.scholengroepen')::varchar[], scholengroep_nummer)"
_OWN_LEVEL = "list_contains(getvariable('scope.onderwijsniveaus')::varchar[], onderwijsniveau)"


def write_scoped_views(con: duckdb.DuckDBPyConnection, models: Mapping[str, Model]) -> None:
    """Make the schemas `zicht` and `netwerk` over the marts that are there."""
    for schema in ("zicht", "netwerk"):
        con.execute(f"create schema if not exists {schema}")
    made = con.execute("select table_name from duckdb_tables() where schema_name = 'mart'").fetchall()
    marts = {row[0] for row in made}
    con.execute(_own_institutions() if "instelling_jaar" in marts else f"create or replace view {OWN} as {_NOBODY}")
    for model in models.values():
        if model.schema == "mart" and model.table in marts:
            columns = con.table(model.name).columns
            con.execute(_view(model, columns))
            if model.anonymous:
                con.execute(_network_view(model, columns))


def refuse_unknown_columns(model: Model, columns: Sequence[str]) -> None:
    """Raise `BuildError` where a mart's header names a column that it does not have, or its scope goes by one."""
    needed = {"instelling": "instellingsnummer", "scholengroep": "scholengroep_nummer"}
    named = [*model.anonymous, *model.link, *model.neighbour, *(needed[word] for word in model.scope if word in needed)]
    for column in named:
        if column not in columns:
            raise BuildError(f"{model.name}: de hoofding noemt de kolom {column}, maar die bestaat niet.")


def _own_institutions() -> str:
    """Return the view of the reader's own instellingen: one that went elsewhere is no longer theirs, its past is."""
    return f"""
        create or replace view {OWN} as
        select instellingsnummer
        from (
            select instellingsnummer, arg_max(scholengroep_nummer, schooljaar) as scholengroep_nummer,
                arg_max(onderwijsniveau, schooljaar) as onderwijsniveau
            from mart.instelling_jaar
            group by instellingsnummer
        )
        where {_EVERYWHERE} or {_OWN_GROUP} or {_OWN_LEVEL}
    """


def _view(model: Model, columns: Sequence[str]) -> str:
    """Return the view of what the reader may see whole; another instelling's columns only where that is theirs too."""
    whole = _is_own(model, columns)
    shown = f"({whole})"
    listed = list(columns)
    if "scholengroep" in model.scope:
        shown += " or (scholengroep_nummer = 'alle' and getvariable('scope.netwerk'))"
        if model.anonymous:
            listed = [_masked(name, whole, shown=name in (*model.anonymous, "scholengroep_nummer")) for name in columns]
    if model.neighbour:
        other = model.neighbour[0]
        is_own = f"{_EVERYWHERE} or {other} in (from {OWN})"
        listed = [_masked(column, is_own, shown=column not in model.neighbour) for column in columns]
        listed.append(f"{_LINK.format(column=other)} as {other}_sleutel")
    return f"create or replace view zicht.{model.table} as select {', '.join(listed)} from {model.name} where {shown}"


def _network_view(model: Model, columns: Sequence[str]) -> str:
    """Return the view of every row, with what tells whose it is left out where it is not the reader's own."""
    whole = _is_own(model, columns)
    listed = [_masked(column, whole, shown=column in model.anonymous, link=column in model.link) for column in columns]
    if "instellingsnummer" in columns:
        listed.append(f"{_LINK.format(column='instellingsnummer')} as sleutel")
    return f"""
        create or replace view netwerk.{model.table} as
        select {", ".join(listed)} from {model.name} where ({whole}) or getvariable('scope.netwerk')
    """


def _masked(column: str, condition: str, *, shown: bool, link: bool = False) -> str:
    instead = f" else {_LINK.format(column=column)}" if link else ""
    return column if shown else f"case when {condition} then {column}{instead} end as {column}"


def _is_own(model: Model, columns: Sequence[str]) -> str:
    """Return the condition under which a row is the reader's own."""
    level = f" or {_OWN_LEVEL}" if "onderwijsniveau" in columns else ""
    conditions = {
        "instelling": f"{_EVERYWHERE} or instellingsnummer in (from {OWN})",
        "scholengroep": f"{_EVERYWHERE} or {_OWN_GROUP}{level}",
        "netwerk": f"getvariable('scope.netwerk'){level}",
        "werkdruk": "getvariable('scope.werkdruk')",
        "leveringen": "getvariable('scope.leveringen')",
        "iedereen": "getvariable('scope.known')",
        "hr": "false",
    }
    return f"coalesce({' or '.join(conditions[word] for word in model.scope)}, false)"
