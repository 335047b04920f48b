-- description: one row per begeleider and month that an agenda export covers: a month between the first and the last
--   item of one export is registered, also when it holds no work; any other month is unknown, not zero
-- grain: begeleider, maand
-- key: begeleider, maand
with exporten as (
    select
        begeleider,
        date_trunc('month', min(begin)) as eerste_maand,
        date_trunc('month', max(begin)) as laatste_maand
    from staging.stg_agenda__items
    where begin::date <= getvariable('peildatum')
    group by begeleider, levering
),

maanden as (
    select
        begeleider,
        unnest(generate_series(eerste_maand, laatste_maand, interval 1 month))::date as maand
    from exporten
)

select distinct begeleider, maand from maanden
