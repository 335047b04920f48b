-- description: one row per schooljaar and instelling where more people took part in activities than the list of
--   instellingen counts as staff: for whoever mends one of the two. Fewer than five people are not counted out
-- grain: schooljaar, instellingsnummer
-- key: schooljaar, instellingsnummer
-- scope: instelling, leveringen
-- assert: aantal_deelnemers >= getvariable('bescherming.minimum_personen') or reden = 'beschermd'
select
    schooljaar,
    instellingsnummer,
    naam,
    scholengroep_nummer,
    aantal_personeelsleden,
    if(aantal_deelnemers < getvariable('bescherming.minimum_personen'), null, aantal_deelnemers) as aantal_deelnemers,
    if(aantal_deelnemers < getvariable('bescherming.minimum_personen'), 'beschermd', null) as reden
from core.personeel_vergelijking
where aantal_deelnemers > aantal_personeelsleden
