-- description: one row per schooljaar and source of what EDBI asks about (activiteiten, trajecten, 'alle' = both): the
--   invitations about it, and of how many invitations and answers the activiteit or traject is not known, because it was
--   not delivered. Those count in the schooljaar of the last invitation about the same; an anonymous answer about an
--   activiteit that is not known in the one it was given in. A few (settings: edbi.onbekend_tot) are stray codes; from
--   there on a part of the source is not there (is_onvolledig)
-- grain: schooljaar, bron
-- key: schooljaar, bron
-- assert: uitnodigingen_onbekend <= uitnodigingen
with verstuurd as (
    select
        uitnodigingen.uitnodiging_id,
        uitnodigingen.activiteit_id,
        if(uitnodigingen.activiteit_id is null, uitnodigingen.traject_id, null) as traject_id,
        uitnodigingen.verzonden_datum,
        bekend.schooljaar,
        bekend.uitnodiging_id is null as is_onbekend
    from staging.stg_edbi__uitnodigingen as uitnodigingen
    left join core.fct_uitnodigingen as bekend using (uitnodiging_id)
),

uitnodigingen as (
    select
        *,
        if(activiteit_id is null, 'trajecten', 'activiteiten') as bron,
        year(max(verzonden_datum) over (partition by activiteit_id, traject_id) - interval 8 months) as jaar_onbekend
    from verstuurd
),

-- Of several rows of one respondent one counts, as elsewhere; an answer that names a known activiteit itself is placed.
antwoorden as (
    select distinct
        coalesce('uitnodiging ' || antwoorden.uitnodiging_id, antwoorden.response_id) as respondent,
        coalesce(uitnodigingen.bron, 'activiteiten') as bron,
        coalesce(
            uitnodigingen.jaar_onbekend, year(antwoorden.geregistreerd_op - interval 8 months)
        ) as jaar_onbekend
    from staging.stg_edbi__antwoorden as antwoorden
    left join uitnodigingen using (uitnodiging_id)
    where not exists (from settings.edbi_proef as proef where proef.waarde in (antwoorden.status, antwoorden.kanaal))
        and coalesce(uitnodigingen.is_onbekend, antwoorden.activiteit_id is not null)
        and (
            antwoorden.activiteit_id is null
            or antwoorden.activiteit_id not in (select activiteit_of_traject_id from core.dim_meting)
        )
),

per_bron as (
    select
        coalesce(schooljaar, format('{}-{}', jaar_onbekend, jaar_onbekend + 1)) as schooljaar,
        bron,
        1 as uitnodiging,
        is_onbekend::integer as uitnodiging_onbekend,
        0 as antwoord_onbekend
    from uitnodigingen
    union all
    select format('{}-{}', jaar_onbekend, jaar_onbekend + 1), bron, 0, 0, 1
    from antwoorden
),

geteld as (
    select
        schooljaar,
        coalesce(bron, 'alle') as bron,
        sum(uitnodiging)::bigint as uitnodigingen,
        sum(uitnodiging_onbekend)::bigint as uitnodigingen_onbekend,
        sum(antwoord_onbekend)::bigint as antwoorden_onbekend
    from per_bron
    group by schooljaar, cube (bron)
)

select
    *,
    uitnodigingen_onbekend > 0
    and uitnodigingen_onbekend >= getvariable('edbi.onbekend_tot') * uitnodigingen as is_onvolledig
from geteld
