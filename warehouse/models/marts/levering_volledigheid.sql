-- description: one row per delivered table, schooljaar and scholengroep: how many of the instellingen that belong in the
--   table are in it (who has not delivered), or whether the scholengroep is in it where that is what must be (`eenheid`).
--   Which onderwijsniveaus belong in a table is set in settings.toml; what was delivered under the number of a predecessor
--   counts for the instelling that stands for it
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
    union
    select 'clb_medewerkers', schooljaar, instellingsnummer_bron from staging.stg_poc__clb_medewerkers
),

groepen as (
    select 'ondersteuningsvragen' as tabel, schooljaar, scholengroep_nummer
    from staging.stg_ondersteuningsvragen__vragen
    union
    select 'planning', schooljaar, scholengroep_nummer from staging.stg_planning__planning
),

aangekomen as (
    select distinct geleverd.tabel, geleverd.schooljaar, herkomst.instellingsnummer
    from geleverd
    inner join core.instelling_in_jaar as herkomst using (schooljaar, instellingsnummer_bron)
    where herkomst.instellingsnummer is not null
    union
    select 'instellingen', schooljaar, instellingsnummer from core.dim_instelling_jaar where is_eigen_lijst
),

verwacht_in_jaar as (
    select
        verwacht.tabel,
        coalesce(verwacht.per, 'instelling') as eenheid,
        instellingen.*,
        schooljaren.is_lopend
    from core.dim_instelling_jaar as instellingen
    inner join settings.levering_verwacht as verwacht
        on list_contains(verwacht.onderwijsniveaus, instellingen.onderwijsniveau)
    inner join core.dim_schooljaar as schooljaren using (schooljaar)
)

select
    verwacht.tabel,
    verwacht.schooljaar,
    coalesce(verwacht.scholengroep_nummer, 'zonder') as scholengroep_nummer,
    coalesce(max(verwacht.scholengroep), 'zonder scholengroep') as scholengroep,
    verwacht.eenheid,
    count(*) as aantal_verwacht,
    count(aangekomen.instellingsnummer) as aantal_geleverd,
    count(aangekomen.instellingsnummer) / count(*) as aandeel_geleverd,
    bool_or(verwacht.is_lopend) as is_lopend
from verwacht_in_jaar as verwacht
left join aangekomen
    on aangekomen.tabel = verwacht.tabel
    and aangekomen.schooljaar = verwacht.schooljaar
    and aangekomen.instellingsnummer = verwacht.instellingsnummer
where verwacht.eenheid = 'instelling'
group by verwacht.tabel, verwacht.schooljaar, verwacht.eenheid, coalesce(verwacht.scholengroep_nummer, 'zonder')

union all

select
    verwacht.tabel,
    verwacht.schooljaar,
    verwacht.scholengroep_nummer,
    max(verwacht.scholengroep),
    verwacht.eenheid,
    1,
    count(distinct groepen.scholengroep_nummer),
    count(distinct groepen.scholengroep_nummer),
    bool_or(verwacht.is_lopend)
from verwacht_in_jaar as verwacht
left join groepen
    on groepen.tabel = verwacht.tabel
    and groepen.schooljaar = verwacht.schooljaar
    and groepen.scholengroep_nummer = verwacht.scholengroep_nummer
where verwacht.eenheid = 'scholengroep' and verwacht.scholengroep_nummer is not null
group by verwacht.tabel, verwacht.schooljaar, verwacht.scholengroep_nummer, verwacht.eenheid
