-- description: one row per instelling (as numbered then), schooljaar and Vlaamse toets, with the score it is held
--   against: that of Vlaanderen, or where it was not delivered the mean by deelnemers of the network's instellingen of the
--   same onderwijsniveau. is_totaal marks the row to use: the total of a test, or a part where the instelling has no
--   total for that test
-- grain: schooljaar, instellingsnummer_bron, leerjaar, stroom, vak, domein
-- key: schooljaar, instellingsnummer_bron, leerjaar, stroom, vak, domein
with toetsen as (
    select
        resultaten.*,
        sum(vaardigheidsscore * aantal_deelnemers) over toets
        / nullif(sum(aantal_deelnemers) filter (where vaardigheidsscore is not null) over toets, 0)
            as score_netwerk,
        bool_or(domein = 'totaal') over (
            partition by resultaten.schooljaar, instellingsnummer_bron, leerjaar, stroom, vak
        ) as heeft_totaal
    from staging.stg_vlaamse_toetsen__resultaten as resultaten
    -- per onderwijsniveau: what special schools measure may not move what ordinary ones are held against
    left join staging.stg_instellingen__instellingen as lijst
        on lijst.schooljaar = resultaten.schooljaar
        and lijst.instellingsnummer = resultaten.instellingsnummer_bron
    -- in a fixed order: files arrive in any, and a sum of fractions shows it in its last digit
    window toets as (
        partition by resultaten.schooljaar, lijst.onderwijsniveau, leerjaar, stroom, vak, domein
        order by instellingsnummer_bron
        rows between unbounded preceding and unbounded following
    )
)

select
    schooljaar,
    instellingsnummer_bron,
    leerjaar,
    stroom,
    vak,
    domein,
    concat_ws(' ', leerjaar, nullif(stroom, ''), vak, nullif(domein, 'totaal')) as reeks,
    domein = 'totaal' or not heeft_totaal as is_totaal,
    aantal_deelnemers,
    vaardigheidsscore,
    standaardfout,
    minimumdoel_pct,
    coalesce(score_vlaanderen, score_netwerk) as score_referentie,
    score_vergelijkbaar,
    list_has_any(beschermd, ['vaardigheidsscore']) as is_score_beschermd,
    list_has_any(beschermd, ['aandeel_minimumdoel']) as is_minimumdoel_beschermd
from toetsen
