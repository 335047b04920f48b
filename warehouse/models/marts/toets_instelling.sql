-- description: one row per schooljaar, instelling and test result: the result with its interval, like schools, the
--   network and Vlaanderen beside it, the share at the minimum goals, the levels, and the change since the edition
--   before where editions may be compared
-- grain: schooljaar, instellingsnummer, toets, leerjaar, stroom, vak, domein
-- key: schooljaar, instellingsnummer, toets, leerjaar, stroom, vak, domein
-- scope: instelling
-- anonymous: schooljaar, toets, leerjaar, stroom, vak, domein, groep, onderdeel, onderwijsniveau, maat, n, waarde,
--   standaardfout, laag, hoog, vergelijkbaar, netwerk, vlaanderen, verschil_vergelijkbaar, zekerheid, reden, reden_n,
--   aandeel_minimumdoel, minimumdoel_laag, minimumdoel_hoog, reden_minimumdoel, verandering, verandering_laag,
--   verandering_hoog, verandering_zekerheid, reden_verandering
-- assert: (waarde is null) = (reden is not null)
-- assert: reden in ('beschermd', 'ontbreekt') or reden is null
-- assert: zekerheid in ('duidelijk lager', 'mogelijk lager', 'kan toeval zijn', 'mogelijk hoger', 'duidelijk hoger')
--   or zekerheid is null
-- assert: (verandering is null) = (reden_verandering is not null)
-- assert: aandeel_minimumdoel between minimumdoel_laag and minimumdoel_hoog or minimumdoel_laag is null
with nu as (
    select
        *,
        getvariable('interval.z') ** 2 / nullif(n, 0) as z2_per_n,
        (aandeel_minimumdoel + z2_per_n / 2) / (1 + z2_per_n) as minimumdoel_midden,
        sqrt(z2_per_n * (aandeel_minimumdoel * (1 - aandeel_minimumdoel) + z2_per_n / 4)) / (1 + z2_per_n)
            as minimumdoel_marge,
        sum(waarde * n) over toets / nullif(sum(n) filter (where waarde is not null) over toets, 0) as netwerk
    from core.toets_jaar
    where meetjaar = schooljaar
    -- in a fixed order: the same rows give the same last digit
    window toets as (
        partition by schooljaar, toets, leerjaar, stroom, vak, domein
        order by instellingsnummer
        rows between unbounded preceding and unbounded following
    )
),

vorig as (
    select * from core.toets_jaar where meetjaar < schooljaar
),

vergeleken as (
    select
        nu.*,
        vorig.meetjaar as vorig_schooljaar,
        vorig.waarde as vorige_waarde,
        vorig.is_waarde_beschermd as is_vorige_beschermd,
        schaal.is_vergelijkbaar and nu.schooljaar > schaal.vanaf as is_reeks,
        if(is_reeks, nu.waarde - vorig.waarde, null) as verandering,
        -- the interval of a difference from those of both (Zou & Donner 2008): for scores z times the joint error
        verandering - sqrt((nu.waarde - nu.laag) ** 2 + (vorig.hoog - vorig.waarde) ** 2) as verandering_laag,
        verandering + sqrt((nu.hoog - nu.waarde) ** 2 + (vorig.waarde - vorig.laag) ** 2) as verandering_hoog
    from nu
    inner join core.toets_schaal as schaal using (toets, leerjaar, stroom, vak, domein)
    left join vorig using (schooljaar, instellingsnummer, toets, leerjaar, stroom, vak, domein)
)

