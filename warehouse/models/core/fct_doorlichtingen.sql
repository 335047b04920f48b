-- description: one row per doorlichting until the peildatum, dated by its report (else its end, else its begin)
-- grain: doorlichting_id
-- key: doorlichting_id
select
    *,
    coalesce(verslag_datum, einddatum, begindatum) as datum,
    coalesce(uitspraak_gok = 'negatief', false) as is_gok_negatief,
    coalesce(uitspraak_llb = 'negatief', false) as is_llb_negatief
from staging.stg_doorlichtingen__doorlichtingen
where coalesce(verslag_datum, einddatum, begindatum) <= getvariable('peildatum')
