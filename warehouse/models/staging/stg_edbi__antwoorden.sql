-- description: one row per Qualtrics response, as delivered
-- grain: response_id
-- key: response_id
select
    response_id,
    uitnodiging_id,
    activiteit_id,
    lower(trim(status)) as status,
    progress as voortgang_pct,
    finished as is_afgewerkt,
    recorded_date as geregistreerd_op,
    lower(trim(distribution_channel)) as kanaal,
    antwoorden
from landing.edbi_antwoorden
