-- description: one row per staff member of PBD-GO! or POC+
-- grain: persoon
-- key: persoon
select
    persoon,
    code as begeleider,
    hoofdadviseur,
    functie,
    team,
    coalesce(dienst, 'onbekend') as dienst,
    statuut,
    vte,
    in_dienst as in_dienst_datum,
    uit_dienst as uit_dienst_datum
from landing.personeel
