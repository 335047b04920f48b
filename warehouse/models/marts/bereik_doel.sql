-- description: one row per target for reach and schooljaar: what was realised against what was aimed at. An activiteit
--   counts for the target whose code it carries; where no activiteit of the schooljaar carries the code, by the
--   strategy, onderwijsniveau and ambt of the target. People from outside GO! are no professionals reached. Nothing
--   realised is zero only where every source that can count for the target was delivered; else it is missing. What was
--   realised without one of those sources is the least it can be (is_volledig_bekend = false), and gives no forecast
-- grain: code, schooljaar
-- key: code, schooljaar
-- scope: netwerk
-- assert: gerealiseerd >= 0 or gerealiseerd is null
with doelen as (
    select
        *,
        (schooljaar, code) in (
            select (schooljaar, bereikdoel_code) from staging.stg_registratie__activiteiten
            where bereikdoel_code is not null
        ) as is_op_code
    from staging.stg_bereikdoelen__bereikdoelen
),

feiten as (
    select
        schooljaar,
        strategie,
        onderwijsniveau,
        scholengroep_nummer,
        instellingsnummer,
        ambt,
        bereikdoel_code,
        activiteit_id,
        if(is_extern, null, persoon_nummer) as persoon_nummer -- guests: a series held, no professionals
    from core.fct_deelnames
    union all
    select distinct
        schooljaar,
        strategie,
        onderwijsniveau,
        scholengroep_nummer,
        instellingsnummer,
        null,
        null,
        null,
        null
    from core.fct_interventies
),

-- An empty filter of a target lets everything through; a filter on ambt leaves no interventies, whose people are unknown.
telt_mee as (
    select
        doelen.code,
        doelen.schooljaar,
        count(distinct feiten.instellingsnummer) as instellingen,
        count(distinct feiten.instellingsnummer) filter (where feiten.onderwijsniveau = 'CLB') as clb,
        count(distinct feiten.persoon_nummer) as professionals,
        count(distinct feiten.activiteit_id) as reeksen,
        count(distinct feiten.scholengroep_nummer) as scholengroepen
    from doelen
    inner join feiten
        on feiten.schooljaar = doelen.schooljaar
        and if(
            doelen.is_op_code,
            feiten.bereikdoel_code is not distinct from doelen.code,
            (doelen.strategie is null or feiten.strategie = lower(trim(doelen.strategie)))
            and (coalesce(len(doelen.onderwijsniveaus), 0) = 0
                or list_contains(doelen.onderwijsniveaus, feiten.onderwijsniveau))
            and (doelen.ambt is null or lower(trim(feiten.ambt)) = lower(trim(doelen.ambt)))
        )
    group by doelen.code, doelen.schooljaar
),

-- The last day that the figures speak of, within the schooljaar and not after the peildatum.
dagen as (
    select schooljaar, inschrijving_datum as dag from core.fct_deelnames
    union all
    select schooljaar, einddatum from core.fct_deelnames
    union all
    select schooljaar, datum from core.fct_interventies
),

basis as (
    select schooljaren.schooljaar, schooljaren.begin, schooljaren.einde, max(dagen.dag) as basis_datum
    from core.dim_schooljaar as schooljaren
    inner join dagen
        on dagen.schooljaar = schooljaren.schooljaar
        and dagen.dag between schooljaren.begin and least(schooljaren.einde, getvariable('peildatum'))
    group by schooljaren.schooljaar, schooljaren.begin, schooljaren.einde
),

-- A straight line does not know that there are no more institutions than there are. Professionals and series have no
-- such ceiling here.
plafonds as (
    select
        doelen.code,
        doelen.schooljaar,
        case doelen.eenheid
            when 'instellingen' then count(*)
            when 'clb' then count(*) filter (where instellingen.onderwijsniveau = 'CLB')
            when 'scholengroepen' then count(distinct instellingen.scholengroep_nummer)
        end as aantal
    from doelen
    inner join core.dim_instelling_jaar as instellingen
        on instellingen.schooljaar = doelen.schooljaar
        and (
            doelen.eenheid <> 'instellingen'
            or coalesce(len(doelen.onderwijsniveaus), 0) = 0
            or list_contains(doelen.onderwijsniveaus, instellingen.onderwijsniveau)
        )
    group by doelen.code, doelen.schooljaar, doelen.eenheid
),

-- Which sources can count for a target: codes, people and ambten stand in the registrations alone.
bronnen_van_doel as (
    select
        doelen.code,
        doelen.schooljaar,
        doelen.is_op_code or doelen.ambt is not null or doelen.eenheid in ('professionals', 'reeksen')
            as is_enkel_inschrijvingen,
        is_enkel_inschrijvingen or coalesce(strategieen.uit_inschrijvingen, true) as vraagt_inschrijvingen,
        not is_enkel_inschrijvingen and coalesce(strategieen.uit_verslagtool, true) as vraagt_verslagtool
    from doelen
    left join settings.strategie as strategieen on strategieen.strategie = lower(trim(doelen.strategie))
),

gekend as (
    select
        bronnen_van_doel.code,
        bronnen_van_doel.schooljaar,
        (vraagt_inschrijvingen and heeft_inschrijvingen) or (vraagt_verslagtool and heeft_verslagtool) as kent_iets,
        (heeft_inschrijvingen or not vraagt_inschrijvingen) and (heeft_verslagtool or not vraagt_verslagtool)
            as kent_alles
    from bronnen_van_doel
    inner join core.dim_bron_jaar as bronnen using (schooljaar)
),

geteld as (
    select
        doelen.*,
        plafonds.aantal as plafond,
        gekend.kent_iets,
        coalesce(gekend.kent_alles, false) as is_volledig_bekend,
        case doelen.eenheid
            when 'instellingen' then telt_mee.instellingen
            when 'clb' then telt_mee.clb
            when 'professionals' then telt_mee.professionals
            when 'reeksen' then telt_mee.reeksen
            when 'scholengroepen' then telt_mee.scholengroepen
        end as aantal
    from doelen
    left join gekend using (code, schooljaar)
    left join telt_mee using (code, schooljaar)
    left join plafonds using (code, schooljaar)
),

gerealiseerd as (
    select
        * exclude (kent_iets, aantal),
        case
            when kent_iets and aantal > 0 then aantal
            when is_volledig_bekend then 0
        end as gerealiseerd
    from geteld
),

doorgetrokken as (
    select
        gerealiseerd.*,
        basis.basis_datum,
        if(gerealiseerd.is_volledig_bekend, gerealiseerd.gerealiseerd, null) * case
            when basis.einde <= getvariable('peildatum') then 1 -- the year is over
            else (basis.einde - basis.begin + 1) / (basis.basis_datum - basis.begin + 1)
        end as rechte_lijn
    from gerealiseerd
    left join basis using (schooljaar)
)

select
    code,
    schooljaar,
    omschrijving,
    eenheid,
    strategie,
    bron,
    streefwaarde,
    gerealiseerd,
    gerealiseerd / nullif(streefwaarde, 0) as aandeel,
    if(rechte_lijn > plafond, greatest(plafond, gerealiseerd), rechte_lijn)::double as prognose,
    basis_datum,
    is_volledig_bekend
from doorgetrokken
