-- description: one row per delivered table, schooljaar and scholengroep: how many of the instellingen that belong in the
--   table are in it (mart.levering_instelling), or whether the scholengroep is in it where that is what must be
--   (`eenheid`, set in settings.toml)
-- grain: tabel, schooljaar, scholengroep_nummer
-- key: tabel, schooljaar, scholengroep_nummer
-- scope: leveringen
-- assert: aantal_geleverd between 0 and aantal_verwacht
with groepen as (
    select 'ondersteuningsvragen' as tabel, schooljaar, scholengroep_nummer
    from staging.stg_ondersteuningsvragen__vragen
    union
    select 'planning', schooljaar, scholengroep_nummer from staging.stg_planning__planning
),

groep_verwacht as (
    select
        verwacht.tabel,
        instellingen.schooljaar,
        instellingen.scholengroep_nummer,
        max(instellingen.scholengroep) as scholengroep,
        bool_or(schooljaren.is_lopend) as is_lopend
    from core.dim_instelling_jaar as instellingen
    inner join settings.levering_verwacht as verwacht
        on verwacht.per = 'scholengroep' and list_contains(verwacht.onderwijsniveaus, instellingen.onderwijsniveau)
    inner join core.dim_schooljaar as schooljaren using (schooljaar)
    where instellingen.scholengroep_nummer is not null
    group by verwacht.tabel, instellingen.schooljaar, instellingen.scholengroep_nummer
)

select
    tabel,
    schooljaar,
    scholengroep_nummer,
    max(scholengroep) as scholengroep,
    'instelling' as eenheid,
    count(*) as aantal_verwacht,
    count(*) filter (where is_geleverd) as aantal_geleverd,
    count(*) filter (where is_geleverd) / count(*) as aandeel_geleverd,
    bool_or(is_lopend) as is_lopend
from mart.levering_instelling
group by tabel, schooljaar, scholengroep_nummer

union all

select
    verwacht.tabel,
    verwacht.schooljaar,
    verwacht.scholengroep_nummer,
    verwacht.scholengroep,
    'scholengroep',
    1,
    (groepen.scholengroep_nummer is not null)::bigint,
    (groepen.scholengroep_nummer is not null)::double,
    verwacht.is_lopend
from groep_verwacht as verwacht
left join groepen using (tabel, schooljaar, scholengroep_nummer)
