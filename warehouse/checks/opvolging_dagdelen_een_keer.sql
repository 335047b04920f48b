-- description: elk dagdeel van een opvolging is hoogstens één keer geteld
with besteed as (
    select
        schooljaar,
        sum(dagdelen_besteed) as dagdelen
    from mart.doorlichting_opvolging
    group by schooljaar
),

geleverd as (
    select
        schooljaar,
        sum(dagdelen::decimal(18, 4))::double as dagdelen -- rounded as they were assigned
    from core.fct_interventies
    where strategie = 'opvolging'
    group by schooljaar
)

select
    besteed.schooljaar,
    besteed.dagdelen as toegewezen,
    geleverd.dagdelen as geleverd
from besteed
left join geleverd using (schooljaar)
where besteed.dagdelen > coalesce(geleverd.dagdelen, 0) + 1e-6
