-- description: one row per interventie of the verslagtool, as delivered
-- grain: interventie_id
-- key: interventie_id
select
    interventie_id,
    traject_id,
    datum,
    dagdelen,
    begeleiders,
    deelnemers as aantal_deelnemers,
    bereikt,
    verslag as heeft_verslag
from landing.interventies
