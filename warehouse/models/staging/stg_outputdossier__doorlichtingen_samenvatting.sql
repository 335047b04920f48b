-- description: one row per instelling and schooljaar with what the outputdossier says of its last doorlichting, as
--   delivered; only to be held against the list of doorlichtingen
-- grain: schooljaar, instellingsnummer_bron
-- key: schooljaar, instellingsnummer_bron
select
    schooljaar,
    instellingsnummer as instellingsnummer_bron,
    laatste_doorlichting as laatste_datum,
    advies,
    gok as uitspraak_gok,
    llb as uitspraak_llb,
    _ontvangen as ontvangen_datum
from landing.doorlichtingen_samenvatting
