-- description: one row per instelling, schooljaar, toets and domein; `beschermd` names the columns that were delivered
--   as `< 5`
-- grain: schooljaar, instellingsnummer_bron, toets, domein
-- key: schooljaar, instellingsnummer_bron, toets, domein
select
    schooljaar,
    instellingsnummer as instellingsnummer_bron,
    toets,
    domein,
    deelnemers as aantal_deelnemers,
    resultaat as resultaat_pct,
    resultaat_vergelijkbaar as resultaat_vergelijkbaar_pct,
    coalesce(_klein, []) as beschermd
from landing.leerresultaten
