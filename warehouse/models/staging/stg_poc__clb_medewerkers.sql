-- description: one row per schooljaar, CLB (as numbered then) and ambt: its staff, and how many of them are at work
-- grain: schooljaar, instellingsnummer_bron, ambt
-- key: schooljaar, instellingsnummer_bron, ambt
select
    schooljaar,
    instellingsnummer as instellingsnummer_bron,
    ambt,
    aantal as aantal_medewerkers,
    actief as aantal_actief
from landing.clb_medewerkers
