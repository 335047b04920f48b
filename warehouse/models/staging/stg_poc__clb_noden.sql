-- description: one row per schooljaar, CLB (as numbered then) and criterion by which POC+ gives it priority
-- grain: schooljaar, instellingsnummer_bron, criterium
-- key: schooljaar, instellingsnummer_bron, criterium
select
    schooljaar,
    instellingsnummer as instellingsnummer_bron,
    criterium,
    sinds as sinds_datum
from landing.clb_noden
