-- description: one row per schooljaar: whether invitations to EDBI and answers were delivered for it. They were when there
--   is one made in that schooljaar for a measurement of that schooljaar: an answer of September about a training of
--   August does not say that the answers of the old schooljaar are there
-- grain: schooljaar
-- key: schooljaar
with uitnodigingen as (
    select distinct schooljaar, year(verzonden_datum - interval 8 months) as gemaakt_in -- starts on 1 September
    from core.fct_uitnodigingen
),

-- A preview is no answer, but it is a row of an export of that schooljaar all the same.
antwoorden as (
    select distinct
        metingen.schooljaar,
        year(antwoorden.geregistreerd_op - interval 8 months) as gemaakt_in
    from staging.stg_edbi__antwoorden as antwoorden
    left join core.fct_uitnodigingen as uitnodigingen using (uitnodiging_id)
    inner join core.dim_meting as metingen
        on metingen.activiteit_of_traject_id
        = coalesce(uitnodigingen.activiteit_of_traject_id, antwoorden.activiteit_id)
)

select
    schooljaar,
    schooljaar in (
        select schooljaar from uitnodigingen where left(schooljaar, 4)::integer = gemaakt_in
    ) as heeft_uitnodigingen,
    schooljaar in (
        select schooljaar from antwoorden where left(schooljaar, 4)::integer = gemaakt_in
    ) as heeft_antwoorden
from core.dim_schooljaar
