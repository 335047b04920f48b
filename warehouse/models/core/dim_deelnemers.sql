-- description: one row per person in the inschrijvingen, with a number that stands for the pseudonym within one build:
--   millions of numbers are written and counted for half of what texts cost
-- grain: persoon
-- key: persoon
select
    persoon,
    row_number() over (order by persoon) as nummer
from staging.stg_registratie__inschrijvingen
where persoon is not null
group by persoon
