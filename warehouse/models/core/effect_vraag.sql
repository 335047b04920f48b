-- description: one row per label of trajecten and test result that it is meant to change, with the rule on comparing
--   editions of that test
-- grain: label, toets, leerjaar, stroom, vak, domein
-- key: label, toets, leerjaar, stroom, vak, domein
select
    toetsen.label,
    schaal.toets,
    schaal.leerjaar,
    schaal.stroom,
    schaal.vak,
    schaal.domein,
    schaal.is_vergelijkbaar,
    schaal.uitleg
from settings.effect_toets as toetsen
inner join core.toets_schaal as schaal using (toets, vak, domein)
