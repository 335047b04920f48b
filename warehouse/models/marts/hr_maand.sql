-- description: one row per month, dienst and team ('alle' = the whole dienst, counted anew): persons, VTE and absence.
--   Groups under the minimum number of persons are hidden; where one team is hidden, or the hidden ones together are
--   still too few, the next smallest team is hidden along, so that nothing follows by subtraction from the dienst
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

-- Teams hide from the smallest up, until the hidden ones hold enough persons: that takes at least two of them.
gerangschikt as (
    select
        *,
        coalesce(sum(personen) over (
            partition by maand, dienst, team = 'alle'
            order by personen, team
            rows between unbounded preceding and 1 preceding
        ), 0) as personen_kleinere,
        min(personen) over (partition by maand, dienst, team = 'alle') as kleinste
    from groepen
),

gemerkt as (
    select
        *,
        personen < getvariable('bescherming.minimum_personen')
        or (
            team <> 'alle'
            and kleinste < getvariable('bescherming.minimum_personen')
            and personen_kleinere < getvariable('bescherming.minimum_personen')
        ) as is_beschermd
    from gerangschikt
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
