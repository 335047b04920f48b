-- description: one row per schooljaar: which sources of reach, support and planning were delivered for it. A figure of
--   a source that was not delivered is missing, not zero
-- grain: schooljaar
-- key: schooljaar
select
    schooljaar,
    schooljaar in (select schooljaar from staging.stg_registratie__activiteiten) as heeft_inschrijvingen,
    schooljaar in (select schooljaar from core.fct_interventies)
    or schooljaar in (select schooljaar from core.fct_trajecten) as heeft_verslagtool,
    schooljaar in (select schooljaar from core.fct_planning) as heeft_planning
from core.dim_schooljaar
