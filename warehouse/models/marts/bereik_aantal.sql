-- description: one row per schooljaar and combination of strategy, onderwijsniveau and scholengroep, each a value or
--   'alle': institutions and professionals reached. Every combination is counted anew, none is a sum of others. What a
--   scholengroep-wide traject does counts for its scholengroep, not for an institution or onderwijsniveau. Who takes
--   part in a strategy of the verslagtool alone is not known by name: people do not apply there, which is no zero
-- grain: schooljaar, strategie, onderwijsniveau, scholengroep_nummer
-- key: schooljaar, strategie, onderwijsniveau, scholengroep_nummer
-- scope: scholengroep
-- assert: instellingen_bereikt <= instellingen or instellingen_bereikt is null
-- assert: professionals <= deelnames or professionals is null
-- assert: (professionals is null) = (reden_deelnames is not null)
-- assert: (interventies is null) = (reden_interventies is not null)
with instellingen as (
    select
        schooljaar,
        coalesce(onderwijsniveau, 'alle') as onderwijsniveau,
        coalesce(scholengroep_nummer, 'alle') as scholengroep_nummer,
        count(*) as instellingen,
        sum(aantal_personeelsleden) as personeelsleden
    from core.dim_instelling_jaar
    group by schooljaar, cube (onderwijsniveau, scholengroep_nummer)
),

bereikt as (
    select
        bereik.schooljaar,
        coalesce(bereik.strategie, 'alle') as strategie,
        coalesce(instelling.onderwijsniveau, 'alle') as onderwijsniveau,
        coalesce(instelling.scholengroep_nummer, 'alle') as scholengroep_nummer,
        count(distinct bereik.instellingsnummer) as instellingen_bereikt
    from mart.bereik_instelling as bereik
    inner join core.dim_instelling_jaar as instelling using (schooljaar, instellingsnummer)
    where bereik.is_bereikt
    group by bereik.schooljaar, cube (bereik.strategie, instelling.onderwijsniveau, instelling.scholengroep_nummer)
),

deelgenomen as (
    select
        schooljaar,
        persoon_nummer,
        strategie,
        coalesce(onderwijsniveau, 'geen') as onderwijsniveau,
        coalesce(scholengroep_nummer, 'geen') as scholengroep_nummer
    from core.fct_deelnames
    where instellingsnummer is not null
),

plaatsen as (
    select
        row_number() over (order by schooljaar, strategie, onderwijsniveau, scholengroep_nummer) as plaats,
        schooljaar,
        strategie,
        onderwijsniveau,
        scholengroep_nummer,
        count(*) as deelnames
    from deelgenomen
    group by schooljaar, strategie, onderwijsniveau, scholengroep_nummer
),

deelnames as (
    select
        schooljaar,
        coalesce(strategie, 'alle') as strategie,
        coalesce(onderwijsniveau, 'alle') as onderwijsniveau,
        coalesce(scholengroep_nummer, 'alle') as scholengroep_nummer,
        sum(deelnames) as deelnames
    from plaatsen
    group by schooljaar, cube (strategie, onderwijsniveau, scholengroep_nummer)
),

-- A person counts once in every combination. Whoever was seen in exactly the same places is counted together first, so
-- that the combinations are made of thousands of rows and not of millions.
gezien as (
    select list_sort(list(distinct plaatsen.plaats)) as plaatsen
    from deelgenomen
    inner join plaatsen using (schooljaar, strategie, onderwijsniveau, scholengroep_nummer)
    group by deelgenomen.schooljaar, deelgenomen.persoon_nummer
),

samen_gezien as (
    select
        plaatsen,
        count(*) as professionals,
        unnest(plaatsen) as plaats
    from gezien
    group by plaatsen
),

