-- description: one row per schooljaar and instelling with deelnames: the unique people who took part
-- grain: schooljaar, instellingsnummer
-- key: schooljaar, instellingsnummer
select
    schooljaar,
    instellingsnummer,
    count(distinct persoon_nummer) as aantal_deelnemers
from core.fct_deelnames
where instellingsnummer is not null
group by schooljaar, instellingsnummer
