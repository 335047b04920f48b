-- description: one row per response and closed question that was answered on its scale, as the figures count it: the
--   answers of the moment that is shown of a question (core.edbi_stand), of now where nothing of it can be shown
-- grain: response_id, schooljaar, strategie, vraag
-- key: response_id, schooljaar, strategie, vraag
select verloop.* exclude (van, tot, respondent, is_gewijzigd)
from core.fct_antwoordwaarden_verloop as verloop
inner join core.edbi_stand as standen using (schooljaar, strategie, vraag)
where if(
    standen.stand is null,
    verloop.tot is null,
    verloop.van <= standen.stand and coalesce(verloop.tot > standen.stand, true)
)
