-- description: one row per inschrijving, as delivered, and where it stands: the place of its delivery in the order of
--   all, the sheet and the line
-- grain: inschrijving_id
-- key: inschrijving_id
select
    _volgorde as volgorde,
    coalesce(_blad, '') as blad,
    _rij as rij,
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
