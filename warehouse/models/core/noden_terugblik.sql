-- description: one row per schooljaar with a list that was followed by another schooljaar, and instelling: its place and
--   advice at the end of that schooljaar, and whether it got a 2A or 2B in the year after (also under the number of a
--   successor). Input of the back-test
-- grain: schooljaar, instellingsnummer
-- key: schooljaar, instellingsnummer
with volgende as (
    select
        jaren.schooljaar,
        later.schooljaar as schooljaar_later,
        later.begin,
        later.einde
    from core.dim_schooljaar as jaren
    inner join core.dim_schooljaar as later on later.volgnummer = jaren.volgnummer + 1
    where later.begin <= getvariable('peildatum')
),

-- who was examined in the year after, under the number that stood for it then
ongunstig as (
    select distinct
        volgende.schooljaar,
        herkomst.instellingsnummer
    from volgende
    inner join core.fct_doorlichtingen as doorlichtingen
        on doorlichtingen.datum between volgende.begin and volgende.einde
        and doorlichtingen.advies in ('2A', '2B')
    inner join core.instelling_in_jaar as herkomst
        on herkomst.schooljaar = volgende.schooljaar_later
        and herkomst.instellingsnummer_bron = doorlichtingen.instellingsnummer_bron
),

laatste_verslag as (
    select
        herkomst.schooljaar,
        herkomst.instellingsnummer,
        max(doorlichtingen.datum) as datum_verslag
    from core.instelling_in_jaar as herkomst
    inner join core.dim_schooljaar as jaren using (schooljaar)
    inner join core.fct_doorlichtingen as doorlichtingen
        on doorlichtingen.instellingsnummer_bron = herkomst.instellingsnummer_bron
        and doorlichtingen.datum <= jaren.einde
    group by herkomst.schooljaar, herkomst.instellingsnummer
)

select
    rangen.schooljaar,
    rangen.instellingsnummer,
    rangen.rang,
    rangen.rang_score,
    kenmerken.oki,
    stand.advies,
    laatste_verslag.datum_verslag,
    coalesce(stand.advies in ('2A', '2B'), false) as is_al_ongunstig,
    ongunstig.instellingsnummer is not null as is_nieuw_ongunstig,
    volgende.einde <= getvariable('peildatum') as is_volledig
from volgende
inner join core.noden_rang as rangen using (schooljaar)
inner join core.noden_instelling as stand using (schooljaar, instellingsnummer)
inner join core.noden_kenmerken as kenmerken using (schooljaar, instellingsnummer)
left join laatste_verslag using (schooljaar, instellingsnummer)
left join core.instelling_in_jaar as later
    on later.schooljaar = volgende.schooljaar_later
    and later.instellingsnummer_bron = rangen.instellingsnummer
left join ongunstig
    on ongunstig.schooljaar = rangen.schooljaar
    and ongunstig.instellingsnummer = later.instellingsnummer
