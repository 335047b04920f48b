-- description: one row per activiteit or traject that EDBI measures: who was invited and who answered. Only answers to an
--   invitation count; anonymous answers are shown apart, and fill the open invitations of an activiteit with a QR code
--   (one row per participant), never more than were invited. Of a schooljaar without delivered answers it is not known who
--   answered, and without delivered invitations not who was asked: missing, not zero
-- grain: activiteit_of_traject_id
-- key: activiteit_of_traject_id
-- scope: netwerk
-- assert: volledig + gedeeltelijk <= uitgenodigd or volledig is null
-- assert: volledig is null or uitgenodigd is not null
-- assert: (volledig is null) = (gedeeltelijk is null)
-- assert: respons between 0 and 1 or respons is null
with uitnodigingen as (
    select
        activiteit_of_traject_id,
        count(*) as verstuurd,
        count(*) filter (where is_bezorgd) as bezorgd,
        count(*) filter (where is_uitgenodigd) as uitgenodigd,
        coalesce(bool_or(kanaal = 'qr'), false) as heeft_qr
    from core.fct_uitnodigingen
    group by activiteit_of_traject_id
),

antwoorden as (
    select
        activiteit_of_traject_id,
        count(*) filter (where is_uitgenodigd) as begonnen,
        count(*) filter (where is_uitgenodigd and is_volledig) as volledig,
        count(*) filter (where is_uitgenodigd and is_gedeeltelijk) as gedeeltelijk,
        count(*) filter (where is_anoniem and is_volledig) as anoniem_volledig,
        count(*) filter (where is_anoniem and is_gedeeltelijk) as anoniem_gedeeltelijk
    from core.fct_antwoorden
    group by activiteit_of_traject_id
),

samen as (
    select
        metingen.*,
        if(bronnen.heeft_uitnodigingen, coalesce(uitnodigingen.verstuurd, 0), null) as verstuurd,
        if(bronnen.heeft_uitnodigingen, coalesce(uitnodigingen.bezorgd, 0), null) as bezorgd,
        if(bronnen.heeft_uitnodigingen, coalesce(uitnodigingen.uitgenodigd, 0), null) as uitgenodigd,
        bronnen.heeft_uitnodigingen and bronnen.heeft_antwoorden as kent_antwoorden,
        if(kent_antwoorden, coalesce(antwoorden.begonnen, 0), null) as begonnen,
        if(kent_antwoorden, coalesce(antwoorden.volledig, 0), null) as volledig,
        if(kent_antwoorden, coalesce(antwoorden.gedeeltelijk, 0), null) as gedeeltelijk,
        if(bronnen.heeft_antwoorden, coalesce(antwoorden.anoniem_volledig, 0), null) as anoniem_volledig,
        if(bronnen.heeft_antwoorden, coalesce(antwoorden.anoniem_gedeeltelijk, 0), null) as anoniem_gedeeltelijk,
        if(uitnodigingen.heeft_qr, uitnodigingen.uitgenodigd, 0) as plaatsen
    from core.dim_meting as metingen
    left join core.edbi_bron_jaar as bronnen using (schooljaar)
    left join uitnodigingen using (activiteit_of_traject_id)
    left join antwoorden using (activiteit_of_traject_id)
),

met_volledig as (
    select *, least(anoniem_volledig, greatest(plaatsen - volledig - gedeeltelijk, 0)) as qr_volledig
    from samen
),

met_gedeeltelijk as (
    select
        *,
        least(anoniem_gedeeltelijk, greatest(plaatsen - volledig - gedeeltelijk - qr_volledig, 0)) as qr_gedeeltelijk
    from met_volledig
),

geteld as (
    select
        * replace (
            begonnen + qr_volledig + qr_gedeeltelijk as begonnen,
            volledig + qr_volledig as volledig,
            gedeeltelijk + qr_gedeeltelijk as gedeeltelijk
        ),
        (volledig + gedeeltelijk + qr_volledig + qr_gedeeltelijk) / nullif(uitgenodigd, 0) as respons,
        getvariable('interval.z') ** 2 / nullif(uitgenodigd, 0) as z2_per_n
    from met_gedeeltelijk
),

wilson as (
    select
        *,
        (respons + z2_per_n / 2) / (1 + z2_per_n) as midden,
        sqrt(z2_per_n * (respons * (1 - respons) + z2_per_n / 4)) / (1 + z2_per_n) as marge
    from geteld
)

select
    activiteit_of_traject_id,
    schooljaar,
    strategie,
    titel,
    organisator,
    datum,
    verstuurd,
    bezorgd,
    uitgenodigd,
    begonnen,
    volledig,
    gedeeltelijk,
    anoniem_volledig + anoniem_gedeeltelijk as anoniem,
    respons,
    if(respons = 0, 0, midden - marge) as respons_laag, -- exactly 0 and 1 at the ends, without a crumb of rounding
    if(respons = 1, 1, midden + marge) as respons_hoog,
    volledig / nullif(uitgenodigd, 0) as aandeel_volledig,
    volledig + gedeeltelijk < getvariable('bescherming.minimum_antwoorden') as is_beschermd
from wilson
