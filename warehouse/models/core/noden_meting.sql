-- description: one row per schooljaar ranked, instelling, indicator, reeks and schooljaar measured (that one and the
--   two before): the raw value of the instelling and of everything it succeeded, together weighed by pupils, with what
--   the supplier gives for comparable schools. An expected indicator without any row gets one without a value. Input of
--   the estimate of the indicators
-- grain: schooljaar, instellingsnummer, indicator, reeks, meetjaar
-- key: schooljaar, instellingsnummer, indicator, reeks, meetjaar
with instellingen as (
    select
        schooljaar,
        instellingsnummer,
        onderwijsniveau
    from core.dim_instelling_jaar
    where is_eigen_lijst -- a schooljaar without its own list is not ranked
),

delen as (
    select
        instellingen.schooljaar,
        instellingen.instellingsnummer,
        instellingen.onderwijsniveau,
        indicatoren.* exclude (onderwijsniveau),
        -- fewer than five pupils were tested when their number is hidden: the least of weights
        coalesce(indicatoren.n, 1) as gewicht
    from instellingen
    inner join core.instelling_in_jaar as herkomst using (schooljaar, instellingsnummer)
    inner join core.fct_indicatoren as indicatoren using (instellingsnummer_bron)
    where left(instellingen.schooljaar, 4)::integer - left(indicatoren.meetjaar, 4)::integer
        between 0 and len(getvariable('noden.jaargewichten')) - 1
),

samen as (
    select
        schooljaar,
        instellingsnummer,
        onderwijsniveau,
        criterium,
        indicator,
        reeks,
        meetjaar,
        -- Parts add up in a fixed order: the same rows give the same last digit.
        -- One hidden part hides the whole: what is left would say something about another school
        case when not bool_or(is_beschermd) then
            sum(waarde * gewicht order by instellingsnummer_bron)
            / nullif(sum(gewicht) filter (where waarde is not null), 0)
        end as waarde,
        case when bool_and(standaardfout is not null) filter (where waarde is not null) then
            sqrt(
                sum(standaardfout ** 2 * gewicht ** 2 order by instellingsnummer_bron)
                filter (where waarde is not null)
            )
            / nullif(sum(gewicht) filter (where waarde is not null), 0)
        end as standaardfout,
        sum(n) filter (where waarde is not null) as n,
        case when count(vergelijkbaar) = count(waarde) and count(waarde) > 0 then
            sum(vergelijkbaar * gewicht order by instellingsnummer_bron)
            / nullif(sum(gewicht) filter (where vergelijkbaar is not null), 0)
        end as vergelijkbaar,
        bool_or(is_beschermd) as is_beschermd
    from delen
    group by all
),

verwacht as (
    select
        instellingen.*,
        niveaus.criterium,
        niveaus.indicator
    from instellingen
    inner join settings.indicator_niveau as niveaus
        on list_contains(niveaus.onderwijsniveaus, instellingen.onderwijsniveau)
),

zonder_meting as (
    select
        *,
        'alle' as reeks,
        schooljaar as meetjaar,
        false as is_beschermd
    from verwacht
    anti join samen using (schooljaar, instellingsnummer, indicator)
)

select
    schooljaar,
    instellingsnummer,
    onderwijsniveau,
    criterium,
    indicator,
    reeks,
    meetjaar,
    waarde,
    standaardfout,
    n::bigint as n,
    vergelijkbaar,
    is_beschermd
from (
    from samen
    union all by name
    from zonder_meting
)
