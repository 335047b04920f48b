-- description: one row per schooljaar and instelling with registrations: the unique people who took part, beside the
--   staff that the list of instellingen gives. More people than staff means that one of the two is wrong
-- grain: schooljaar, instellingsnummer
-- key: schooljaar, instellingsnummer
select
    deelnemers.schooljaar,
    deelnemers.instellingsnummer,
    instellingen.naam,
    instellingen.scholengroep_nummer,
    instellingen.aantal_personeelsleden,
    deelnemers.aantal_deelnemers
from core.deelnemers_instelling as deelnemers
inner join core.dim_instelling_jaar as instellingen using (schooljaar, instellingsnummer)
where instellingen.aantal_personeelsleden is not null
