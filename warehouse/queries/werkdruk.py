"""Questions about staff and workload: who is available, and what was planned and spent.

Only groups come from here, never a person. Groups under the minimum are hidden in the marts already.
"""

import polars as pl

from warehouse.queries.fetch import Reader, fetch

#: The months with their `stand`. Only a 'volledig' month may be compared: the running month would read as
#: underspending, and a month without agendas as nothing spent. A planning reaches to the end of the schooljaar: of a
#: month to come only that is told, for nothing can be missing from its agendas yet.
_MAANDEN = """
    with maanden as (
        select
            werkdruk_maand.* replace (
                if(maand > peildatum, null, dagdelen_besteed) as dagdelen_besteed,
                if(maand > peildatum, null, aandeel_geregistreerd) as aandeel_geregistreerd
            ),
            last_day(maand) <= peildatum as is_voorbij,
            case
                when maand > peildatum then 'komt nog'
                when not is_geregistreerd then 'niet geregistreerd'
                when last_day(maand) > peildatum then 'lopend'
                else 'volledig'
            end as stand,
            if(categorie = 'zonder categorie', 'nvt', reden) as reden_gepland,
            if(maand > peildatum, 'nvt', reden) as reden_besteed
        from zicht.werkdruk_maand
        cross join meta.versie
        where schooljaar = $schooljaar
    )
"""


def groups(reader: Reader) -> pl.DataFrame:
    """Return the diensten with their teams: dienst, team; 'alle' (the whole dienst) first."""
    return fetch(
        reader,
        "select distinct dienst, team from zicht.hr_maand order by dienst, team <> 'alle', team",
    )


def staff_months(reader: Reader, schooljaar: str, dienst: str, team: str = "alle") -> pl.DataFrame:
    """Return a row per month of the schooljaar up to the peildatum, for one dienst or one of its teams.

    Columns: maand, personen, vte_aanstelling, vte_inzetbaar, aandeel_verlof, aandeel_langdurig_afwezig,
    aandeel_inzetbaar, reden.
    """
    return fetch(
        reader,
        """
        select maand, personen, vte_aanstelling, vte_inzetbaar, aandeel_verlof, aandeel_langdurig_afwezig,
            vte_inzetbaar / nullif(vte_aanstelling, 0) as aandeel_inzetbaar, reden
        from zicht.hr_maand
        where dienst = $dienst and team = $team
            and maand between
                (select begin from zicht.schooljaar where schooljaar = $schooljaar)
                and (select einde from zicht.schooljaar where schooljaar = $schooljaar)
        order by maand
        """,
        schooljaar=schooljaar,
        dienst=dienst,
        team=team,
    )


def staff_state(reader: Reader, schooljaar: str, dienst: str, team: str = "alle") -> pl.DataFrame:
    """Return the last known month of the schooljaar first, and the same month one year before second.

    Columns as in `staff_months`.
    """
    return fetch(
        reader,
        """
        with laatste as (
            select max(maand) as maand
            from zicht.hr_maand
            where dienst = $dienst and team = $team
                and maand between
                    (select begin from zicht.schooljaar where schooljaar = $schooljaar)
                    and (select einde from zicht.schooljaar where schooljaar = $schooljaar)
        )
        select hr.maand, personen, vte_aanstelling, vte_inzetbaar, aandeel_verlof, aandeel_langdurig_afwezig,
            vte_inzetbaar / nullif(vte_aanstelling, 0) as aandeel_inzetbaar, reden
        from zicht.hr_maand as hr
        cross join laatste
        where dienst = $dienst and team = $team
            and hr.maand in (laatste.maand, (laatste.maand - interval 1 year)::date)
        order by hr.maand desc
        """,
        schooljaar=schooljaar,
        dienst=dienst,
        team=team,
    )


def teams(reader: Reader, schooljaar: str) -> pl.DataFrame:
    """Return every dienst and team in the last known month of the schooljaar; the whole dienst first.

    Columns: dienst, team and those of `staff_months`.
    """
    return fetch(
        reader,
        """
        select dienst, team, maand, personen, vte_aanstelling, vte_inzetbaar, aandeel_verlof,
            aandeel_langdurig_afwezig, vte_inzetbaar / nullif(vte_aanstelling, 0) as aandeel_inzetbaar, reden
        from zicht.hr_maand
        where maand = (
            select max(maand) from zicht.hr_maand
            where maand between
                (select begin from zicht.schooljaar where schooljaar = $schooljaar)
                and (select einde from zicht.schooljaar where schooljaar = $schooljaar)
        )
        order by dienst, team <> 'alle', team
        """,
        schooljaar=schooljaar,
    )


