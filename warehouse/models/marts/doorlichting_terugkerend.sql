-- description: one row per schooljaar, scholengroep, onderwijsniveau ('alle' = all together) and kwaliteitsverwachting
--   (with its leergebied or vak): in how many instellingen of all that were examined on it the last inschaling at the end
--   of that schooljaar is a deficit. An instelling counts once, also where it carries the history of others; closed ones
--   do not count
-- grain: schooljaar, scholengroep_nummer, onderwijsniveau, kwaliteitsverwachting, onderwerp
-- key: schooljaar, scholengroep_nummer, onderwijsniveau, kwaliteitsverwachting, onderwerp
-- scope: scholengroep
-- anonymous: schooljaar, onderwijsniveau, kwaliteitsverwachting, onderwerp, instellingen_onderzocht,
--   instellingen_met_tekort, aandeel_tekort, aandeel_tekort_laag, aandeel_tekort_hoog
-- assert: instellingen_met_tekort between 0 and instellingen_onderzocht
-- assert: (aandeel_tekort is null) = (instellingen_onderzocht < getvariable('doorlichting.minimum_noemer'))
-- assert: aandeel_tekort between aandeel_tekort_laag and aandeel_tekort_hoog or aandeel_tekort is null
with inschalingen as (
    select * from mart.doorlichting_inschaling
    where is_bestaand and scholengroep_nummer is not null
),

jaren as (
    select unnest(range(
        min(left(schooljaar, 4)::integer),
        year(getvariable('peildatum') - interval 8 months) + 1 -- a schooljaar starts on 1 September
    )) as jaar
    from inschalingen
),

geldig as (
    select
        format('{}-{}', jaren.jaar, jaren.jaar + 1) as tot_schooljaar,
        inschalingen.*
    from jaren
    inner join inschalingen
        on left(inschalingen.schooljaar, 4)::integer <= jaren.jaar
        and coalesce(left(inschalingen.volgende_schooljaar, 4)::integer, jaren.jaar + 1) > jaren.jaar
),

geteld as (
    select
        tot_schooljaar as schooljaar,
        scholengroep_nummer,
        if(grouping(onderwijsniveau) = 1, 'alle', onderwijsniveau) as onderwijsniveau,
        kwaliteitsverwachting,
        onderwerp,
        count(distinct instellingsnummer) as instellingen_onderzocht,
        count(distinct instellingsnummer) filter (where is_tekort) as instellingen_met_tekort,
        list_sort(coalesce(list(distinct naam) filter (where is_tekort), [])) as namen
    from geldig
    group by tot_schooljaar, scholengroep_nummer, kwaliteitsverwachting, onderwerp, rollup (onderwijsniveau)
),

wilson as (
    select
        *,
        if(
            instellingen_onderzocht >= getvariable('doorlichting.minimum_noemer'),
            instellingen_met_tekort / instellingen_onderzocht,
            null
        ) as aandeel_tekort,
        getvariable('interval.z') ** 2 / instellingen_onderzocht as z2_per_n,
        (aandeel_tekort + z2_per_n / 2) / (1 + z2_per_n) as midden,
        sqrt(z2_per_n * (aandeel_tekort * (1 - aandeel_tekort) + z2_per_n / 4)) / (1 + z2_per_n) as marge
    from geteld
)

select
    * exclude (z2_per_n, midden, marge),
    if(aandeel_tekort = 0, 0, midden - marge) as aandeel_tekort_laag, -- exactly 0 and 1 at the ends
    if(aandeel_tekort = 1, 1, midden + marge) as aandeel_tekort_hoog
from wilson
