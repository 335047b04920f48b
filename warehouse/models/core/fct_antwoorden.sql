-- description: one row per EDBI response that counts: previews and tests left out, and of several responses to one
--   invitation the most complete (at the same completeness the latest). A response without invitation is anonymous
-- grain: response_id
-- key: response_id
-- assert: not (is_volledig and is_gedeeltelijk)
-- assert: is_anoniem = (uitnodiging_id is null)
with responsen as (
    select
        *,
        len(list_filter(antwoorden, lambda antwoord: nullif(trim(antwoord.waarde), '') is not null))
            as aantal_antwoorden
    from staging.stg_edbi__antwoorden
    where not exists (from settings.edbi_proef as proef where proef.waarde in (status, kanaal))
),

gekoppeld as (
    select
        responsen.*,
        coalesce(uitnodigingen.activiteit_of_traject_id, responsen.activiteit_id) as activiteit_of_traject_id,
        coalesce(uitnodigingen.is_uitgenodigd, false) as is_uitgenodigd
    from responsen
    left join core.fct_uitnodigingen as uitnodigingen using (uitnodiging_id)
    qualify responsen.uitnodiging_id is null
        or row_number() over (
            partition by responsen.uitnodiging_id
            order by
                responsen.is_afgewerkt desc nulls last,
                responsen.aantal_antwoorden desc nulls last,
                responsen.geregistreerd_op desc,
                responsen.response_id
        ) = 1
)

select
    gekoppeld.response_id,
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
