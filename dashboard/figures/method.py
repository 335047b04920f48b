"""The method of the ranking on screen: the short box on the page Noden, and the anchors of the whole card."""

from typing import Any

from dashboard import format
from dashboard.figures.indicators import indicator
from reports.method_card import Anchor
from reports.method_words import classes, inspection_scale, status, weights, years


def method_card(settings: dict[str, Any]) -> str:
    """Return the settings of the ranking in short, as Markdown; `settings` is the settings file of the warehouse."""
    needs = settings["noden"]
    written = ", ".join(f"{name} {format.number(weight, 2)}" for name, weight in weights(settings).items())
    lines = [
        f"**Versie** {settings['versie']}. {status(settings)}",
        f"**Gewichten** volgen enkel uit de volgorde van belang: {written}.",
        f"**Doorlichting** op een vaste schaal: {inspection_scale(settings)}.",
        f"**Jaren** wegen {years(settings)}, het recentste het zwaarst. Een cijfer over weinig leerlingen schuift naar "
        "het gemiddelde van het niveau.",
        f"**Onzekerheid**: {format.number(needs['trekkingen'])} trekkingen. De klasse volgt de kans op een plaats "
        f"{classes(settings)}. Is meer dan de helft van de verschillen toeval, dan verschijnen groepen in plaats van "
        "plaatsen.",
        _indicator_table(anchors(settings)),
    ]
    return "\n\n".join(lines)


def anchors(settings: dict[str, Any]) -> tuple[Anchor, ...]:
    """Return every indicator of the ranking with its weight and its anchors, written out."""
    found = settings["noden"]["indicatoren"].items()
    return tuple(
        Anchor(
            name=indicator(code).name,
            criterium=item["criterium"],
            weight=format.number(item["gewicht"]),
            zero=indicator(code).write(item["nul"]),
            one=indicator(code).write(item["een"]),
        )
        for code, item in found
    )


def _indicator_table(rows: tuple[Anchor, ...]) -> str:
    head = ["| Indicator | Criterium | Gewicht | Geen nood bij | Grootste nood bij |", "|---|---|---:|---:|---:|"]
    lines = [f"| {row.name} | {row.criterium} | {row.weight} | {row.zero} | {row.one} |" for row in rows]
    return "\n".join([*head, *lines])
