-- description: one row per pseudonym in HR's list of staff: who it stands for. Empty while a version is built; the names
--   are written when the HR file is split off, and nowhere else
-- grain: pseudoniem
-- key: pseudoniem
-- scope: hr
select
    persoon as pseudoniem,
    persoon as naam
from staging.stg_hr__personeel
where false
