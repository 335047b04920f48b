-- description: one row per Qualtrics response and time that it was delivered so: from a moment on, until the moment at
--   which it was changed or gone; without an end it is as it is now
-- grain: response_id, van
-- key: response_id, van
select
    antwoorden.*,
    coalesce(sinds.moment, 0) as van,
    null::integer as tot
from staging.stg_edbi__antwoorden as antwoorden
left join landing._edbi_antwoorden_sinds as sinds using (response_id)
union all
select
    response_id,
    uitnodiging_id,
    activiteit_id,
    lower(trim(status)),
    progress,
    finished,
    recorded_date,
    lower(trim(distribution_channel)),
    antwoorden,
    moment,
    tot_moment
from landing._edbi_antwoorden_vroeger
where uitnodiging_id is null or uitnodiging_id in (select uitnodiging_id from staging.stg_edbi__uitnodigingen)
