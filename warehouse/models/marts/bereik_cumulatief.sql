-- description: one row per schooljaar and onderwijsniveau ('alle' = all): institutions of that schooljaar and
--   professionals reached at least once since the start of the plans, and since the first schooljaar with data. What
--   reached a predecessor counts for its successor. A count since the start of the plans is the least it can be as long
--   as a source of one of the schooljaren of the plans was not delivered
-- grain: schooljaar, onderwijsniveau
-- key: schooljaar, onderwijsniveau
-- scope: netwerk
-- assert: instellingen_bereikt_alle_jaren <= instellingen or instellingen_bereikt_alle_jaren is null
with instellingen as (
    select schooljaar, coalesce(onderwijsniveau, 'alle') as onderwijsniveau, count(*) as instellingen
    from core.dim_instelling_jaar
    group by schooljaar, cube (onderwijsniveau)
),

bereikte_instellingen as (
    select distinct schooljaar as bereikt_in, instellingsnummer from mart.bereik_instelling where is_bereikt
),

-- Every earlier reach, at the institution as it is in the schooljaar looked at.
sindsdien as (
    select
        nu.schooljaar,
        nu.instellingsnummer,
        instelling.onderwijsniveau,
        bool_or(toen.bereikt_in >= getvariable('bereik.eerste_planjaar')) as is_bereikt_in_plan
    from bereikte_instellingen as toen
    inner join core.instelling_in_jaar as nu
        on nu.instellingsnummer_bron = toen.instellingsnummer
        and nu.schooljaar >= toen.bereikt_in
    inner join core.dim_instelling_jaar as instelling
        on instelling.schooljaar = nu.schooljaar
        and instelling.instellingsnummer = nu.instellingsnummer
    group by nu.schooljaar, nu.instellingsnummer, instelling.onderwijsniveau
),

per_jaar as (
    select
        schooljaar,
        coalesce(onderwijsniveau, 'alle') as onderwijsniveau,
        count(*) as alle_jaren,
        count(*) filter (where is_bereikt_in_plan) as in_plan
    from sindsdien
    group by schooljaar, cube (onderwijsniveau)
),

personen as (
    select
        persoon_nummer,
        coalesce(onderwijsniveau, 'alle') as onderwijsniveau,
        min(schooljaar) as eerste_jaar,
        min(schooljaar) filter (where schooljaar >= getvariable('bereik.eerste_planjaar')) as eerste_planjaar
    from core.fct_deelnames
    where instellingsnummer is not null
    group by persoon_nummer, cube (onderwijsniveau)
),

nieuw as (
    select onderwijsniveau, eerste_jaar as schooljaar, count(*) as alle_jaren, 0 as in_plan
    from personen
    group by onderwijsniveau, eerste_jaar
    union all
    select onderwijsniveau, eerste_planjaar, 0, count(*)
    from personen
    where eerste_planjaar is not null
    group by onderwijsniveau, eerste_planjaar
),

professionals as (
    select
        instellingen.schooljaar,
        instellingen.onderwijsniveau,
        sum(nieuw.alle_jaren) as alle_jaren,
        sum(nieuw.in_plan) as in_plan
    from instellingen
    inner join nieuw
        on nieuw.onderwijsniveau = instellingen.onderwijsniveau
        and nieuw.schooljaar <= instellingen.schooljaar
    group by instellingen.schooljaar, instellingen.onderwijsniveau
),

-- Until the first delivery there is nothing to count: that is missing, not zero.
geleverd as (
    select
        schooljaar,
        schooljaar >= getvariable('bereik.eerste_planjaar') as is_planjaar,
        bool_or(heeft_inschrijvingen or heeft_verslagtool) over tot_nu as kent_instellingen,
        bool_or(heeft_inschrijvingen) over tot_nu as kent_professionals,
        -- what was delivered of before the plans says nothing of the time since
        bool_or(is_planjaar and (heeft_inschrijvingen or heeft_verslagtool)) over tot_nu as kent_instellingen_in_plan,
        bool_or(is_planjaar and heeft_inschrijvingen) over tot_nu as kent_professionals_in_plan,
        left(schooljaar, 4)::integer - left(getvariable('bereik.eerste_planjaar'), 4)::integer + 1 as planjaren,
        count(*) filter (where is_planjaar and heeft_inschrijvingen and heeft_verslagtool) over tot_nu
            = greatest(planjaren, 0) as is_bereik_in_plan_volledig,
        count(*) filter (where is_planjaar and heeft_inschrijvingen) over tot_nu
            = greatest(planjaren, 0) as is_professionals_in_plan_volledig
    from core.dim_bron_jaar
    window tot_nu as (order by schooljaar)
)

select
    instellingen.schooljaar,
    instellingen.onderwijsniveau,
    instellingen.instellingen,
    if(geleverd.kent_instellingen_in_plan, coalesce(per_jaar.in_plan, 0), null)
        as instellingen_bereikt_cumulatief,
    if(geleverd.kent_professionals_in_plan, coalesce(professionals.in_plan, 0), null)::bigint
        as professionals_cumulatief,
    if(geleverd.kent_instellingen, coalesce(per_jaar.alle_jaren, 0), null) as instellingen_bereikt_alle_jaren,
    if(geleverd.kent_professionals, coalesce(professionals.alle_jaren, 0), null)::bigint as professionals_alle_jaren,
    geleverd.is_bereik_in_plan_volledig,
    geleverd.is_professionals_in_plan_volledig
from instellingen
inner join geleverd using (schooljaar)
left join per_jaar using (schooljaar, onderwijsniveau)
left join professionals using (schooljaar, onderwijsniveau)
