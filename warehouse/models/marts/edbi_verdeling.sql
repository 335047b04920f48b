-- description: one row per schooljaar, support strategy, closed question and point of its scale, also where nobody chose
--   it. Questions with too few answers have no rows at all
-- grain: schooljaar, strategie, vraag, antwoord
-- key: schooljaar, strategie, vraag, antwoord
-- scope: netwerk
with vragen as (
    select schooljaar, strategie, vraag, schaal_min, schaal_max, n from mart.edbi_vraag where n is not null
),

aantallen as (
    select schooljaar, strategie, vraag, waarde as antwoord, count(*) as aantal
    from core.fct_antwoordwaarden
    semi join vragen using (schooljaar, strategie, vraag)
    group by all
),

punten as (
    select
        schooljaar,
        strategie,
        vraag,
        unnest(generate_series(schaal_min::bigint, schaal_max::bigint))::double as antwoord
    from vragen
    union
    select schooljaar, strategie, vraag, antwoord from aantallen
)

select
    punten.schooljaar,
    punten.strategie,
    punten.vraag,
    punten.antwoord,
    coalesce(aantallen.aantal, 0) as aantal,
    coalesce(aantallen.aantal, 0) / vragen.n as aandeel
from punten
inner join vragen using (schooljaar, strategie, vraag)
left join aantallen using (schooljaar, strategie, vraag, antwoord)
