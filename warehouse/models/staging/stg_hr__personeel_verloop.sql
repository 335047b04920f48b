-- description: one row per staff member in a list of HR, and per time that the list counted (from a moment on, and from
--   day to day), without who it is: for what versions of before could show
-- grain: moment, volgnummer
-- key: moment, volgnummer
select
    moment,
    row_number() over (partition by moment) as volgnummer,
    van as van_datum,
    tot as tot_datum,
    coalesce(dienst, 'onbekend') as dienst,
    team,
    in_dienst as in_dienst_datum,
    uit_dienst as uit_dienst_datum
from landing._personeel_verloop
