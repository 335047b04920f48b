-- description: one row per schooljaar: which sources of reach, support, EDBI and planning were delivered for it. A source
--   was when it has a row made in that schooljaar, about something of that schooljaar: a registration made in August
--   for a course of September does not say that the registrations of the new schooljaar are there. A figure of a
--   source that was not delivered is missing, not zero
-- grain: schooljaar
-- key: schooljaar
with inschrijvingen as (
    select distinct
        activiteiten.schooljaar,
        year(inschrijvingen.inschrijving_datum - interval 8 months) as gemaakt_in -- a schooljaar starts on 1 September
    from staging.stg_registratie__inschrijvingen as inschrijvingen
    inner join staging.stg_registratie__activiteiten as activiteiten using (activiteit_id)
),

uitnodigingen as (
    select distinct schooljaar, year(verzonden_datum - interval 8 months) as gemaakt_in
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
),

geleverd as (
    select 'inschrijvingen' as bron, schooljaar, gemaakt_in from inschrijvingen
    union all
    select 'uitnodigingen', schooljaar, gemaakt_in from uitnodigingen
    union all
    select 'antwoorden', schooljaar, gemaakt_in from antwoorden
),

op_tijd as (
    select bron, schooljaar
    from geleverd
    where left(schooljaar, 4)::integer = gemaakt_in
)

select
    schooljaar,
    schooljaar in (select schooljaar from op_tijd where bron = 'inschrijvingen') as heeft_inschrijvingen,
    -- an interventie is of the schooljaar of its own date
    schooljaar in (select schooljaar from core.fct_interventies) as heeft_verslagtool,
    schooljaar in (select schooljaar from op_tijd where bron = 'uitnodigingen') as heeft_uitnodigingen,
    schooljaar in (select schooljaar from op_tijd where bron = 'antwoorden') as heeft_antwoorden,
    schooljaar in (select schooljaar from core.fct_planning) as heeft_planning
from core.dim_schooljaar
