-- description: one row per delivered table, schooljaar and scholengroep: how many of the instellingen that belong in the
--   table are in it (who has not delivered), or whether the scholengroep is in it where that is what must be (`eenheid`).
--   Which onderwijsniveaus belong in a table is set in settings.toml; what was delivered under the number of a predecessor
--   counts for the instelling that stands for it. Beside those that are in it, the list of the instellingen itself should
--   hold who was in that of the schooljaar before, who is in another table of the schooljaar, and who is open in the
--   register on the peildatum; of the first schooljaar nobody can be said to be missing, so it has no row
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

register as (
    select
        instellingsnummer,
        bool_and(is_gesloten) as is_gesloten,
        if(bool_and(einddatum is not null), max(einddatum), null) as einddatum,
        max(nullif(regexp_extract(lower(bestuur), 'scholengroep\s+(\d+)', 1), '')) as scholengroep_nummer
    from mart.vestiging
    group by instellingsnummer
),

hoort_in_lijst as (
    select
        schooljaren.schooljaar,
        vorige.instellingsnummer
    from core.dim_instelling_jaar as vorige
    inner join core.dim_schooljaar as vorig using (schooljaar)
    inner join core.dim_schooljaar as schooljaren on schooljaren.volgnummer = vorig.volgnummer + 1
    union
    select schooljaar, instellingsnummer_bron from geleverd
    union
    select schooljaren.schooljaar, register.instellingsnummer
    from core.dim_schooljaar as schooljaren
    cross join register
    where schooljaren.is_lopend and not register.is_gesloten -- the register is as of a day, not of a schooljaar
),

-- nobody stands for it in the list, and no successor or end is known
niet_in_lijst as (
    select
        schooljaren.schooljaar,
        hoort.instellingsnummer,
        coalesce(instellingen.scholengroep_nummer, register.scholengroep_nummer) as scholengroep_nummer,
        schooljaren.volgnummer,
        schooljaren.is_lopend
    from hoort_in_lijst as hoort
    inner join core.dim_schooljaar as schooljaren using (schooljaar)
    left join core.dim_instelling as instellingen using (instellingsnummer)
    left join register using (instellingsnummer)
    left join core.instelling_in_jaar as herkomst
        on herkomst.schooljaar = hoort.schooljaar
        and herkomst.instellingsnummer_bron = hoort.instellingsnummer
    where herkomst.instellingsnummer is null
        and instellingen.opgevolgd_door is null
        and (register.einddatum is null or register.einddatum > schooljaren.begin)
),

groepsnamen as (
    select
        scholengroep_nummer,
        arg_max(scholengroep, schooljaar) as scholengroep
    from core.dim_instelling_jaar
    group by scholengroep_nummer
),

verwacht_in_jaar as (
    select
        verwacht.tabel,
        coalesce(verwacht.per, 'instelling') as eenheid,
        instellingen.schooljaar,
        instellingen.instellingsnummer,
        instellingen.scholengroep_nummer,
        instellingen.scholengroep,
        schooljaren.is_lopend
    from core.dim_instelling_jaar as instellingen
    inner join settings.levering_verwacht as verwacht
        on list_contains(verwacht.onderwijsniveaus, instellingen.onderwijsniveau)
    inner join core.dim_schooljaar as schooljaren using (schooljaar)
    where verwacht.tabel != 'instellingen' or schooljaren.volgnummer > 1

    union all

    select
        'instellingen',
        'instelling',
        ontbreekt.schooljaar,
        ontbreekt.instellingsnummer,
        ontbreekt.scholengroep_nummer,
        groepsnamen.scholengroep,
        ontbreekt.is_lopend
    from niet_in_lijst as ontbreekt
    left join groepsnamen using (scholengroep_nummer)
    where ontbreekt.volgnummer > 1
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
