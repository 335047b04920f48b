"""Page Noden: its key figures and its notices."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import data, format, texts
from dashboard.components.key_figures import KeyFigure
from dashboard.components.links import institution_link
from dashboard.figures.certainty import place_words
from dashboard.figures.noden_choices import (
    is_classless,
    is_in_groups,
    is_support_unknown,
    is_trap_unknown,
    is_unknown,
)
from dashboard.filters import ALL, Choice

SOURCE = "doorlichtingen, outputdossier en Vlaamse toetsen (PBD 5.6.1)"

TRAP_UNKNOWN = (
    "In dit schooljaar telt geen enkele doorlichting mee: van niemand is de trap bekend. Klasse en plaats volgen uit "
    "de score alleen, en wie grote noden heeft, blijkt enkel uit metingen: het kunnen er meer zijn."
)
_NO_GREAT_NEEDS = "Zonder doorlichtingen is niet bekend wie grote noden heeft."
_NOBODY_CLEAR = "Volgens de metingen alleen hoort geen van deze instellingen duidelijk bij de grootste noden."
NOT_RANKED = "Van dit schooljaar is geen lijst van instellingen geladen: er is niets te rangschikken."
SUPPORT_UNKNOWN = "Wie steun kreeg, is niet bekend: van dit schooljaar zijn geen interventies geleverd."
GROUPS_NOTICE = (
    "De verschillen tussen instellingen zijn te klein voor een exacte volgorde. "
    "Lees de lijst daarom in groepen: duidelijk, mogelijk of niet bij de grootste noden. "
    "Binnen een groep staan de instellingen op naam."
)

ABOUT_NOTE = (
    "De rang geldt altijd binnen het hele netwerk, ook als de lijst gefilterd is. Een ontbrekend criterium telt niet "
    "als nul: de onzekerheid erover zit in het interval. De lijst staat op trap, dan op klasse, dan op rang. De "
    "dialoog staat naast de berekende plaats en verandert ze niet."
)

#: The key figures, in their order.
_LISTED, _OBLIGED, _WITHOUT_SUPPORT, _INCOMPLETE = _LABELS = (
    "Instellingen in deze lijst",
    "Trap verplicht",
    "Grote noden zonder ondersteuning",
    "Onvolledige gegevens",
)

_CRITERIA = {
    "bijdrage_doorlichting": "doorlichting",
    "bijdrage_leerresultaten": "leerresultaten",
    "bijdrage_doorstroom": "doorstroom",
    "bijdrage_leerrecht": "leerrecht",
}


def summary(listed: pl.DataFrame, top_n: int) -> str | None:
    """Return in two sentences (Markdown) who comes first, why and how sure, and who lacks support; None for no rows."""
    if listed.is_empty():
        return None
    if _needs_unknown(listed):
        return _unknown_words(listed)
    return f"{_lead(listed, top_n)} {_support_words(listed)}"


def _support_words(listed: pl.DataFrame) -> str:
    """Return how many of those with great needs lack support: at least so many, where nobody's trap is known."""
    great = listed.filter("heeft_grote_noden")
    missed = great.filter(~pl.col("is_ondersteund")).height
    is_least = is_trap_unknown(listed)
    if not great.height:
        nobody = "trap verplicht" if is_classless(listed) else "grote noden"
        return _NO_GREAT_NEEDS if is_least else f"Niemand in deze lijst heeft {nobody}."
    if is_support_unknown(listed):
        return SUPPORT_UNKNOWN
    if great.height == 1 and not is_least:
        return f"De enige met grote noden krijgt {'**geen** steun' if missed else 'steun'}."
    who = f"{format.number(great.height)} met grote noden{', enkel volgens metingen,' if is_least else ''}"
    if missed:
        verb = "krijgt" if missed == 1 else "krijgen"
        return f"Van de {'minstens ' if is_least else ''}{who} {verb} er **{_at_least(missed, is_least)}** geen steun."
    return f"Alle {who} krijgen steun."


def _at_least(count: int, is_least: bool) -> str:
    return f"minstens {format.number(count)}" if is_least else format.number(count)


def _needs_unknown(listed: pl.DataFrame) -> bool:
    """Return whether nothing can be said of anybody's needs: no criterium counts, and no trap stands on its own."""
    return is_unknown(listed) and listed["heeft_grote_noden"].null_count() == listed.height


def _unknown_words(listed: pl.DataFrame) -> str:
    """Return in one sentence that nothing is known of the onderwijsniveau of these instellingen."""
    levels = listed["onderwijsniveau"].unique().sort().to_list()
    names = " en ".join(part for part in (", ".join(levels[:-1]), levels[-1]) if part)
    level = f"het onderwijsniveau {names}" if len(levels) == 1 else f"de onderwijsniveaus {names}"
    unknown = "of een nood er groot of klein is, valt niet te zeggen"
    return f"Van {level} is geen enkel criterium bekend dat meetelt: {unknown}."


def no_scores(listed: pl.DataFrame) -> str:
    """Return why a figure on scores has nothing to draw."""
    return "Deze instellingen hebben geen score: er is niets te tekenen." if is_unknown(listed) else texts.NO_ROWS


