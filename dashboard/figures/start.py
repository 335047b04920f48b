"""The front page: five key figures and three lists of what asks attention."""

from dataclasses import replace

import polars as pl

from dashboard import data, format, texts
from dashboard.components.key_figures import KeyFigure
from dashboard.components.links import carried_filters, with_institution_address
from dashboard.figures.bereik import reached_institutions, reached_professionals
from dashboard.figures.bereik_bekend import bounded
from dashboard.figures.bereik_noden import UNKNOWN_REACH, is_missed_known, last_reached, measures_alone, unknown_needs
from dashboard.figures.comparison import Since, change_text, now_and_before, since_year
from dashboard.figures.edbi import response_rate
from dashboard.figures.werkdruk import spent_of_planned
from dashboard.filters import Choice
from dashboard.tables import Table, table

NO_LATE_DEADLINES = "Bij de instellingen van deze lijst is geen enkele termijn na een doorlichting voorbij."
NO_DELIVERIES_TO_CHECK = "Alle leveringen zijn zonder opmerking aanvaard."
NO_INSPECTIONS = "Er zijn geen doorlichtingen geladen: welke termijnen voorbij zijn, is niet bekend."
LATE_NOTE = "Termijnen die voorbij zijn op de peildatum, over alle schooljaren: de keuze van het schooljaar telt niet."
NOTHING_HERE = "Voor deze rol staan hier geen cijfers. De pagina's van deze rol staan in het menu links."
NOBODY_MISSED = "Onder de instellingen van deze lijst is er geen met grote noden die niet bereikt is."
NOBODY_KNOWN = "Of er onder de instellingen van deze lijst een met grote noden is die niet bereikt is, is niet bekend."
GREAT_NEEDS_NOTE = (
    "Grote noden: trap verplicht, of duidelijk bij de grootste noden. Niet bereikt: geen enkele deelname of "
    "interventie in het gekozen schooljaar."
)
DELIVERIES_NOTE = "Bestanden met rijen in quarantaine, en bestanden die als geheel geweigerd zijn."


@data.derived
def key_figures(state: pl.DataFrame, work: pl.DataFrame) -> list[KeyFigure]:
    """Return the five key figures; `state` is `queries.start.network_state`, `work` `werkdruk.spent_of_planned`."""
    now, before = now_and_before(state)
    return [
        KeyFigure(
            "Instellingen met trap verplicht",
            format.number(now["verplicht"]),
            # A standing, no count over the year: it compares while the year runs.
            change_text(now["verplicht"], before["verplicht"], before["schooljaar"] and Since(before["schooljaar"])),
            definition="Ongunstig advies (2A, 2B) of negatieve uitspraak over GOK of leerlingenbegeleiding.",
            link="noden",
            params={"trap": "verplicht"},
            link_label="Toon de lijst",
        ),
        replace(reached_institutions(now, before), link="bereik"),
        replace(reached_professionals(now, before), link="bereik"),
        replace(
            response_rate(now, before["respons"], since_year(now, before), now["doel_respons"]),
            label="Respons op EDBI",
            link="edbi",
        ),
        replace(spent_of_planned(work), link="werkdruk"),
    ]


def of_whom(choice: Choice) -> str:
    """Return of whom the figures are, for a reader who sees a part of the instellingen; nothing for who sees all."""
    if "scholengroep" in choice.values:
        group = format.plain_markdown(choice.texts["Scholengroep"])
        return f":small[Over scholengroep {group}; de respons op EDBI is die van het hele netwerk.]"
    return f":small[Enkel over {choice['onderwijsniveau']}.]" if "onderwijsniveau" in choice.values else ""


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


def nobody_late(inspections: pl.DataFrame) -> str:
    """Return why the list of deadlines that have passed is empty; `inspections` is `queries.start.inspections`."""
    if not inspections["aantal"].item():
        return NO_INSPECTIONS
    return NO_LATE_DEADLINES if inspections["is_bekend"].item() else texts.NO_INSTITUTIONS


def nobody_missed(matrix: pl.DataFrame, institutions: pl.DataFrame) -> str:
    """Return why the list of great needs that were not reached is empty.

    `matrix` is `queries.bereik.need_matrix`, `institutions` `queries.start.institutions`.
    """
    if not institutions["aantal"].item():
        return texts.NO_INSTITUTIONS
    if matrix.is_empty():
        return texts.NO_ROWS
    if matrix["onbekend_grote_noden"].sum():
        return f"{UNKNOWN_REACH}."
    known = NOBODY_MISSED if is_missed_known(matrix) else NOBODY_KNOWN
    return " ".join(part for part in (unknown_needs(matrix) or known, measures_alone(matrix)) if part)


def great_needs_note(matrix: pl.DataFrame) -> str:
    """Return what great needs and not reached mean, and where the needs show from measures only, that they do."""
    return " ".join(part for part in (GREAT_NEEDS_NOTE, measures_alone(matrix)) if part)


def late_title(late: pl.DataFrame, inspections: pl.DataFrame) -> str:
    """Return the title of the list of deadlines that have passed; no number where nothing is known of them."""
    count = late.height if inspections["is_bekend"].item() else None
    return f"Termijnen na een doorlichting die voorbij zijn: {format.number(count)}"


def missed_title(not_reached: pl.DataFrame, matrix: pl.DataFrame) -> str:
    """Return the title of the list of great needs that were not reached; no zero while that is not known."""
    is_known = is_missed_known(matrix)
    count = not_reached.height if not_reached.height or is_known else None
    return (
        f"Instellingen met grote noden die niet bereikt zijn: {bounded(format.number(count), count, is_known=is_known)}"
    )


def great_needs_not_reached(frame: pl.DataFrame) -> Table:
    """Return the table of instellingen with great needs that were not reached; `queries.bereik.not_reached`."""
    return _great_needs_not_reached(frame, carried_filters())


@data.derived
def _great_needs_not_reached(frame: pl.DataFrame, carried: str) -> Table:
    is_in_groups = bool(frame["is_in_groepen"].fill_null(False).any())
    places = [] if is_in_groups else ["rang"]
    return table(
        with_institution_address(frame, carried).with_columns(last_reached()),
        "noden",
        ["naam", "scholengroep", "onderwijsniveau", "trap", *places, "klasse", "laatst_bereikt"],
        heads={
            "naam": "Instelling",
            "onderwijsniveau": "Niveau",
            "klasse": "Bij de grootste noden",
            "laatst_bereikt": "Laatst bereikt in",
        },
        links={"naam": "adres"},
    )


@data.derived
def quarantined(frame: pl.DataFrame) -> Table:
    """Return the table of deliveries that the databeheerder must look at."""
    return table(
        frame.with_columns(pl.col("bron").map_elements(format.spelled, return_dtype=pl.String)),
        "levering",
        ["bron", "bestand", "ontvangen_op", "gelezen", "quarantaine", "status"],
        heads={
            "gelezen": "Rijen gelezen",
            "quarantaine": "Rijen in quarantaine",
            "ontvangen_op": "Ontvangen op",
        },
    )
