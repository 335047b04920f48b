-- description: one row per doorlichting that calls for follow-up (2A, 2B, negative ruling on GOK or LLB) and per year of
--   that follow-up: dagdelen provided and spent, and the next deadline of that year that is still open
-- grain: doorlichting_id, jaar
-- key: doorlichting_id, jaar
-- scope: instelling
-- assert: (deadline is null) = (deadline_soort is null)
-- assert: is_open or deadline is null
with interventies as (
    select
        interventie_id,
        schooljaar,
        instellingsnummer,
        datum,
        dagdelen
    from core.fct_interventies
    where soort in ('opvolging 2A', 'opvolging 2B', 'opvolging GOK', 'opvolging LLB')
),

-- Where the follow-ups of two reports meet in one schooljaar, an interventie counts once: for the latest report before
-- it, or for the first one when it came ahead of the report.
toegewezen as (
    select
        opvolging.doorlichting_id,
        opvolging.jaar,
        interventies.dagdelen
    from interventies
    inner join core.instelling_in_jaar as herkomst using (schooljaar, instellingsnummer)
    inner join core.opvolging as opvolging
        on opvolging.schooljaar = interventies.schooljaar
        and opvolging.instellingsnummer_bron = herkomst.instellingsnummer_bron
    qualify row_number() over (
        partition by interventies.interventie_id
        order by
            opvolging.datum <= interventies.datum desc,
            abs(interventies.datum - opvolging.datum),
            opvolging.doorlichting_id desc
    ) = 1
),

besteed as (
    select
        doorlichting_id,
        jaar,
        sum(dagdelen::decimal(18, 4))::double as dagdelen -- exact: the same rows always give the same sum
    from toegewezen
    group by doorlichting_id, jaar
),

volgende as (
    select
        doorlichting_id,
        jaar,
        min(deadline) as deadline,
        arg_min(soort, (deadline, soort)) as deadline_soort
    from core.opvolging_termijn
    where not is_gehaald
    group by doorlichting_id, jaar
)

select
    opvolging.doorlichting_id,
    opvolging.jaar,
    opvolging.schooljaar,
    coalesce(opvolging.instellingsnummer, opvolging.instellingsnummer_bron) as instellingsnummer,
    opvolging.advies,
    opvolging.aanleiding,
    opvolging.datum as datum_verslag,
    opvolging.is_open,
    opvolging.dagdelen_voorzien,
    -- unknown, not zero: a schooljaar without interventies, or that has not begun, or from before the first list
    case
        when schooljaren.begin is not null and opvolging.schooljaar in (select schooljaar from core.fct_interventies)
            then coalesce(besteed.dagdelen, 0)
    end as dagdelen_besteed,
    case when opvolging.is_open then volgende.deadline end as deadline,
    case when opvolging.is_open then volgende.deadline_soort end as deadline_soort,
    opvolging.is_open and coalesce(volgende.deadline < getvariable('peildatum'), false) as is_te_laat
from core.opvolging
left join core.dim_schooljaar as schooljaren using (schooljaar)
left join besteed using (doorlichting_id, jaar)
left join volgende using (doorlichting_id, jaar)
