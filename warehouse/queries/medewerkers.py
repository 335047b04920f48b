"""Questions about members of staff one by one: who is deployable, and what was planned and spent.

They are asked of the HR file (`dashboard.data.staff_frame`); its views show only whom the reader may see.
"""

import polars as pl

from warehouse.queries.fetch import Reader, fetch

#: The staff of the chosen group, and their months with planned and spent dagdelen. Only a 'volledig' month may be
#: compared: the running month would read as underspending, and a month without an agenda as nothing spent.
_STAFF = """
    with groep as (
        select * from zicht.medewerker
        where ($dienst = 'alle' or dienst = $dienst) and ($team = 'alle' or team = $team)
    ),
    werk as (
        select
            persoon, maand, categorie, dagdelen_gepland, dagdelen_besteed, is_geregistreerd,
            case
                when not is_geregistreerd then 'niet geregistreerd'
                when last_day(maand) > (select peildatum from meta.versie) then 'lopend'
                else 'volledig'
            end as stand
        from zicht.werkdruk
        inner join zicht.medewerker using (begeleider)
        where schooljaar = $schooljaar
    ),
    dagdelen as (
        select persoon, maand, any_value(stand) as stand,
            sum(dagdelen_gepland) as dagdelen_gepland, sum(dagdelen_besteed) as dagdelen_besteed
        from werk
        group by persoon, maand
    )
"""


def groups(reader: Reader) -> pl.DataFrame:
    """Return the diensten with their teams: dienst, team; 'alle' (everybody, the whole dienst) first."""
    return fetch(
        reader,
        """
        select distinct dienst, team from (
            select 'alle' as dienst, 'alle' as team from zicht.medewerker
            union all select dienst, 'alle' from zicht.medewerker
            union all select dienst, team from zicht.medewerker
        )
        order by dienst <> 'alle', dienst, team <> 'alle', team
        """,
    )


def people(reader: Reader, dienst: str, team: str) -> pl.DataFrame:
    """Return the staff of a group by name: persoon (pseudonym), naam ('onbekend' where HR's list names nobody)."""
    return fetch(
        reader,
        """
        select persoon, coalesce(naam, 'onbekend') as naam
        from zicht.medewerker
        where ($dienst = 'alle' or dienst = $dienst) and ($team = 'alle' or team = $team)
        order by lower(naam), persoon
        """,
        dienst=dienst,
        team=team,
    )


def leaders(reader: Reader) -> pl.DataFrame:
    """Return the hoofdadviseurs who lead somebody whom the reader sees: e_mail, in lower case."""
    return fetch(
        reader,
        """
        select distinct lower(hoofdadviseur_naam) as e_mail
        from zicht.medewerker
        where hoofdadviseur_naam is not null
        order by e_mail
        """,
    )


def available(reader: Reader, schooljaar: str, dienst: str, team: str) -> pl.DataFrame:
    """Return a row per member of staff in the last known month of the schooljaar.

    Columns: maand, naam, code, functie, dienst, team, statuut, hoofdadviseur_naam, vte_aanstelling, vte_verlof,
    vte_afwezig, vte_inzetbaar (VTE, means over the month), is_langdurig_afwezig, reden_code (why there is no code:
    'nvt' or 'ontbreekt').
    """
    return fetch(
        reader,
        _over_staff("""
        select maand, naam, code, functie, dienst, team, statuut, hoofdadviseur_naam,
            vte_aanstelling, vte_verlof, vte_afwezig, vte_inzetbaar, is_langdurig_afwezig,
            if(is_buiten_planning, 'nvt', 'ontbreekt') as reden_code
        from zicht.medewerker_maand
        inner join groep using (persoon)
        where maand = (select max(maand) from zicht.medewerker_maand where schooljaar = $schooljaar)
        order by dienst, team, lower(naam), persoon
        """),
        schooljaar=schooljaar,
        dienst=dienst,
        team=team,
    )


