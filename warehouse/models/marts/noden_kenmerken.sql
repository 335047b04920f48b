-- description: one row per schooljaar and instelling: the traits by which comparable institutions are found
-- grain: schooljaar, instellingsnummer
-- key: schooljaar, instellingsnummer
-- scope: instelling
select
    schooljaar,
    instellingsnummer,
    onderwijsniveau,
    oki,
    aantal_leerlingen,
    schoolse_vertraging
from core.noden_kenmerken
