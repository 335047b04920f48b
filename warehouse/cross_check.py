"""Where two sources tell the same thing and do not agree: told, never a reason to stop a build."""

from typing import Any

import duckdb

WARNING = "waarschuwing"
#: The models that are read here.
COMPARED = (
    "core.doorlichting_vergelijking",
    "core.register_vergelijking",
    "core.personeel_vergelijking",
    "core.planning_vergelijking",
    "core.agenda_categorie_vergelijking",
    "core.edbi_onbekend",
)
#: So many unmapped categories are named, those that most begeleiders use.
_NAMED = 10


def compare_sources(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return a row for `meta.validatie` per comparison of two sources, of a warehouse that was just built.

    Compared are the summary of inspections in the outputdossier with the list of doorlichtingen, the register of
    vestigingsplaatsen with the list of instellingen, registrations with the staff in that list, agendas with the
    planning, the categories in agendas with their list, and the invitations of EDBI with what they are about. A
    comparison without anything on one of its sides gives no row, but for invitations: they alone say that what they are
    about was not delivered. The rows count; they name nobody, and a category only where enough begeleiders use it:
    another may hold a name.
    """
    return [
        *_inspections(con),
        *_register(con),
        *_staff(con),
        *_agendas(con),
        *_categories(con),
        *_invitations(con),
    ]


def _inspections(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    compared, different = con.execute(
        "select count(*), count(*) filter (where len(verschillen) > 0) from core.doorlichting_vergelijking"
    ).fetchall()[0]
    said = "de samenvatting van de doorlichtingen komt overeen met de lijst van de doorlichtingen"
    return _told("outputdossier", "doorlichtingen_samenvatting", None, said, compared, different)


def _register(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    compared, unknown, closed, with_places, elsewhere = con.execute(
        """
        select
            count(*),
            count(*) filter (where list_contains(verschillen, 'onbekend')),
            count(*) filter (where list_contains(verschillen, 'gesloten')),
            count(*) filter (where heeft_gemeenten),
            count(*) filter (where list_contains(verschillen, 'gemeente'))
        from core.register_vergelijking
        """
    ).fetchall()[0]
    source = ("vestigingsplaatsen", "vestigingsplaatsen")
    known = "elke instelling van de lijst staat in het register"
    is_open = "geen instelling van de lijst is gesloten in het register"
    place = "de gemeente van elke instelling is die van haar hoofdzetel in het register"
    return [
        *_told(*source, "instellingsnummer", known, compared, unknown),
        *_told(*source, "einddatum", is_open, compared - unknown, closed),
        *_told(*source, "gemeente", place, with_places, elsewhere),
    ]


def _staff(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    compared, different = con.execute(
        "select count(*), count(*) filter (where aantal_deelnemers > aantal_personeelsleden)"
        " from core.personeel_vergelijking"
    ).fetchall()[0]
    said = "een instelling heeft niet meer deelnemers dan personeelsleden in de lijst van de instellingen"
    return _told("inschrijvingen", "inschrijvingen", None, said, compared, different)


def _agendas(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    with_agenda, with_planning, with_both = con.execute(
        """
        select
            count(*) filter (where heeft_agenda),
            count(*) filter (where heeft_planning),
            count(*) filter (where heeft_agenda and heeft_planning)
        from core.planning_vergelijking
        """
    ).fetchall()[0]
    planned = "wie een agenda aanlevert, staat in de centrale planning van dat schooljaar"
    kept = "wie in de centrale planning staat, levert in dat schooljaar een agenda aan"
    return [
        *_told("agenda", "agenda", None, planned, with_agenda, with_agenda - with_both),
        *_told("agenda", "agenda", None, kept, with_planning, with_planning - with_both),
    ]


def _categories(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    compared, unknown, few = con.execute(
        """
        select count(*), count(*) filter (where is_onbekend),
            count(*) filter (where is_onbekend and begeleiders < getvariable('bescherming.minimum_personen'))
        from core.agenda_categorie_vergelijking
        """
    ).fetchall()[0]
    named = con.execute(
        """
        select categorieen from core.agenda_categorie_vergelijking
        where is_onbekend and begeleiders >= getvariable('bescherming.minimum_personen')
        order by begeleiders desc, categorieen
        limit ?
        """,
        [_NAMED],
    ).fetchall()
    said = "elke categorie van een agenda staat in de lijst van de agendacategorieën"
    rows = _told("agenda", "agenda", "categorieen", said, compared, unknown)
    names = ", ".join(f"„{name}”" for (name,) in named)
    others = f"{few} bij te weinig begeleiders om te noemen" if few else ""
    for row in rows if unknown else []:
        row["waargenomen"] += ": " + "; ".join(filter(None, (names, others)))
    return rows


def _invitations(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    rows = con.execute(
        """
        select
            bron,
            sum(uitnodigingen)::bigint,
            sum(uitnodigingen_onbekend)::bigint,
            sum(antwoorden_onbekend)::bigint
        from core.edbi_onbekend
        where bron <> 'alle'
        group by bron
        order by bron
        """
    ).fetchall()
    said = {
        "activiteiten": (
            "activiteit_id",
            "elke uitnodiging over een activiteit gaat over een activiteit die geleverd is",
        ),
        "trajecten": ("traject_id", "elke uitnodiging over een traject gaat over een traject dat geleverd is"),
    }
    told = []
    for bron, invitations, unknown, answers in rows:
        kolom, expected = said[bron]
        checked = _told("edbi uitnodigingen", "edbi_uitnodigingen", kolom, expected, invitations, unknown)
        for row in checked if answers else []:
            row["waargenomen"] += f"; antwoorden daarover die niet meetellen: {answers}"
        told += checked
    return told


def _told(
    bron: str, tabel: str, kolom: str | None, verwachting: str, compared: int, different: int
) -> list[dict[str, Any]]:
    if not compared:
        return []
    return [
        {
            "bron": bron,
            "tabel": tabel,
            "verwachting": verwachting,
            "kolom": kolom,
            "geslaagd": different == 0,
            "waargenomen": f"{different} van {compared} afwijkend",
            "ernst": WARNING,
        }
    ]
