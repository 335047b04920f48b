-- description: one row per schooljaar: which sources of reach and support were delivered for it. A source was when it has
--   a row made in that schooljaar, about something of that schooljaar: a registration made in August for a course of
--   September does not say that the registrations of the new schooljaar are there. A figure of a source that was not
--   delivered is missing, not zero. The same of EDBI is in core.edbi_bron_jaar: what is made of answers is kept apart
-- grain: schooljaar
-- key: schooljaar
with inschrijvingen as (
    select distinct
        activiteiten.schooljaar,
        year(inschrijvingen.inschrijving_datum - interval 8 months) as gemaakt_in -- a schooljaar starts on 1 September
    from staging.stg_registratie__inschrijvingen as inschrijvingen
    inner join staging.stg_registratie__activiteiten as activiteiten using (activiteit_id)
)

select
    schooljaar,
    schooljaar in (
        select schooljaar from inschrijvingen where left(schooljaar, 4)::integer = gemaakt_in
    ) as heeft_inschrijvingen,
    -- an interventie is of the schooljaar of its own date
    schooljaar in (select schooljaar from core.fct_interventies) as heeft_verslagtool
from core.dim_schooljaar
