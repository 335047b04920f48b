-- What the page Noden ranks again: the four criteria of the small warehouse with their noise, in both views. In the
-- unexpected view De Eik has by far the greatest need and De Wilg hardly any.
create or replace table mart.noden_criterium as
with scores as (
    select schooljaar, instellingsnummer, naam, onderwijsniveau, trap, criterium,
        case criterium
            when 'doorlichting' then score_doorlichting
            when 'leerresultaten' then score_leerresultaten
            when 'doorstroom' then score_doorstroom
            else score_leerrecht
        end as score
    from mart.noden
    cross join (values ('doorlichting'), ('leerresultaten'), ('doorstroom'), ('leerrecht')) as c(criterium)
)
select schooljaar, instellingsnummer, criterium, onderwijsniveau, trap, score,
    case when score is not null then if(criterium = 'doorlichting', 0.0, 0.002) end as variantie,
    case
        when score is null or criterium = 'doorlichting' then score
        when naam = 'De Eik' then 1.0
        when naam = 'De Wilg' then 0.0
        else 0.4
    end as score_onverwacht,
    variantie as variantie_onverwacht,
    case when score is null then 'ontbreekt' end as reden
from scores;
-- Scholengroep 1 has one scholengemeenschap; in scholengroep 12 De Linde is in none.
update mart.instelling_jaar set scholengemeenschap = 'Het Water' where scholengroep_nummer = '1';
update mart.instelling_jaar set scholengemeenschap = 'De Kust' where instellingsnummer = '000055';
