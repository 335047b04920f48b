-- description: one row per instelling (as numbered then), schooljaar, toets (Koala, OVSG, Diataal) and domein, with the
--   share that is not as it should be: not green, wrong, or under the level of the year
-- grain: schooljaar, instellingsnummer_bron, indicator, domein
-- key: schooljaar, instellingsnummer_bron, indicator, domein
-- assert: aandeel between 0 and 1 or aandeel is null
select
    schooljaar,
    instellingsnummer_bron,
    case toets
        when 'Koala' then 'koala_niet_groen'
        when 'OVSG' then 'ovsg_fout'
        when 'Diataal' then 'diataal_onder'
    end as indicator,
    domein,
    aantal_deelnemers,
    1 - resultaat_pct / 100 as aandeel,
    1 - resultaat_vergelijkbaar_pct / 100 as aandeel_vergelijkbaar,
    list_has_any(beschermd, ['resultaat']) as is_beschermd
from staging.stg_outputdossier__leerresultaten
