"""Doorlichtingen: advice by schooljaar and niveau, their follow-up, the list, and what two sources say otherwise."""

from typing import Any

import polars as pl

from dashboard import data, format, theme
from dashboard.charts import Chart, ChartSpec, interval_dots, stacked_bars
from dashboard.components.key_figures import KeyFigure
from dashboard.components.links import carried_filters, with_institution_address
from dashboard.filled import filled
from dashboard.filters import ALL, Filter
from dashboard.tables import Table, table
from warehouse.queries import doorlichtingen as queries

SOURCE = "doorlichtingen en inschalingen van de onderwijsinspectie"
SUMMARY_SOURCE = "outputdossier (blad Doorlichtingen) en doorlichtingen"

#: In place of a percentage on too few cases.
FEW = "te klein aantal"
TOO_FEW = (
    "Te weinig doorlichtingen om een aandeel te tonen. Kies een ruimere filter, of bij periode: tot en met dit jaar."
)
LIST_NOTE = (
    "Opvolging is de stand op de peildatum: loopt, te laat (een termijn is voorbij), afgesloten, of geen. "
    "Voorzien telt over alle jaren van de opvolging, besteed tot de peildatum; besteed ontbreekt waar het van een van "
    "de begonnen jaren niet geleverd is. Beneden: aantal inschalingen beneden de verwachting."
)
DIFFERENCE_NOTE = (
    "De lijst van de doorlichtingen geldt voor alle cijfers; de samenvatting in het outputdossier dient alleen als "
    "controle. De twee leveranciers moeten een verschil zelf rechtzetten."
)
NOT_DELIVERED = (
    "Er zijn geen doorlichtingen of geen instellingen geladen: welke adviezen en tekorten er zijn, en wat nog moet "
    "volgen, is niet bekend."
)
NO_DIFFERENCES = "Het outputdossier en de lijst van de doorlichtingen zeggen voor deze keuze hetzelfde."
NO_DOSSIER = (
    "Voor dit schooljaar is voor deze keuze geen outputdossier geleverd: er valt niets te vergelijken. "
    "Kies een ander schooljaar."
)
NO_INSPECTIONS = (
    "Geen doorlichtingen voor deze keuze. Kies een later schooljaar, of kies bij periode alle schooljaren tot en met "
    "de keuze."
)

_ADVICE = {
    "aantal_1a": ("1A gunstig", theme.ADVIES["1A"]),
    "aantal_1b": ("1B gunstig met tekorten", theme.ADVIES["1B"]),
    "aantal_2a": ("2A ongunstig", theme.ADVIES["2A"]),
    "aantal_2b": ("2B ongunstig, erkenning in gevaar", theme.ADVIES["2B"]),
}
_FOLLOW_UP = {"geen": "geen", "afgesloten": "afgesloten", "loopt": "loopt", "te_laat": "te laat"}


def period_filter() -> Filter:
    """Return the choice between the schooljaar alone and all schooljaren up to it."""
    options = {"tot_en_met": "Tot en met dit jaar", "jaar": "Alleen dit jaar"}
    return Filter("periode", "Periode", options, "tot_en_met")


def kind_filter() -> Filter:
    """Return the filter on the kind of doorlichting."""
    kinds = data.frame(queries.kinds)["soort"].to_list()
    return Filter("soort", "Soort", {ALL: "Alle soorten"} | {kind: kind.capitalize() for kind in kinds}, ALL)


def advice_filter() -> Filter:
    """Return the filter on the advice."""
    names = {"1A": "1A gunstig", "1B": "1B gunstig met tekorten", "2A": "2A ongunstig", "2B": "2B ongunstig"}
    return Filter("advies", "Advies", {ALL: "Alle adviezen"} | names, ALL)


def split_filter() -> Filter:
    """Return the switch between advice per schooljaar and per onderwijsniveau."""
    options = {"schooljaar": "Per schooljaar", "onderwijsniveau": "Per onderwijsniveau"}
    return Filter("uitsplitsing", "Adviezen tonen", options, "schooljaar")


