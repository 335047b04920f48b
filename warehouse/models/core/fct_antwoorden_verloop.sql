-- description: one row per EDBI response that counts and time in which it did (from a moment, until another one):
--   previews and tests left out, and of several responses to one invitation the most complete (at the same completeness
--   the latest). A response without invitation is anonymous. is_gewijzigd: the respondent has several rows
-- grain: response_id, van
-- key: response_id, van
-- assert: tot > van or tot is null
with responsen as (
    select
        *,
        coalesce('uitnodiging ' || uitnodiging_id, response_id) as respondent,
        len(list_filter(antwoorden, lambda antwoord: nullif(trim(antwoord.waarde), '') is not null))
            as aantal_antwoorden
    from staging.stg_edbi__antwoorden_verloop
    where not exists (from settings.edbi_proef as proef where proef.waarde in (status, kanaal))
),

geteld as (
    select *, count(*) over (partition by respondent) > 1 as is_gewijzigd
    from responsen
),

grenzen as (
    select respondent, moment, lead(moment) over (partition by respondent order by moment) as volgende
    from (
        select respondent, van as moment from geteld where is_gewijzigd
        union
        select respondent, tot from geteld where is_gewijzigd and tot is not null
    ) as momenten
),

gekozen as (
    select * from geteld where not is_gewijzigd
    union all
    select geteld.* replace (grenzen.moment as van, grenzen.volgende as tot)
    from geteld
    inner join grenzen
        on grenzen.respondent = geteld.respondent
        and geteld.van <= grenzen.moment
        and coalesce(geteld.tot > grenzen.moment, true)
    qualify row_number() over (
        partition by geteld.respondent, grenzen.moment
        order by
            geteld.is_afgewerkt desc nulls last,
            geteld.aantal_antwoorden desc nulls last,
            geteld.geregistreerd_op desc,
            geteld.response_id,
            geteld.van desc
    ) = 1
),

gekoppeld as (
    select
        gekozen.*,
        coalesce(uitnodigingen.activiteit_of_traject_id, gekozen.activiteit_id) as activiteit_of_traject_id,
        coalesce(uitnodigingen.is_uitgenodigd, false) as is_uitgenodigd
    from gekozen
    left join core.fct_uitnodigingen as uitnodigingen using (uitnodiging_id)
)

select
    gekoppeld.response_id,
    gekoppeld.van,
    gekoppeld.tot,
    gekoppeld.respondent,
    gekoppeld.is_gewijzigd,
    gekoppeld.uitnodiging_id,
    gekoppeld.activiteit_of_traject_id,
    meting.schooljaar,
    meting.strategie,
    gekoppeld.uitnodiging_id is null as is_anoniem,
    gekoppeld.is_uitgenodigd,
    coalesce(gekoppeld.is_afgewerkt, false) as is_volledig,
    not coalesce(gekoppeld.is_afgewerkt, false) and coalesce(gekoppeld.aantal_antwoorden, 0) > 0 as is_gedeeltelijk,
    gekoppeld.geregistreerd_op,
    gekoppeld.antwoorden
from gekoppeld
inner join core.dim_meting as meting using (activiteit_of_traject_id)
