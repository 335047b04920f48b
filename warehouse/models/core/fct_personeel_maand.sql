-- description: one row per staff member and month with at least one day in service until the peildatum: VTE of the
--   appointment, the part of it on leave, the part lost by absence, and what is left to deploy, as means over the days
--   of the month. Absence is taken on the schedule that leave leaves; is_langdurig_afwezig is true when on some day of
--   the month an uninterrupted absence (maternity apart) had lasted longer than the limit. Leave and absence are each
--   known from the first schooljaar that their own list speaks of: before, or without a list, they are missing, not zero
-- grain: persoon, maand
-- key: persoon, maand
-- assert: vte_aanstelling between 0 and 1
-- assert: vte_inzetbaar between 0 and vte_aanstelling or vte_inzetbaar is null
-- assert: (vte_afwezig is null) = (vte_inzetbaar is null)
with personeel as (
    select
        *,
        greatest(in_dienst_datum, (select min(maand) from core.dim_maand)) as eerste_dag,
        least(coalesce(uit_dienst_datum, getvariable('peildatum')), getvariable('peildatum')) as laatste_dag
    from staging.stg_hr__personeel
),

dagen as (
    select
        persoon,
        vte,
        unnest(generate_series(eerste_dag::timestamp, laatste_dag::timestamp, interval 1 day))::date as dag
    from personeel
),

verlof_dagen as (
    select
        persoon,
        unnest(generate_series(
            van_datum::timestamp,
            least(coalesce(tot_datum, getvariable('peildatum')), getvariable('peildatum'))::timestamp,
            interval 1 day
        ))::date as dag,
        verlof_pct
    from staging.stg_hr__verloven
),

-- Each list is the whole of its kind, of the past too; where it begins is not said, save by the schooljaar of its
-- first row (which starts on 1 September).
gekend as (
    select
        (select make_date(year(min(van_datum) - interval 8 months), 9, 1) from staging.stg_hr__verloven)
            as verlof_vanaf,
        (select make_date(year(min(van_datum) - interval 8 months), 9, 1) from staging.stg_hr__afwezigheden)
            as afwezigheid_vanaf
),

-- Two regimes on one day add up, to the whole appointment at most.
verlof as (
    select persoon, dag, least(1, sum(verlof_pct) / 100) as aandeel_verlof
    from verlof_dagen
    group by persoon, dag
),

afwezige_dagen as (
    select
        persoon,
        soort,
        unnest(generate_series(
            van_datum::timestamp,
            least(coalesce(tot_datum, getvariable('peildatum')), getvariable('peildatum'))::timestamp,
            interval 1 day
        ))::date as dag,
        afwezig_pct
    from staging.stg_hr__afwezigheden
    where afwezig_pct > 0
),

afwezigheid as (
    select
        persoon,
        dag,
        least(1, max(afwezig_pct) / 100) as aandeel_afwezig,
        bool_or(soort <> 'moederschap') as telt_voor_duur
    from afwezige_dagen
    group by persoon, dag
),

-- Days in a row have the same difference with their number: spells that touch are one absence.
reeksen as (
    select persoon, dag, dag - row_number() over (partition by persoon order by dag)::integer as reeks
    from afwezigheid
    where telt_voor_duur
),

duur as (
    select persoon, dag, row_number() over (partition by persoon, reeks order by dag) as dagen_afwezig
    from reeksen
),

per_maand as (
    select
        dagen.persoon,
        date_trunc('month', dagen.dag)::date as maand,
        sum(dagen.vte) as vte_dagen,
        sum(dagen.vte * coalesce(verlof.aandeel_verlof, 0)) as verlof_vte_dagen,
        sum(
            dagen.vte * (1 - coalesce(verlof.aandeel_verlof, 0)) * coalesce(afwezigheid.aandeel_afwezig, 0)
        ) as afwezig_vte_dagen,
        bool_or(coalesce(duur.dagen_afwezig, 0) > getvariable('hr.langdurig_na_dagen')) as is_langdurig_afwezig
    from dagen
    left join verlof using (persoon, dag)
    left join afwezigheid using (persoon, dag)
    left join duur using (persoon, dag)
    group by dagen.persoon, date_trunc('month', dagen.dag)
),

geleverd as (
    select
        per_maand.*,
        coalesce(maand >= verlof_vanaf, false) as kent_verlof,
        coalesce(maand >= afwezigheid_vanaf, false) as kent_afwezigheid
    from per_maand
    cross join gekend
)

select
    geleverd.persoon,
    geleverd.maand,
    personeel.begeleider,
    personeel.dienst,
    personeel.team,
    personeel.functie,
    personeel.statuut,
    -- rounded, so that the order in which days are added cannot show
    round(geleverd.vte_dagen / maanden.dagen_tot_peildatum, 6) as vte_aanstelling,
    if(kent_verlof, round(geleverd.verlof_vte_dagen / maanden.dagen_tot_peildatum, 6), null) as vte_verlof,
    -- absence is taken on what leave leaves: it cannot be told without
    if(
        kent_verlof and kent_afwezigheid,
        round(geleverd.afwezig_vte_dagen / maanden.dagen_tot_peildatum, 6),
        null
    ) as vte_afwezig,
    if(
        kent_verlof and kent_afwezigheid,
        round(
            (geleverd.vte_dagen - geleverd.verlof_vte_dagen - geleverd.afwezig_vte_dagen)
            / maanden.dagen_tot_peildatum, 6
        ),
        null
    ) as vte_inzetbaar,
    if(kent_afwezigheid, geleverd.is_langdurig_afwezig, null) as is_langdurig_afwezig
from geleverd
inner join personeel using (persoon)
inner join core.dim_maand as maanden using (maand)
