-- description: one row per schooljaar and instelling with a known OKI: the latest one up to that schooljaar, with what
--   predecessors had taken together by pupils
-- grain: schooljaar, instellingsnummer
-- key: schooljaar, instellingsnummer
-- assert: oki_schooljaar <= schooljaar
with instroom as (
    select
        herkomst.schooljaar,
        herkomst.instellingsnummer,
        instroom.schooljaar as oki_schooljaar,
        sum(instroom.oki * instroom.aantal_leerlingen order by instroom.instellingsnummer_bron)
        / sum(instroom.aantal_leerlingen) as oki
    from core.instelling_in_jaar as herkomst
    inner join core.fct_instroom as instroom
        on instroom.instellingsnummer_bron = herkomst.instellingsnummer_bron
        and instroom.schooljaar <= herkomst.schooljaar
    where herkomst.instellingsnummer is not null
    group by all
    -- a part that is missing or hidden leaves the whole unknown
    having count(*) = count(instroom.oki)
)

select
    schooljaar,
    instellingsnummer,
    max(oki_schooljaar) as oki_schooljaar,
    arg_max(oki, oki_schooljaar) as oki
from instroom
group by schooljaar, instellingsnummer
