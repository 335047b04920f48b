-- description: one row per instelling, schooljaar measured, indicator and reeks: the raw value of that one year, with
--   what predecessors measured taken together by pupils, for the charts of an instelling through the years
-- grain: instellingsnummer, schooljaar, indicator, reeks
-- key: instellingsnummer, schooljaar, indicator, reeks
-- scope: instelling
-- assert: (waarde is null) = (reden is not null)
-- assert: reden in ('beschermd', 'ontbreekt') or reden is null
with netwerk as (
    select
        meetjaar,
        onderwijsniveau,
        indicator,
        reeks,
        -- in a fixed order: the same rows give the same last digit
        sum(waarde * n order by instellingsnummer_bron)
        / nullif(sum(n) filter (where waarde is not null), 0) as netwerk
    from core.fct_indicatoren
    group by all
),

delen as (
    select
        herkomst.instellingsnummer,
        indicatoren.* exclude (onderwijsniveau),
        instelling.onderwijsniveau,
        coalesce(indicatoren.n, 1) as gewicht -- as in core.noden_meting
    from core.instelling_herkomst as herkomst
    inner join core.dim_instelling as instelling using (instellingsnummer)
    inner join core.fct_indicatoren as indicatoren using (instellingsnummer_bron)
),

samen as (
    select
        instellingsnummer,
        meetjaar,
        onderwijsniveau,
        indicator,
        reeks,
        -- one hidden part hides the whole
        case when not bool_or(is_beschermd) then
            sum(waarde * gewicht order by instellingsnummer_bron)
            / nullif(sum(gewicht) filter (where waarde is not null), 0)
        end as waarde,
        sum(n) filter (where waarde is not null) as n,
        case when count(vergelijkbaar) = count(*) then
            sum(vergelijkbaar * gewicht order by instellingsnummer_bron) / nullif(sum(gewicht), 0)
        end as vergelijkbaar,
        bool_or(is_beschermd) as is_beschermd
    from delen
    group by all
)

select
    samen.instellingsnummer,
    samen.meetjaar as schooljaar,
    samen.indicator,
    samen.reeks,
    samen.waarde,
    samen.n::bigint as n,
    samen.vergelijkbaar,
    netwerk.netwerk,
    case
        when samen.waarde is not null then null
        when samen.is_beschermd then 'beschermd'
        else 'ontbreekt'
    end as reden
from samen
left join netwerk using (meetjaar, onderwijsniveau, indicator, reeks)
