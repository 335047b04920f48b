-- description: one row per delivered table, schooljaar and scholengroep: how many of the instellingen that belong in the
--   table are in it (who has not delivered). Which onderwijsniveaus belong in a table is set in settings.toml; what was
--   delivered under the number of a predecessor counts for the instelling that stands for it
-- grain: tabel, schooljaar, scholengroep_nummer
-- key: tabel, schooljaar, scholengroep_nummer
-- scope: leveringen
-- assert: aantal_geleverd between 0 and aantal_verwacht
with geleverd as (
    select 'instroom' as tabel, schooljaar, instellingsnummer_bron from staging.stg_outputdossier__instroom
    union
    select 'doorstroom', schooljaar, instellingsnummer_bron from staging.stg_outputdossier__doorstroom
    union
    select 'leerrecht', schooljaar, instellingsnummer_bron from staging.stg_outputdossier__leerrecht
    union
    select 'leerresultaten', schooljaar, instellingsnummer_bron from staging.stg_outputdossier__leerresultaten
    union
    select 'vlaamse_toetsen', schooljaar, instellingsnummer_bron from staging.stg_vlaamse_toetsen__resultaten
),

aangekomen as (
    select distinct geleverd.tabel, geleverd.schooljaar, herkomst.instellingsnummer
    from geleverd
    inner join core.instelling_in_jaar as herkomst using (schooljaar, instellingsnummer_bron)
    where herkomst.instellingsnummer is not null
    union
    select 'instellingen', schooljaar, instellingsnummer from core.dim_instelling_jaar where is_eigen_lijst
)

select
    verwacht.tabel,
    instellingen.schooljaar,
    coalesce(instellingen.scholengroep_nummer, 'zonder') as scholengroep_nummer,
    coalesce(max(instellingen.scholengroep), 'zonder scholengroep') as scholengroep,
    count(*) as aantal_verwacht,
    count(aangekomen.instellingsnummer) as aantal_geleverd,
    count(aangekomen.instellingsnummer) / count(*) as aandeel_geleverd,
    bool_or(schooljaren.is_lopend) as is_lopend
from core.dim_instelling_jaar as instellingen
inner join settings.levering_verwacht as verwacht
    on list_contains(verwacht.onderwijsniveaus, instellingen.onderwijsniveau)
inner join core.dim_schooljaar as schooljaren using (schooljaar)
left join aangekomen
    on aangekomen.tabel = verwacht.tabel
    and aangekomen.schooljaar = instellingen.schooljaar
    and aangekomen.instellingsnummer = instellingen.instellingsnummer
group by verwacht.tabel, instellingen.schooljaar, coalesce(instellingen.scholengroep_nummer, 'zonder')
