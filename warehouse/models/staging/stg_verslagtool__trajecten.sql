-- description: one row per traject of the verslagtool, as delivered
-- grain: traject_id
-- key: traject_id
select
    traject_id,
    instellingsnummer as instellingsnummer_bron,
    scholengroep_nummer as scholengroep_nummer_bron,
    soort,
    focus,
    beleidsprioriteiten,
    poolsteropleiding,
    startdatum,
    einddatum,
    contractdatum,
    geplande_dagdelen,
    status,
    label
from landing.trajecten
