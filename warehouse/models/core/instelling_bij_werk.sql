-- description: one row per schooljaar and instellingsnummer that a supplier may write, with the instelling to which the
--   work of that schooljaar belongs: the one that stands for the number, else (work of before a renumbering, written
--   under the new number) its only predecessor of then; empty when there were several, or none
-- grain: schooljaar, instellingsnummer_bron
-- key: schooljaar, instellingsnummer_bron
with voorgangers as (
    select
        vroeger.schooljaar,
        lijn.instellingsnummer as instellingsnummer_bron,
        min(vroeger.instellingsnummer) as instellingsnummer
    from core.instelling_herkomst as lijn
    inner join core.instelling_in_jaar as vroeger
        on vroeger.instellingsnummer_bron = lijn.instellingsnummer_bron
        and vroeger.instellingsnummer is not null
    where lijn.sinds is not null
    group by vroeger.schooljaar, lijn.instellingsnummer
    having count(distinct vroeger.instellingsnummer) = 1
)

select
    herkomst.schooljaar,
    herkomst.instellingsnummer_bron,
    coalesce(herkomst.instellingsnummer, voorgangers.instellingsnummer) as instellingsnummer
from core.instelling_in_jaar as herkomst
left join voorgangers using (schooljaar, instellingsnummer_bron)
