-- description: one row per instelling (as numbered then), schooljaar measured, indicator and reeks, as raw value: a
--   share 0-1, events per pupil, or points; higher is always a greater need. n is the number of pupils behind it and
--   the weight when institutions are taken together
-- grain: meetjaar, instellingsnummer_bron, indicator, reeks
-- key: meetjaar, instellingsnummer_bron, indicator, reeks
with toetsen as (
    select * from core.fct_vlaamse_toetsen where is_totaal
),

metingen as (
    select
        schooljaar as meetjaar,
        instellingsnummer_bron,
        'leerresultaten' as criterium,
        'vt_minimumdoel' as indicator,
        reeks,
        1 - minimumdoel_pct / 100 as waarde,
        null::double as standaardfout,
        aantal_deelnemers as n,
        null::double as vergelijkbaar,
        is_minimumdoel_beschermd as is_beschermd
    from toetsen

    union all by name

    select
        schooljaar as meetjaar,
        instellingsnummer_bron,
        'leerresultaten' as criterium,
        'vt_score' as indicator,
        reeks,
        score_referentie - vaardigheidsscore as waarde,
        standaardfout,
        aantal_deelnemers as n,
        score_referentie - score_vergelijkbaar as vergelijkbaar,
        is_score_beschermd as is_beschermd
    from toetsen

    union all by name

    select
        schooljaar as meetjaar,
        instellingsnummer_bron,
        'leerresultaten' as criterium,
        indicator,
        domein as reeks,
        aandeel as waarde,
        aantal_deelnemers as n,
        aandeel_vergelijkbaar as vergelijkbaar,
        is_beschermd
    from core.fct_outputresultaten

    union all by name

    select
        schooljaar as meetjaar,
        instellingsnummer_bron,
        'doorstroom' as criterium,
        'oki' as indicator,
        'alle' as reeks,
        oki as waarde,
        aantal_leerlingen as n,
        is_oki_beschermd as is_beschermd
    from core.fct_instroom

    union all by name

    select
        schooljaar as meetjaar,
        instellingsnummer_bron,
        'doorstroom' as criterium,
        indicator,
        'alle' as reeks,
        teller / nullif(noemer, 0) as waarde,
        noemer as n,
        is_beschermd
    from core.fct_doorstroom

    union all by name

    select
        schooljaar as meetjaar,
        instellingsnummer_bron,
        'leerrecht' as criterium,
        indicator,
        'alle' as reeks,
        teller / nullif(noemer, 0) as waarde,
        noemer as n,
        is_beschermd
    from core.fct_leerrecht
),

-- A supplier's sheet has every column for every school: an empty cell for a primary school under "B-attesten" is not
-- a missing value, it does not apply.
verwacht as (
    select
        indicator,
        unnest(onderwijsniveaus) as onderwijsniveau
    from settings.indicator_niveau
)

select
    metingen.meetjaar,
    metingen.instellingsnummer_bron,
    instellingen.onderwijsniveau,
    metingen.criterium,
    metingen.indicator,
    metingen.reeks,
    metingen.waarde,
    metingen.standaardfout,
    metingen.n,
    metingen.vergelijkbaar,
    metingen.is_beschermd
from metingen
inner join core.dim_instelling as instellingen
    on instellingen.instellingsnummer = metingen.instellingsnummer_bron
left join verwacht
    on verwacht.indicator = metingen.indicator
    and verwacht.onderwijsniveau = instellingen.onderwijsniveau
where metingen.waarde is not null
    or metingen.is_beschermd
    or metingen.reeks != 'alle'
    or verwacht.indicator is not null
