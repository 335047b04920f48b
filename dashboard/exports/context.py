"""What every export says about itself: filters, peildatum, version, n, definition, suppression, source."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dashboard import format, texts


@dataclass(frozen=True)
class ExportContext:
    """Where a figure comes from; `filters` maps label -> chosen text as on screen.

    `is_internal`: the export names instellingen by need or result, and says that it stays within GO!.
    `instellingsnummer` where all of it is about one instelling. `titel` and `gegevens` are of one figure: what stands
    above it, and the state of the data behind it in words.
    """

    page: str
    page_key: str
    schooljaar: str | None
    peildatum: date | None
    versie: int
    methode_versie: str
    is_demo: bool
    filters: Mapping[str, str] = field(default_factory=dict)
    is_internal: bool = False
    instellingsnummer: str | None = None
    titel: str = ""
    gegevens: str = ""

    def file_name(self, subject: str, extension: str) -> str:
        """Return a Dutch file name of page, subject and schooljaar: 'noden_rangschikking_2025-2026.csv'."""
        parts = [self.page_key, _slug(subject), self.schooljaar or ""]
        return "_".join(part for part in parts if part) + f".{extension}"

    def lines(
        self, rows: int, source: str, definitions: Mapping[str, str] | None = None, note: str = ""
    ) -> list[tuple[str, str]]:
        """Return (label, text) pairs to print below or beside the numbers."""
        lines = [("Pagina", self.page)]
        if self.titel:
            lines.append(("Titel", self.titel))
        if self.is_internal:
            lines.append(("Verspreiding", texts.INTERNAL))
        if self.is_demo:
            lines.append(("Let op", texts.DEMO_BANNER))
        lines += list(self.filters.items())
        lines += [
            ("Peildatum", format.date_short(self.peildatum)),
            ("Gegevensversie", str(self.versie)),
            ("Versie van de methode", self.methode_versie),
            ("Aantal rijen (n)", format.number(rows)),
            ("Bron", source),
            *([("Toestand van de gegevens", self.gegevens)] if self.gegevens else []),
            ("Bescherming", texts.protection(self.page_key)),
        ]
        if note:
            lines.append(("Toelichting", note))
        lines += [(f"Definitie: {head}", text) for head, text in (definitions or {}).items()]
        return lines

    def footer(self, rows: int, source: str, note: str = "") -> list[str]:
        """Return the paragraphs for beside a figure on paper: what is drawn, for which choice, from where."""
        origin = [
            *(["Verzonnen gegevens"] if self.is_demo else []),
            *(f"{label}: {text}" for label, text in self.filters.items()),
            f"Peildatum {format.date_short(self.peildatum)}",
            f"gegevensversie {self.versie}, methode {self.methode_versie}",
            f"n = {format.counted(rows, 'rij', 'rijen')}",
            f"Bron: {source}",
            *([f"gegevens: {self.gegevens}"] if self.gegevens else []),
        ]
        internal = [texts.INTERNAL] if self.is_internal else []
        return [*internal, *([note] if note else []), " · ".join(origin), texts.protection(self.page_key)]


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]