professionals as (
    select
        schooljaar,
        strategie,
        onderwijsniveau,
        scholengroep_nummer,
        sum(professionals)::bigint as professionals
    from (
        select
            plaatsen.schooljaar,
            coalesce(plaatsen.strategie, 'alle') as strategie,
            coalesce(plaatsen.onderwijsniveau, 'alle') as onderwijsniveau,
            coalesce(plaatsen.scholengroep_nummer, 'alle') as scholengroep_nummer,
            any_value(samen_gezien.professionals) as professionals
        from samen_gezien
        inner join plaatsen using (plaats)
        group by
            samen_gezien.plaatsen,
            plaatsen.schooljaar,
            cube (plaatsen.strategie, plaatsen.onderwijsniveau, plaatsen.scholengroep_nummer)
    )
    group by schooljaar, strategie, onderwijsniveau, scholengroep_nummer
),

-- Without an institution there is no onderwijsniveau: such rows count in 'alle' only.
interventies as (
    select
        schooljaar,
        coalesce(strategie, 'alle') as strategie,
        coalesce(niveau, 'alle') as onderwijsniveau,
        coalesce(scholengroep, 'alle') as scholengroep_nummer,
        count(*) as interventies,
        sum(dagdelen::decimal(18, 4))::double as dagdelen -- exact: the same rows always give the same sum
    from (
        select
            *,
            coalesce(onderwijsniveau, 'geen') as niveau,
            coalesce(scholengroep_nummer, 'geen') as scholengroep
        from core.fct_interventies
    )
    group by schooljaar, cube (strategie, niveau, scholengroep)
),

extern as (
    select
        schooljaar,
        coalesce(strategie, 'alle') as strategie,
        count(distinct persoon_nummer) as professionals_extern,
        count(*) as deelnames_extern
    from core.fct_deelnames
    where is_extern
    group by schooljaar, cube (strategie)
),

strategieen as (
    select strategie, uit_inschrijvingen, uit_verslagtool from settings.strategie
    union all
    select 'alle', true, true
),

rooster as (
    select
        instellingen.*,
        strategieen.strategie,
        case
            when not strategieen.uit_inschrijvingen then 'nvt'
            when not bronnen.heeft_inschrijvingen then 'ontbreekt'
        end as reden_deelnames,
        case
            when not strategieen.uit_verslagtool then 'nvt'
            when not bronnen.heeft_verslagtool then 'ontbreekt'
        end as reden_interventies,
        instellingen.onderwijsniveau = 'alle' and instellingen.scholengroep_nummer = 'alle' as is_netwerk
    from instellingen
    inner join core.dim_bron_jaar as bronnen using (schooljaar)
    cross join strategieen
)

select
    rooster.schooljaar,
    rooster.strategie,
    rooster.onderwijsniveau,
    rooster.scholengroep_nummer,
    rooster.instellingen,
    case
        when reden_deelnames is not null and reden_interventies is not null then null -- nothing that counts it
        when bereikt.instellingen_bereikt is not null then bereikt.instellingen_bereikt
        when 'ontbreekt' not in (coalesce(reden_deelnames, ''), coalesce(reden_interventies, '')) then 0
    end as instellingen_bereikt,
    rooster.personeelsleden::bigint as personeelsleden,
    if(reden_deelnames is null, coalesce(professionals.professionals, 0), null) as professionals,
    if(reden_deelnames is null, coalesce(deelnames.deelnames, 0), null)::bigint as deelnames,
    reden_deelnames,
    if(reden_interventies is null, coalesce(interventies.interventies, 0), null) as interventies,
    if(reden_interventies is null, coalesce(interventies.dagdelen, 0), null) as dagdelen,
    reden_interventies,
    if(rooster.is_netwerk and reden_deelnames is null, coalesce(extern.professionals_extern, 0), null)
        as professionals_extern,
    if(rooster.is_netwerk and reden_deelnames is null, coalesce(extern.deelnames_extern, 0), null) as deelnames_extern
from rooster
left join bereikt using (schooljaar, strategie, onderwijsniveau, scholengroep_nummer)
left join deelnames using (schooljaar, strategie, onderwijsniveau, scholengroep_nummer)
left join professionals using (schooljaar, strategie, onderwijsniveau, scholengroep_nummer)
left join interventies using (schooljaar, strategie, onderwijsniveau, scholengroep_nummer)
left join extern using (schooljaar, strategie)
