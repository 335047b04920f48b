-- description: one row per calendar month of every schooljaar that institutions, planning, agenda or peildatum touch
-- grain: maand
-- key: maand
-- assert: werkdagen between 20 and 23
with eerste_jaren as (
    select left(schooljaar, 4)::integer as jaar from core.dim_schooljaar
    union all
    select left(schooljaar, 4)::integer from staging.stg_planning__planning
    union all
    select year(begin - interval 8 months) from staging.stg_agenda__items -- a schooljaar starts on 1 September
    union all
    select year(getvariable('peildatum') - interval 8 months)
),

dagen as (
    select unnest(generate_series(
        make_date(min(jaar), 9, 1)::timestamp, make_date(max(jaar) + 1, 8, 31)::timestamp, interval 1 day
    ))::date as dag
    from eerste_jaren
)

select
    date_trunc('month', dag)::date as maand,
    format('{}-{}', year(min(dag) - interval 8 months), year(min(dag) - interval 8 months) + 1) as schooljaar,
    (month(min(dag)) + 3) % 12 + 1 as volgnummer, -- 1 = September, 12 = August
    count(*) filter (where isodow(dag) <= 5) as werkdagen,
    count(*) filter (where dag <= getvariable('peildatum')) as dagen_tot_peildatum
from dagen
group by date_trunc('month', dag)
