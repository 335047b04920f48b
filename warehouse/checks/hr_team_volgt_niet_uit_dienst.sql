-- description: het aantal personen van een verborgen team is uit de dienst en de getoonde teams nooit tot op twee na
--   bekend
with teams as (
    select
        maand,
        dienst,
        count(*) filter (where personen is null) as verborgen,
        coalesce(sum(personen), 0) as getoond
    from mart.hr_maand
    where team <> 'alle'
    group by maand, dienst
)

-- The rows that fail are written in a message: no figures in it.
select maand, dienst
from mart.hr_maand as diensten
inner join teams using (maand, dienst)
where diensten.team = 'alle'
    and teams.verborgen > 0
    and (
        teams.verborgen = 1
        -- a hidden team holds one person at least: the bounds of each lie this far apart
        or diensten.personen - teams.getoond - teams.verborgen < getvariable('bescherming.minimum_personen') - 2
    )
    and diensten.personen is not null
