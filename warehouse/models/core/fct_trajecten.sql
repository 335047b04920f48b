-- description: one row per traject, in the schooljaar it starts, with its institution as numbered in that schooljaar;
--   a scholengroep-wide traject has a scholengroep and no institution
-- grain: traject_id
-- key: traject_id
-- assert: strategie in ('vt', 'plg', 'project', 'opvolging')
with trajecten as (
    select
        *,
        year(startdatum - interval 8 months) as eerste_jaar -- a schooljaar starts on 1 September
    from staging.stg_verslagtool__trajecten
),

met_schooljaar as (
    select * exclude (eerste_jaar), format('{}-{}', eerste_jaar, eerste_jaar + 1) as schooljaar from trajecten
)

select
    trajecten.traject_id,
    trajecten.schooljaar,
    trajecten.instellingsnummer_bron,
    opvolging.instellingsnummer,
    coalesce(instelling.scholengroep_nummer, trajecten.scholengroep_nummer_bron) as scholengroep_nummer,
    instelling.onderwijsniveau,
    trajecten.instellingsnummer_bron is null as is_scholengroepbreed,
    trajecten.soort,
    case when trajecten.soort like 'opvolging%' then 'opvolging' else trajecten.soort end as strategie,
    trajecten.focus,
    trajecten.beleidsprioriteiten,
    trajecten.poolsteropleiding,
    trajecten.startdatum,
    trajecten.einddatum,
    trajecten.contractdatum,
    trajecten.geplande_dagdelen,
    trajecten.status,
    trajecten.label
from met_schooljaar as trajecten
left join core.instelling_bij_werk as opvolging
    on opvolging.schooljaar = trajecten.schooljaar
    and opvolging.instellingsnummer_bron = trajecten.instellingsnummer_bron
left join core.dim_instelling_jaar as instelling
    on instelling.schooljaar = trajecten.schooljaar
    and instelling.instellingsnummer = opvolging.instellingsnummer
