"""Questions about reach: which instellingen and professionals were reached, against which target, who not.

Counts are over the whole network, also for a reader who may see only a part of it by name; lists name that part.

People and instellingen never add up over strategies: each combination comes counted from
`mart.bereik_aantal`. An instelling counts as not reached only where every source of the strategy was
delivered; otherwise its reach is unknown (null), and `instellingen_onbekend` counts it: what was reached is the
least it can be then. `reden_deelnames` and `reden_interventies` say why people or interventies are null: 'nvt' where
the strategy does not register them, 'ontbreekt' where they were not delivered.
"""

import polars as pl

from warehouse.queries.fetch import Reader, fetch
from warehouse.queries.noden import with_trap_known

#: `mart.bereik_aantal` with `instellingen_onbekend`: of how many instellingen nobody knows whether they were reached.
#: Where a source of the strategy was not delivered for the schooljaar, that is everyone who was not seen to be.
_AANTAL = """ aantal as (
        select *,
            if(
                'ontbreekt' in (coalesce(reden_deelnames, ''), coalesce(reden_interventies, '')),
                instellingen - coalesce(instellingen_bereikt, 0),
                0
            ) as instellingen_onbekend
        from zicht.bereik_aantal
    )
"""

#: One row per instelling of the selection: reached by the strategy asked for (or by any), and its need. Whether a need
#: is great is not known without a trap that obliges and without a class; a class that tells nobody apart says nothing
#: of it. Trap regulier tells nothing where nobody's trap is known: it is null then. What is not the reader's own has no
#: number and no name.
_INSTELLINGEN = """,
    bereikt as (
        select sleutel,
            case
                when bool_or(is_bereikt) then true
                when bool_and(is_bereikt is not null) then false
            end as is_bereikt
        from netwerk.bereik_instelling
        where schooljaar = $schooljaar and ($strategie = 'alle' or strategie = $strategie)
        group by sleutel
    ),
    instellingen as (
        select lijst.instellingsnummer, lijst.naam, lijst.onderwijsniveau, lijst.scholengroep,
            lijst.aantal_personeelsleden, lijst.oki_klasse, lijst.grootte_klasse,
            bereikt.is_bereikt, noden.rang, if(is_klasse_zinvol, noden.klasse, null) as klasse, noden.is_in_groepen,
            case
                when noden.trap is null then 'niet gerangschikt'
                when noden.trap <> 'regulier' or is_trap_bekend then noden.trap
            end as trap,
            if(is_trap_bekend, noden.trap = 'verplicht', null)
                or if(is_klasse_zinvol, noden.klasse = 'duidelijk', false) as heeft_grote_noden
        from netwerk.instelling_jaar as lijst
        inner join bereikt using (sleutel)
        left join netwerk.noden as noden
            on noden.schooljaar = lijst.schooljaar and noden.sleutel = lijst.sleutel
        left join trap_bekend on trap_bekend.schooljaar = lijst.schooljaar
        where lijst.schooljaar = $schooljaar
            and ($scholengroep = 'alle' or lijst.scholengroep_nummer = $scholengroep)
            and ($onderwijsniveau = 'alle' or lijst.onderwijsniveau = $onderwijsniveau)
    )
"""


def with_counts(rest: str, *, begin: str = "with") -> str:
    """Return a statement that may read `aantal`: `mart.bereik_aantal`, and instellingen_onbekend in every row.

    `rest` goes on after that table, as in `noden.with_trap_known`; it is the first one, or `begin` is ','.
    """
    return begin + _AANTAL + rest


def strategies(reader: Reader) -> pl.DataFrame:
    """Return the strategies (codes) that reach is counted for."""
    return fetch(reader, "select distinct strategie from netwerk.bereik_instelling order by strategie")


def totals(
    reader: Reader,
    schooljaar: str,
    scholengroep: str = "alle",
    onderwijsniveau: str = "alle",
    strategie: str = "alle",
) -> pl.DataFrame:
    """Return two rows at most, the schooljaar asked for first and the one before it second.

    Columns: schooljaar, is_lopend, instellingen, instellingen_bereikt, instellingen_onbekend, personeelsleden,
    professionals, deelnames, reden_deelnames, interventies, dagdelen, reden_interventies.
    """
    return fetch(
        reader,
        with_counts("""
        select schooljaar, is_lopend, instellingen, instellingen_bereikt, instellingen_onbekend, personeelsleden,
            professionals, deelnames, reden_deelnames, interventies, dagdelen, reden_interventies
        from aantal
        inner join zicht.schooljaar using (schooljaar)
        where strategie = $strategie
            and onderwijsniveau = $onderwijsniveau
            and scholengroep_nummer = $scholengroep
            and volgnummer between
                (select volgnummer - 1 from zicht.schooljaar where schooljaar = $schooljaar)
                and (select volgnummer from zicht.schooljaar where schooljaar = $schooljaar)
        order by volgnummer desc
        """),
        schooljaar=schooljaar,
        scholengroep=scholengroep,
        onderwijsniveau=onderwijsniveau,
        strategie=strategie,
    )


