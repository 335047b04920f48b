-- description: one row per schooljaar, instelling, indicator and reeks: the value behind the score of a criterion, and
--   why there is none. An indicator that does not apply to the instelling has no row
-- grain: schooljaar, instellingsnummer, criterium, indicator, reeks
-- key: schooljaar, instellingsnummer, criterium, indicator, reeks
select
    schooljaar,
    instellingsnummer,
    criterium,
    indicator,
    reeks,
    waarde,
    standaardfout,
    n,
    laatste_meetjaar,
    waarde_gekrompen,
    variantie,
    score,
    netwerk_gemiddelde,
    reden
from core.noden_indicator
