-- description: one row per absence of a staff member; without an end it still runs
-- grain: levering, blad, rij
-- key: levering, blad, rij
select
    _levering as levering,
    coalesce(_blad, '') as blad,
    _rij as rij,
    persoon,
    soort,
    van as van_datum,
    tot as tot_datum,
    coalesce(percentage, 100) as afwezig_pct -- the contract: 100 unless part-time return
from landing.afwezigheden
