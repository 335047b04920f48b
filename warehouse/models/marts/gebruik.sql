-- description: one row per month, channel, theme and target group: how often something was used where nobody registers.
--   Counts of use are no participants: they are never added to reach
-- grain: maand, kanaal, thema, doelgroep
-- key: maand, kanaal, thema, doelgroep
-- scope: netwerk
-- assert: aantal >= 0 or aantal is null
-- assert: (aantal is null) = (reden is not null)
select
    maand,
    format('{0}-{1}', jaar, jaar + 1) as schooljaar,
    kanaal,
    thema,
    doelgroep,
    if(bool_or(aantal is null), null, sum(aantal)::bigint) as aantal,
    case
        when bool_or(list_contains(beschermd, 'aantal')) then 'beschermd'
        when bool_or(aantal is null) then 'ontbreekt'
    end as reden
from (
    select
        maand,
        year(maand - interval 8 months) as jaar, -- a schooljaar starts on 1 September
        kanaal,
        coalesce(thema, 'zonder thema') as thema,
        coalesce(doelgroep, 'zonder doelgroep') as doelgroep,
        aantal,
        coalesce(_klein, []) as beschermd
    from landing.gebruik
)
group by maand, jaar, kanaal, thema, doelgroep
