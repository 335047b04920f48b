-- description: one row per activiteit of the registration database, as delivered
-- grain: activiteit_id
-- key: activiteit_id
select
    activiteit_id,
    titel,
    strategie,
    thema,
    beleidsprioriteiten,
    bereikdoel as bereikdoel_code,
    startdatum,
    coalesce(einddatum, startdatum) as einddatum, -- an activiteit of one day has no end date
    dagdelen,
    schooljaar,
    organisator
from landing.activiteiten
