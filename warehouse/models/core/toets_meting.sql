-- description: one row per instelling (as numbered then), schooljaar and test result, of the Vlaamse toetsen and the
--   outputdossier alike: `waarde` in points (maat 'score') or as a share 0-1 (maat 'aandeel'), higher is better. A
--   result that was delivered as `< 5`, or over a number of pupils that was, is hidden. A test has no leerjaar, stroom
--   or vak where it is not given for each of them
-- grain: schooljaar, instellingsnummer_bron, toets, leerjaar, stroom, vak, domein
-- key: schooljaar, instellingsnummer_bron, toets, leerjaar, stroom, vak, domein
-- assert: maat in ('score', 'aandeel')
-- assert: waarde between 0 and 1 or waarde is null or maat = 'score'
with vlaamse_toetsen as (
    select
        *,
        -- the spread between pupils within a school, from the schools whose standaardfout was delivered
        sqrt(
            sum((aantal_deelnemers - 1) * aantal_deelnemers * standaardfout ** 2) over toets
            / nullif(sum(aantal_deelnemers - 1) filter (where standaardfout is not null) over toets, 0)
        ) as spreiding
    from staging.stg_vlaamse_toetsen__resultaten
    -- in a fixed order: files arrive in any, and a sum of fractions shows it in its last digit
    window toets as (
        partition by schooljaar, leerjaar, stroom, vak, domein
        order by instellingsnummer_bron
        rows between unbounded preceding and unbounded following
    )
),

metingen as (
    select
        schooljaar,
        instellingsnummer_bron,
        'Vlaamse toetsen' as toets,
        leerjaar,
        stroom,
        vak,
        domein,
        'score' as maat,
        aantal_deelnemers as n,
        vaardigheidsscore as waarde,
        coalesce(
            standaardfout,
            coalesce(spreiding, getvariable('toetsen.spreiding_leerlingen')) / sqrt(nullif(aantal_deelnemers, 0))
        ) as standaardfout,
        score_vergelijkbaar as vergelijkbaar,
        score_vlaanderen as vlaanderen,
        minimumdoel_pct / 100 as aandeel_minimumdoel,
        niveau_a_pct / 100 as aandeel_niveau_a,
        niveau_b_pct / 100 as aandeel_niveau_b,
        niveau_c_pct / 100 as aandeel_niveau_c,
        niveau_d_pct / 100 as aandeel_niveau_d,
        niveau_e_pct / 100 as aandeel_niveau_e,
        leerwinst,
        beschermd,
        list_has_any(beschermd, ['deelnemers']) as is_klein,
        list_has_any(beschermd, ['vaardigheidsscore']) as is_waarde_klein
    from vlaamse_toetsen

    union all by name

    select
        schooljaar,
        instellingsnummer_bron,
        toets,
        '' as leerjaar,
        '' as stroom,
        '' as vak,
        domein,
        'aandeel' as maat,
        aantal_deelnemers as n,
        resultaat_pct / 100 as waarde,
        resultaat_vergelijkbaar_pct / 100 as vergelijkbaar,
        beschermd,
        list_has_any(beschermd, ['deelnemers']) as is_klein,
        list_has_any(beschermd, ['resultaat']) as is_waarde_klein
    from staging.stg_outputdossier__leerresultaten
)

select
    schooljaar,
    instellingsnummer_bron,
    toets,
    leerjaar,
    stroom,
    vak,
    domein,
    maat,
    n,
    if(is_klein, null, waarde) as waarde,
    if(is_klein, null, standaardfout) as standaardfout,
    vergelijkbaar,
    vlaanderen,
    if(is_klein, null, aandeel_minimumdoel) as aandeel_minimumdoel,
    if(is_klein, null, aandeel_niveau_a) as aandeel_niveau_a,
    if(is_klein, null, aandeel_niveau_b) as aandeel_niveau_b,
    if(is_klein, null, aandeel_niveau_c) as aandeel_niveau_c,
    if(is_klein, null, aandeel_niveau_d) as aandeel_niveau_d,
    if(is_klein, null, aandeel_niveau_e) as aandeel_niveau_e,
    if(is_klein, null, leerwinst) as leerwinst,
    is_klein as is_n_beschermd,
    is_klein or is_waarde_klein as is_waarde_beschermd,
    is_klein or list_has_any(beschermd, ['aandeel_minimumdoel']) as is_minimumdoel_beschermd,
    -- one level follows from the four others
    is_klein
    or list_has_any(beschermd, ['niveau_a', 'niveau_b', 'niveau_c', 'niveau_d', 'niveau_e']) as is_niveau_beschermd
from metingen