def breakdown(
    reader: Reader,
    schooljaar: str,
    per: str,
    scholengroep: str = "alle",
    onderwijsniveau: str = "alle",
    strategie: str = "alle",
) -> pl.DataFrame:
    """Return reach within the selection, a row per 'strategie', 'onderwijsniveau' or 'scholengroep' (`per`).

    Columns: code, naam (of a scholengroep, else null), instellingen, instellingen_bereikt, instellingen_onbekend,
    aandeel_instellingen, personeelsleden, professionals, aandeel_professionals, deelnames, reden_deelnames,
    interventies, dagdelen, reden_interventies. Rows of strategies overlap: one person can take part in several.
    """
    return fetch(
        reader,
        with_counts(""",
        namen as (
            select scholengroep_nummer, any_value(scholengroep order by scholengroep) as naam
            from zicht.instelling_jaar
            where schooljaar = $schooljaar
            group by scholengroep_nummer
        )
        select
            case $per
                when 'strategie' then strategie
                when 'onderwijsniveau' then onderwijsniveau
                else scholengroep_nummer
            end as code,
            if($per = 'scholengroep', naam, null) as naam,
            instellingen, instellingen_bereikt, instellingen_onbekend,
            instellingen_bereikt / nullif(instellingen, 0) as aandeel_instellingen,
            personeelsleden,
            professionals, professionals / nullif(personeelsleden, 0) as aandeel_professionals, deelnames,
            reden_deelnames, interventies, dagdelen, reden_interventies
        from aantal
        left join namen using (scholengroep_nummer)
        where schooljaar = $schooljaar
            and if(
                $per = 'strategie' and $strategie = 'alle', strategie <> 'alle', strategie = $strategie
            )
            and if(
                $per = 'onderwijsniveau' and $onderwijsniveau = 'alle',
                onderwijsniveau <> 'alle', onderwijsniveau = $onderwijsniveau
            )
            and if(
                $per = 'scholengroep' and $scholengroep = 'alle',
                scholengroep_nummer <> 'alle', scholengroep_nummer = $scholengroep
            )
        order by aandeel_instellingen desc nulls last, code
        """),
        schooljaar=schooljaar,
        per=per,
        scholengroep=scholengroep,
        onderwijsniveau=onderwijsniveau,
        strategie=strategie,
    )


def history(
    reader: Reader,
    scholengroep: str = "alle",
    onderwijsniveau: str = "alle",
    strategie: str = "alle",
) -> pl.DataFrame:
    """Return reach per schooljaar, oldest first, and since the start of the plan.

    Columns: schooljaar, is_lopend, instellingen, instellingen_bereikt, instellingen_onbekend, aandeel_in_jaar,
    instellingen_bereikt_cumulatief, instellingen_onbekend_cumulatief, aandeel_sinds_plan, professionals,
    reden_deelnames, reden_interventies, professionals_cumulatief, is_professionals_in_plan_volledig. Cumulative
    figures exist for the network and per onderwijsniveau only: with a scholengroep or a strategy they are null.
    """
    return fetch(
        reader,
        with_counts("""
        select aantal.schooljaar, is_lopend, aantal.instellingen, instellingen_bereikt, instellingen_onbekend,
            instellingen_bereikt / nullif(aantal.instellingen, 0) as aandeel_in_jaar,
            instellingen_bereikt_cumulatief,
            if(is_bereik_in_plan_volledig, 0, aantal.instellingen - instellingen_bereikt_cumulatief)
                as instellingen_onbekend_cumulatief,
            instellingen_bereikt_cumulatief / nullif(aantal.instellingen, 0) as aandeel_sinds_plan,
            professionals, reden_deelnames, reden_interventies,
            professionals_cumulatief, is_professionals_in_plan_volledig
        from aantal
        inner join zicht.schooljaar using (schooljaar)
        left join zicht.bereik_cumulatief as cumulatief
            on cumulatief.schooljaar = aantal.schooljaar
            and cumulatief.onderwijsniveau = aantal.onderwijsniveau
            and $scholengroep = 'alle' and $strategie = 'alle'
        where aantal.onderwijsniveau = $onderwijsniveau
            and scholengroep_nummer = $scholengroep
            and strategie = $strategie
        order by aantal.schooljaar
        """),
        scholengroep=scholengroep,
        onderwijsniveau=onderwijsniveau,
        strategie=strategie,
    )