def _lead(listed: pl.DataFrame, top_n: int) -> str:
    if is_in_groups(listed):
        if is_classless(listed):
            return f"(Bijna) alle instellingen horen bij de eerste {format.number(top_n)}: een klasse zegt hier niets."
        clear = listed.filter(pl.col("klasse") == "duidelijk").height
        verb = "hoort" if clear == 1 else "horen"
        if not is_trap_unknown(listed):
            if not clear:
                return "Geen van deze instellingen hoort duidelijk bij de grootste noden."
            return f"**{format.number(clear)}** van deze instellingen {verb} duidelijk bij de grootste noden."
        if not clear:
            return _NOBODY_CLEAR
        return (
            f"Volgens de metingen alleen {verb} **{format.number(clear)}** van deze instellingen duidelijk bij de "
            "grootste noden."
        )
    first = listed.row(0, named=True)
    known = {words: first[column] for column, words in _CRITERIA.items() if first[column]}
    why = f", vooral door {max(known, key=known.__getitem__)}" if known else ""
    name = institution_link(first["instellingsnummer"], first["naam"])
    trap = f"trap {first['trap'] or 'niet bekend'}"
    return f"Bovenaan staat **{name}**: {trap}, {_membership(first, top_n)}{_place(first)}{why}."


def _membership(row: dict[str, Any], top_n: int) -> str:
    if row["klasse"] is None and row["reden"] is None:
        return f"zonder klasse, want (bijna) alle instellingen horen bij de eerste {format.number(top_n)}"
    if row["klasse"] is None:
        return "zonder klasse, want van het hele onderwijsniveau is geen enkel criterium bekend dat meetelt"
    return f"{row['klasse']} bij de eerste {format.number(top_n)}"


def _place(row: dict[str, Any]) -> str:
    words = place_words(row["rang_p05"], row["rang_p95"])
    return f", {words}" if words else ""


def nothing_listed(places: int, choice: Choice, *, is_trap_known: bool) -> str:
    """Return why the list is empty; `places` is how many instellingen of the network are ranked in the schooljaar."""
    if not places:
        return NOT_RANKED
    if not is_trap_known and choice["trap"] != ALL:
        return "Van niemand is de trap bekend: er telt geen enkele doorlichting mee. Kies alle trappen."
    if not is_trap_known and choice["lijst"] in ("groot", "zonder_steun"):
        return f"Enkel volgens metingen staat er niemand in deze lijst. {_NO_GREAT_NEEDS}"
    return texts.NO_ROWS


def key_figures(
    listed: pl.DataFrame, carried: Mapping[str, str], *, places: int, is_trap_known: bool
) -> list[KeyFigure]:
    """Return four key figures of the chosen instellingen; `carried` is what their links keep of the address.

    Where no instelling of the network has a place (`places`) no list was delivered: all are missing.
    """
    if not places:
        return [KeyFigure(label, format.MISSING) for label in _LABELS]
    return _key_figures(listed, tuple(carried.items()), is_trap_known)


@data.derived
def _key_figures(listed: pl.DataFrame, carried: tuple[tuple[str, str], ...], is_trap_known: bool) -> list[KeyFigure]:
    with_needs = listed.filter("heeft_grote_noden")
    without_support = with_needs.filter(~pl.col("is_ondersteund"))
    incomplete = listed.filter(pl.col("ontbreekt").list.len() > 0)
    total = listed.height
    is_known, is_support_known = not _needs_unknown(listed), not is_support_unknown(listed)
    missed: int | None = without_support.height
    if not (is_known and is_support_known) or not (missed or is_trap_known):
        missed = None
    return [
        KeyFigure(_LISTED, format.number(total)),
        KeyFigure(
            _OBLIGED,
            format.number(listed.filter(pl.col("trap") == "verplicht").height if is_trap_known else None),
            definition="Ongunstig advies (2A, 2B) of negatieve uitspraak over GOK of leerlingenbegeleiding.",
            link="noden" if is_trap_known else None,
            params={"trap": "verplicht", **dict(carried)},
            link_label="Toon de lijst",
        ),
        KeyFigure(
            _WITHOUT_SUPPORT,
            format.MISSING if missed is None else _at_least(missed, not is_trap_known),
            _of_great_needs(with_needs.height, is_support_known, is_trap_known) if is_known else None,
            "0",
            definition="Trap verplicht, of duidelijk bij de grootste noden, zonder dagdelen in het schooljaar.",
            link="noden" if is_support_known else None,
            params={"lijst": "zonder_steun", **dict(carried)},
            link_label="Toon de lijst",
        ),
        KeyFigure(
            _INCOMPLETE,
            format.number(incomplete.height),
            f"{format.percentage(incomplete.height / total, total)} van de lijst" if total else None,
            definition="Minstens één van de vier criteria heeft geen gegevens; dat telt ook waar een onderwijsniveau "
            "dat criterium niet heeft.",
            link="noden",
            params={"lijst": "onvolledig", **dict(carried)},
            link_label="Toon de lijst",
        ),
    ]


def _of_great_needs(count: int, is_support_known: bool, is_trap_known: bool) -> str:
    words = f"van {format.number(count)} met grote noden"
    if not is_trap_known:
        words = f"van minstens {format.number(count)} met grote noden, enkel volgens metingen"
        if not count:
            words = "zonder doorlichtingen is niet bekend wie grote noden heeft"
    return words if is_support_known else f"{words}; geen interventies geleverd"
