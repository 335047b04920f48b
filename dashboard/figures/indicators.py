"""The Dutch names of the indicators behind the ranking, and how their values are written."""

from dataclasses import dataclass

from dashboard import format


@dataclass(frozen=True)
class Indicator:
    """One indicator; `unit` is 'aandeel' (0-1), 'punten' or 'per leerling'. Higher is a greater need."""

    name: str
    unit: str

    def write(self, value: float | None, n: int | None = None, missing: str = format.MISSING) -> str:
        """Return a value of this indicator as a reader sees it."""
        if self.unit == "aandeel":
            return format.percentage(value, n, missing=missing)
        return format.number(value, 0 if self.unit == "punten" else 2, missing=missing)


_INDICATORS = {
    "vt_minimumdoel": Indicator("Vlaamse toetsen: haalt het minimumdoel niet", "aandeel"),
    "vt_score": Indicator("Vlaamse toetsen: punten onder de referentie", "punten"),
    "koala_niet_groen": Indicator("Koala: niet in de groene zone", "aandeel"),
    "ovsg_fout": Indicator("OVSG: foute antwoorden", "aandeel"),
    "diataal_onder": Indicator("Diataal: onder het niveau", "aandeel"),
    "oki": Indicator("Onderwijskansarmoede-indicator (OKI)", "per leerling"),
    "zittenblijvers": Indicator("Zittenblijvers", "aandeel"),
    "schoolse_vertraging": Indicator("Schoolse vertraging", "aandeel"),
    "b_c_attesten": Indicator("B- en C-attesten", "aandeel"),
    "vroegtijdig_schoolverlaters": Indicator("Vroegtijdige schoolverlaters", "aandeel"),
    "problematisch_30": Indicator("Problematisch afwezig, 30 halve dagen of meer", "aandeel"),
    "problematisch_10": Indicator("Problematisch afwezig, 10 halve dagen of meer", "aandeel"),
    "uitsluitingen": Indicator("Uitsluitingen per leerling", "per leerling"),
}


def indicator(code: str) -> Indicator:
    """Return the indicator of one code; one that has no name here is shown by its code."""
    return _INDICATORS.get(code) or Indicator(code.replace("_", " ").capitalize(), "per leerling")


def signal_name(code: str, reeks: str) -> str:
    """Return the name of one signal: the indicator, and its series where there is more than one."""
    name = indicator(code).name
    return name if reeks == "alle" else f"{name} ({reeks})"
