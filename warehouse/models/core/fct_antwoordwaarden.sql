-- description: one row per response and closed question that was answered on its scale, with the answer turned around
--   where the question is, so that higher is always better. The question's definition is that of the schooljaar, else
--   the one for every schooljaar; open text and answers that are no point of the scale have no value and no row. An
--   answer as choice text is the point of its label, or the number it begins with ('4 - akkoord')
-- grain: response_id, vraag
-- key: response_id, vraag
-- assert: waarde between schaal_min and schaal_max
with antwoorden as (
    select
        response_id,
        schooljaar,
        strategie,
        unnest(antwoorden, recursive := true)
    from core.fct_antwoorden
),

vragen as (
    select
        schooljaren.schooljaar,
        definities.* exclude (definitie_schooljaar)
    from (select distinct schooljaar from core.dim_meting) as schooljaren
    inner join staging.stg_edbi__vragen as definities
        on definities.definitie_schooljaar in (schooljaren.schooljaar, 'alle')
    qualify row_number() over (
        partition by schooljaren.schooljaar, definities.vraag
        order by definities.definitie_schooljaar = 'alle' -- false first: the schooljaar's own definition wins
    ) = 1
),

waarden as (
    select
        antwoorden.response_id,
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
    inner join vragen
        on vragen.schooljaar = antwoorden.schooljaar
        and lower(trim(vragen.vraag)) = lower(trim(antwoorden.vraag))
)

select
    response_id,
    vraag,
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
from waarden
where gegeven_waarde between schaal_min and schaal_max
    and gegeven_waarde = round(gegeven_waarde)
    and module <> 'G' -- open text, also when somebody typed a number
qualify row_number() over (partition by response_id, vraag order by gegeven_waarde) = 1
