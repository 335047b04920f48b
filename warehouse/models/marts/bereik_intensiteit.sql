-- description: one row per schooljaar and institution: the most intense strategy that reached it, and its unique
--   participants over all strategies (counted anew, never added). What a strategy never has (a helpdesk no dagdelen) is
--   no part of a sum: without its source the sum is missing, not zero
-- grain: schooljaar, instellingsnummer
-- key: schooljaar, instellingsnummer
-- scope: instelling
-- anonymous: schooljaar, intensiteit
with per_instelling as (
    select
        bereik.schooljaar,
        bereik.instellingsnummer,
        arg_max(strategieen.intensiteit, strategieen.volgorde) filter (where bereik.is_bereikt) as intensiteit,
        bool_and(bereik.is_bereikt is not null) as is_volledig_gekend,
        sum(bereik.deelnames) filter (where strategieen.uit_inschrijvingen) as deelnames,
        -- exact: the same rows always give the same sum
        sum(bereik.dagdelen::decimal(18, 4)) filter (where strategieen.uit_verslagtool)::double as dagdelen
    from mart.bereik_instelling as bereik
    inner join settings.strategie as strategieen using (strategie)
    group by bereik.schooljaar, bereik.instellingsnummer
)

select
    per_instelling.schooljaar,
    per_instelling.instellingsnummer,
    case
        when per_instelling.intensiteit is not null then per_instelling.intensiteit
        when per_instelling.is_volledig_gekend then 'niet bereikt'
    end as intensiteit,
    if(per_instelling.deelnames is null, null, coalesce(deelnemers.aantal_deelnemers, 0)) as deelnemers,
    per_instelling.deelnames::bigint as deelnames,
    per_instelling.dagdelen
from per_instelling
left join core.deelnemers_instelling as deelnemers using (schooljaar, instellingsnummer)
