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

activiteiten as (
    select
        startdatum as datum,
        'activiteit' as soort,
        activiteit_id as bron_id,
        titel,
        strategie as detail
    from staging.stg_registratie__activiteiten
),

werk as (
    from doorlichtingen
    union all by name
    from trajecten
    union all by name
    from interventies
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

-- Every event once, in the order of time, also one in which thousands took part: what is put in order per instelling
-- below is then a number, which costs half of what its texts do.
gebeurtenissen as (
    select
        *,
        row_number() over (order by datum, soort, bron_id, instellingsnummer, titel, detail) as plaats
    from (
        select herkomst.instellingsnummer, werk.* exclude (instellingsnummer_bron)
        from werk
        inner join core.instelling_herkomst as herkomst using (instellingsnummer_bron)
        union all by name
        from toetsen
        union all by name
        from activiteiten
    )
    where datum <= getvariable('peildatum')
),

-- Who took part for a school that is gone is a participant of the one that carries its history: of both together, once.
deelnemers as (
    select
        herkomst.instellingsnummer,
        gebeurtenissen.plaats,
        count(distinct deelnames.persoon_nummer) as aantal
    from core.fct_deelnames as deelnames
    inner join core.instelling_herkomst as herkomst on herkomst.instellingsnummer_bron = deelnames.instellingsnummer
    inner join gebeurtenissen
        on gebeurtenissen.bron_id = deelnames.activiteit_id
        and gebeurtenissen.soort = 'activiteit'
    group by herkomst.instellingsnummer, gebeurtenissen.plaats
),

genummerd as (
    select
        instellingsnummer,
        plaats,
        aantal,
        row_number() over (partition by instellingsnummer order by plaats) as volgnummer
    from (
        from deelnemers
        union all
        select instellingsnummer, plaats, null
        from gebeurtenissen
        where soort <> 'activiteit'
    )
)

select
    genummerd.instellingsnummer,
    genummerd.volgnummer,
    gebeurtenissen.datum,
    gebeurtenissen.einddatum,
    coalesce(gebeurtenissen.is_lopend, false) as is_lopend,
    gebeurtenissen.soort,
    gebeurtenissen.titel,
    case
        when genummerd.aantal is null then nullif(gebeurtenissen.detail, '')
        when genummerd.aantal = 1 then gebeurtenissen.detail || ', 1 deelnemer'
        else gebeurtenissen.detail || ', ' || genummerd.aantal || ' deelnemers'
    end as detail
from genummerd
inner join gebeurtenissen using (plaats)
