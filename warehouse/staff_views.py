"""The views of the HR file: a member of staff is there for HR, and for the hoofdadviseur who leads them.

Names stand in one table, `mart.persoon_naam`, and are joined here. Like those of `warehouse.scoped_views` these views
ask the connection's variables; one that was not set is null, and null shows nothing.
"""

import duckdb
import polars as pl

#: Sources (`bron`) of which a row is about one member of staff: what stands in it is for HR only.
STAFF_SOURCES = frozenset({"personeel", "verloven", "afwezigheden", "agenda"})

_NAMES = """
insert into mart.persoon_naam
select pseudoniem, naam
from _namen
where pseudoniem in (
    select persoon from mart.medewerker
    union all
    select begeleider from mart.medewerker
    union all
    select hoofdadviseur from mart.medewerker
)
order by pseudoniem
"""
_VIEWS = """
create schema if not exists zicht;

-- HR's list may name the hoofdadviseur by the code that they have as begeleider. Planning and agenda are kept by that
-- code: where others have one and nobody with the same functie does, they cannot exist; who lacks the code that others
-- with the same functie have, only lacks it. That is asked of the whole list, also for who sees a part of it.
create view zicht.medewerker as
with codes as (
    select begeleider, min(persoon) as persoon from mart.medewerker where begeleider is not null group by begeleider
),
staf as (
    select
        *,
        bool_or(begeleider is not null) over ()
            and not bool_or(begeleider is not null) over (partition by functie) as is_buiten_planning
    from mart.medewerker
)
select
    staf.*,
    eigen.naam,
    code.naam as code,
    coalesce(collega.naam, leiding.naam) as hoofdadviseur_naam
from staf
left join mart.persoon_naam as eigen on eigen.pseudoniem = staf.persoon
left join mart.persoon_naam as code on code.pseudoniem = staf.begeleider
left join mart.persoon_naam as leiding on leiding.pseudoniem = staf.hoofdadviseur
left join codes on codes.begeleider = staf.hoofdadviseur
left join mart.persoon_naam as collega on collega.pseudoniem = codes.persoon
where getvariable('scope.hr')
    or lower(coalesce(collega.naam, leiding.naam)) = getvariable('scope.hr_hoofdadviseur');

create view zicht.medewerker_maand as
select * from mart.medewerker_maand where persoon in (select persoon from zicht.medewerker);

-- Who plans or keeps an agenda without being in HR's list is nobody's team: for HR only.
create view zicht.werkdruk as
select * from mart.werkdruk
where getvariable('scope.hr') or begeleider in (select begeleider from zicht.medewerker where begeleider is not null);
"""


def write_names(con: duckdb.DuckDBPyConnection, names: pl.DataFrame) -> None:
    """Write the names of who is in the list of staff; `names` has pseudoniem and naam, of more persons perhaps."""
    con.register("_namen", names)
    con.execute(_NAMES)
    con.unregister("_namen")


def write_staff_views(con: duckdb.DuckDBPyConnection) -> None:
    """Make the views over the tables of the HR file."""
    con.execute(_VIEWS)
