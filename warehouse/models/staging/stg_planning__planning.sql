-- description: one row per line of the central planning (scholengroep may be empty), as delivered
-- grain: levering, blad, rij
-- key: levering, blad, rij
select
    _levering as levering,
    coalesce(_blad, '') as blad,
    _rij as rij,
    schooljaar,
    begeleider,
    categorie,
    scholengroep_nummer,
    dagdelen
from landing.planning