def months(reader: Reader, schooljaar: str, dienst: str, team: str, persoon: str = "alle") -> pl.DataFrame:
    """Return a row per member of staff and month of the schooljaar up to that of the peildatum, in order of name.

    A planning reaches further, but of months to come nothing can be missing yet. Columns: naam, maand, those of
    `available` in VTE and is_langdurig_afwezig (null for who was not in service), dagdelen_gepland (null without
    planning), dagdelen_besteed (null without agenda), stand: 'volledig', 'lopend', 'niet geregistreerd' or 'nvt' (of
    whom a planning and an agenda cannot exist), reden (why they are not there: 'nvt' or 'ontbreekt').
    """
    return fetch(
        reader,
        _over_staff("""
        select naam, maand, vte_aanstelling, vte_verlof, vte_afwezig, vte_inzetbaar, is_langdurig_afwezig,
            dagdelen_gepland, dagdelen_besteed,
            if(is_buiten_planning, 'nvt', coalesce(stand, 'niet geregistreerd')) as stand,
            if(is_buiten_planning, 'nvt', 'ontbreekt') as reden
        from (select * from zicht.medewerker_maand where schooljaar = $schooljaar) as staf
        full join dagdelen using (persoon, maand)
        inner join groep using (persoon)
        where $persoon in ('alle', persoon) and maand <= (select peildatum from meta.versie)
        order by lower(naam), persoon, maand
        """),
        schooljaar=schooljaar,
        dienst=dienst,
        team=team,
        persoon=persoon,
    )


def categories(reader: Reader, schooljaar: str, dienst: str, team: str, persoon: str = "alle") -> pl.DataFrame:
    """Return dagdelen planned and spent per category of the planning, over the finished, registered months.

    Columns: categorie, personen, dagdelen_gepland, dagdelen_besteed.
    """
    return fetch(
        reader,
        _over_staff("""
        select categorie, count(distinct persoon) as personen,
            sum(dagdelen_gepland) as dagdelen_gepland, sum(dagdelen_besteed) as dagdelen_besteed
        from werk
        semi join groep using (persoon)
        where stand = 'volledig' and $persoon in ('alle', persoon)
        group by categorie
        having coalesce(sum(dagdelen_gepland), 0) + coalesce(sum(dagdelen_besteed), 0) > 0
        order by dagdelen_gepland desc nulls last, categorie
        """),
        schooljaar=schooljaar,
        dienst=dienst,
        team=team,
        persoon=persoon,
    )


def load(reader: Reader, schooljaar: str, dienst: str, team: str) -> pl.DataFrame:
    """Return a row per member of staff: spent against planned, beside the others of the own team; most loaded first.

    Over the finished months of the schooljaar with an agenda of the person. Columns: naam, dienst, team, maanden,
    dagdelen_gepland, dagdelen_besteed, aandeel_besteed, aandeel_team (of the other members of the team whom the reader
    sees), verschil (between the two; null where one of them is not known), reden: 'ontbreekt' without such a
    month, 'nvt' without planning, or where a planning and an agenda cannot exist.
    """
    return fetch(
        reader,
        _over_staff(""",
        per_persoon as (
            select persoon, count(*) as maanden,
                sum(dagdelen_gepland) as dagdelen_gepland, sum(dagdelen_besteed) as dagdelen_besteed
            from dagdelen
            where stand = 'volledig'
            group by persoon
        ),
        vergeleken as (
            select groep.*, coalesce(eigen.maanden, 0) as maanden, eigen.dagdelen_gepland, eigen.dagdelen_besteed,
                eigen.dagdelen_besteed / nullif(eigen.dagdelen_gepland, 0) as aandeel_besteed,
                (
                    select sum(ander.dagdelen_besteed) / nullif(sum(ander.dagdelen_gepland), 0)
                    from per_persoon as ander
                    inner join zicht.medewerker as collega using (persoon)
                    where ander.persoon <> groep.persoon and ander.dagdelen_gepland > 0
                        and collega.dienst = groep.dienst and collega.team = groep.team
                ) as aandeel_team
            from groep
            left join per_persoon as eigen using (persoon)
        )
        select naam, dienst, team, maanden, dagdelen_gepland, dagdelen_besteed, aandeel_besteed, aandeel_team,
            aandeel_besteed - aandeel_team as verschil,
            case
                when is_buiten_planning then 'nvt'
                when maanden = 0 then 'ontbreekt'
                when aandeel_besteed is null then 'nvt'
            end as reden
        from vergeleken
        order by verschil desc nulls last, lower(naam), persoon
        """),
        schooljaar=schooljaar,
        dienst=dienst,
        team=team,
    )


def _over_staff(select: str) -> str:
    """Return a statement over the tables of `_STAFF`; both parts are constants of this module."""
    return _STAFF + select
