-- description: one row per begeleider, month and planning category, with the dagdelen of work in the agenda until the
--   peildatum. Overlapping items count once: each stretch of time is given to the item that began first (at the same
--   moment: the newest delivery, then an item with a category). Free time, leave and items that are no work are left
--   out; an all-day item is work only when its category says so, and then on weekdays
-- grain: begeleider, maand, categorie
-- key: begeleider, maand, categorie
-- assert: dagdelen > 0
with categorieen as (
    select
        categorieen,
        proces,
        planningscategorie,
        -- millions of items are put in order: by a number that costs half of what it costs by a text
        if(planningscategorie is null, null, dense_rank() over (order by planningscategorie)) as nummer
    from core.dim_agenda_categorie
),

werk as (
    select
        items.begeleider,
        items.volgorde,
        items.begin,
        items.einde,
        items.is_hele_dag,
        betekenis.nummer as categorie_nummer
    from staging.stg_agenda__items as items
    left join categorieen as betekenis using (categorieen)
    where not exists (from settings.agenda_vrij as vrij where vrij.waarde = items.tijd_weergeven_als)
        and coalesce(betekenis.proces, 'onbekend') not in ('verlof', 'geen werk')
        and not (items.is_hele_dag and betekenis.proces is null)
        and items.begin::date <= getvariable('peildatum')
),

-- Outlook and iCalendar give an all-day item the midnight after its last day as its end.
dagen as (
    select
        * exclude (begin, einde, is_hele_dag),
        unnest(generate_series(
            date_trunc('day', begin),
            greatest(date_trunc('day', begin), einde - interval 1 microsecond),
            interval 1 day
        )) as dag
    from werk
    where is_hele_dag
),

intervallen as (
    select
        *,
        date_trunc('month', begin) as maand,
        date_trunc('month', einde - interval 1 microsecond) as laatste_maand
    from (
        select begeleider, volgorde, categorie_nummer, begin, einde from werk where not is_hele_dag
        union all
        select
            begeleider,
            volgorde,
            categorie_nummer,
            dag + to_hours(getvariable('agenda.begin_hele_dag_uur')),
            dag + to_hours(getvariable('agenda.begin_hele_dag_uur') + getvariable('agenda.uren_hele_dag'))
        from dagen
        where isodow(dag) <= 5
    )
),

-- A stretch over the turn of a month is divided at midnight.
per_maand as (
    select * exclude (laatste_maand) from intervallen where maand = laatste_maand
    union all
    select * exclude (laatste_maand) replace (unnest(generate_series(maand, laatste_maand, interval 1 month)) as maand)
    from intervallen
    where maand < laatste_maand
),

-- All items earlier in this order began at or before this one, so what they leave of it is the part after
-- their latest end. Looked for among those of a month: the latest of all before costs three times as much.
vrijgelaten as (
    select
        begeleider,
        maand,
        categorie_nummer,
        greatest(begin, maand, max(einde) over (
            partition by begeleider, maand
            order by begin, volgorde desc, categorie_nummer nulls last
            rows between unbounded preceding and 1 preceding
        )) as begin,
        least(einde, maand + interval 1 month, getvariable('peildatum') + interval 1 day) as einde
    from per_maand
),

gewerkt as (
    select
        begeleider,
        maand,
        categorie_nummer,
        sum(epoch(einde) - epoch(begin)) as seconden
    from vrijgelaten
    where begin < einde
    group by begeleider, maand, categorie_nummer
)

select
    gewerkt.begeleider,
    gewerkt.maand::date as maand,
    coalesce(namen.planningscategorie, 'zonder categorie') as categorie,
    gewerkt.seconden / 3600 / getvariable('planning.uren_per_dagdeel') as dagdelen
from gewerkt
left join (select distinct nummer, planningscategorie from categorieen) as namen
    on namen.nummer = gewerkt.categorie_nummer
