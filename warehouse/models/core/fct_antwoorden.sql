-- description: one row per EDBI response that counts now
-- grain: response_id
-- key: response_id
-- assert: not (is_volledig and is_gedeeltelijk)
-- assert: is_anoniem = (uitnodiging_id is null)
select * exclude (van, tot, respondent, is_gewijzigd)
from core.fct_antwoorden_verloop
where tot is null
