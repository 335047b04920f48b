"""The description of the formats for suppliers, `docs/leveringen.md`, written from the contracts."""

import sys
from collections.abc import Sequence
from pathlib import Path

from pipelines.contract import YEARS, Column, Contract, Kind, VakKind
from pipelines.sources import CONTRACTS
from pipelines.wording import number_text

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "leveringen.md"
INTRODUCTION = """# Leveringen: wat elk bestand bevat

Dit document volgt uit de contracten in `pipelines/sources/` en wordt niet met de hand gewijzigd
(`python -m pipelines.format_docs` schrijft het opnieuw).

Wat voor elk bestand geldt:

- De bron wordt herkend aan de kop, niet aan de naam van het bestand (behalve bij agenda's).
- CSV met puntkomma, komma of tab, in UTF-8, UTF-16 of Windows-1252; of XLSX. Titelrijen boven de kop en een rij
  `Totaal` onder de gegevens mogen.
- Hoofdletters, accenten, dubbele spaties en `_` in een kop maken geen verschil. Onbekende kolommen worden gemeld en
  genegeerd; ontbreekt een verplichte kolom, dan is het bestand geweigerd.
- Getallen met decimale komma of punt; datums als `dd/mm/jjjj`, `d-m-jjjj`, `jjjj-mm-dd` of een Exceldatum; een
  schooljaar als `2025-2026`, `2025-26`, `2526` of `2025`.
- Ontbreekt een waarde: leeg, `n.v.t.`, `-` of `Geen cijfers beschikbaar`. Een verborgen klein aantal: `<5`.
- Een rij die een regel breekt, gaat in quarantaine met haar reden; breekt meer dan een vijfde van de rijen een regel,
  dan is het bestand geweigerd.
- Een blad met enkel een kop wordt gemeld, en de andere bladen tellen mee; staat er nergens een rij, dan is het bestand
  geweigerd.
- Een nieuw bestand vervangt het vorige van dezelfde bron en hetzelfde vak.
- Kolommen met **persoon** worden bij het lezen door een pseudoniem vervangen; kolommen met **niet bewaard** vallen weg.
"""
TYPE = {
    Kind.TEXT: "tekst",
    Kind.CODE: "code",
    Kind.CHOICE: "keuze",
    Kind.LIST: "lijst",
    Kind.COUNT: "geheel getal",
    Kind.NUMBER: "getal",
    Kind.PERCENT: "percentage",
    Kind.DATE: "datum",
    Kind.MOMENT: "tijdstip",
    Kind.TIME: "uur",
    Kind.FLAG: "ja/nee",
    Kind.SCHOOLJAAR: "schooljaar",
    Kind.INSTELLING: "instellingsnummer",
    Kind.NUMMER: "nummer",
    Kind.PERSON: "**persoon**",
    Kind.PERSONS: "**personen**",
}
VAK = {
    VakKind.COLUMN: "het schooljaar in `{}`",
    VakKind.DOMINANT: "het schooljaar waarin de meeste datums van `{}` vallen",
    VakKind.TITLE: "schooljaar en scholengroep (uit de titelrijen)",
    VakKind.NAME: "het schooljaar in de naam van het bestand",
    VakKind.WHOLE: "het geheel: elk bestand is de volledige lijst",
    VakKind.PERIOD: "de begeleider en de maanden in het bestand",
}


def describe(contracts: Sequence[Contract]) -> str:
    """Return the description of all formats in Dutch, as Markdown: one section per table."""
    return "\n".join([INTRODUCTION, *(_section(contract) for contract in contracts)])


