-- description: one row per instelling in PBD's own list of a schooljaar, as delivered
-- grain: schooljaar, instellingsnummer
-- key: schooljaar, instellingsnummer
select
    schooljaar,
    instellingsnummer,
    naam,
    onderwijsniveau,
    scholengroep_nummer,
    scholengroep,
    scholengemeenschap,
    gemeente,
    niscode,
    aantal_vestigingen,
    leerlingen as aantal_leerlingen,
    personeelsleden as aantal_personeelsleden,
    vte as aantal_vte,
    clb,
    nullif(opgevolgd_door, instellingsnummer) as opgevolgd_door,
    spoc,
    hoofdadviseur
from landing.instellingen
