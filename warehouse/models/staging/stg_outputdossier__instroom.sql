-- description: one row per instelling and schooljaar with its pupils and their traits; `beschermd` names the columns
--   that were delivered as `< 5`
-- grain: schooljaar, instellingsnummer_bron
-- key: schooljaar, instellingsnummer_bron
select
    schooljaar,
    instellingsnummer as instellingsnummer_bron,
    leerlingen,
    opleiding_moeder,
    schooltoelage,
    thuistaal,
    buurt,
    anderstalige_nieuwkomers,
    instroom_september,
    coalesce(_klein, []) as beschermd
from landing.instroom
