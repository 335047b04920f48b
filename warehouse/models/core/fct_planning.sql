-- description: one row per schooljaar, begeleider and category of the central planning, over all scholengroepen
-- grain: schooljaar, begeleider, categorie
-- key: schooljaar, begeleider, categorie
select
    schooljaar,
    begeleider,
    categorie,
    sum(dagdelen::decimal(18, 4))::double as dagdelen -- exact: the same rows always give the same sum
from staging.stg_planning__planning
group by schooljaar, begeleider, categorie
