-- description: one row per schooljaar, scholengroep, strategie and status: the questions for support that stand there,
--   what they ask and, once agreed on, what they were granted
-- grain: schooljaar, scholengroep_nummer, strategie, status
-- key: schooljaar, scholengroep_nummer, strategie, status
-- scope: scholengroep
-- assert: aantal_vragen > 0
-- assert: is_toegekend or dagdelen_toegekend is null
-- assert: aantal_zonder_gevraagd <= aantal_vragen and aantal_zonder_toegekend <= aantal_vragen
select
    schooljaar,
    scholengroep_nummer,
    strategie,
    status,
    is_toegekend,
    count(*) as aantal_vragen,
    count(distinct instellingsnummer_bron) as aantal_instellingen,
    sum(dagdelen_gevraagd::decimal(18, 4))::double as dagdelen_gevraagd, -- exact: the same rows give the same sum
    sum(dagdelen_toegekend::decimal(18, 4))::double as dagdelen_toegekend,
    count(*) filter (where dagdelen_gevraagd is null) as aantal_zonder_gevraagd,
    count(*) filter (where is_toegekend and dagdelen_toegekend is null) as aantal_zonder_toegekend
from core.fct_ondersteuningsvragen
group by schooljaar, scholengroep_nummer, strategie, status, is_toegekend
