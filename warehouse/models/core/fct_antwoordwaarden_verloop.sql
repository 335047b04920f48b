-- description: one row per respondent, closed question that was answered on its scale, and time in which that answer
--   counted (from a moment, until another one), turned around where the question is, so that higher is always better.
--   The question's definition is that of the schooljaar, else the one for every schooljaar; open text and answers that
--   are no point of the scale have no value and no row. An answer as choice text is the point of its label, or the
--   number it begins with ('4 - akkoord')
-- grain: respondent, schooljaar, strategie, vraag, van
-- key: respondent, schooljaar, strategie, vraag, van
-- assert: tot > van or tot is null
-- assert: waarde between schaal_min and schaal_max
with antwoorden as (
    select
        response_id,
        van,
        tot,
        respondent,
        is_gewijzigd,
        schooljaar,
        strategie,
        unnest(antwoorden, recursive := true)
    from core.fct_antwoorden_verloop
),

waarden as (
    select
        antwoorden.response_id,
        antwoorden.van,
        antwoorden.tot,
        antwoorden.respondent,
        antwoorden.is_gewijzigd,
        antwoorden.schooljaar,
        antwoorden.strategie,
        vragen.* exclude (schooljaar),
        coalesce(
            try_cast(replace(trim(antwoorden.waarde), ',', '.') as double),
            schaal_min - 1 + list_position(
                list_transform(vragen.schaal_labels, lambda woord: lower(trim(woord))), lower(trim(antwoorden.waarde))
            ),
            try_cast(regexp_extract(trim(antwoorden.waarde), '^(-?\d+)\s*[-–—:=.)]\s*[^\d\s]', 1) as double)
        ) as gegeven_waarde
    from antwoorden
    inner join core.edbi_vraag_jaar as vragen
        on vragen.schooljaar = antwoorden.schooljaar
        and lower(trim(vragen.vraag)) = lower(trim(antwoorden.vraag))
),

-- An answer can stand twice in one response.
eenmaal as (
    select *
    from waarden
    where gegeven_waarde between schaal_min and schaal_max
        and gegeven_waarde = round(gegeven_waarde)
        and module <> 'G' -- open text, also when somebody typed a number
    qualify row_number() over (partition by response_id, van, vraag order by gegeven_waarde) = 1
),

-- Of a respondent who changed something: an answer that stayed the same is one row, whatever else changed.
gewijzigd as (
    select
        *,
        waarde_verandert or coalesce(van > vorige_tot, true) as is_begin
    from (
        select
            *,
            gegeven_waarde is distinct from lag(gegeven_waarde) over vroeger as waarde_verandert,
            lag(tot) over vroeger as vorige_tot
        from eenmaal
        where is_gewijzigd
        window vroeger as (partition by respondent, schooljaar, strategie, vraag order by van)
    ) as vergeleken
),

reeksen as (
    select
        *,
        count(*) filter (where is_begin) over (
            partition by respondent, schooljaar, strategie, vraag order by van rows unbounded preceding
        ) as reeks
    from gewijzigd
),

samengevoegd as (
    select * from eenmaal where not is_gewijzigd
    union all by name
    select
        * exclude (waarde_verandert, vorige_tot, is_begin, reeks) replace (
            min(van) over reeks as van,
            if(bool_or(tot is null) over reeks, null, max(tot) over reeks) as tot
        )
    from reeksen
    window reeks as (partition by respondent, schooljaar, strategie, vraag, reeks)
    qualify row_number() over (partition by respondent, schooljaar, strategie, vraag, reeks order by van desc) = 1
)

select
    response_id,
    vraag,
    van,
    tot,
    respondent,
    is_gewijzigd,
    schooljaar,
    strategie,
    if(is_omgekeerd, schaal_min + schaal_max - gegeven_waarde, gegeven_waarde) as waarde,
    gegeven_waarde,
    module,
    is_kernvraag,
    dimensie,
    tekst,
    schaal_min,
    schaal_max,
    gunstig_vanaf
from samengevoegd
