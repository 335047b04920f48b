-- description: one row per schooljaar, scholengroep and onderwijsniveau ('alle' = all of them) and test result: the mean by pupils,
--   how the institutions are spread, what like schools and Vlaanderen reach, the share at the minimum goals and the
--   levels, over the same pupils
-- grain: schooljaar, scholengroep_nummer, onderwijsniveau, toets, leerjaar, stroom, vak, domein
-- key: schooljaar, scholengroep_nummer, onderwijsniveau, toets, leerjaar, stroom, vak, domein
-- scope: scholengroep
-- assert: aandeel_minimumdoel between minimumdoel_laag and minimumdoel_hoog or aandeel_minimumdoel is null
-- assert: instellingen = met_resultaat + beschermd + ontbreekt
with geteld as (
    select
        schooljaar,
        coalesce(scholengroep_nummer, 'alle') as scholengroep_nummer,
        coalesce(onderwijsniveau, 'alle') as onderwijsniveau,
        toets,
        leerjaar,
        stroom,
        vak,
        domein,
        groep,
        onderdeel,
        maat,
        count(*) as instellingen,
        count(waarde) as met_resultaat,
        count(*) filter (where reden = 'beschermd') as beschermd,
        count(*) filter (where reden = 'ontbreekt') as ontbreekt,
        sum(n) filter (where waarde is not null)::bigint as deelnemers,
        -- in a fixed order: the same rows give the same last digit
        sum(waarde * n order by instellingsnummer) / nullif(sum(n) filter (where waarde is not null), 0) as gemiddelde,
        -- of a mean over these pupils: from the errors of the institutions, or binomial for a share
        if(
            maat = 'aandeel',
            sqrt(gemiddelde * (1 - gemiddelde) / nullif(deelnemers, 0)),
            sqrt(sum((standaardfout * n) ** 2 order by instellingsnummer)) / nullif(deelnemers, 0)
        ) as standaardfout,
        quantile_cont(waarde, 0.1) as p10,
        quantile_cont(waarde, 0.25) as p25,
        median(waarde) as mediaan,
        quantile_cont(waarde, 0.75) as p75,
        quantile_cont(waarde, 0.9) as p90,
        sum(vergelijkbaar * n order by instellingsnummer)
        / nullif(sum(n) filter (where vergelijkbaar is not null), 0) as vergelijkbaar,
        max(vlaanderen) as vlaanderen,
        count(*) filter (where zekerheid is not null) as vergeleken,
        count(*) filter (where zekerheid = 'duidelijk lager') as duidelijk_lager,
        count(*) filter (where zekerheid = 'duidelijk hoger') as duidelijk_hoger,
        sum(n) filter (where aandeel_minimumdoel is not null)::bigint as deelnemers_minimumdoel,
        sum(aandeel_minimumdoel * n order by instellingsnummer) / nullif(deelnemers_minimumdoel, 0)
            as aandeel_minimumdoel,
        sum(n) filter (where aandeel_niveau_a is not null) as deelnemers_niveau,
        sum(aandeel_niveau_a * n order by instellingsnummer) / nullif(deelnemers_niveau, 0) as aandeel_niveau_a,
        sum(aandeel_niveau_b * n order by instellingsnummer) / nullif(deelnemers_niveau, 0) as aandeel_niveau_b,
        sum(aandeel_niveau_c * n order by instellingsnummer) / nullif(deelnemers_niveau, 0) as aandeel_niveau_c,
        sum(aandeel_niveau_d * n order by instellingsnummer) / nullif(deelnemers_niveau, 0) as aandeel_niveau_d,
        sum(aandeel_niveau_e * n order by instellingsnummer) / nullif(deelnemers_niveau, 0) as aandeel_niveau_e,
        sum(leerwinst * n order by instellingsnummer)
        / nullif(sum(n) filter (where leerwinst is not null), 0) as leerwinst
    from mart.toets_instelling
    group by
        schooljaar, toets, leerjaar, stroom, vak, domein, groep, onderdeel, maat,
        cube (scholengroep_nummer, onderwijsniveau)
),

-- Pupils of one school are alike: how much larger the variance of the share is between schools than between as many
-- pupils drawn one by one (Kish 1965, schools as clusters of unequal size); never counted as less than 1.
verschil_tussen_scholen as (
    select
        geteld.schooljaar,
        geteld.scholengroep_nummer,
        geteld.onderwijsniveau,
        geteld.toets,
        geteld.leerjaar,
        geteld.stroom,
        geteld.vak,
        geteld.domein,
        count(*) as scholen,
        sum((school.n * (school.aandeel_minimumdoel - geteld.aandeel_minimumdoel)) ** 2 order by instellingsnummer)
            as kwadraten
    from geteld
    inner join mart.toets_instelling as school
        on school.schooljaar = geteld.schooljaar
        and school.toets = geteld.toets
        and school.leerjaar = geteld.leerjaar
        and school.stroom = geteld.stroom
        and school.vak = geteld.vak
        and school.domein = geteld.domein
        and geteld.scholengroep_nummer in ('alle', school.scholengroep_nummer)
        and geteld.onderwijsniveau in ('alle', school.onderwijsniveau)
        and school.aandeel_minimumdoel is not null
    group by all
),

met_effect as (
    select
        geteld.*,
        if(
            scholen > 1,
            scholen / (scholen - 1) * kwadraten
            / nullif(deelnemers_minimumdoel * aandeel_minimumdoel * (1 - aandeel_minimumdoel), 0),
            null
        ) as ontwerpeffect
    from geteld
    left join verschil_tussen_scholen
        using (schooljaar, scholengroep_nummer, onderwijsniveau, toets, leerjaar, stroom, vak, domein)
),

wilson as (
    select
        *,
        getvariable('interval.z') ** 2 * greatest(coalesce(ontwerpeffect, 1), 1)
        / nullif(deelnemers_minimumdoel, 0) as z2_per_n,
        (aandeel_minimumdoel + z2_per_n / 2) / (1 + z2_per_n) as midden,
        sqrt(z2_per_n * (aandeel_minimumdoel * (1 - aandeel_minimumdoel) + z2_per_n / 4)) / (1 + z2_per_n) as marge
    from met_effect
)

select
    wilson.* exclude (z2_per_n, midden, marge, deelnemers_niveau),
    if(aandeel_minimumdoel = 0, 0, midden - marge) as minimumdoel_laag,
    if(aandeel_minimumdoel = 1, 1, midden + marge) as minimumdoel_hoog,
    -- may this schooljaar stand in one line with others?
    schaal.is_vergelijkbaar and wilson.schooljaar >= schaal.vanaf as is_in_reeks,
    schaal.uitleg as uitleg_reeks
from wilson
inner join core.toets_schaal as schaal using (toets, leerjaar, stroom, vak, domein)