select
    vergeleken.schooljaar,
    vergeleken.instellingsnummer,
    vergeleken.toets,
    vergeleken.leerjaar,
    vergeleken.stroom,
    vergeleken.vak,
    vergeleken.domein,
    coalesce(nullif(concat_ws('-', nullif(vergeleken.leerjaar, ''), nullif(vergeleken.stroom, '')), ''), 'alle')
        as groep,
    concat_ws(': ', nullif(vergeleken.vak, ''), vergeleken.domein) as onderdeel,
    instellingen.naam,
    instellingen.onderwijsniveau,
    instellingen.scholengroep_nummer,
    instellingen.scholengroep,
    vergeleken.maat,
    vergeleken.n,
    vergeleken.waarde,
    vergeleken.standaardfout,
    vergeleken.laag,
    vergeleken.hoog,
    vergeleken.vergelijkbaar,
    vergeleken.netwerk,
    vergeleken.vlaanderen,
    vergeleken.waarde - vergeleken.vergelijkbaar as verschil_vergelijkbaar,
    -- how far like schools lie, as a part of the way to the end of the interval: the same words as in sentences
    case
        when vergelijkbaar - waarde >= getvariable('zinnen.grens_duidelijk') * (hoog - waarde) then 'duidelijk lager'
        when waarde - vergelijkbaar >= getvariable('zinnen.grens_duidelijk') * (waarde - laag) then 'duidelijk hoger'
        when vergelijkbaar - waarde >= getvariable('zinnen.grens_mogelijk') * (hoog - waarde) then 'mogelijk lager'
        when waarde - vergelijkbaar >= getvariable('zinnen.grens_mogelijk') * (waarde - laag) then 'mogelijk hoger'
        when verschil_vergelijkbaar is not null and laag is not null then 'kan toeval zijn'
    end as zekerheid,
    case
        when vergeleken.waarde is not null then null
        when vergeleken.is_waarde_beschermd then 'beschermd'
        else 'ontbreekt'
    end as reden,
    if(vergeleken.is_n_beschermd, 'beschermd', null) as reden_n,
    vergeleken.aandeel_minimumdoel,
    if(
        vergeleken.aandeel_minimumdoel = 0 and minimumdoel_marge is not null,
        0, minimumdoel_midden - minimumdoel_marge
    ) as minimumdoel_laag,
    if(
        vergeleken.aandeel_minimumdoel = 1 and minimumdoel_marge is not null,
        1, minimumdoel_midden + minimumdoel_marge
    ) as minimumdoel_hoog,
    vergeleken.aandeel_niveau_a,
    vergeleken.aandeel_niveau_b,
    vergeleken.aandeel_niveau_c,
    vergeleken.aandeel_niveau_d,
    vergeleken.aandeel_niveau_e,
    vergeleken.leerwinst,
    -- only the Vlaamse toetsen give these two
    case
        when vergeleken.maat = 'aandeel' then 'nvt'
        when vergeleken.aandeel_minimumdoel is not null then null
        when vergeleken.is_minimumdoel_beschermd then 'beschermd'
        else 'ontbreekt'
    end as reden_minimumdoel,
    case
        when vergeleken.maat = 'aandeel' then 'nvt'
        when vergeleken.aandeel_niveau_a is not null then null
        when vergeleken.is_niveau_beschermd then 'beschermd'
        else 'ontbreekt'
    end as reden_niveau,
    vergeleken.verandering,
    vergeleken.verandering_laag,
    vergeleken.verandering_hoog,
    case
        when -verandering >= getvariable('zinnen.grens_duidelijk') * (verandering_hoog - verandering)
            then 'duidelijk lager'
        when verandering >= getvariable('zinnen.grens_duidelijk') * (verandering - verandering_laag)
            then 'duidelijk hoger'
        when -verandering >= getvariable('zinnen.grens_mogelijk') * (verandering_hoog - verandering)
            then 'mogelijk lager'
        when verandering >= getvariable('zinnen.grens_mogelijk') * (verandering - verandering_laag)
            then 'mogelijk hoger'
        when verandering_laag is not null then 'kan toeval zijn'
    end as verandering_zekerheid,
    case
        when vergeleken.verandering is not null then null
        when not is_reeks then 'nvt'
        when vergeleken.is_waarde_beschermd or vergeleken.is_vorige_beschermd then 'beschermd'
        else 'ontbreekt'
    end as reden_verandering
from vergeleken
inner join core.dim_instelling_jaar as instellingen using (schooljaar, instellingsnummer)
where instellingen.is_eigen_lijst
