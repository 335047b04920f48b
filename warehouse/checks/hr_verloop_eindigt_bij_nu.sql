-- description: wat van vroegere personeelslijsten onthouden is, eindigt bij de teams van nu
with laatste as (
    select maand, dienst, team, arg_max(personen, dag) as personen
    from core.hr_team_vroeger
    where moment = (select max(moment) from core.hr_team_vroeger)
    group by maand, dienst, team
)

-- The rows that fail are written in a message: no figures in it.
select maand, dienst
from core.hr_team
anti join laatste using (maand, dienst, team, personen)
where exists (from core.hr_team_vroeger)
