-- description: one row per deadline that a doorlichting sets (plan PBD 4.4), in the year of follow-up it falls in. Met
--   means: the date was delivered; an intermediate evaluation is recorded nowhere and counts as met once its day is over
-- grain: doorlichting_id, soort, deadline
-- key: doorlichting_id, soort, deadline
with eerste_jaren as (
    select * from core.opvolging where jaar = 1
),

termijnen as (
    select
        doorlichting_id,
        1 as jaar,
        'engagementsverklaring' as soort,
        datum + to_days(getvariable('opvolging.dagen_engagementsverklaring')::integer) as deadline,
        engagementsverklaring_datum is not null as is_gehaald
    from eerste_jaren
    where aanleiding != '2B'

    union all by name

    select
        doorlichting_id,
        1 as jaar,
        'ondersteuningsplan' as soort,
        datum + to_months(getvariable('opvolging.maanden_ondersteuningsplan')::integer) as deadline,
        ondersteuningsplan_datum is not null as is_gehaald
    from eerste_jaren
    where aanleiding = '2A'

    union all by name

    select
        doorlichting_id,
        1 as jaar,
        'beroep' as soort,
        datum + to_days(getvariable('opvolging.dagen_beroep')::integer) as deadline,
        beroep_datum is not null as is_gehaald
    from eerste_jaren
    where aanleiding = '2B'

    union all by name

    -- A new inspection follows on an appeal; its report closes the follow-up.
    select
        doorlichting_id,
        1 as jaar,
        'nieuwe doorlichting' as soort,
        beroep_datum + to_days(getvariable('opvolging.dagen_nieuwe_doorlichting')::integer) as deadline,
        gesloten_datum is not null as is_gehaald
    from eerste_jaren
    where aanleiding = '2B' and beroep_datum is not null
),

-- Twelve months of evaluations for each year of follow-up, counted from the report; a year is a schooljaar.
evaluaties as (
    select
        opvolging.doorlichting_id,
        opvolging.begin,
        opvolging.jaar,
        unnest(generate_series(
            opvolging.datum + to_months(getvariable('opvolging.maanden_tussentijdse_evaluatie')::integer),
            opvolging.datum + to_years(opvolging.jaar::integer),
            to_months(getvariable('opvolging.maanden_tussentijdse_evaluatie')::integer)
        ))::date as deadline
    from core.opvolging
    where opvolging.aanleiding = '2A'
)

select
    doorlichting_id,
    jaar,
    soort,
    deadline::date as deadline,
    is_gehaald
from termijnen

union all

select
    doorlichting_id,
    jaar,
    'tussentijdse evaluatie',
    deadline,
    deadline < getvariable('peildatum')
from evaluaties
where deadline between begin and begin + interval 1 year - interval 1 day
