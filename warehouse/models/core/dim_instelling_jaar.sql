-- description: one row per instelling that exists in a schooljaar, with its traits of that schooljaar (of the nearest
--   earlier list where none was delivered: is_eigen_lijst false). An instelling that is still listed but has a
--   successor and no staff left does not exist any more
-- grain: schooljaar, instellingsnummer
-- key: schooljaar, instellingsnummer
select
    schooljaren.schooljaar,
    lijst.instellingsnummer,
    schooljaren.heeft_lijst as is_eigen_lijst,
    lijst.* exclude (schooljaar, instellingsnummer)
from core.dim_schooljaar as schooljaren
inner join staging.stg_instellingen__instellingen as lijst
    on lijst.schooljaar = schooljaren.lijst_schooljaar
where not (
        lijst.opgevolgd_door is not null
        and coalesce(lijst.aantal_personeelsleden, -1) = 0
        and coalesce(lijst.aantal_vte, -1) = 0
    )
