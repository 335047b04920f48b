-- description: one row per question for support, as delivered; without instelling it is of the whole scholengroep
-- grain: vraag_id
-- key: vraag_id
select
    vraag_id,
    schooljaar,
    scholengroep_nummer,
    instellingsnummer as instellingsnummer_bron,
    lower(trim(strategie)) as strategie,
    thema,
    poolsteropleiding,
    gevraagde_dagdelen as dagdelen_gevraagd,
    toegekende_dagdelen,
    status,
    afgesproken_op as afgesproken_datum
from landing.ondersteuningsvragen
