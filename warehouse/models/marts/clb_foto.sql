-- description: one row per schooljaar and CLB: its staff, what reached it, and the criteria by which its needs have
--   priority. Only the criterion doorlichting has a source: the last advice until the end of the schooljaar is 1B or 2A
-- grain: schooljaar, instellingsnummer
-- key: schooljaar, instellingsnummer
-- assert: is_prioritair = (len(criteria) > 0)
with adviezen as (
    select
        centra.schooljaar,
        centra.instellingsnummer,
        arg_max(doorlichtingen.advies, (doorlichtingen.datum, doorlichtingen.doorlichting_id)) as advies
    from core.dim_instelling_jaar as centra
    inner join core.dim_schooljaar as schooljaren using (schooljaar)
    inner join core.instelling_in_jaar as opvolging using (schooljaar, instellingsnummer)
    inner join core.fct_doorlichtingen as doorlichtingen
        on doorlichtingen.instellingsnummer_bron = opvolging.instellingsnummer_bron
        and doorlichtingen.datum <= schooljaren.einde
    where centra.onderwijsniveau = 'CLB'
    group by centra.schooljaar, centra.instellingsnummer
),

bereik as (
    select schooljaar, instellingsnummer, sum(interventies) as interventies
    from mart.bereik_instelling
    group by schooljaar, instellingsnummer
),

fotos as (
    select
        centra.schooljaar,
        centra.instellingsnummer,
        centra.aantal_personeelsleden as medewerkers,
        intensiteit.deelnemers,
        intensiteit.deelnames,
        bereik.interventies::bigint as interventies,
        if(adviezen.advies in ('1B', '2A'), ['doorlichting'], []) as criteria
    from core.dim_instelling_jaar as centra
    left join mart.bereik_intensiteit as intensiteit using (schooljaar, instellingsnummer)
    left join bereik using (schooljaar, instellingsnummer)
    left join adviezen using (schooljaar, instellingsnummer)
    where centra.onderwijsniveau = 'CLB'
)

select *, len(criteria) > 0 as is_prioritair from fotos
