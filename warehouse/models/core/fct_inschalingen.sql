-- description: one row per doorlichting that has inschalingen, with how many there are of each kind
-- grain: doorlichting_id
-- key: doorlichting_id
-- assert: aantal_inschalingen = aantal_beneden + aantal_benadert + aantal_volgens + aantal_overstijgt
select
    doorlichting_id,
    count(*) as aantal_inschalingen,
    count(*) filter (where inschaling = 'beneden de verwachting') as aantal_beneden,
    count(*) filter (where inschaling = 'benadert de verwachting') as aantal_benadert,
    count(*) filter (where inschaling = 'volgens de verwachting') as aantal_volgens,
    count(*) filter (where inschaling = 'overstijgt de verwachting') as aantal_overstijgt
from staging.stg_doorlichtingen__inschalingen
group by doorlichting_id
