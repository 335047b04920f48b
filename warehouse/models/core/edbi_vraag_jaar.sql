-- description: one row per schooljaar that is measured and question of EDBI: its definition of that schooljaar, else
--   the one for every schooljaar
-- grain: schooljaar, vraag
-- key: schooljaar, vraag
select
    schooljaren.schooljaar,
    definities.* exclude (definitie_schooljaar)
from (select distinct schooljaar from core.dim_meting) as schooljaren
inner join staging.stg_edbi__vragen as definities
    on definities.definitie_schooljaar in (schooljaren.schooljaar, 'alle')
qualify row_number() over (
    partition by schooljaren.schooljaar, definities.vraag
    order by definities.definitie_schooljaar = 'alle' -- false first: the schooljaar's own definition wins
) = 1
