-- description: one row per event in the history of an instelling (and of everything it succeeded) until the peildatum:
--   reports of inspection, tests, begins of trajecten, interventies, activiteiten with participants; volgnummer 1 is the
--   oldest. Of tests only the schooljaar is known: they run from its first day to its last
-- grain: instellingsnummer, volgnummer
-- key: instellingsnummer, volgnummer
-- scope: instelling
-- assert: soort in ('doorlichting', 'toets', 'traject', 'interventie', 'activiteit')
-- assert: is_lopend is not null
with doorlichtingen as (
    select
        instellingsnummer_bron,
        datum,
        'doorlichting' as soort,
        doorlichting_id as bron_id,
        upper(left(soort, 1)) || substr(soort, 2) || ': ' || advies as titel,
        concat_ws(', ', 'GOK ' || uitspraak_gok, 'leerlingenbegeleiding ' || uitspraak_llb) as detail
    from core.fct_doorlichtingen
),

trajecten as (
    select
        instellingsnummer_bron,
        startdatum as datum,
        einddatum,
        status != 'geannuleerd' and coalesce(einddatum >= getvariable('peildatum'), true) as is_lopend,
        'traject' as soort,
        traject_id as bron_id,
        'Start ' || soort || coalesce(': ' || focus, '') as titel,
        concat_ws(', ', replace(format('{:g}', geplande_dagdelen), '.', ',') || ' dagdelen gepland', status) as detail
    from core.fct_trajecten
    where instellingsnummer_bron is not null
),

interventies as (
    select
        interventies.instellingsnummer as instellingsnummer_bron,
        interventies.datum,
        'interventie' as soort,
        interventies.interventie_id as bron_id,
        'Interventie ' || interventies.soort || coalesce(': ' || trajecten.focus, '') as titel,
        concat_ws(
            ', ',
            replace(format('{:g}', interventies.dagdelen), '.', ',')
            || case when interventies.dagdelen = 1 then ' dagdeel' else ' dagdelen' end,
            interventies.aantal_deelnemers
            || case when interventies.aantal_deelnemers = 1 then ' deelnemer' else ' deelnemers' end,
            nullif(array_to_string(interventies.bereikt, ', '), '')
        ) as detail
    from core.fct_interventies as interventies
    inner join core.fct_trajecten as trajecten using (traject_id)
    where interventies.instellingsnummer is not null
),

deelnemers as (
    select
        instellingsnummer,
        activiteit_id,
        count(distinct persoon_nummer) as aantal
    from core.fct_deelnames
    where instellingsnummer is not null
    group by instellingsnummer, activiteit_id
),

activiteiten as (
    select
        deelnemers.instellingsnummer as instellingsnummer_bron,
        activiteiten.startdatum as datum,
        'activiteit' as soort,
        activiteiten.activiteit_id as bron_id,
        activiteiten.titel,
        activiteiten.strategie || ', ' || deelnemers.aantal
        || case when deelnemers.aantal = 1 then ' deelnemer' else ' deelnemers' end as detail
    from deelnemers
    inner join staging.stg_registratie__activiteiten as activiteiten using (activiteit_id)
),

alle as (
    from doorlichtingen
    union all by name
    from trajecten
    union all by name
    from interventies
    union all by name
    from activiteiten
),

-- What schools that are one now each took is one event: a test and a schooljaar.
afnames as (
    select
        instellingsnummer_bron,
        schooljaar,
        'Vlaamse toetsen' as toets,
        vak || ' ' || concat_ws(' ', leerjaar, nullif(stroom, '')) as onderdeel
    from core.fct_vlaamse_toetsen
    union
    select
        instellingsnummer_bron,
        schooljaar,
        case indicator
            when 'koala_niet_groen' then 'Koala'
            when 'ovsg_fout' then 'OVSG'
            else 'Diataal'
        end as toets,
        domein as onderdeel
    from core.fct_outputresultaten
),

toetsen as (
    select
        herkomst.instellingsnummer,
        schooljaren.begin as datum,
        schooljaren.einde as einddatum,
        'toets' as soort,
        afnames.toets as bron_id,
        afnames.toets || ' in ' || afnames.schooljaar as titel,
        string_agg(distinct afnames.onderdeel, ', ' order by afnames.onderdeel) as detail
    from afnames
    inner join core.instelling_herkomst as herkomst using (instellingsnummer_bron)
    inner join core.dim_schooljaar as schooljaren using (schooljaar)
    group by all
),

gebeurtenissen as (
    select
        herkomst.instellingsnummer,
        alle.* exclude (instellingsnummer_bron)
    from alle
    inner join core.instelling_herkomst as herkomst using (instellingsnummer_bron)
    union all by name
    from toetsen
)

select
    instellingsnummer,
    row_number() over (
        partition by instellingsnummer order by datum, soort, bron_id
    ) as volgnummer,
    datum,
    einddatum,
    coalesce(is_lopend, false) as is_lopend,
    soort,
    titel,
    nullif(detail, '') as detail
from gebeurtenissen
where datum <= getvariable('peildatum')
