-- description: de rangen van een schooljaar lopen van 1 tot het aantal instellingen, zonder gaten of gelijke plaatsen
select
    schooljaar,
    count(*) as instellingen,
    count(distinct rang) as rangen,
    max(rang) as hoogste
from mart.noden
group by schooljaar
having count(*) != count(distinct rang) or max(rang) != count(*) or min(rang) != 1
