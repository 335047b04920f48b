-- description: one row per schooljaar, instelling and criterium: its need in both views with its noise, or why it is
--   missing; all that a ranking under other choices starts from
-- grain: schooljaar, instellingsnummer, criterium
-- key: schooljaar, instellingsnummer, criterium
-- scope: instelling
-- anonymous: schooljaar, criterium, onderwijsniveau, trap, score, variantie, score_onverwacht, variantie_onverwacht,
--   reden
select
    schooljaar,
    instellingsnummer,
    criterium,
    onderwijsniveau,
    trap,
    score,
    variantie,
    score_onverwacht,
    variantie_onverwacht,
    reden
from core.noden_criterium
