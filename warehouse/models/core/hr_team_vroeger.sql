-- description: one row per list of HR that counted (moment), day on which a version could show something else of it,
--   month, dienst and team: the persons of that month, from that day on. A month begins to count on its first day, and
--   changes when somebody of the list enters service
-- grain: moment, dag, maand, dienst, team
-- key: moment, dag, maand, dienst, team
-- assert: personen > 0
-- assert: maand <= dag
with lijsten as (
    select distinct moment, van_datum, tot_datum from staging.stg_hr__personeel_verloop
),

dagen as (
    select lijsten.moment, maanden.maand, greatest(lijsten.van_datum, maanden.maand) as dag
    from lijsten
    inner join core.dim_maand as maanden on maanden.maand <= lijsten.tot_datum
    union
    select moment, date_trunc('month', in_dienst_datum)::date, in_dienst_datum
    from staging.stg_hr__personeel_verloop
    where in_dienst_datum between van_datum and tot_datum
)

select
    dagen.moment,
    dagen.dag,
    dagen.maand,
    personeel.dienst,
    personeel.team,
    count(*) as personen
from dagen
inner join staging.stg_hr__personeel_verloop as personeel
    on personeel.moment = dagen.moment
    and personeel.in_dienst_datum <= least(dagen.dag, last_day(dagen.maand))
    and coalesce(personeel.uit_dienst_datum, dagen.dag) >= dagen.maand
group by dagen.moment, dagen.dag, dagen.maand, personeel.dienst, personeel.team
