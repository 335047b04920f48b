-- description: one row per vestigingsplaats of an instelling of GO! in the register. The register writes 0 for a place
--   on the map or a scholengemeenschap that is not there, and a year far ahead for an end that is not known
-- grain: instellingsnummer, vestigingsplaats
-- key: instellingsnummer, vestigingsplaats
select
    instellingsnummer,
    vestigingsplaats,
    naam,
    coalesce(hoofdzetel, false) as is_hoofdzetel,
    nullif(concat_ws(' ', straat, huisnummer, 'bus ' || busnummer), '') as adres,
    postcode,
    gemeente,
    niscode,
    provincie,
    nullif(lx, 0) as lx,
    nullif(ly, 0) as ly,
    ingerichte_hoofdstructuren as hoofdstructuren,
    bestuur,
    nullif(scholengemeenschap, '0') as scholengemeenschap,
    begindatum,
    if(year(einddatum) < 2100, einddatum, null) as einddatum
from landing.vestigingsplaatsen
