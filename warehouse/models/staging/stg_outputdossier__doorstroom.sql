-- description: one row per instelling and schooljaar with how its pupils moved on; `beschermd` names the columns that
--   were delivered as `< 5`
-- grain: schooljaar, instellingsnummer_bron
-- key: schooljaar, instellingsnummer_bron
select
    schooljaar,
    instellingsnummer as instellingsnummer_bron,
    zittenblijvers,
    schoolse_vertraging,
    a_attesten,
    b_attesten,
    c_attesten,
    vroegtijdig_schoolverlaters,
    noemer,
    coalesce(_klein, []) as beschermd
from landing.doorstroom
