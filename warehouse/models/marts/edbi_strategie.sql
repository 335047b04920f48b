-- description: one row per schooljaar and support strategy ('alle' = all together): invitations, answers and response
--   rate over its activiteiten and trajecten, against the rate the plan expects. Where a part of the activiteiten or
--   trajecten that it may count was not delivered (core.edbi_onbekend), all but the expected rate is missing, also the
--   number of measurements
-- grain: schooljaar, strategie
-- key: schooljaar, strategie
-- scope: netwerk
-- assert: respons between respons_laag and respons_hoog or respons is null
with geteld as (
    select
        schooljaar,
        coalesce(strategie, 'alle') as strategie,
        count(*) as metingen,
        sum(bezorgd)::bigint as bezorgd,
        sum(uitgenodigd)::bigint as uitgenodigd,
        sum(volledig)::bigint as volledig,
        sum(gedeeltelijk)::bigint as gedeeltelijk,
        sum(anoniem)::bigint as anoniem
    from mart.edbi_respons
    group by schooljaar, cube (strategie)
),

-- What a strategy counts can come from the registrations of activiteiten, the trajecten, or both.
onvolledig as (
    select onbekend.schooljaar, strategieen.strategie
    from core.edbi_onbekend as onbekend
    inner join settings.strategie as strategieen
        on (onbekend.bron = 'activiteiten' and strategieen.uit_inschrijvingen)
        or (onbekend.bron = 'trajecten' and strategieen.uit_verslagtool)
    where onbekend.is_onvolledig
    union
    select schooljaar, 'alle' from core.edbi_onbekend where bron = 'alle' and is_onvolledig
),

bekend as (
    from geteld anti join onvolledig using (schooljaar, strategie)
    union all by name
    from onvolledig
),

aandelen as (
    select
        *,
        (volledig + gedeeltelijk) / nullif(uitgenodigd, 0) as respons,
        getvariable('interval.z') ** 2 / nullif(uitgenodigd, 0) as z2_per_n
    from bekend
),

wilson as (
    select
        *,
        (respons + z2_per_n / 2) / (1 + z2_per_n) as midden,
        sqrt(z2_per_n * (respons * (1 - respons) + z2_per_n / 4)) / (1 + z2_per_n) as marge
    from aandelen
)

select
    schooljaar,
    strategie,
    metingen,
    bezorgd,
    uitgenodigd,
    volledig,
    gedeeltelijk,
    anoniem,
    respons,
    if(respons = 0, 0, midden - marge) as respons_laag, -- exactly 0 and 1 at the ends, without a crumb of rounding
    if(respons = 1, 1, midden + marge) as respons_hoog,
    volledig / nullif(uitgenodigd, 0) as aandeel_volledig,
    getvariable('edbi.doel_respons')::double as doel
from wilson
