-- description: one row per schooljaar, instelling and comparable institution (buur), the nearest first, with the traits
--   of that buur
-- grain: schooljaar, instellingsnummer, plaats
-- key: schooljaar, instellingsnummer, plaats
-- scope: instelling
-- neighbour: buur, naam, scholengroep_nummer, scholengroep, oki, aantal_leerlingen, schoolse_vertraging
select
    buren.schooljaar,
    buren.instellingsnummer,
    buren.plaats,
    buren.buur,
    instellingen.naam,
    instellingen.scholengroep_nummer,
    instellingen.scholengroep,
    kenmerken.oki,
    kenmerken.aantal_leerlingen,
    kenmerken.schoolse_vertraging,
    buren.afstand
from core.noden_buur as buren
inner join core.noden_kenmerken as kenmerken
    on kenmerken.schooljaar = buren.schooljaar
    and kenmerken.instellingsnummer = buren.buur
inner join core.dim_instelling_jaar as instellingen
    on instellingen.schooljaar = buren.schooljaar
    and instellingen.instellingsnummer = buren.buur
