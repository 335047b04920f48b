"""The ranking of needs in words, from its settings alone: weights, scale, steps, who decided."""

from collections.abc import Mapping
from typing import Any

from analysis.weights import equal, rank_order_centroid, rank_sum
from reports.wording import number, percentage

#: Said of every choice in the settings that nobody has taken a decision on.
PROPOSAL = "voorstel, nog niet beslist"
CRITERIA = {
    "doorlichting": "Doorlichtingen",
    "leerresultaten": "Leerresultaten",
    "doorstroom": "Instroom en doorstroom",
    "leerrecht": "Leerrecht",
}
#: The other choices that the ranking is held against, by column of `mart.noden_robuustheid`.
VARIANTS = {
    "rang_gelijk": "Vier gelijke gewichten",
    "rang_rangsom": "Rangsomgewichten",
    "rang_lexicografisch": "Lexicografisch: het volgende criterium beslist enkel bij gelijke stand",
    "rang_onverwacht": "Onverwachte nood in plaats van absolute nood",
    "rang_zonder_doorlichting": "Zonder doorlichtingen",
    "rang_zonder_leerresultaten": "Zonder leerresultaten",
    "rang_zonder_doorstroom": "Zonder instroom en doorstroom",
    "rang_zonder_leerrecht": "Zonder leerrecht",
}
_WEIGHTS = {
    "rangorde": (rank_order_centroid, "rangordegewichten: het gemiddelde van alle gewichten die de volgorde volgen"),
    "rangsom": (rank_sum, "rangsomgewichten: ze dalen in gelijke stappen"),
    "gelijk": (equal, "gelijke gewichten"),
}  # fmt: skip


def weights(settings: Mapping[str, Any]) -> dict[str, float]:
    """Return the weight (0-1) of each criterion, most important first."""
    needs = settings["noden"]
    values = _WEIGHTS[needs["gewichten"]][0](len(needs["criteria"]))
    return dict(zip(needs["criteria"], map(float, values), strict=True))


def weights_rule(settings: Mapping[str, Any]) -> str:
    """Return by which rule the weights are made."""
    return _WEIGHTS[settings["noden"]["gewichten"]][1]


def inspection_scale(settings: Mapping[str, Any]) -> str:
    """Return the need that goes with each outcome of an inspection."""
    scale = settings["noden"]["doorlichting"]
    fixed = ", ".join(f"{name} {number(scale[name], 2)}" for name in ("2B", "2A", "negatief", "1B"))
    return f"{fixed}; bij 1A hoogstens {number(scale['1A'], 2)}, naar het deel onder de verwachting"


def classes(settings: Mapping[str, Any]) -> str:
    """Return where the classes 'duidelijk' and 'mogelijk' begin."""
    needs = settings["noden"]
    return (
        f"bij de eerste {number(needs['top_n'])}: duidelijk vanaf {percentage(needs['grens_duidelijk'])}, "
        f"mogelijk vanaf {percentage(needs['grens_mogelijk'])}"
    )


def years(settings: Mapping[str, Any]) -> str:
    """Return how the years weigh: '3:2:1'."""
    return ":".join(str(weight) for weight in settings["noden"]["jaargewichten"])


def steps(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the method in plain steps."""
    needs = settings["noden"]
    return (
        f"Per indicator een schatting over hoogstens {len(needs['jaargewichten'])} schooljaren ({years(settings)}, "
        "het recentste het zwaarst), met haar onzekerheid. Een cijfer over weinig leerlingen schuift naar het "
        "gemiddelde van "
        "het onderwijsniveau (empirical Bayes), zodat toeval niet bovenaan komt.",
        "Elke schatting komt op een vaste schaal van 0 (geen nood) tot 1 (grootste nood). De ankers liggen vast: een "
        "plaats op de schaal hangt niet af van wie er nog in de lijst staat. Doorlichtingen hebben een eigen schaal: "
        f"{inspection_scale(settings)}.",
        "De score telt de vier criteria op met hun gewicht, dat nooit verandert. Ontbreekt een criterium, dan telt het "
        "gemiddelde van vergelijkbare instellingen (bij te weinig: van het onderwijsniveau; mist dat het helemaal: een "
        "vaste waarde), en wordt het interval breder. Een onderwijsniveau waarvan niets bekend is, krijgt geen klasse.",
        "De trap gaat voor: eerst een open advies 2A of 2B of een negatieve uitspraak over GOK of "
        "leerlingenbegeleiding "
        "(verplicht), dan een open 1B (verhoogd), dan de rest (regulier). Binnen een trap beslist de score.",
        f"{number(needs['trekkingen'])} trekkingen (zaad {needs['zaad']}) laten de gegevens en de gewichten variëren "
        "binnen wat mogelijk is. Daaruit volgen het interval rond elke plaats (90 %) en de kans op een plaats "
        f"{classes(settings)}.",
    )


def decisions(settings: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return (choice, who decided on it and when); what nobody decided is said to be a proposal."""
    rows = settings["tabel"]["methode_beslissing"]
    return tuple((row["onderdeel"], row["beslist_door"] or PROPOSAL) for row in rows)


def status(settings: Mapping[str, Any]) -> str:
    """Return how many of the choices are still open."""
    open_choices = sum(decided == PROPOSAL for _, decided in decisions(settings))
    total = len(decisions(settings))
    if not open_choices:
        return f"Alle {total} keuzes zijn beslist."
    return (
        f"Voorstel: {open_choices} van de {total} keuzes zijn nog niet beslist. De dienst beslist erover voor de "
        "rangschikking de ondersteuning stuurt."
    )