def _section(contract: Contract) -> str:
    lines = [f"## {contract.title}", "", f"Bron: `{contract.bron}`, tabel `{contract.name}`."]
    if contract.sheet:
        lines.append(f"Blad: `{contract.sheet}`.")
    if contract.person_in_file_name:
        lines.append(
            "De naam van het bestand begint met de code van de begeleider: `B017_agenda.csv` of `B017_agenda.ics`. "
            "Een agenda als ICS (iCalendar) geeft dezelfde gegevens: wat zich herhaalt is uitgeschreven, en een rij is "
            "de regel van het bestand waarop het item begint."
        )
    if contract.extra_header_rows:
        lines.append(f"Onder de kop staan nog {contract.extra_header_rows} koprijen.")
    if contract.answers_column:
        lines.append("Elke andere kolom waarvan de derde koprij een vraag noemt (`QID`), is een vraag.")
    lines.append(f"Vak: {VAK[contract.vak.kind].format(_header(contract, contract.vak.column))}.")
    lines += ["", "| kolom | verplicht | soort | waarden en grenzen |", "|---|---|---|---|"]
    lines += [_row(column) for column in contract.columns]
    lines += _replacements(contract)
    if contract.rules:
        lines += ["", "Een rij gaat ook in quarantaine als:", ""]
        lines += [f"- `{_header(contract, rule.column)}`: {rule.reason}" for rule in contract.rules]
    return "\n".join(lines) + "\n"


def _replacements(contract: Contract) -> list[str]:
    """Return what happens where a column is left out: what stands in for it, and of which columns one is needed."""
    lines = [
        f"- Ontbreekt `{column.header}`, dan wordt {' of '.join(f'`{other}`' for other in column.instead)} gelezen."
        for column in contract.columns
        if column.instead
    ]
    lines += [
        f"- Ontbreekt `{column.header}`: {column.when_missing}" for column in contract.columns if column.when_missing
    ]
    for group in contract.one_of:
        lines.append(f"- Minstens een van {', '.join(f'`{_header(contract, name)}`' for name in group)} is nodig.")
    return ["", *lines] if lines else []


def _header(contract: Contract, name: str) -> str:
    return next((column.header for column in contract.columns if column.name == name), name)


def _row(column: Column) -> str:
    """Return the line of one column; a vertical bar inside a cell is escaped."""
    names = " of ".join(f"`{header}`" for header in column.headers)
    kind = "niet bewaard" if column.dropped else TYPE[column.kind]
    cells = [names, _required(column), kind, _limits(column)]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _required(column: Column) -> str:
    if column.key:
        return "sleutel" if column.required else "sleutel, mag leeg"
    if column.required:
        return "ja" if column.filled else "ja, waarde mag ontbreken"
    return ""


def _limits(column: Column) -> str:
    """Return what may stand in a column: choices, limits, the list it refers to, and its description."""
    parts = []
    if column.choices:
        parts.append(", ".join(f"`{choice}`" for choice in (*column.choices, *column.also)))
    elif column.also:
        parts.append("ook " + ", ".join(f"`{value}`" for value in column.also))
    if column.wordings:
        parts.append("of voluit: " + ", ".join(f"{text} ({code})" for text, code in column.wordings.items()))
    if column.kind in (Kind.LIST, Kind.PERSONS):
        parts.append(f"gescheiden door `{column.separator}`")
    parts += [_range(column)] if _range(column) else []
    if column.outside:
        parts.append(f"rijen met een andere waarde zijn {column.outside}: ze tellen apart en worden niet gelezen")
    if column.known:
        parts.append(
            f"staat in `{column.known}`" if column.known != "scholengroepen" else "komt voor in `instellingen`"
        )
    if column.description:
        parts.append(column.description)
    return "; ".join(parts)


def _range(column: Column) -> str:
    if column.kind is Kind.PERCENT:
        return "0 tot 100"
    if column.years != YEARS:
        return "van {} tot {}".format(*column.years)
    low, high = ("" if limit is None else number_text(limit) for limit in (column.minimum, column.maximum))
    if low and high:
        return f"{low} tot {high}"
    return f"minstens {low}" if low else f"hoogstens {high}" if high else ""


def main() -> int:
    """Write the document and return 0."""
    DOCUMENT.write_text(describe(CONTRACTS), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