def categories(reader: Reader) -> pl.DataFrame:
    """Return the planning categories, in alphabetical order."""
    return fetch(
        reader,
        "select distinct categorie from zicht.werkdruk_maand where categorie <> 'alle' order by categorie",
    )


def work_months(reader: Reader, schooljaar: str, categorie: str = "alle") -> pl.DataFrame:
    """Return a row per month of the schooljaar: planned and spent dagdelen of one category, or of all.

    Columns: maand, begeleiders, dagdelen_gepland, dagdelen_besteed, aandeel_geregistreerd, reden, reden_gepland and
    reden_besteed (also 'nvt': without category nothing is planned, in a month to come nothing is spent yet), stand:
    'volledig', 'lopend' (the month of the peildatum is not over), 'niet geregistreerd' or 'komt nog'.
    """
    return fetch(
        reader,
        _over_months("""
        select maand, begeleiders, dagdelen_gepland, dagdelen_besteed, aandeel_geregistreerd, reden, reden_gepland,
            reden_besteed, stand
        from maanden
        where categorie = $categorie
        order by maand
        """),
        schooljaar=schooljaar,
        categorie=categorie,
    )


def spent_of_planned(reader: Reader, schooljaar: str, categorie: str = "alle") -> pl.DataFrame:
    """Return one row: dagdelen planned and spent over the finished, registered months of the schooljaar.

    Columns: dagdelen_gepland, dagdelen_besteed (null where one of the months is hidden or not known: the sum
    would pretend to be whole), maanden_voorbij, maanden_volledig, aandeel_geregistreerd (of the begeleiders, mean
    over those months), reden ('beschermd' where a month is hidden, 'nvt' before the first month is over, 'ontbreekt'
    where nothing else can be compared).
    """
    return fetch(
        reader,
        _over_months(""",
        geteld as (
            select count(*) as maanden,
                count(*) filter (where is_voorbij) as maanden_voorbij,
                count(*) filter (where stand = 'volledig') as maanden_volledig,
                count(dagdelen_gepland + dagdelen_besteed) filter (where stand = 'volledig') as maanden_bekend,
                sum(dagdelen_gepland) filter (where stand = 'volledig') as dagdelen_gepland,
                sum(dagdelen_besteed) filter (where stand = 'volledig') as dagdelen_besteed,
                avg(aandeel_geregistreerd) filter (where stand = 'volledig') as aandeel_geregistreerd,
                coalesce(bool_or(reden = 'beschermd') filter (where stand = 'volledig'), false) as is_beschermd
            from maanden
            where categorie = $categorie
        )
        select if(maanden_bekend = maanden_volledig, dagdelen_gepland, null) as dagdelen_gepland,
            if(maanden_bekend = maanden_volledig, dagdelen_besteed, null) as dagdelen_besteed,
            maanden_voorbij, maanden_volledig, aandeel_geregistreerd,
            case
                when is_beschermd then 'beschermd'
                when maanden > 0 and maanden_voorbij = 0 then 'nvt'
                when maanden_volledig = 0 or maanden_bekend < maanden_volledig then 'ontbreekt'
            end as reden
        from geteld
        """),
        schooljaar=schooljaar,
        categorie=categorie,
    )


def work_categories(reader: Reader, schooljaar: str) -> pl.DataFrame:
    """Return planned and spent dagdelen per category over the finished, registered months.

    Columns: categorie, dagdelen_gepland, dagdelen_besteed, maanden, reden. Where one of the months is hidden
    the sum is hidden too: it would pretend to be whole.
    """
    return fetch(
        reader,
        _over_months("""
        select categorie, count(*) as maanden,
            if(bool_or(reden = 'beschermd' and dagdelen_gepland is null), null, sum(dagdelen_gepland))
                as dagdelen_gepland,
            if(bool_or(reden = 'beschermd' and dagdelen_besteed is null), null, sum(dagdelen_besteed))
                as dagdelen_besteed,
            case
                when bool_or(coalesce(reden = 'beschermd', false)) then 'beschermd'
                when sum(dagdelen_gepland) is null then 'nvt'
            end as reden
        from maanden
        where categorie <> 'alle' and stand = 'volledig'
        group by categorie
        order by dagdelen_gepland desc nulls last, categorie
        """),
        schooljaar=schooljaar,
    )


def _over_months(select: str) -> str:
    """Return a statement over the rows of `_MAANDEN`; both parts are constants of this module."""
    return _MAANDEN + select