def targets(reader: Reader, schooljaar: str, strategie: str = "alle") -> pl.DataFrame:
    """Return the targets of one schooljaar, furthest along first; a strategy keeps its own targets.

    Columns: code, omschrijving, eenheid, strategie, bron, streefwaarde, gerealiseerd, aandeel, prognose,
    aandeel_prognose, basis_datum, is_volledig_bekend (where not, what was realised is the least it can be, and has no
    forecast). Targets hold for the whole network.
    """
    return fetch(
        reader,
        """
        select code, omschrijving, eenheid, strategie, bron, streefwaarde, gerealiseerd, aandeel, prognose,
            prognose / nullif(streefwaarde, 0) as aandeel_prognose, basis_datum, is_volledig_bekend
        from zicht.bereik_doel
        where schooljaar = $schooljaar and ($strategie = 'alle' or strategie = $strategie)
        order by aandeel desc nulls last, code
        """,
        schooljaar=schooljaar,
        strategie=strategie,
    )


def target_years(reader: Reader) -> pl.DataFrame:
    """Return every schooljaar that has targets for reach: schooljaar."""
    return fetch(reader, "select distinct schooljaar from zicht.bereik_doel order by schooljaar")


def intensity(
    reader: Reader,
    schooljaar: str,
    scholengroep: str = "alle",
    onderwijsniveau: str = "alle",
) -> pl.DataFrame:
    """Return instellingen by the most intense strategy that reached them, per onderwijsniveau and 'alle'.

    Columns: onderwijsniveau, instellingen, niet_bereikt, helpdesk, opleiding_en_vorming, plg, verandertraject,
    onbekend. The row 'alle' comes first.
    """
    return fetch(
        reader,
        """
        select coalesce(onderwijsniveau, 'alle') as onderwijsniveau,
            count(*) as instellingen,
            count(*) filter (where intensiteit = 'niet bereikt') as niet_bereikt,
            count(*) filter (where intensiteit = 'helpdesk') as helpdesk,
            count(*) filter (where intensiteit = 'opleiding en vorming') as opleiding_en_vorming,
            count(*) filter (where intensiteit = 'plg') as plg,
            count(*) filter (where intensiteit = 'verandertraject') as verandertraject,
            count(*) filter (where intensiteit is null) as onbekend
        from netwerk.bereik_intensiteit
        inner join netwerk.instelling_jaar using (schooljaar, sleutel)
        where schooljaar = $schooljaar
            and ($scholengroep = 'alle' or scholengroep_nummer = $scholengroep)
            and ($onderwijsniveau = 'alle' or onderwijsniveau = $onderwijsniveau)
        group by cube (onderwijsniveau)
        having count(*) > 0
        order by grouping(onderwijsniveau) desc, onderwijsniveau
        """,
        schooljaar=schooljaar,
        scholengroep=scholengroep,
        onderwijsniveau=onderwijsniveau,
    )


def need_matrix(
    reader: Reader,
    schooljaar: str,
    scholengroep: str = "alle",
    onderwijsniveau: str = "alle",
    strategie: str = "alle",
) -> pl.DataFrame:
    """Return instellingen by need and reach: trap, instellingen, bereikt, niet_bereikt, onbekend, nood_onbekend.

    The heaviest trap first; trap is null for trap regulier where nobody's trap is known. `grote_noden`,
    `niet_bereikt_grote_noden` and `onbekend_grote_noden` count the great
    needs among all, among those not reached and among those of whom reach is unknown; `is_trap_bekend`, the same in
    every row, says whether the trap of anybody is known: see `noden.with_trap_known`.
    """
    return fetch(
        reader,
        _over_instellingen("""
        select trap, count(*) as instellingen,
            count(*) filter (where is_bereikt) as bereikt,
            count(*) filter (where not is_bereikt) as niet_bereikt,
            count(*) filter (where is_bereikt is null) as onbekend,
            count(*) filter (where not is_bereikt and heeft_grote_noden) as niet_bereikt_grote_noden,
            count(*) filter (where is_bereikt is null and heeft_grote_noden) as onbekend_grote_noden,
            count(*) filter (where heeft_grote_noden) as grote_noden,
            count(*) filter (where heeft_grote_noden is null) as nood_onbekend,
            coalesce((select is_trap_bekend from trap_bekend where schooljaar = $schooljaar), false) as is_trap_bekend
        from instellingen
        group by trap
        order by list_position(['verplicht', 'verhoogd', 'regulier', 'niet gerangschikt'], coalesce(trap, 'regulier'))
        """),
        schooljaar=schooljaar,
        scholengroep=scholengroep,
        onderwijsniveau=onderwijsniveau,
        strategie=strategie,
    )


