-- description: one row per doorlichting, as delivered
-- grain: doorlichting_id
-- key: doorlichting_id
select
    doorlichting_id,
    instellingsnummer as instellingsnummer_bron,
    soort,
    begindatum,
    einddatum,
    datum_verslag as verslag_datum,
    advies,
    uitspraak_gok,
    uitspraak_llb,
    engagementsverklaring as engagementsverklaring_datum,
    ondersteuningsplan as ondersteuningsplan_datum,
    beroep as beroep_datum
from landing.doorlichtingen
