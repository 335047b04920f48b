-- description: one row per month, dienst and team: its persons, before anything is hidden
-- grain: maand, dienst, team
-- key: maand, dienst, team
-- assert: personen > 0
-- assert: team <> 'alle'
select maand, dienst, team, count(*) as personen
from core.fct_personeel_maand
group by maand, dienst, team
