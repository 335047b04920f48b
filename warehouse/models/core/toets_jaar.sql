-- description: one row per schooljaar and instelling of then, schooljaar measured (that one, or the one before) and
--   test result: what the instelling and those it stands for measured, taken together by pupils, with a 95 % interval
--   (score plus or minus z standaardfout; Wilson for a share; of a mean of answers Wilson is wider than needed)
-- grain: schooljaar, meetjaar, instellingsnummer, toets, leerjaar, stroom, vak, domein
-- key: schooljaar, meetjaar, instellingsnummer, toets, leerjaar, stroom, vak, domein
-- assert: waarde between laag and hoog or waarde is null or laag is null
-- assert: meetjaar <= schooljaar
with delen as (
    select
        herkomst.schooljaar,
        herkomst.instellingsnummer,
        meting.schooljaar as meetjaar,
        meting.* exclude (schooljaar),
        coalesce(meting.n, 1) as gewicht
    from core.toets_meting as meting
    inner join core.dim_schooljaar as meetjaren on meetjaren.schooljaar = meting.schooljaar
    inner join core.dim_schooljaar as jaren on jaren.volgnummer - meetjaren.volgnummer in (0, 1)
    inner join core.instelling_in_jaar as herkomst
        on herkomst.schooljaar = jaren.schooljaar
        and herkomst.instellingsnummer_bron = meting.instellingsnummer_bron
    where herkomst.instellingsnummer is not null
),

samen as (
    select
        schooljaar,
        meetjaar,
        instellingsnummer,
        toets,
        leerjaar,
        stroom,
        vak,
        domein,
        maat,
        bool_or(is_n_beschermd) as is_n_beschermd, -- one hidden part hides the whole
        bool_or(is_waarde_beschermd) as is_waarde_beschermd,
        bool_or(is_minimumdoel_beschermd) as is_minimumdoel_beschermd,
        bool_or(is_niveau_beschermd) as is_niveau_beschermd,
        case when not bool_or(is_n_beschermd) then sum(n)::bigint end as n,
        -- in a fixed order: the same rows give the same last digit
        case when not bool_or(is_waarde_beschermd) then
            sum(waarde * gewicht order by instellingsnummer_bron)
            / nullif(sum(gewicht) filter (where waarde is not null), 0)
        end as waarde,
        case when not bool_or(is_waarde_beschermd) and count(waarde) = count(standaardfout) then
            sqrt(sum((standaardfout * gewicht) ** 2 order by instellingsnummer_bron) filter (where waarde is not null))
            / nullif(sum(gewicht) filter (where waarde is not null), 0)
        end as standaardfout,
        -- a part without like schools leaves the whole without
        case when count(vergelijkbaar) = count(*) then
            sum(vergelijkbaar * gewicht order by instellingsnummer_bron) / nullif(sum(gewicht), 0)
        end as vergelijkbaar,
        max(vlaanderen) as vlaanderen,
        case when not bool_or(is_minimumdoel_beschermd) and count(aandeel_minimumdoel) = count(*) then
            sum(aandeel_minimumdoel * gewicht order by instellingsnummer_bron) / nullif(sum(gewicht), 0)
        end as aandeel_minimumdoel,
        sum(aandeel_niveau_a * gewicht order by instellingsnummer_bron)
        / nullif(sum(gewicht) filter (where aandeel_niveau_a is not null), 0) as aandeel_niveau_a,
        sum(aandeel_niveau_b * gewicht order by instellingsnummer_bron)
        / nullif(sum(gewicht) filter (where aandeel_niveau_b is not null), 0) as aandeel_niveau_b,
        sum(aandeel_niveau_c * gewicht order by instellingsnummer_bron)
        / nullif(sum(gewicht) filter (where aandeel_niveau_c is not null), 0) as aandeel_niveau_c,
        sum(aandeel_niveau_d * gewicht order by instellingsnummer_bron)
        / nullif(sum(gewicht) filter (where aandeel_niveau_d is not null), 0) as aandeel_niveau_d,
        sum(aandeel_niveau_e * gewicht order by instellingsnummer_bron)
        / nullif(sum(gewicht) filter (where aandeel_niveau_e is not null), 0) as aandeel_niveau_e,
        case when not bool_or(is_n_beschermd) and count(leerwinst) = count(*) then
            sum(leerwinst * gewicht order by instellingsnummer_bron) / nullif(sum(gewicht), 0)
        end as leerwinst
    from delen
    group by schooljaar, meetjaar, instellingsnummer, toets, leerjaar, stroom, vak, domein, maat
),

wilson as (
    select
        *,
        getvariable('interval.z') ** 2 / nullif(n, 0) as z2_per_n,
        case when maat = 'aandeel' then
            (waarde + z2_per_n / 2) / (1 + z2_per_n)
        else waarde end as midden,
        case when maat = 'aandeel' then
            sqrt(z2_per_n * (waarde * (1 - waarde) + z2_per_n / 4)) / (1 + z2_per_n)
        else getvariable('interval.z') * standaardfout end as marge
    from samen
)

select
    * exclude (z2_per_n, midden, marge)
    replace (
        if(is_niveau_beschermd, null, aandeel_niveau_a) as aandeel_niveau_a,
        if(is_niveau_beschermd, null, aandeel_niveau_b) as aandeel_niveau_b,
        if(is_niveau_beschermd, null, aandeel_niveau_c) as aandeel_niveau_c,
        if(is_niveau_beschermd, null, aandeel_niveau_d) as aandeel_niveau_d,
        if(is_niveau_beschermd, null, aandeel_niveau_e) as aandeel_niveau_e
    ),
    -- exactly 0 and 1 at the ends, without a crumb of rounding; without a number of pupils there is no interval
    if(maat = 'aandeel' and waarde = 0 and marge is not null, 0, midden - marge) as laag,
    if(maat = 'aandeel' and waarde = 1 and marge is not null, 1, midden + marge) as hoog
from wilson
