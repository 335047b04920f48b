-- description: one row per test result that was ever measured, with the rule on comparing its editions: the most
--   specific row of the settings
-- grain: toets, leerjaar, stroom, vak, domein
-- key: toets, leerjaar, stroom, vak, domein
with gemeten as (
    select distinct toets, leerjaar, stroom, vak, domein from core.toets_meting
)

select
    gemeten.toets,
    gemeten.leerjaar,
    gemeten.stroom,
    gemeten.vak,
    gemeten.domein,
    arg_max(schaal.vanaf, precisie) as vanaf,
    -- a test without a rule is not compared
    coalesce(arg_max(schaal.is_vergelijkbaar, precisie), false) as is_vergelijkbaar,
    arg_max(schaal.uitleg, precisie) as uitleg
from gemeten
left join (
    select
        *,
        (leerjaar != '*')::integer + (vak != '*')::integer + (domein != '*')::integer as precisie
    from settings.toets_schaal
) as schaal
    on schaal.toets = gemeten.toets
    and schaal.leerjaar in (gemeten.leerjaar, '*')
    and schaal.vak in (gemeten.vak, '*')
    and schaal.domein in (gemeten.domein, '*')
group by all
