-- description: one row per vestigingsplaats of an instelling of GO! in the register: where it lies, and from when until
--   when it is used. A closed one keeps its row
-- grain: instellingsnummer, vestigingsplaats
-- key: instellingsnummer, vestigingsplaats
-- scope: instelling
-- assert: einddatum >= begindatum or einddatum is null or begindatum is null
-- assert: (lx is null) = (ly is null)
select
    instellingsnummer,
    vestigingsplaats,
    naam,
    is_hoofdzetel,
    adres,
    postcode,
    gemeente,
    niscode,
    provincie,
    if(ly is null, null, lx) as lx, -- half a place is none
    if(lx is null, null, ly) as ly,
    hoofdstructuren,
    bestuur,
    scholengemeenschap,
    begindatum,
    einddatum,
    coalesce(einddatum < getvariable('peildatum'), false) as is_gesloten
from staging.stg_vestigingsplaatsen__vestigingsplaatsen
