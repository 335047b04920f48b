-- description: one row per instelling and instellingsnummer whose history it carries: its own, and that of every
--   instelling it ever stood for after a merger or renumbering, with the day from which it does (empty for its own)
-- grain: instellingsnummer, instellingsnummer_bron
-- key: instellingsnummer, instellingsnummer_bron
select
    herkomst.instellingsnummer,
    herkomst.instellingsnummer_bron,
    min(schooljaren.begin) as sinds
from core.instelling_in_jaar as herkomst
inner join core.dim_schooljaar as schooljaren using (schooljaar)
where herkomst.instellingsnummer != herkomst.instellingsnummer_bron
group by herkomst.instellingsnummer, herkomst.instellingsnummer_bron

union all

select
    instellingsnummer,
    instellingsnummer,
    null
from core.dim_instelling
