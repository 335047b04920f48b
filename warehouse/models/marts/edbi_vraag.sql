-- description: one row per schooljaar, support strategy and closed question that was answered: mean and share of
--   favourable answers, anonymous answers included. Under the minimum number of answers every figure is hidden, and
--   new answers wait until they are as many (is_wachtend), or the version before would give them away. There is no row
--   for all strategies together: it would give away the hidden ones by subtraction
-- grain: schooljaar, strategie, vraag
-- key: schooljaar, strategie, vraag
-- scope: netwerk
-- assert: n >= getvariable('bescherming.minimum_antwoorden') or (n is null and gemiddelde is null
--   and aandeel_gunstig is null)
with geteld as (
    select
        schooljaar,
        strategie,
        vraag,
        module,
        dimensie,
        tekst,
        is_kernvraag,
        schaal_min,
        schaal_max,
        gunstig_vanaf,
        count(*) as aantal,
        sum(waarde::decimal(18, 4))::double / count(*) as gemiddelde,
        avg((waarde >= gunstig_vanaf)::integer) as gunstig
    from core.fct_antwoordwaarden
    group by all
),

beschermd as (
    select
        *,
        case when aantal >= getvariable('bescherming.minimum_antwoorden') then aantal end as n
    from geteld
),

wilson as (
    select
        *,
        (gunstig + z2_per_n / 2) / (1 + z2_per_n) as midden,
        sqrt(z2_per_n * (gunstig * (1 - gunstig) + z2_per_n / 4)) / (1 + z2_per_n) as marge
    from (select *, getvariable('interval.z') ** 2 / n as z2_per_n from beschermd)
)

select
    schooljaar,
    strategie,
    vraag,
    module,
    dimensie,
    tekst,
    is_kernvraag,
    schaal_min,
    schaal_max,
    gunstig_vanaf,
    n,
    if(n is null, null, gemiddelde) as gemiddelde,
    if(n is null, null, gunstig) as aandeel_gunstig,
    if(gunstig = 0 and n is not null, 0, midden - marge) as aandeel_gunstig_laag,
    if(gunstig = 1 and n is not null, 1, midden + marge) as aandeel_gunstig_hoog,
    if(n is null, 'beschermd', null) as reden,
    standen.is_wachtend
from wilson
left join core.edbi_stand as standen using (schooljaar, strategie, vraag)
