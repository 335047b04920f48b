-- description: one row per month, dienst and team ('alle' = the whole dienst, counted anew): persons, VTE and absence.
--   Teams under the minimum number of persons in any month are hidden in all of them, with enough other teams that
--   nothing follows by subtraction from the dienst; where that cannot be, the dienst is hidden and names no teams
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
        count(*) filter (where is_langdurig_afwezig) / count(*) as aandeel_langdurig_afwezig
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
    if(is_beschermd, 'beschermd', null) as reden
from gemerkt
