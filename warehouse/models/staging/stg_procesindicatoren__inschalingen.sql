-- description: one row per schooljaar, instelling (as numbered then) and indicator of GO! 2030 in beeld that the school
--   placed itself on; `beschermd` names the columns that were delivered as `< 5`
-- grain: schooljaar, instellingsnummer_bron, indicator
-- key: schooljaar, instellingsnummer_bron, indicator
select
    schooljaar,
    instellingsnummer as instellingsnummer_bron,
    indicator,
    inschaling,
    schaal_max,
    ingevuld_op as ingevuld_datum,
    coalesce(_klein, []) as beschermd
from landing.procesindicatoren
