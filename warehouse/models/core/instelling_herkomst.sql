-- description: one row per instelling and instellingsnummer whose history it carries: its own, and that of every
--   instelling it ever stood for after a merger or renumbering
-- grain: instellingsnummer, instellingsnummer_bron
-- key: instellingsnummer, instellingsnummer_bron
select
    instellingsnummer,
    instellingsnummer_bron
from core.instelling_in_jaar
where instellingsnummer is not null

union

select
    instellingsnummer,
    instellingsnummer
from core.dim_instelling
