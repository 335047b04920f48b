"""The front page: five key figures and three lists of what asks attention."""

from typing import Any

import polars as pl

from dashboard import data, format
from dashboard.components.key_figures import KeyFigure
from dashboard.components.links import carried_filters, with_institution_address
from dashboard.tables import Table, table

#: Reaching every instelling is the plan's ambition (PBD 4); the target for EDBI comes from the mart.
TARGET_REACH = 1.0


@data.derived
def key_figures(state: pl.DataFrame) -> list[KeyFigure]:
    """Return the five key figures of the network; `state` is `queries.start.network_state`."""
    now = state.row(0, named=True)
    before = state.row(1, named=True) if state.height > 1 else dict.fromkeys(state.columns)
    since = before["schooljaar"]
    return [
        KeyFigure(
            "Instellingen met verplicht spoor",
            format.number(now["verplicht"]),
            _change(now["verplicht"], before["verplicht"], since),
            definition="Ongunstig advies (2A, 2B) of negatieve uitspraak over GOK of leerlingenbegeleiding.",
            link="noden",
        ),
        KeyFigure(
            "Instellingen bereikt",
            format.percentage(_share(now, "instellingen_bereikt", "instellingen"), now["instellingen"]),
            _points(
                _share(now, "instellingen_bereikt", "instellingen"),
                _share(before, "instellingen_bereikt", "instellingen"),
                since,
            ),
            f"{format.percentage(TARGET_REACH, decimals=0)}; "
            f"nu {format.number(now['instellingen_bereikt'])} van {format.number(now['instellingen'])}",
            definition="Minstens één deelname of interventie dit schooljaar; een afwezige telt niet mee.",
            link="bereik",
        ),
        KeyFigure(
            "Professionals bereikt",
            format.number(now["professionals"]),
            _change(now["professionals"], before["professionals"], since),
            f"zoveel mogelijk van {format.number(now['personeelsleden'])} personeelsleden",
            definition="Unieke personen over alle strategieën samen.",
            link="bereik",
        ),
        KeyFigure(
            "Respons op EDBI",
            format.percentage(now["respons"], now["uitgenodigd"]),
            _points(now["respons"], before["respons"], since),
            f"{format.percentage(now['doel_respons'], decimals=0)}; "
            f"95 %-interval {format.interval(now['respons_laag'], now['respons_hoog'], now['uitgenodigd'])}",
            definition="Volledige en gedeeltelijke antwoorden, gedeeld door de bezorgde uitnodigingen.",
            link="edbi",
        ),
        KeyFigure(
            "Dagdelen besteed van gepland",
            format.percentage(_share(now, "dagdelen_besteed", "dagdelen_gepland"), decimals=0),
            _months(now),
            f"{format.dagdelen(now['dagdelen_besteed'])} van {format.dagdelen(now['dagdelen_gepland'])} dagdelen",
            definition="Alleen de maanden waarvan de agenda's geregistreerd zijn.",
            link="werkdruk",
        ),
    ]


def late_deadlines(frame: pl.DataFrame) -> Table:
    """Return the table of deadlines that have passed."""
    return _late_deadlines(frame, carried_filters())


@data.derived
def _late_deadlines(frame: pl.DataFrame, carried: str) -> Table:
    return table(
        with_institution_address(frame, carried),
        "doorlichting_opvolging",
        ["naam", "scholengroep", "advies", "deadline_soort", "deadline", "dagen_te_laat"],
        heads={"naam": "Instelling", "scholengroep": "Scholengroep", "dagen_te_laat": "Dagen te laat"},
        links={"naam": "adres"},
    )


def great_needs_not_reached(frame: pl.DataFrame) -> Table:
    """Return the table of instellingen with great needs that were not reached."""
    return _great_needs_not_reached(frame, carried_filters())


@data.derived
def _great_needs_not_reached(frame: pl.DataFrame, carried: str) -> Table:
    return table(
        with_institution_address(frame, carried),
        "noden",
        ["rang", "naam", "scholengroep", "onderwijsniveau", "trap"],
        heads={"naam": "Instelling", "scholengroep": "Scholengroep", "onderwijsniveau": "Onderwijsniveau"},
        links={"naam": "adres"},
    )


@data.derived
def quarantined(frame: pl.DataFrame) -> Table:
    """Return the table of deliveries that the databeheerder must look at."""
    return table(
        frame,
        "levering",
        ["bron", "bestand", "ontvangen_op", "gelezen", "quarantaine", "status"],
        heads={
            "gelezen": "Rijen gelezen",
            "quarantaine": "Rijen in quarantaine",
            "ontvangen_op": "Ontvangen op",
        },
    )


def _share(row: dict[str, Any], part: str, whole: str) -> float | None:
    return None if row[part] is None or not row[whole] else row[part] / row[whole]


def _change(now: float | None, before: float | None, since: str | None) -> str | None:
    if now is None or before is None:
        return None
    return f"{format.signed(now - before)} t.o.v. {since}"


def _points(now: float | None, before: float | None, since: str | None) -> str | None:
    if now is None or before is None:
        return None
    return f"{format.signed((now - before) * 100, 1, ' procentpunt')} t.o.v. {since}"


def _months(row: dict[str, Any]) -> str | None:
    if not row["maanden"]:
        return None
    return f"{row['maanden_geregistreerd']} van {row['maanden']} maanden geregistreerd"
