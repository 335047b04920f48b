-- description: one row per question for support. Granted is what was agreed on: the status says so (the settings name
--   which), not a number that is filled in beforehand. An agreed question without a number keeps it missing
-- grain: vraag_id
-- key: vraag_id
select
    * exclude (toegekende_dagdelen),
    list_contains(getvariable('ondersteuningsvraag.toegekend'), status) as is_toegekend,
    if(is_toegekend, toegekende_dagdelen, null) as dagdelen_toegekend
from staging.stg_ondersteuningsvragen__vragen
