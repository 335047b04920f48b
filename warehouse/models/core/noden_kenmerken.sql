-- description: one row per schooljaar with a list and instelling: what makes it comparable with others (OKI, pupils,
--   schoolse vertraging), each the latest known up to that schooljaar. Input of the comparable institutions
-- grain: schooljaar, instellingsnummer
-- key: schooljaar, instellingsnummer
-- assert: schoolse_vertraging between 0 and 1 or schoolse_vertraging is null
with vertraging_per_jaar as (
    select
        herkomst.schooljaar,
        herkomst.instellingsnummer,
        indicatoren.meetjaar,
        sum(indicatoren.waarde * indicatoren.n order by indicatoren.instellingsnummer_bron)
        / sum(indicatoren.n) as schoolse_vertraging
    from core.instelling_in_jaar as herkomst
    inner join core.fct_indicatoren as indicatoren
        on indicatoren.instellingsnummer_bron = herkomst.instellingsnummer_bron
        and indicatoren.meetjaar <= herkomst.schooljaar
    where herkomst.instellingsnummer is not null
        and indicatoren.indicator = 'schoolse_vertraging'
    group by all
    -- a part that is missing or hidden leaves the whole unknown
    having count(*) = count(indicatoren.waarde) and sum(indicatoren.n) > 0
),

vertraging as (
    select
        schooljaar,
        instellingsnummer,
        arg_max(schoolse_vertraging, meetjaar) as schoolse_vertraging
    from vertraging_per_jaar
    group by schooljaar, instellingsnummer
)

select
    instellingen.schooljaar,
    instellingen.instellingsnummer,
    instellingen.onderwijsniveau,
    instelling_oki.oki,
    instellingen.aantal_leerlingen,
    vertraging.schoolse_vertraging
from core.dim_instelling_jaar as instellingen
left join core.instelling_oki as instelling_oki using (schooljaar, instellingsnummer)
left join vertraging using (schooljaar, instellingsnummer)
where instellingen.is_eigen_lijst
