-- description: one row per schooljaar and instelling where more people took part in activities than the list of
--   instellingen counts as staff: for whoever mends one of the two. The people are those of mart.bereik_intensiteit
-- grain: schooljaar, instellingsnummer
-- key: schooljaar, instellingsnummer
-- scope: instelling, leveringen
-- assert: aantal_deelnemers > aantal_personeelsleden
select
    schooljaar,
    instellingsnummer,
    naam,
    scholengroep_nummer,
    aantal_personeelsleden,
    aantal_deelnemers
from core.personeel_vergelijking
where aantal_deelnemers > aantal_personeelsleden