def follow_up_filter() -> Filter:
    """Return the filter of the list on the state of the follow-up."""
    options = {
        ALL: "Alle doorlichtingen",
        "te_laat": "Termijn voorbij",
        "loopt": "Opvolging loopt (ook te laat)",
        "afgesloten": "Opvolging afgesloten",
        "geen": "Geen opvolging",
    }
    return Filter("opvolging", "Opvolging", options, ALL)


def nothing_found(words: str, *, is_delivered: bool) -> str:
    """Return why there is nothing to show: these words, unless no doorlichting or no instelling `is_delivered`."""
    return words if is_delivered else NOT_DELIVERED


@data.derived
def key_figures(
    total: pl.DataFrame,
    inspections: pl.DataFrame,
    differences: pl.DataFrame,
    minimum: int,
    *,
    is_delivered: bool,
    has_dossier: bool,
) -> list[KeyFigure]:
    """Return five key figures; `total` is `queries.advice_total`, the advice filter holds for follow-up only.

    On fewer than `minimum` doorlichtingen there is no percentage. Where none of anybody `is_delivered` all are missing;
    two sources are only held against each other where there `has_dossier` too.
    """
    is_compared = is_delivered and (has_dossier or not differences.is_empty())
    advice: dict[str, Any] = total.row(0, named=True) if total.height else {"aantal_doorlichtingen": 0}
    n = int(advice["aantal_doorlichtingen"])
    late = inspections.filter(pl.col("opvolging") == "te_laat").height
    running = inspections.filter(pl.col("opvolging").is_in(["loopt", "te_laat"])).height
    return [
        KeyFigure(
            "Doorlichtingen", format.number(n if is_delivered else None), "met een advies, in de gekozen periode"
        ),
        _unfavourable_figure(advice, n, minimum, is_delivered=is_delivered),
        KeyFigure(
            "Opvolging loopt",
            format.number(running if is_delivered else None),
            "op de peildatum",
            definition="Doorlichtingen met 2A, 2B of een negatieve uitspraak, zonder later verslag dat ze afsluit.",
            link="doorlichtingen" if is_delivered else None,
            params={"opvolging": "loopt"},
            link_label="Toon de lijst",
        ),
        KeyFigure(
            "Termijn voorbij",
            format.number(late if is_delivered else None),
            "op de peildatum",
            "0",
            definition="Een termijn uit het plan (PBD 4.4) is verstreken zonder dat de datum geleverd is.",
            link="doorlichtingen" if is_delivered else None,
            params={"opvolging": "te_laat"},
            link_label="Toon de lijst",
        ),
        KeyFigure(
            "Twee bronnen oneens",
            format.number(differences.height if is_compared else None),
            "in dit schooljaar" if is_compared else "een van de twee bronnen is niet geleverd",
            "0",
            definition="Instellingen waarvoor het outputdossier iets anders zegt dan de lijst van de doorlichtingen.",
        ),
    ]


def _unfavourable_figure(advice: dict[str, Any], n: int, minimum: int, *, is_delivered: bool) -> KeyFigure:
    label, definition = "Ongunstig advies", "Advies 2A of 2B. Het interval is een 95 %-interval (Wilson)."
    if not n:
        return KeyFigure(label, format.NOT_APPLICABLE if is_delivered else format.MISSING, definition=definition)
    counts = f"{format.number(advice['aantal_ongunstig'])} van {format.number(n)}"
    if n < minimum:
        return KeyFigure(label, counts, FEW, definition=definition)
    interval = format.interval(advice["aandeel_ongunstig_laag"], advice["aandeel_ongunstig_hoog"], n)
    return KeyFigure(
        label, format.percentage(advice["aandeel_ongunstig"], n), f"{counts}, {interval}", definition=definition
    )


@data.derived
def advice_chart(rows: pl.DataFrame, split: str) -> Chart:
    """Return the number of doorlichtingen per advice, a bar per schooljaar or onderwijsniveau."""
    spec = ChartSpec(_advice_title(rows, split), _advice_alt(rows, split), SOURCE, _advice_note(split))
    return stacked_bars(_labelled(rows, split), "label", _ADVICE, spec, decimals=0)


