-- description: one row per schooljaar, period (that schooljaar alone, or all up to and with it), onderwijsniveau,
--   scholengroep and kind of visit ('alle' = all together): which advice came how often, and how sure the share of
--   unfavourable ones is. A doorlichting belongs to the schooljaar of its report and to the instelling that carries
--   on now; every combination is counted anew
-- grain: schooljaar, periode, onderwijsniveau, scholengroep_nummer, soort
-- key: schooljaar, periode, onderwijsniveau, scholengroep_nummer, soort
-- scope: scholengroep
-- anonymous: schooljaar, periode, onderwijsniveau, soort, aantal_doorlichtingen, aantal_1a, aantal_1b, aantal_2a,
--   aantal_2b, aantal_gok_negatief, aantal_llb_negatief, aantal_ongunstig, aandeel_ongunstig, aandeel_ongunstig_laag,
--   aandeel_ongunstig_hoog
-- assert: aantal_doorlichtingen = aantal_1a + aantal_1b + aantal_2a + aantal_2b
-- assert: aantal_ongunstig = aantal_2a + aantal_2b
-- assert: aandeel_ongunstig between aandeel_ongunstig_laag and aandeel_ongunstig_hoog
with doorlichtingen as (
    select
        *,
        year(datum - interval 8 months) as jaar -- a schooljaar starts on 1 September
    from mart.doorlichting
),

jaren as (
    select unnest(range(min(jaar), year(getvariable('peildatum') - interval 8 months) + 1)) as jaar
    from doorlichtingen
),

periodes as (
    select
        jaren.jaar as tot_jaar,
        perioden.periode,
        doorlichtingen.*
    from jaren
    cross join (values ('jaar'), ('tot_en_met')) as perioden (periode)
    inner join doorlichtingen
        on doorlichtingen.jaar = jaren.jaar
        or (perioden.periode = 'tot_en_met' and doorlichtingen.jaar < jaren.jaar)
),

geteld as (
    select
        format('{}-{}', tot_jaar, tot_jaar + 1) as schooljaar,
        periode,
        -- 'alle' where the cube adds up; an instelling on no list has no niveau, and counts in the whole only
        if(grouping(onderwijsniveau) = 1, 'alle', onderwijsniveau) as onderwijsniveau,
        if(grouping(scholengroep_nummer) = 1, 'alle', scholengroep_nummer) as scholengroep_nummer,
        if(grouping(soort) = 1, 'alle', soort) as soort,
        count(*) as aantal_doorlichtingen,
        count(*) filter (where advies = '1A') as aantal_1a,
        count(*) filter (where advies = '1B') as aantal_1b,
        count(*) filter (where advies = '2A') as aantal_2a,
        count(*) filter (where advies = '2B') as aantal_2b,
        count(*) filter (where uitspraak_gok = 'negatief') as aantal_gok_negatief,
        count(*) filter (where uitspraak_llb = 'negatief') as aantal_llb_negatief
    from periodes
    group by tot_jaar, periode, cube (onderwijsniveau, scholengroep_nummer, soort)
),

wilson as (
    select
        *,
        aantal_2a + aantal_2b as aantal_ongunstig,
        (aantal_2a + aantal_2b) / aantal_doorlichtingen as aandeel_ongunstig,
        getvariable('interval.z') ** 2 / aantal_doorlichtingen as z2_per_n,
        (aandeel_ongunstig + z2_per_n / 2) / (1 + z2_per_n) as midden,
        sqrt(z2_per_n * (aandeel_ongunstig * (1 - aandeel_ongunstig) + z2_per_n / 4)) / (1 + z2_per_n) as marge
    from geteld
    where onderwijsniveau is not null and scholengroep_nummer is not null
)

select
    * exclude (z2_per_n, midden, marge),
    if(aandeel_ongunstig = 0, 0, midden - marge) as aandeel_ongunstig_laag, -- exactly 0 and 1 at the ends
    if(aandeel_ongunstig = 1, 1, midden + marge) as aandeel_ongunstig_hoog
from wilson
