"""The method card of the ranking: the settings behind it, in words and in one table."""

from typing import Any

from analysis.weights import rank_order_centroid, rank_sum
from dashboard import format
from dashboard.figures.indicators import indicator

#: Who decided on the values in the settings.
DECIDED_BY = (
    "Alle waarden zijn een eerste voorstel. De dienst beslist erover voor de rangschikking de ondersteuning stuurt."
)
_WEIGHTS = {"rangorde": rank_order_centroid, "rangsom": rank_sum}


def method_card(settings: dict[str, Any]) -> str:
    """Return the settings of the ranking as Markdown; `settings` is the settings file of the warehouse."""
    needs = settings["noden"]
    years = ":".join(str(weight) for weight in needs["jaargewichten"])
    lines = [
        f"**Versie** {settings['versie']}. {DECIDED_BY}",
        f"**Gewichten** volgen enkel uit de volgorde van belang: {_weights(needs)}.",
        f"**Doorlichting** op een vaste schaal: {_inspection(needs['doorlichting'])}.",
        f"**Jaren** wegen {years}, het recentste het zwaarst. Een cijfer over weinig leerlingen schuift naar het "
        "gemiddelde van het niveau.",
        f"**Onzekerheid**: {format.number(needs['trekkingen'])} trekkingen. De klasse volgt de kans op een plaats bij "
        f"de eerste {needs['top_n']}: duidelijk vanaf {format.percentage(needs['grens_duidelijk'], decimals=0)}, "
        f"mogelijk vanaf {format.percentage(needs['grens_mogelijk'], decimals=0)}. Is meer dan de helft van de "
        "verschillen toeval, dan verschijnen groepen in plaats van plaatsen.",
        _indicators(needs["indicatoren"]),
    ]
    return "\n\n".join(lines)


def _weights(needs: dict[str, Any]) -> str:
    values = _WEIGHTS[needs["gewichten"]](len(needs["criteria"]))
    return ", ".join(
        f"{name} {format.number(weight, 2)}" for name, weight in zip(needs["criteria"], values, strict=True)
    )


def _inspection(scale: dict[str, float]) -> str:
    outcomes = ("2B", "2A", "negatief", "1B")
    fixed = ", ".join(f"{name} {format.number(scale[name], 2)}" for name in outcomes)
    return f"{fixed}; bij 1A hoogstens {format.number(scale['1A'], 2)}, naar het deel onder de verwachting"


def _indicators(indicators: dict[str, dict[str, Any]]) -> str:
    rows = [
        f"| {indicator(code).name} | {item['criterium']} | {item['gewicht']} "
        f"| {indicator(code).write(item['nul'])} | {indicator(code).write(item['een'])} |"
        for code, item in indicators.items()
    ]
    head = ["| Indicator | Criterium | Gewicht | Geen nood bij | Grootste nood bij |", "|---|---|---:|---:|---:|"]
    return "\n".join([*head, *rows])
