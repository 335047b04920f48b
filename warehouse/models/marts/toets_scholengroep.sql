-- description: one row per schooljaar, scholengroep, onderwijsniveau ('alle' = all of them) and test result: how many of its institutions lie clearly below
--   like schools, and whether that makes a red thread (the share is surely, or possibly, at least the limit)
-- grain: schooljaar, scholengroep_nummer, onderwijsniveau, toets, leerjaar, stroom, vak, domein
-- key: schooljaar, scholengroep_nummer, onderwijsniveau, toets, leerjaar, stroom, vak, domein
-- scope: scholengroep
-- anonymous: schooljaar, onderwijsniveau, toets, leerjaar, stroom, vak, domein, groep, onderdeel, instellingen,
--   vergeleken, duidelijk_lager, aandeel_lager, aandeel_laag, aandeel_hoog, rode_draad
-- assert: rode_draad in ('duidelijk', 'mogelijk', 'niet', 'te weinig instellingen')
-- assert: aandeel_lager between aandeel_laag and aandeel_hoog or aandeel_lager is null
with aandelen as (
    select
        *,
        duidelijk_lager / nullif(vergeleken, 0) as aandeel_lager,
        getvariable('interval.z') ** 2 / nullif(vergeleken, 0) as z2_per_n,
        (aandeel_lager + z2_per_n / 2) / (1 + z2_per_n) as midden,
        sqrt(z2_per_n * (aandeel_lager * (1 - aandeel_lager) + z2_per_n / 4)) / (1 + z2_per_n) as marge,
        if(aandeel_lager = 0, 0, midden - marge) as aandeel_laag,
        if(aandeel_lager = 1, 1, midden + marge) as aandeel_hoog
    from mart.toets_netwerk
    where scholengroep_nummer != 'alle'
)

select
    schooljaar,
    scholengroep_nummer,
    namen.scholengroep,
    onderwijsniveau,
    toets,
    leerjaar,
    stroom,
    vak,
    domein,
    groep,
    onderdeel,
    instellingen,
    vergeleken,
    duidelijk_lager,
    aandeel_lager,
    aandeel_laag,
    aandeel_hoog,
    case
        when vergeleken < getvariable('toetsen.rode_draad_instellingen') then 'te weinig instellingen'
        when aandeel_laag >= getvariable('toetsen.rode_draad_aandeel') then 'duidelijk'
        when aandeel_lager >= getvariable('toetsen.rode_draad_aandeel') then 'mogelijk'
        else 'niet'
    end as rode_draad
from aandelen
inner join (
    select schooljaar, scholengroep_nummer, any_value(scholengroep order by scholengroep) as scholengroep
    from mart.toets_instelling
    group by schooljaar, scholengroep_nummer
) as namen using (schooljaar, scholengroep_nummer)
