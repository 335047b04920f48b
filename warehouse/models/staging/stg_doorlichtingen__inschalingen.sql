-- description: one row per kwaliteitsverwachting (and leergebied or vak) that a doorlichting examined, as delivered
-- grain: doorlichting_id, kwaliteitsverwachting, onderwerp
-- key: doorlichting_id, kwaliteitsverwachting, onderwerp
select
    doorlichting_id,
    kwaliteitsverwachting,
    coalesce(onderwerp, '') as onderwerp, -- an expectation about the whole institution
    inschaling
from landing.inschalingen
