-- description: one row per activiteit or traject that EDBI measures: that got invitations, or anonymous answers. A
--   traject is counted in the schooljaar of its last invitation, an activiteit in its own schooljaar. Two systems give
--   out the numbers: a traject with the number of an activiteit is marked as traject
-- grain: activiteit_of_traject_id
-- key: activiteit_of_traject_id
-- assert: (activiteit_id is null) <> (traject_id is null)
with activiteiten as (
    select activiteit_id from staging.stg_edbi__uitnodigingen where activiteit_id is not null
    union
    select activiteit_id from staging.stg_edbi__antwoorden
    where activiteit_id is not null and uitnodiging_id is null
),

trajecten as (
    select traject_id, year(max(verzonden_datum) - interval 8 months) as eerste_jaar -- starts on 1 September
    from staging.stg_edbi__uitnodigingen
    where activiteit_id is null and traject_id is not null
    group by traject_id
)

select
    activiteit_id as activiteit_of_traject_id,
    activiteit_id,
    null::varchar as traject_id,
    activiteit.schooljaar,
    activiteit.strategie,
    activiteit.titel,
    activiteit.organisator,
    activiteit.einddatum as datum
from activiteiten
inner join staging.stg_registratie__activiteiten as activiteit using (activiteit_id)
union all
select
    if(
        traject_id in (select activiteit_id from staging.stg_registratie__activiteiten),
        traject_id || ' (traject)',
        traject_id
    ),
    null,
    traject_id,
    format('{}-{}', trajecten.eerste_jaar, trajecten.eerste_jaar + 1),
    traject.strategie,
    concat_ws(', ', traject.soort, traject.focus),
    null,
    coalesce(traject.einddatum, traject.startdatum)
from trajecten
inner join core.fct_trajecten as traject using (traject_id)
