-- description: elke instelling van een schooljaar staat precies één keer in de rangorde, en niemand anders
select
    schooljaar,
    instellingsnummer,
    noden.rang
from mart.instelling_jaar as instellingen
full join mart.noden as noden using (schooljaar, instellingsnummer)
where noden.rang is null or instellingen.naam is null
