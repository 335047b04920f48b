-- description: one row per delivered table, schooljaar and instelling that belongs in the table, and whether it is in it:
--   who has not delivered. Which onderwijsniveaus belong in a table is set in settings.toml; what was delivered under the
--   number of a predecessor counts for the instelling that stands for it. Beside those that are in it, the list of the
--   instellingen itself should hold who was in that of the schooljaar before, who is in another table of the schooljaar,
--   and who is open in the register on the peildatum; of the first schooljaar nobody can be said to be missing, so it has
--   no row
-- grain: tabel, schooljaar, instellingsnummer
-- key: tabel, schooljaar, instellingsnummer
-- scope: leveringen
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
        max_by(naam, is_hoofdzetel) as naam,
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
        coalesce(instellingen.naam, register.naam) as naam,
        instellingen.onderwijsniveau,
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
        instellingen.schooljaar,
        instellingen.instellingsnummer,
        instellingen.naam,
        instellingen.onderwijsniveau,
        instellingen.scholengroep_nummer,
        instellingen.scholengroep,
        schooljaren.is_lopend
    from core.dim_instelling_jaar as instellingen
    inner join settings.levering_verwacht as verwacht
        on list_contains(verwacht.onderwijsniveaus, instellingen.onderwijsniveau)
    inner join core.dim_schooljaar as schooljaren using (schooljaar)
    where coalesce(verwacht.per, 'instelling') = 'instelling'
        and (verwacht.tabel != 'instellingen' or schooljaren.volgnummer > 1)

    union all

    select
        'instellingen',
        ontbreekt.schooljaar,
        ontbreekt.instellingsnummer,
        ontbreekt.naam,
        ontbreekt.onderwijsniveau,
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
    verwacht.instellingsnummer,
    verwacht.naam,
    verwacht.onderwijsniveau,
    coalesce(verwacht.scholengroep_nummer, 'zonder') as scholengroep_nummer,
    coalesce(verwacht.scholengroep, 'zonder scholengroep') as scholengroep,
    aangekomen.instellingsnummer is not null as is_geleverd,
    verwacht.is_lopend
from verwacht_in_jaar as verwacht
left join aangekomen using (tabel, schooljaar, instellingsnummer)
