-- description: one row per schooljaar and CLB: its staff, what reached it, and the criteria by which its needs have
--   priority. Staff is that of the file of POC+ where every ambt has a number, else that of the list of instellingen.
--   A criterion holds when POC+ names it for the schooljaar; doorlichting also when the last advice until the end of the
--   schooljaar is 1B or 2A. That no criterion holds is known only where POC+ named those of the schooljaar and the list
--   of doorlichtingen was delivered; else an empty list and "no priority" are missing
-- grain: schooljaar, instellingsnummer
-- key: schooljaar, instellingsnummer
-- scope: instelling
-- assert: (is_prioritair is null and criteria is null) or is_prioritair = (len(criteria) > 0)
-- assert: medewerkers_actief <= medewerkers or medewerkers_actief is null
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

-- One hidden or missing number leaves the sum unknown: then there is none.
personeel as (
    select
        medewerkers.schooljaar,
        opvolging.instellingsnummer,
        if(bool_or(aantal_medewerkers is null), null, sum(aantal_medewerkers)::bigint) as medewerkers,
        if(bool_or(aantal_actief is null), null, sum(aantal_actief)::bigint) as medewerkers_actief
    from staging.stg_poc__clb_medewerkers as medewerkers
    inner join core.instelling_in_jaar as opvolging using (schooljaar, instellingsnummer_bron)
    group by medewerkers.schooljaar, opvolging.instellingsnummer
),

noden as (
    select
        noden.schooljaar,
        opvolging.instellingsnummer,
        list(distinct noden.criterium) as criteria
    from staging.stg_poc__clb_noden as noden
    inner join core.instelling_in_jaar as opvolging using (schooljaar, instellingsnummer_bron)
    group by noden.schooljaar, opvolging.instellingsnummer
),

bereik as (
    select bereik.schooljaar, bereik.instellingsnummer, sum(bereik.interventies) as interventies
    from mart.bereik_instelling as bereik
    inner join settings.strategie as strategieen using (strategie)
    where strategieen.uit_verslagtool -- the others have none, delivered or not
    group by bereik.schooljaar, bereik.instellingsnummer
),

fotos as (
    select
        centra.schooljaar,
        centra.instellingsnummer,
        coalesce(personeel.medewerkers, centra.aantal_personeelsleden) as medewerkers,
        if(personeel.medewerkers is null, null, personeel.medewerkers_actief) as medewerkers_actief,
        case
            when personeel.medewerkers is not null then 'clb_medewerkers'
            when centra.aantal_personeelsleden is not null then 'instellingen'
        end as medewerkers_bron,
        intensiteit.deelnemers,
        intensiteit.deelnames,
        bereik.interventies::bigint as interventies,
        list_sort(list_distinct(list_concat(
            if(adviezen.advies in ('1B', '2A'), ['doorlichting'], []),
            coalesce(noden.criteria, [])
        ))) as bekende_criteria,
        exists (from staging.stg_doorlichtingen__doorlichtingen)
        and centra.schooljaar in (select schooljaar from staging.stg_poc__clb_noden) as kent_criteria
    from core.dim_instelling_jaar as centra
    left join mart.bereik_intensiteit as intensiteit using (schooljaar, instellingsnummer)
    left join bereik using (schooljaar, instellingsnummer)
    left join adviezen using (schooljaar, instellingsnummer)
    left join personeel using (schooljaar, instellingsnummer)
    left join noden using (schooljaar, instellingsnummer)
    where centra.onderwijsniveau = 'CLB'
)

select
    * exclude (bekende_criteria, kent_criteria),
    if(kent_criteria or len(bekende_criteria) > 0, bekende_criteria, null) as criteria,
    len(criteria) > 0 as is_prioritair
from fotos