@data.derived
def unfavourable_chart(rows: pl.DataFrame, split: str, minimum: int) -> Chart:
    """Return the share of unfavourable advice with its 95 % interval, a row per schooljaar or onderwijsniveau.

    Rows on fewer than `minimum` doorlichtingen are left to the table.
    """
    known = _labelled(rows, split).filter(pl.col("aantal_doorlichtingen") >= minimum)
    alt = "Aandeel ongunstig advies met 95 %-interval. " + " ".join(
        f"{row['label']}: {format.percentage(row['aandeel_ongunstig'], row['aantal_doorlichtingen'])}."
        for row in known.iter_rows(named=True)
    )
    note = (
        "Punt: aandeel doorlichtingen met advies 2A of 2B; lijn: 95 %-interval (Wilson). n is het aantal "
        f"doorlichtingen: hoe minder, hoe langer de lijn. Met n onder {minimum} staat er geen aandeel."
    )
    return interval_dots(
        known,
        "label",
        "aandeel_ongunstig",
        "aandeel_ongunstig_laag",
        "aandeel_ongunstig_hoog",
        ChartSpec(f"Hoe zeker is het aandeel ongunstig advies per {split}?", alt, SOURCE, note),
        is_share=True,
        colour=theme.ADVIES["2A"],
        value_name="aandeel ongunstig",
    )


@data.derived
def advice_table(rows: pl.DataFrame, split: str, minimum: int) -> Table:
    """Return the numbers behind both charts; no share on fewer than `minimum` doorlichtingen."""
    shares = ("aandeel_ongunstig", "aandeel_ongunstig_laag", "aandeel_ongunstig_hoog")
    is_enough = pl.col("aantal_doorlichtingen") >= minimum
    columns = [
        split, "aantal_doorlichtingen", *_ADVICE, "aantal_ongunstig", *shares, "aantal_gok_negatief",
        "aantal_llb_negatief",
    ]  # fmt: skip
    return table(
        rows.with_columns(
            *(pl.when(is_enough).then(name).alias(name) for name in shares),
            pl.when(~is_enough).then(pl.lit(FEW)).alias("reden"),
        ),
        "doorlichting_advies",
        columns,
        reason=dict.fromkeys(shares, "reden"),
        n=dict.fromkeys(shares, "aantal_doorlichtingen"),
    )


@data.derived
def of_follow_up(inspections: pl.DataFrame, state: str) -> pl.DataFrame:
    """Return the doorlichtingen with this state of follow-up; 'loopt' holds those that are late too."""
    if state == ALL:
        return inspections
    return inspections.filter(pl.col("opvolging").is_in([state, "te_laat"] if state == "loopt" else [state]))


def inspection_table(inspections: pl.DataFrame) -> Table:
    """Return the list of doorlichtingen with their follow-up."""
    return _inspection_table(inspections, carried_filters())


@data.derived
def _inspection_table(inspections: pl.DataFrame, carried: str) -> Table:
    worded = with_institution_address(inspections, carried).with_columns(
        pl.col("opvolging").replace_strict(_FOLLOW_UP, default=pl.col("opvolging")),
        pl.when(pl.col("deadline").is_null()).then(pl.lit("nvt")).alias("deadline_reden"),
        pl.when(pl.col("aantal_inschalingen") == 0).then(pl.lit("ontbreekt")).alias("inschaling_reden"),
        *(pl.col(column).fill_null("geen uitspraak") for column in ("uitspraak_gok", "uitspraak_llb")),
    )
    columns = [
        "naam", "datum", "advies", "opvolging", "deadline", "deadline_soort", "dagdelen_voorzien", "dagdelen_besteed",
        "uitspraak_gok", "uitspraak_llb", "aantal_beneden", "aantal_inschalingen", "soort", "onderwijsniveau",
        "scholengroep_nummer", "is_van_kracht",
    ]  # fmt: skip
    heads = {
        "naam": "Instelling", "opvolging": "Opvolging", "deadline": "Volgende termijn",
        "deadline_soort": "Welke termijn", "dagdelen_voorzien": "Voorzien", "dagdelen_besteed": "Besteed",
        "uitspraak_gok": "GOK", "uitspraak_llb": "LLB", "onderwijsniveau": "Niveau", "scholengroep_nummer": "SG",
    }  # fmt: skip
    reasons = {
        "deadline": "deadline_reden", "deadline_soort": "deadline_reden", "dagdelen_voorzien": "reden",
        "dagdelen_besteed": "reden", "aantal_beneden": "inschaling_reden",
    }  # fmt: skip
    widths = {"naam": 260, "datum": 88, "advies": 62, "opvolging": 84, "deadline": 110, "deadline_soort": 150}
    return table(
        worded, "doorlichting", columns, heads=heads, reason=reasons, links={"naam": "adres"}, widths=widths
    )  # fmt: skip


