-- description: one row per schooljaar and begeleider who is in the central planning or in an agenda, of the schooljaren
--   for which both were delivered: whoever is in one only makes planned and spent time hard to compare
-- grain: schooljaar, begeleider
-- key: schooljaar, begeleider
-- assert: heeft_planning or heeft_agenda
with agendas as (
    select distinct schooljaren.schooljaar, maanden.begeleider
    from core.fct_agenda_maanden as maanden
    inner join core.dim_schooljaar as schooljaren on maanden.maand between schooljaren.begin and schooljaren.einde
),

plannen as (
    select distinct schooljaar, begeleider from core.fct_planning
)

select
    schooljaar,
    begeleider,
    plannen.begeleider is not null as heeft_planning,
    agendas.begeleider is not null as heeft_agenda
from plannen
full outer join agendas using (schooljaar, begeleider)
where schooljaar in (select schooljaar from plannen) and schooljaar in (select schooljaar from agendas)
