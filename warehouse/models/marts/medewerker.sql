-- description: one row per member of staff of PBD-GO! or POC+ in HR's list: where they work, as what, and who leads them
-- grain: persoon
-- key: persoon
-- scope: hr
select
    persoon,
    begeleider,
    hoofdadviseur,
    functie,
    team,
    dienst,
    statuut,
    vte,
    in_dienst_datum,
    uit_dienst_datum
from staging.stg_hr__personeel
