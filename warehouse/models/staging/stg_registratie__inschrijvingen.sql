-- description: one row per inschrijving, as delivered
-- grain: inschrijving_id
-- key: inschrijving_id
select
    inschrijving_id,
    activiteit_id,
    persoon,
    ambt,
    ancienniteit as ancienniteit_jaren,
    nullif(instellingsnummer, 'extern') as instellingsnummer_bron,
    instellingsnummer = 'extern' as is_extern,
    ingeschreven_op as inschrijving_datum,
    status,
    aanwezig
from landing.inschrijvingen
