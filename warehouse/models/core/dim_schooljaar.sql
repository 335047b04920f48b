-- description: one row per schooljaar from the first delivered list of instellingen to the latest list, or to the
--   schooljaar of the peildatum when that is later; a schooljaar without its own list uses the nearest earlier one
-- grain: schooljaar
-- key: schooljaar
-- assert: lijst_schooljaar <= schooljaar
with lijsten as (
    select distinct schooljaar from staging.stg_instellingen__instellingen
),

jaren as (
    select
        unnest(range(
            min(left(schooljaar, 4)::integer),
            greatest(
                max(left(schooljaar, 4)::integer),
                year(getvariable('peildatum') - interval 8 months) -- a schooljaar starts on 1 September
            ) + 1
        ))::integer as jaar
    from lijsten
),

schooljaren as (
    select
        format('{}-{}', jaar, jaar + 1) as schooljaar,
        make_date(jaar, 9, 1) as begin,
        make_date(jaar + 1, 8, 31) as einde
    from jaren
)

select
    schooljaren.schooljaar,
    schooljaren.begin,
    schooljaren.einde,
    getvariable('peildatum') between schooljaren.begin and schooljaren.einde as is_lopend,
    row_number() over (order by schooljaren.begin) as volgnummer,
    lijsten.schooljaar as lijst_schooljaar,
    lijsten.schooljaar = schooljaren.schooljaar as heeft_lijst
from schooljaren
asof left join lijsten on schooljaren.schooljaar >= lijsten.schooljaar
