-- description: one row per instelling (as numbered then), schooljaar and indicator of doorstroom, with the pupils
--   counted and the pupils they are counted over
-- grain: schooljaar, instellingsnummer_bron, indicator
-- key: schooljaar, instellingsnummer_bron, indicator
-- assert: teller between 0 and noemer or teller is null or noemer is null
with tellingen as (
    select
        schooljaar,
        instellingsnummer_bron,
        noemer,
        beschermd,
        unnest([
            {'indicator': 'zittenblijvers', 'teller': zittenblijvers, 'kolommen': ['zittenblijvers']},
            {
                'indicator': 'schoolse_vertraging',
                'teller': schoolse_vertraging,
                'kolommen': ['schoolse_vertraging']
            },
            {
                'indicator': 'b_c_attesten',
                'teller': b_attesten + c_attesten,
                'kolommen': ['b_attesten', 'c_attesten']
            },
            {
                'indicator': 'vroegtijdig_schoolverlaters',
                'teller': vroegtijdig_schoolverlaters,
                'kolommen': ['vroegtijdig_schoolverlaters']
            }
        ], recursive := true)
    from staging.stg_outputdossier__doorstroom
)

select
    schooljaar,
    instellingsnummer_bron,
    indicator,
    teller,
    noemer,
    list_has_any(beschermd, list_append(kolommen, 'noemer')) as is_beschermd
from tellingen
