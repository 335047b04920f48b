-- description: one row per doorlichting with the day on which later reports settled it. Later means: about the same
--   instelling, or about one that carries its history by then: a report on a school it merges with afterwards says
--   nothing about it. Any later report replaces the advice; a negative ruling on GOK
--   or LLB stays open until one that rules positively, or is gunstig (1A, 1B) without a negative ruling
-- grain: doorlichting_id
-- key: doorlichting_id
-- assert: vervangen_datum >= datum or vervangen_datum is null
with latere as (
    select
        vroeger.doorlichting_id,
        later.datum,
        coalesce(later.uitspraak_gok in ('positief', 'positief met werkpunten'), false)
        or (later.advies in ('1A', '1B') and not later.is_gok_negatief) as sluit_gok,
        coalesce(later.uitspraak_llb in ('positief', 'positief met werkpunten'), false)
        or (later.advies in ('1A', '1B') and not later.is_llb_negatief) as sluit_llb
    from core.fct_doorlichtingen as vroeger
    inner join core.instelling_herkomst as lijn
        on lijn.instellingsnummer_bron = vroeger.instellingsnummer_bron
    inner join core.fct_doorlichtingen as later
        on later.instellingsnummer_bron = lijn.instellingsnummer
        and later.datum >= coalesce(lijn.sinds, later.datum)
        and (later.datum, later.doorlichting_id) > (vroeger.datum, vroeger.doorlichting_id)
),

afloop as (
    select
        doorlichting_id,
        min(datum) as vervangen_datum,
        min(datum) filter (where sluit_gok) as gok_gesloten_datum,
        min(datum) filter (where sluit_llb) as llb_gesloten_datum
    from latere
    group by doorlichting_id
)

select
    doorlichtingen.doorlichting_id,
    doorlichtingen.datum,
    afloop.vervangen_datum,
    afloop.gok_gesloten_datum,
    afloop.llb_gesloten_datum
from core.fct_doorlichtingen as doorlichtingen
left join afloop using (doorlichting_id)
