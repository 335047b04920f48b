-- description: one row per schooljaar and instelling with registrations: the unique people who took part, beside the
--   staff that the list of instellingen gives. More people than staff means that one of the two is wrong
-- grain: schooljaar, instellingsnummer
-- key: schooljaar, instellingsnummer
select
    deelnames.schooljaar,
    deelnames.instellingsnummer,
    instellingen.naam,
    instellingen.scholengroep_nummer,
    instellingen.aantal_personeelsleden,
    count(distinct deelnames.persoon) as aantal_deelnemers
from core.fct_deelnames as deelnames
inner join core.dim_instelling_jaar as instellingen using (schooljaar, instellingsnummer)
where instellingen.aantal_personeelsleden is not null
group by all
