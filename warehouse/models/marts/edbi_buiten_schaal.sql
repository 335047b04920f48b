-- description: one row per schooljaar, support strategy and closed question to which somebody gave an answer that is no
--   point of its scale, so that no figure counts it: how many did, hidden under the minimum number of answers. A code
--   for nothing filled in is no answer. It counts everybody at once, as the response does: it says how many, never what
-- grain: schooljaar, strategie, vraag
-- key: schooljaar, strategie, vraag
-- scope: netwerk
-- assert: aantal >= getvariable('bescherming.minimum_antwoorden') or (aantal is null and reden = 'beschermd')
with params as (
    -- as suppliers write that there is nothing; -99 is what Qualtrics gives a question that was seen and skipped
    select ['', '-', 'n.v.t.', 'geen cijfers beschikbaar', '-99'] as niets
),

gegeven as (
    select
        response_id,
        schooljaar,
        strategie,
        unnest(antwoorden, recursive := true)
    from core.fct_antwoorden
),

buiten as (
    select distinct gegeven.response_id, gegeven.schooljaar, gegeven.strategie, vragen.vraag
    from gegeven
    inner join core.edbi_vraag_jaar as vragen
        on vragen.schooljaar = gegeven.schooljaar
        and lower(trim(vragen.vraag)) = lower(trim(gegeven.vraag))
    where vragen.module <> 'G' -- open text has no scale
        and not list_contains((select niets from params), lower(trim(gegeven.waarde)))
),

geteld as (
    select
        buiten.schooljaar,
        buiten.strategie,
        buiten.vraag,
        count(*) as aantal
    from buiten
    anti join core.fct_antwoordwaarden_verloop as waarden
        on waarden.tot is null
        and waarden.response_id = buiten.response_id
        and waarden.schooljaar = buiten.schooljaar
        and waarden.strategie = buiten.strategie
        and waarden.vraag = buiten.vraag
    group by all
)

select
    geteld.schooljaar,
    geteld.strategie,
    geteld.vraag,
    vragen.tekst,
    vragen.schaal_min,
    vragen.schaal_max,
    case when geteld.aantal >= getvariable('bescherming.minimum_antwoorden') then geteld.aantal end as aantal,
    if(geteld.aantal < getvariable('bescherming.minimum_antwoorden'), 'beschermd', null) as reden
from geteld
inner join core.edbi_vraag_jaar as vragen using (schooljaar, vraag)
