-- description: one row per doorlichting that calls for follow-up and per year of it (2A three years; 2B and a negative
--   ruling on GOK or LLB one), with the dagdelen the plan provides. A 2A or 2B goes before a negative ruling in the same
--   report. Years that begin after a later report settled the matter are left out
-- grain: doorlichting_id, jaar
-- key: doorlichting_id, jaar
with aanleidingen as (
    select
        doorlichtingen.*,
        case
            when doorlichtingen.advies in ('2A', '2B') then doorlichtingen.advies
            when doorlichtingen.is_gok_negatief and doorlichtingen.is_llb_negatief then 'GOK en LLB'
            when doorlichtingen.is_gok_negatief then 'GOK'
            when doorlichtingen.is_llb_negatief then 'LLB'
        end as aanleiding,
        case
            when doorlichtingen.advies in ('2A', '2B') then afloop.vervangen_datum
            when doorlichtingen.is_gok_negatief and not doorlichtingen.is_llb_negatief then afloop.gok_gesloten_datum
            when doorlichtingen.is_llb_negatief and not doorlichtingen.is_gok_negatief then afloop.llb_gesloten_datum
            -- both rulings: open until the last of the two is settled
            when afloop.gok_gesloten_datum is not null and afloop.llb_gesloten_datum is not null
                then greatest(afloop.gok_gesloten_datum, afloop.llb_gesloten_datum)
        end as gesloten_datum,
        year(doorlichtingen.datum - interval 8 months) as eerste_jaar -- a schooljaar starts on 1 September
    from core.fct_doorlichtingen as doorlichtingen
    inner join core.doorlichting_afloop as afloop using (doorlichting_id)
),

jaren as (
    select
        aanleidingen.*,
        voorzien.jaar,
        voorzien.dagdelen as dagdelen_voorzien,
        make_date(aanleidingen.eerste_jaar + voorzien.jaar - 1, 9, 1) as begin
    from aanleidingen
    inner join settings.opvolging_dagdelen as voorzien using (aanleiding)
)

select
    doorlichting_id,
    jaar,
    format('{}-{}', year(begin), year(begin) + 1) as schooljaar,
    begin,
    instellingsnummer_bron,
    instellingsnummer,
    datum,
    advies,
    aanleiding,
    gesloten_datum,
    gesloten_datum is null and instellingsnummer is not null as is_open,
    engagementsverklaring_datum,
    ondersteuningsplan_datum,
    beroep_datum,
    dagdelen_voorzien
from jaren
where jaar = 1
    or gesloten_datum is null
    or begin <= gesloten_datum
