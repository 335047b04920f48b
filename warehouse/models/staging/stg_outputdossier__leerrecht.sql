-- description: one row per instelling and schooljaar with unlawful absence and exclusions; `beschermd` names the
--   columns that were delivered as `< 5`
-- grain: schooljaar, instellingsnummer_bron
-- key: schooljaar, instellingsnummer_bron
select
    schooljaar,
    instellingsnummer as instellingsnummer_bron,
    noemer,
    problematisch_5,
    problematisch_10,
    problematisch_15,
    problematisch_30,
    tijdelijke_uitsluitingen,
    definitieve_uitsluitingen,
    coalesce(_klein, []) as beschermd
from landing.leerrecht
