-- description: one row per begeleider, month and planning category, with the dagdelen of work in the agenda until the
--   peildatum. Overlapping items count once: each stretch of time is given to the item that began first (at the same
--   moment: the newest delivery, then an item with a category). Free time, leave and items that are no work are left
--   out; an all-day item is work only when its category says so, and then on weekdays
-- grain: begeleider, maand, categorie
-- key: begeleider, maand, categorie
-- assert: dagdelen > 0
with werk as (
    select
        items.begeleider,
        items.volgorde,
        items.begin,
        items.einde,
        items.is_hele_dag,
        betekenis.planningscategorie
    from staging.stg_agenda__items as items
    left join core.dim_agenda_categorie as betekenis using (categorieen)
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
    select begeleider, volgorde, planningscategorie, begin, einde from werk where not is_hele_dag
    union all
    select
        begeleider,
        volgorde,
        planningscategorie,
        dag + to_hours(getvariable('agenda.begin_hele_dag_uur')),
        dag + to_hours(getvariable('agenda.begin_hele_dag_uur') + getvariable('agenda.uren_hele_dag'))
    from dagen
    where isodow(dag) <= 5
),

-- All items earlier in this order began at or before this one, so what they leave of it is the part after
-- their latest end.
vrijgelaten as (
    select
        begeleider,
        planningscategorie,
        greatest(begin, max(einde) over (
            partition by begeleider
            order by begin, volgorde desc, planningscategorie nulls last
            rows between unbounded preceding and 1 preceding
        )) as begin,
        least(einde, getvariable('peildatum') + interval 1 day) as einde
    from intervallen
),

-- A stretch over the turn of a month is divided at midnight.
per_maand as (
    select
        begeleider,
        planningscategorie,
        begin,
        einde,
        unnest(generate_series(
            date_trunc('month', begin), date_trunc('month', einde - interval 1 microsecond), interval 1 month
        )) as maand
    from vrijgelaten
    where begin < einde
)

select
    begeleider,
    maand::date as maand,
    coalesce(planningscategorie, 'zonder categorie') as categorie,
    sum(epoch(least(einde, maand + interval 1 month)) - epoch(greatest(begin, maand)))
    / 3600 / getvariable('planning.uren_per_dagdeel') as dagdelen
from per_maand
group by begeleider, maand, planningscategorie
