-- description: one row per schooljaar, month, begeleider and planning category that the begeleider has in that schooljaar
--   in the planning or the agenda: dagdelen planned (spread over the months by working days) and spent. A month without
--   agenda export is not registered: spent is null then, not zero
-- grain: schooljaar, maand, begeleider, categorie
-- key: schooljaar, maand, begeleider, categorie
-- scope: hr
-- assert: is_geregistreerd = (dagdelen_besteed is not null)
with agenda as (
    select maanden.schooljaar, dagdelen.*
    from core.fct_agenda_dagdelen as dagdelen
    inner join core.dim_maand as maanden using (maand)
),

categorieen as (
    select schooljaar, begeleider, categorie from core.fct_planning
    union
    select schooljaar, begeleider, categorie from agenda
),

spreiding as (
    select
        categorieen.categorie,
        maanden.schooljaar,
        maanden.maand,
        maanden.werkdagen / sum(maanden.werkdagen) over (
            partition by categorieen.categorie, maanden.schooljaar
        ) as aandeel
    from (select distinct categorie from core.fct_planning) as categorieen
    left join settings.planning_periode as eigen using (categorie)
    inner join settings.planning_periode as algemeen on algemeen.categorie = '*'
    inner join core.dim_maand as maanden
        on maanden.volgnummer between coalesce(eigen.eerste_maand, algemeen.eerste_maand)
        and coalesce(eigen.laatste_maand, algemeen.laatste_maand)
),

planners as (
    select distinct schooljaar, begeleider, true as heeft_planning from core.fct_planning
),

rooster as (
    select
        categorieen.*,
        maanden.maand,
        planners.heeft_planning and categorieen.categorie <> 'zonder categorie' as kent_planning,
        registratie.maand is not null as is_geregistreerd
    from categorieen
    inner join core.dim_maand as maanden using (schooljaar)
    left join planners using (schooljaar, begeleider)
    left join core.fct_agenda_maanden as registratie using (begeleider, maand)
)

select
    rooster.schooljaar,
    rooster.maand,
    rooster.begeleider,
    rooster.categorie,
    if(rooster.kent_planning, coalesce(planning.dagdelen * spreiding.aandeel, 0), null) as dagdelen_gepland,
    if(rooster.is_geregistreerd, coalesce(agenda.dagdelen, 0), null) as dagdelen_besteed,
    rooster.is_geregistreerd
from rooster
left join core.fct_planning as planning using (schooljaar, begeleider, categorie)
left join spreiding using (schooljaar, maand, categorie)
left join agenda using (schooljaar, maand, begeleider, categorie)
