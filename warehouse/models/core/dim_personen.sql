-- description: one row per pseudonym in any source, with the person it stands for and the roles it was seen in. Staff have
--   two pseudonyms, of their own number or address and of their code as begeleider; HR's list tells that they are one
-- grain: pseudoniem
-- key: pseudoniem
-- assert: is_deelnemer or is_bevraagd or is_medewerker or is_begeleider or is_spoc or is_hoofdadviseur
with vindplaatsen as (
    select
        persoon as pseudoniem,
        'deelnemer' as rol
    from core.dim_deelnemers

    union all

    select
        persoon,
        'bevraagd'
    from staging.stg_edbi__uitnodigingen

    union all

    select
        persoon,
        'medewerker'
    from staging.stg_hr__personeel

    union all

    select
        begeleider,
        'begeleider'
    from staging.stg_hr__personeel

    union all

    select
        begeleider,
        'begeleider'
    from staging.stg_planning__planning

    union all

    select
        begeleider,
        'begeleider'
    from staging.stg_agenda__items
    group by begeleider

    union all

    select
        unnest(begeleiders),
        'begeleider'
    from staging.stg_verslagtool__interventies

    union all

    select
        spoc,
        'spoc'
    from staging.stg_instellingen__instellingen

    union all

    select
        hoofdadviseur,
        'hoofdadviseur'
    from staging.stg_instellingen__instellingen
),

codes as (
    select
        begeleider,
        min(persoon) as persoon -- a code given to two people in HR's list: the same one every time
    from staging.stg_hr__personeel
    where begeleider is not null
    group by begeleider
)

select
    vindplaatsen.pseudoniem,
    coalesce(any_value(codes.persoon), vindplaatsen.pseudoniem) as persoon,
    bool_or(vindplaatsen.rol = 'deelnemer') as is_deelnemer,
    bool_or(vindplaatsen.rol = 'bevraagd') as is_bevraagd,
    bool_or(vindplaatsen.rol = 'medewerker') as is_medewerker,
    bool_or(vindplaatsen.rol = 'begeleider') as is_begeleider,
    bool_or(vindplaatsen.rol = 'spoc') as is_spoc,
    bool_or(vindplaatsen.rol = 'hoofdadviseur') as is_hoofdadviseur
from vindplaatsen
left join codes on codes.begeleider = vindplaatsen.pseudoniem
where vindplaatsen.pseudoniem is not null
group by vindplaatsen.pseudoniem
