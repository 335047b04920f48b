-- description: one row per invitation to an EDBI survey, as delivered
-- grain: uitnodiging_id
-- key: uitnodiging_id
select
    uitnodiging_id,
    activiteit_id,
    traject_id,
    persoon,
    verzonden_op as verzonden_datum,
    herinnering_1 as herinnering_1_datum,
    herinnering_2 as herinnering_2_datum,
    kanaal,
    bezorgd as is_bezorgd,
    aangemeld
from landing.edbi_uitnodigingen
