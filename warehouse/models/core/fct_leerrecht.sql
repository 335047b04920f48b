-- description: one row per instelling (as numbered then), schooljaar and indicator of leerrecht, with what was counted
--   (pupils, or exclusions) and the pupils it is counted over
-- grain: schooljaar, instellingsnummer_bron, indicator
-- key: schooljaar, instellingsnummer_bron, indicator
-- assert: teller >= 0 or teller is null
-- assert: teller <= noemer or indicator = 'uitsluitingen' or teller is null or noemer is null
with tellingen as (
    select
        schooljaar,
        instellingsnummer_bron,
        noemer,
        beschermd,
        unnest([
            {'indicator': 'problematisch_30', 'teller': problematisch_30, 'kolommen': ['problematisch_30']},
            {'indicator': 'problematisch_10', 'teller': problematisch_10, 'kolommen': ['problematisch_10']},
            {
                'indicator': 'uitsluitingen',
                'teller': tijdelijke_uitsluitingen + definitieve_uitsluitingen,
                'kolommen': ['tijdelijke_uitsluitingen', 'definitieve_uitsluitingen']
            }
        ], recursive := true)
    from staging.stg_outputdossier__leerrecht
)

select
    schooljaar,
    instellingsnummer_bron,
    indicator,
    teller,
    noemer,
    list_has_any(beschermd, list_append(kolommen, 'noemer')) as is_beschermd
from tellingen
