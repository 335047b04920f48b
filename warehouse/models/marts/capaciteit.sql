-- description: one row per schooljaar and scholengroep: its staff, the whole dagdelen it generates from what the
--   planning leaves for scholengroepen (pro rata of VTE by largest remainder, of equal ones the lowest number first;
--   together exactly the whole dagdelen of that pot), the dagdelen granted to it and those spent on it. Granted is what
--   its questions were promised (agreed on or contracted): 0 where none was, missing where no questions were delivered
--   or no granted one says how many
-- grain: schooljaar, scholengroep_nummer
-- key: schooljaar, scholengroep_nummer
-- scope: scholengroep
-- assert: dagdelen_pro_rata >= 0 or dagdelen_pro_rata is null
with scholengroepen as (
    select
        schooljaar,
        scholengroep_nummer,
        any_value(scholengroep order by instellingsnummer) as scholengroep,
        sum(aantal_vte::decimal(18, 4)) as vte -- exact: equal remainders are equal, no dagdeel is lost to rounding
    from core.dim_instelling_jaar
    group by schooljaar, scholengroep_nummer
),

potten as (
    select schooljaar, floor(sum(dagdelen::decimal(18, 4)))::bigint as dagdelen
    from core.fct_planning
    where categorie = 'scholengroep'
    group by schooljaar
),

delers as (
    select
        scholengroepen.*,
        potten.dagdelen as pot,
        (vte * 10000)::hugeint as deler,
        sum((vte * 10000)::hugeint) over (partition by schooljaar) as noemer
    from scholengroepen
    left join potten using (schooljaar)
),

quota as (
    select
        *,
        pot * deler // nullif(noemer, 0) as ondergrens,
        row_number() over (
            partition by schooljaar
            order by pot * deler % nullif(noemer, 0) desc nulls last, length(scholengroep_nummer), scholengroep_nummer
        ) as plaats
    from delers
),

toegewezen as (
    select
        *,
        ondergrens + if(plaats <= pot - sum(ondergrens) over (partition by schooljaar), 1, 0) as dagdelen_pro_rata
    from quota
),

toegekend as (
    select schooljaar, scholengroep_nummer, sum(dagdelen_toegekend::decimal(18, 4))::double as dagdelen
    from core.fct_ondersteuningsvragen
    where is_toegekend
    group by schooljaar, scholengroep_nummer
),

besteed as (
    select schooljaar, scholengroep_nummer, sum(dagdelen::decimal(18, 4))::double as dagdelen
    from core.fct_interventies
    group by schooljaar, scholengroep_nummer
)

select
    toegewezen.schooljaar,
    toegewezen.scholengroep_nummer,
    toegewezen.scholengroep,
    toegewezen.vte::double as vte,
    toegewezen.dagdelen_pro_rata::bigint as dagdelen_pro_rata,
    case
        when toegewezen.schooljaar not in (select schooljaar from core.fct_ondersteuningsvragen) then null
        when toegekend.schooljaar is null then 0
        else toegekend.dagdelen
    end as dagdelen_toegekend,
    case
        when toegewezen.schooljaar in (select schooljaar from besteed) then coalesce(besteed.dagdelen, 0)
    end as dagdelen_besteed
from toegewezen
left join toegekend using (schooljaar, scholengroep_nummer)
left join besteed using (schooljaar, scholengroep_nummer)
