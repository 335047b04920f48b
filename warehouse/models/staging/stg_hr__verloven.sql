-- description: one row per leave of a staff member; without an end it still runs
-- grain: levering, blad, rij
-- key: levering, blad, rij
select
    _levering as levering,
    coalesce(_blad, '') as blad,
    _rij as rij,
    persoon,
    stelsel,
    van as van_datum,
    tot as tot_datum,
    percentage as verlof_pct
from landing.verloven
