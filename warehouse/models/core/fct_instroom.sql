-- description: one row per instelling (as numbered then) and schooljaar with its pupils and OKI: the sum of the four
--   counts over the pupils, 0-4; empty without pupils or when one of the five is missing or hidden
-- grain: schooljaar, instellingsnummer_bron
-- key: schooljaar, instellingsnummer_bron
-- assert: oki between 0 and 4 or oki is null
select
    schooljaar,
    instellingsnummer_bron,
    leerlingen as aantal_leerlingen,
    anderstalige_nieuwkomers as aantal_anderstalige_nieuwkomers,
    instroom_september as aantal_instroom_september,
    (opleiding_moeder + schooltoelage + thuistaal + buurt) / nullif(leerlingen, 0) as oki,
    list_has_any(
        beschermd, ['leerlingen', 'opleiding_moeder', 'schooltoelage', 'thuistaal', 'buurt']
    ) as is_oki_beschermd
from staging.stg_outputdossier__instroom
