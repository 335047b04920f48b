-- description: one row per schooljaar, institution and support strategy: what reached the institution, also when
--   that is nothing. Zero is a fact; null means that the source was not delivered for the schooljaar, or that the strategy
--   never has the thing (settings.strategie: a helpdesk no interventies, a verandertraject no deelnames)
-- grain: schooljaar, instellingsnummer, strategie
-- key: schooljaar, instellingsnummer, strategie
-- scope: instelling
-- anonymous: schooljaar, strategie, is_bereikt, is_aanwezigheid_onbekend
-- assert: deelnemers <= deelnames or deelnames is null
with deelnames as (
    select
        schooljaar,
        instellingsnummer,
        strategie,
        count(*) as deelnames,
        count(distinct persoon_nummer) as deelnemers,
        bool_or(is_aanwezigheid_onbekend) as is_aanwezigheid_onbekend
    from core.fct_deelnames
    where instellingsnummer is not null
    group by schooljaar, instellingsnummer, strategie
),

interventies as (
    select
        schooljaar,
        instellingsnummer,
        strategie,
        count(*) as interventies,
        sum(dagdelen::decimal(18, 4))::double as dagdelen -- exact: the same rows always give the same sum
    from core.fct_interventies
    where instellingsnummer is not null
    group by schooljaar, instellingsnummer, strategie
),

rooster as (
    select
        instellingen.schooljaar,
        instellingen.instellingsnummer,
        strategieen.strategie,
        -- what stands for nothing at all
        if(strategieen.uit_inschrijvingen, 0, null) as geen_deelnames,
        if(strategieen.uit_verslagtool, 0, null) as geen_interventies,
        bronnen.heeft_inschrijvingen or not strategieen.uit_inschrijvingen as kent_deelnames,
        bronnen.heeft_verslagtool or not strategieen.uit_verslagtool as kent_interventies
    from core.dim_instelling_jaar as instellingen
    inner join core.dim_bron_jaar as bronnen using (schooljaar)
    cross join settings.strategie as strategieen
)

select
    rooster.schooljaar,
    rooster.instellingsnummer,
    rooster.strategie,
    if(rooster.kent_deelnames, coalesce(deelnames.deelnames, rooster.geen_deelnames), null) as deelnames,
    if(rooster.kent_deelnames, coalesce(deelnames.deelnemers, rooster.geen_deelnames), null) as deelnemers,
    if(rooster.kent_interventies, coalesce(interventies.interventies, rooster.geen_interventies), null) as interventies,
    if(rooster.kent_interventies, coalesce(interventies.dagdelen, rooster.geen_interventies), null) as dagdelen,
    case
        when deelnames.deelnames > 0 or interventies.interventies > 0 then true
        when rooster.kent_deelnames and rooster.kent_interventies then false
    end as is_bereikt,
    coalesce(deelnames.is_aanwezigheid_onbekend, false) as is_aanwezigheid_onbekend
from rooster
left join deelnames using (schooljaar, instellingsnummer, strategie)
left join interventies using (schooljaar, instellingsnummer, strategie)
