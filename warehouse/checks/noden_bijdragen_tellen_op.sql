-- description: de bijdragen van de criteria tellen op tot de score
select
    schooljaar,
    instellingsnummer,
    score,
    coalesce(bijdrage_doorlichting, 0) + coalesce(bijdrage_leerresultaten, 0)
    + coalesce(bijdrage_doorstroom, 0) + coalesce(bijdrage_leerrecht, 0) as som
from mart.noden
where abs(score - som) > 1e-9
