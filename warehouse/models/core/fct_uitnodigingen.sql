-- description: one row per invitation to an EDBI survey. is_bezorgd is false only when the supplier says so (a QR code
--   has no mail that can bounce); is_uitgenodigd = delivered and not refused beforehand: the base of the response rate
-- grain: uitnodiging_id
-- key: uitnodiging_id
select
    uitnodigingen.uitnodiging_id,
    meting.activiteit_of_traject_id,
    meting.schooljaar,
    meting.strategie,
    uitnodigingen.persoon,
    uitnodigingen.verzonden_datum,
    uitnodigingen.herinnering_1_datum,
    uitnodigingen.herinnering_2_datum,
    uitnodigingen.kanaal,
    uitnodigingen.is_bezorgd is distinct from false as is_bezorgd,
    uitnodigingen.aangemeld is not distinct from 'nee' as is_geweigerd,
    uitnodigingen.is_bezorgd is distinct from false
    and uitnodigingen.aangemeld is distinct from 'nee' as is_uitgenodigd
from staging.stg_edbi__uitnodigingen as uitnodigingen
inner join core.dim_meting as meting
    on meting.activiteit_id is not distinct from uitnodigingen.activiteit_id
    and meting.traject_id is not distinct from if(uitnodigingen.activiteit_id is null, uitnodigingen.traject_id, null)
