-- description: one row per schooljaar, instelling and traject that runs or is worked on in it: what support it gets.
--   Scholengroep-wide trajecten belong to no instelling and are left out. What was spent is missing for a schooljaar of
--   which no interventies were delivered
-- grain: schooljaar, instellingsnummer, traject_id
-- key: schooljaar, instellingsnummer, traject_id
-- scope: instelling
-- anonymous: schooljaar, soort, status, geplande_dagdelen, dagdelen_besteed
with besteed as (
    select
        schooljaar,
        traject_id,
        count(*) as interventies,
        sum(dagdelen::decimal(18, 4))::double as dagdelen_besteed -- exact: the same rows always give the same sum
    from core.fct_interventies
    group by schooljaar, traject_id
),

lopend as (
    select
        schooljaren.schooljaar,
        trajecten.traject_id
    from core.fct_trajecten as trajecten
    inner join core.dim_schooljaar as schooljaren
        on schooljaren.einde >= trajecten.startdatum
        -- without an end it runs on until the peildatum
        and schooljaren.begin
        <= coalesce(trajecten.einddatum, greatest(trajecten.startdatum, getvariable('peildatum')))
    where trajecten.status != 'geannuleerd'
),

jaren as (
    select schooljaar, traject_id from lopend
    union
    select schooljaar, traject_id from besteed
)

select
    jaren.schooljaar,
    herkomst.instellingsnummer,
    jaren.traject_id,
    trajecten.soort,
    trajecten.focus,
    trajecten.status,
    trajecten.startdatum,
    trajecten.einddatum,
    trajecten.geplande_dagdelen,
    case
        when jaren.schooljaar in (select schooljaar from besteed) then coalesce(besteed.dagdelen_besteed, 0)
    end as dagdelen_besteed,
    case
        when jaren.schooljaar in (select schooljaar from besteed) then coalesce(besteed.interventies, 0)
    end as interventies,
    trajecten.label
from jaren
inner join core.fct_trajecten as trajecten using (traject_id)
inner join core.instelling_in_jaar as herkomst
    on herkomst.schooljaar = jaren.schooljaar
    and herkomst.instellingsnummer_bron = trajecten.instellingsnummer_bron
    and herkomst.instellingsnummer is not null
left join besteed
    on besteed.schooljaar = jaren.schooljaar
    and besteed.traject_id = jaren.traject_id