def difference_table(differences: pl.DataFrame) -> Table:
    """Return where the outputdossier and the list do not say the same."""
    return _difference_table(differences, carried_filters())


@data.derived
def _difference_table(differences: pl.DataFrame, carried: str) -> Table:
    pairs = ["advies", "gok", "llb"]
    columns = [
        "naam", "verschillen", "samenvatting_datum", "lijst_begindatum", "lijst_datum_verslag",
        *(f"{side}_{name}" for name in pairs for side in ("samenvatting", "lijst")), "onderwijsniveau",
        "scholengroep_nummer",
    ]  # fmt: skip
    return table(
        with_institution_address(differences, carried),
        "doorlichting_verschil",
        columns,
        heads={"onderwijsniveau": "Niveau", "scholengroep_nummer": "SG"},
        missing="leeg",
        links={"naam": "adres"},
    )


def _labelled(rows: pl.DataFrame, split: str) -> pl.DataFrame:
    words = filled("{} (n = {})", pl.col(split), pl.col("aantal_doorlichtingen"))
    return rows.with_columns(words.str.replace_all(" = ", "\u00a0=\u00a0").alias("label"))


def _advice_title(rows: pl.DataFrame, split: str) -> str:
    if rows.is_empty():
        return "Welk advies gaf de inspectie?"
    if split == "schooljaar":
        last = rows.row(-1, named=True)
        return f"{last['schooljaar']}: {_unfavourable(last['aantal_ongunstig'], last['aantal_doorlichtingen'])}"
    total, unfavourable = int(rows["aantal_doorlichtingen"].sum()), int(rows["aantal_ongunstig"].sum())
    return f"{_unfavourable(unfavourable, total)}, per onderwijsniveau"


def _unfavourable(count: int, total: int) -> str:
    inspections = format.counted(total, "doorlichting", "doorlichtingen")
    return f"{format.number(count)} van {inspections} met een ongunstig advies"


def _advice_alt(rows: pl.DataFrame, split: str) -> str:
    if rows.is_empty():
        return "Geen doorlichtingen voor deze keuze."
    parts = (
        f"{row[split]}: {format.number(row['aantal_1a'])} keer 1A, {format.number(row['aantal_1b'])} keer 1B, "
        f"{format.number(row['aantal_2a'])} keer 2A, {format.number(row['aantal_2b'])} keer 2B."
        for row in rows.iter_rows(named=True)
    )
    return f"Gestapelde balken met het aantal doorlichtingen per advies, per {split}. " + " ".join(parts)


def _advice_note(split: str) -> str:
    note = "Een doorlichting hoort bij het schooljaar van haar verslag."
    return note + (" Het lopende schooljaar is nog niet volledig." if split == "schooljaar" else "")


def about_deficits(minimum: int, shared_from: int) -> str:
    """Return how deficits are counted and from which numbers on, for the box about the figures."""
    return (
        "**Tekort**: een inschaling beneden de verwachting. Wat de verwachting benadert, telt niet als tekort. "
        f"**Klein aantal**: op minder dan {minimum} gevallen staat er geen percentage, alleen de aantallen. **Gedeeld "
        f"tekort**: bij minstens {shared_from} instellingen van dezelfde scholengroep. Een doorlichting hoort bij de "
        "instelling die de doorgelichte vandaag voortzet."
    )