def not_reached(
    reader: Reader,
    schooljaar: str,
    scholengroep: str = "alle",
    onderwijsniveau: str = "alle",
    strategie: str = "alle",
    nood: str = "alle",
) -> pl.DataFrame:
    """Return the reader's instellingen that were not reached, the greatest need first.

    `nood` keeps one trap, or with 'groot' the great needs (trap verplicht, or clearly among the first of the
    ranking). Columns: instellingsnummer, naam, onderwijsniveau, scholengroep, aantal_personeelsleden,
    oki_klasse, grootte_klasse, trap, rang, klasse, is_in_groepen, laatst_bereikt (the last schooljaar before
    in which the strategy reached the instelling, null when never), eerste_schooljaar (the first of which the reach by
    the strategy is known: nothing can be said of what was before).
    """
    return fetch(
        reader,
        _over_instellingen(""",
        eerder as (
            select instellingsnummer, max(schooljaar) as laatst_bereikt
            from zicht.bereik_instelling
            where is_bereikt and schooljaar < $schooljaar and ($strategie = 'alle' or strategie = $strategie)
            group by instellingsnummer
        ),
        gekend as (
            select min(schooljaar) as eerste_schooljaar
            from netwerk.bereik_instelling
            where is_bereikt is not null and ($strategie = 'alle' or strategie = $strategie)
        )
        select instellingsnummer, naam, onderwijsniveau, scholengroep, aantal_personeelsleden, oki_klasse,
            grootte_klasse, trap, rang, klasse, is_in_groepen, laatst_bereikt, eerste_schooljaar
        from instellingen
        cross join gekend
        left join eerder using (instellingsnummer)
        where not is_bereikt
            and instellingsnummer is not null
            and ($nood = 'alle' or trap = $nood or ($nood = 'groot' and heeft_grote_noden))
        order by rang nulls last, naam, instellingsnummer
        """),
        schooljaar=schooljaar,
        scholengroep=scholengroep,
        onderwijsniveau=onderwijsniveau,
        strategie=strategie,
        nood=nood,
    )


def not_reached_by_trait(
    reader: Reader,
    schooljaar: str,
    scholengroep: str = "alle",
    onderwijsniveau: str = "alle",
    strategie: str = "alle",
) -> pl.DataFrame:
    """Return how many instellingen were not reached, per class of OKI, size and onderwijsniveau.

    Columns: kenmerk ('oki', 'grootte', 'onderwijsniveau'), klasse (null where unknown), instellingen, onbekend (of whom
    the reach is not known), niet_bereikt, aandeel_niet_bereikt. The last two are null where the reach of some is
    unknown: only who was reached is known then.
    """
    return fetch(
        reader,
        _over_instellingen(""",
        kenmerken as (
            select 'oki' as kenmerk, oki_klasse as klasse, is_bereikt,
                list_position(['hoog', 'midden', 'laag'], oki_klasse) as plaats
            from instellingen
            union all
            select 'grootte', grootte_klasse, is_bereikt,
                list_position(['groot', 'middelgroot', 'klein'], grootte_klasse)
            from instellingen
            union all
            select 'onderwijsniveau', onderwijsniveau, is_bereikt, 0
            from instellingen
        )
        select kenmerk, klasse, count(*) as instellingen,
            count(*) filter (where is_bereikt is null) as onbekend,
            if(onbekend = 0, count(*) filter (where not is_bereikt), null) as niet_bereikt,
            niet_bereikt / count(*) as aandeel_niet_bereikt
        from kenmerken
        group by kenmerk, klasse, plaats
        order by list_position(['oki', 'grootte', 'onderwijsniveau'], kenmerk), plaats nulls last, klasse
        """),
        schooljaar=schooljaar,
        scholengroep=scholengroep,
        onderwijsniveau=onderwijsniveau,
        strategie=strategie,
    )


def _over_instellingen(select: str) -> str:
    """Return a statement over the rows of `_INSTELLINGEN`; both parts are constants of this module."""
    return with_trap_known(_INSTELLINGEN + select)
