-- description: one row per interventie until the peildatum (a later one is a plan), in the schooljaar of its date, with
--   the institution of its traject as numbered in that schooljaar; an interventie of a scholengroep-wide traject has a
--   scholengroep and no institution
-- grain: interventie_id
-- key: interventie_id
with interventies as (
    select
        interventies.*,
        trajecten.instellingsnummer_bron,
        trajecten.scholengroep_nummer,
        trajecten.is_scholengroepbreed,
        trajecten.soort,
        trajecten.strategie,
        year(interventies.datum - interval 8 months) as eerste_jaar -- a schooljaar starts on 1 September
    from staging.stg_verslagtool__interventies as interventies
    inner join core.fct_trajecten as trajecten using (traject_id)
    where interventies.datum <= getvariable('peildatum')
),

met_schooljaar as (
    select * exclude (eerste_jaar), format('{}-{}', eerste_jaar, eerste_jaar + 1) as schooljaar from interventies
)

select
    interventies.interventie_id,
    interventies.traject_id,
    interventies.schooljaar,
    interventies.datum,
    opvolging.instellingsnummer,
    coalesce(instelling.scholengroep_nummer, interventies.scholengroep_nummer) as scholengroep_nummer,
    instelling.onderwijsniveau,
    interventies.is_scholengroepbreed,
    interventies.soort,
    interventies.strategie,
    interventies.dagdelen,
    interventies.begeleiders,
    interventies.aantal_deelnemers,
    interventies.bereikt,
    interventies.heeft_verslag
from met_schooljaar as interventies
left join core.instelling_bij_werk as opvolging
    on opvolging.schooljaar = interventies.schooljaar
    and opvolging.instellingsnummer_bron = interventies.instellingsnummer_bron
left join core.dim_instelling_jaar as instelling
    on instelling.schooljaar = interventies.schooljaar
    and instelling.instellingsnummer = opvolging.instellingsnummer
