-- description: one row per month, dienst and team ('alle' = the whole dienst, counted anew): persons, VTE and absence.
--   Teams under the minimum number of persons in any month are hidden in all of them, with enough other teams that
--   nothing follows by subtraction from the dienst; where that cannot be, the dienst is hidden and names no teams. What
--   follows from leave or absence is missing (reden 'ontbreekt') in a schooljaar before the first that their list speaks of
-- grain: maand, dienst, team
-- key: maand, dienst, team
-- scope: werkdruk
-- assert: personen >= getvariable('bescherming.minimum_personen') or (personen is null and reden = 'beschermd')
with groepen as (
    select
        maand,
        dienst,
        coalesce(team, 'alle') as team,
        count(*) as personen,
        -- exact: the same rows always give the same sum
        sum(vte_aanstelling::decimal(18, 6))::double as vte_aanstelling,
        sum(vte_inzetbaar::decimal(18, 6))::double as vte_inzetbaar,
        sum(vte_verlof::decimal(18, 6))::double as vte_verlof,
        avg(is_langdurig_afwezig::integer) as aandeel_langdurig_afwezig,
        bool_or(vte_verlof is null or is_langdurig_afwezig is null) as is_onvolledig
    from core.fct_personeel_maand
    group by maand, dienst, cube (team)
),

gemerkt as (
    select groepen.*, verborgen.maand is not null as is_beschermd
    from groepen
    left join core.hr_verborgen as verborgen using (maand, dienst, team)
    where verborgen.is_weggelaten is distinct from true
)

select
    maand,
    dienst,
    team,
    if(is_beschermd, null, personen) as personen,
    if(is_beschermd, null, vte_aanstelling) as vte_aanstelling,
    if(is_beschermd, null, vte_inzetbaar) as vte_inzetbaar,
    if(is_beschermd, null, vte_verlof / nullif(vte_aanstelling, 0)) as aandeel_verlof,
    if(is_beschermd, null, aandeel_langdurig_afwezig) as aandeel_langdurig_afwezig,
    case
        when is_beschermd then 'beschermd'
        when is_onvolledig then 'ontbreekt'
    end as reden
from gemerkt
