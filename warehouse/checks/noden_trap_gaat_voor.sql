-- description: wie op een hogere trap staat, heeft een hogere plaats
with trappen as (
    select
        schooljaar,
        trap,
        min(rang) as eerste,
        max(rang) as laatste
    from mart.noden
    group by schooljaar, trap
)

select
    hoger.schooljaar,
    hoger.trap as hogere_trap,
    lager.trap as lagere_trap
from trappen as hoger
inner join trappen as lager using (schooljaar)
where (hoger.trap, lager.trap) in (('verplicht', 'verhoogd'), ('verplicht', 'regulier'), ('verhoogd', 'regulier'))
    and hoger.laatste > lager.eerste
