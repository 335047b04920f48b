-- description: one row per schooljaar, instelling, indicator and reeks: the value behind the score of a criterion, what
--   it is held against, what it contributes, and why there is none. An indicator that does not apply to the instelling
--   has no row
-- grain: schooljaar, instellingsnummer, criterium, indicator, reeks
-- key: schooljaar, instellingsnummer, criterium, indicator, reeks
-- scope: instelling
-- assert: laag <= hoog or waarde is null
-- assert: bijdrage between 0 and 1 or bijdrage is null
with bijdragen as (
    unpivot (
        select
            schooljaar,
            instellingsnummer,
            bijdrage_leerresultaten as leerresultaten,
            bijdrage_doorstroom as doorstroom,
            bijdrage_leerrecht as leerrecht
        from core.noden_rang
    )
    on leerresultaten, doorstroom, leerrecht
    into name criterium value bijdrage
)

select
    indicatoren.schooljaar,
    indicatoren.instellingsnummer,
    indicatoren.criterium,
    indicatoren.indicator,
    indicatoren.reeks,
    indicatoren.waarde,
    indicatoren.standaardfout,
    indicatoren.laag,
    indicatoren.hoog,
    indicatoren.n,
    indicatoren.laatste_meetjaar,
    indicatoren.waarde_gekrompen,
    indicatoren.variantie,
    indicatoren.score,
    -- a criterion of which every indicator is 0 contributes 0
    case when criteria.score > 0 then
        bijdragen.bijdrage * indicatoren.aandeel_in_criterium * indicatoren.score / criteria.score
    else
        bijdragen.bijdrage * indicatoren.aandeel_in_criterium * indicatoren.score
    end as bijdrage,
    indicatoren.netwerk_gemiddelde,
    indicatoren.vergelijkbaar_gemiddelde,
    indicatoren.verwacht,
    indicatoren.waarde_onverwacht,
    indicatoren.score_onverwacht,
    indicatoren.reden
from core.noden_indicator as indicatoren
left join core.noden_criterium as criteria using (schooljaar, instellingsnummer, criterium)
left join bijdragen using (schooljaar, instellingsnummer, criterium)
