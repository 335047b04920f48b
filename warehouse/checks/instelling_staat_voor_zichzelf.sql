-- description: een instelling die in een schooljaar bestaat, wordt door niemand anders voortgezet
select
    instellingen.schooljaar,
    instellingen.instellingsnummer,
    herkomst.instellingsnummer as voortgezet_door
from core.dim_instelling_jaar as instellingen
inner join core.instelling_in_jaar as herkomst
    on herkomst.schooljaar = instellingen.schooljaar
    and herkomst.instellingsnummer_bron = instellingen.instellingsnummer
where herkomst.instellingsnummer is distinct from instellingen.instellingsnummer
