-- description: one row per schooljaar, begeleider and category of the central planning, over all scholengroepen
-- grain: schooljaar, begeleider, categorie
-- key: schooljaar, begeleider, categorie
select
    schooljaar,
    begeleider,
    categorie,
    sum(dagdelen) as dagdelen
from staging.stg_planning__planning
group by schooljaar, begeleider, categorie
