-- description: one row per doorlichting until the peildatum, dated by its report (else its end, else its begin), with
--   the instelling that stands for the examined one at the peildatum (empty when it closed without a successor)
-- grain: doorlichting_id
-- key: doorlichting_id
with doorlichtingen as (
    select
        *,
        coalesce(verslag_datum, einddatum, begindatum) as datum
    from staging.stg_doorlichtingen__doorlichtingen
),

nu as (
    select
        herkomst.instellingsnummer_bron,
        herkomst.instellingsnummer
    from core.instelling_in_jaar as herkomst
    where herkomst.schooljaar = (
            select max(schooljaar) from core.dim_schooljaar where begin <= getvariable('peildatum')
        )
)

select
    doorlichtingen.*,
    coalesce(doorlichtingen.uitspraak_gok = 'negatief', false) as is_gok_negatief,
    coalesce(doorlichtingen.uitspraak_llb = 'negatief', false) as is_llb_negatief,
    nu.instellingsnummer
from doorlichtingen
left join nu using (instellingsnummer_bron)
where doorlichtingen.datum <= getvariable('peildatum')
