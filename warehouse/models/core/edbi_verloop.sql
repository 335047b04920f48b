-- description: one row per schooljaar, support strategy, closed question, group of answers that counted at the same
--   times (one answer of each respondent, so that an answer that comes back is not a new one), and such a time: from a
--   moment, until another one, without an end still
-- grain: schooljaar, strategie, vraag, groep, van
-- key: schooljaar, strategie, vraag, groep, van
-- assert: antwoorden > 0
with per_antwoord as (
    select schooljaar, strategie, vraag, [{'van': van, 'tot': tot}] as tijden
    from core.fct_antwoordwaarden_verloop
    where not is_gewijzigd
    union all
    select schooljaar, strategie, vraag, list({'van': van, 'tot': tot} order by van)
    from core.fct_antwoordwaarden_verloop
    where is_gewijzigd
    group by schooljaar, strategie, vraag, respondent, gegeven_waarde
),

groepen as (
    select
        schooljaar,
        strategie,
        vraag,
        tijden,
        count(*) as antwoorden,
        row_number() over (partition by schooljaar, strategie, vraag order by tijden) as groep
    from per_antwoord
    group by schooljaar, strategie, vraag, tijden
)

select
    schooljaar,
    strategie,
    vraag,
    groep,
    unnest(tijden, recursive := true),
    antwoorden
from groepen
