-- description: one row per instelling, toetsjaar and Vlaamse toets (leerjaar, stroom, vak, domein); `beschermd` names
--   the columns that were delivered as `< 5`
-- grain: schooljaar, instellingsnummer_bron, leerjaar, stroom, vak, domein
-- key: schooljaar, instellingsnummer_bron, leerjaar, stroom, vak, domein
select
    toetsjaar as schooljaar,
    instellingsnummer as instellingsnummer_bron,
    leerjaar,
    coalesce(stroom, '') as stroom, -- a leerjaar without streams
    vak,
    domein,
    deelnemers as aantal_deelnemers,
    vaardigheidsscore,
    standaardfout,
    aandeel_minimumdoel as minimumdoel_pct,
    niveau_a as niveau_a_pct,
    niveau_b as niveau_b_pct,
    niveau_c as niveau_c_pct,
    niveau_d as niveau_d_pct,
    niveau_e as niveau_e_pct,
    score_vergelijkbaar,
    score_vlaanderen,
    leerwinst,
    coalesce(_klein, []) as beschermd
from landing.vlaamse_toetsen
