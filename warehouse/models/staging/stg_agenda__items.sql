-- description: one row per agenda item, with its begin and end as moments; an item of an iCalendar file that repeats
--   has a row per occurrence, all of the same rij (the line on which the item begins)
-- grain: levering, blad, rij, begin
-- key: levering, blad, rij, begin
select
    _levering as levering,
    coalesce(_blad, '') as blad,
    _rij as rij,
    _volgorde as volgorde,
    begeleider,
    begindatum + coalesce(begintijd, time '00:00') as begin,
    einddatum + coalesce(eindtijd, time '00:00') as einde,
    coalesce(hele_dag, false) as is_hele_dag,
    nullif(trim(categorieen), '') as categorieen,
    lower(trim(tijd_weergeven_als)) as tijd_weergeven_als
from landing.agenda
