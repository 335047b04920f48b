-- description: one row per schooljaar, instelling that placed itself in it, and indicator of GO! 2030 in beeld, also the
--   indicators it left open. What a predecessor filled in belongs to its successor where the successor, nor another
--   predecessor, filled in that schooljaar; two schools are never taken together. The network is the median of the
--   schools of the same onderwijsniveau on the same scale, never of another scale, and of five schools at least
-- grain: schooljaar, instellingsnummer, indicator
-- key: schooljaar, instellingsnummer, indicator
-- scope: instelling
-- assert: (inschaling is null) = (reden is not null)
-- assert: reden in ('beschermd', 'ontbreekt') or reden is null
-- assert: inschaling between 0 and schaal_max or inschaling is null
-- assert: aandeel between 0 and 1 or aandeel is null
with ingevuld as (
    select distinct schooljaar, instellingsnummer_bron from staging.stg_procesindicatoren__inschalingen
),

-- Who filled in for which instelling: itself, else the only predecessor that did.
vertegenwoordigd as (
    select
        ingevuld.schooljaar,
        herkomst.instellingsnummer,
        ingevuld.instellingsnummer_bron
    from core.instelling_herkomst as herkomst
    inner join ingevuld using (instellingsnummer_bron)
    qualify herkomst.instellingsnummer = ingevuld.instellingsnummer_bron
        or count(*) over (partition by ingevuld.schooljaar, herkomst.instellingsnummer) = 1
),

alle_indicatoren as (
    select
        vertegenwoordigd.*,
        indicatoren.indicator,
        coalesce(nullif(indicatoren.naam, ''), 'Indicator ' || indicatoren.indicator) as naam,
        coalesce(nullif(indicatoren.betekenis, ''), 'naam niet aangeleverd') as betekenis
    from vertegenwoordigd
    cross join settings.procesindicator as indicatoren
),

-- By the school that filled in, so that nobody counts twice.
netwerk as (
    select
        inschalingen.schooljaar,
        instelling.onderwijsniveau,
        inschalingen.indicator,
        inschalingen.schaal_max,
        median(inschalingen.inschaling) as netwerk_mediaan,
        count(*) as netwerk_aantal
    from staging.stg_procesindicatoren__inschalingen as inschalingen
    inner join core.dim_instelling as instelling
        on instelling.instellingsnummer = inschalingen.instellingsnummer_bron
    where inschalingen.inschaling is not null
    group by all
    having count(*) >= getvariable('procesindicator.minimum_instellingen')
)

select
    alle.schooljaar,
    alle.instellingsnummer,
    alle.instellingsnummer_bron as ingevuld_door,
    alle.indicator,
    alle.naam,
    alle.betekenis,
    inschalingen.inschaling,
    inschalingen.schaal_max,
    inschalingen.inschaling / inschalingen.schaal_max as aandeel,
    inschalingen.ingevuld_datum as ingevuld_op,
    netwerk.netwerk_mediaan,
    netwerk.netwerk_aantal,
    case
        when inschalingen.inschaling is not null then null
        when list_contains(inschalingen.beschermd, 'inschaling') then 'beschermd'
        else 'ontbreekt'
    end as reden
from alle_indicatoren as alle
inner join core.dim_instelling as instelling
    on instelling.instellingsnummer = alle.instellingsnummer_bron
left join staging.stg_procesindicatoren__inschalingen as inschalingen
    on inschalingen.schooljaar = alle.schooljaar
    and inschalingen.instellingsnummer_bron = alle.instellingsnummer_bron
    and inschalingen.indicator = alle.indicator
left join netwerk
    on netwerk.schooljaar = alle.schooljaar
    and netwerk.onderwijsniveau = instelling.onderwijsniveau
    and netwerk.indicator = alle.indicator
    and netwerk.schaal_max = inschalingen.schaal_max
