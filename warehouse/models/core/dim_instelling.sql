-- description: one row per instelling that any list ever named, with its latest known traits and its successor
-- grain: instellingsnummer
-- key: instellingsnummer
select
    instellingsnummer,
    arg_max(naam, schooljaar) as naam,
    arg_max(onderwijsniveau, schooljaar) as onderwijsniveau,
    arg_max(scholengroep_nummer, schooljaar) as scholengroep_nummer,
    min(schooljaar) as eerste_schooljaar,
    max(schooljaar) as laatste_schooljaar,
    arg_max(opgevolgd_door, schooljaar) as opgevolgd_door
from staging.stg_instellingen__instellingen
group by instellingsnummer
