-- description: one row per schooljaar that has a list of instellingen; is_lopend marks the one of the peildatum
-- grain: schooljaar
-- key: schooljaar
-- scope: iedereen
select
    schooljaar,
    begin,
    einde,
    is_lopend,
    row_number() over (order by begin) as volgnummer
from core.dim_schooljaar
where heeft_lijst
