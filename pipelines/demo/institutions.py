"""Source 2, `instellingen`: the own list of PBD per schooljaar, each year written by another program."""

from __future__ import annotations

from pathlib import Path

from pipelines.demo.manifest import DemoFile, Reason
from pipelines.demo.network import Instelling, Network
from pipelines.demo.people import Medewerker, spoc_by_scholengroep
from pipelines.demo.writing import (
    BARE_CR,
    WINDOWS,
    WITH_BOM,
    Cell,
    Layout,
    Sheet,
    comma,
    thousands,
    write_csv,
    write_workbook,
)

COLUMNS = [
    "schooljaar", "instellingsnummer", "naam", "onderwijsniveau", "scholengroep nummer", "scholengroep",
    "scholengemeenschap", "gemeente", "niscode", "aantal vestigingen", "leerlingen", "personeelsleden",
    "vte", "clb",
    "opgevolgd door", "spoc", "hoofdadviseur",
]  # fmt: skip

_ODD_HEADINGS = {
    "instellingsnummer": "Instellingsnummer ",
    "scholengroep nummer": "SCHOLENGROEP_NUMMER",
    "aantal vestigingen": "Aantal\u00a0vestigingen",
    "opgevolgd door": "opgevolgd  door",
    "personeelsleden": "Personeelsleden",
}


def write_instellingen(folder: Path, network: Network, staff: tuple[Medewerker, ...]) -> list[DemoFile]:
    """Write one list per schooljaar: bare CR (newest), BOM with odd headings, XLSX, cp1252, in turn."""
    files: list[DemoFile] = []
    for jaar, schooljaar in enumerate(network.schooljaren):
        form = (len(network.schooljaren) - 1 - jaar) % 4
        stem = folder / f"instellingen_{schooljaar.label}"
        sheet = _sheet(network, staff, jaar, form)
        _plant(sheet, network)
        if form == 0:
            files.append(write_csv(stem.with_suffix(".csv"), sheet, BARE_CR))
        elif form == 1:
            sheet.headings = _ODD_HEADINGS
            sheet.columns.append("opmerking")
            sheet.rows = [[*row, "na te kijken" if index % 97 == 5 else ""] for index, row in enumerate(sheet.rows)]
            files.append(write_csv(stem.with_suffix(".csv"), sheet, WITH_BOM))
        elif form == 2:
            total = sum(i.personeel for i in network.present(jaar))
            layout = Layout(
                name="Instellingen",
                titles=(f"Instellingen GO! {schooljaar.label}", "Bron: eigen lijst PBD (demo)"),
                merge_titles=True,
                blank_rows=1,
                total_row=("Totaal", None, None, None, None, None, None, None, None, None, None, total),
            )
            files += write_workbook(stem.with_suffix(".xlsx"), [(sheet, layout)])
        else:
            files.append(write_csv(stem.with_suffix(".csv"), sheet, WINDOWS))
    return files


def _sheet(network: Network, staff: tuple[Medewerker, ...], jaar: int, form: int) -> Sheet:
    spocs = spoc_by_scholengroep(staff)
    schooljaar = network.schooljaren[jaar]
    label = {0: schooljaar.code, 1: schooljaar.short}.get(form, schooljaar.label)
    rows: list[list[Cell]] = []
    for index, instelling in enumerate(network.present(jaar)):
        spoc = spocs[instelling.scholengroep]
        rows.append(
            [
                label,
                _nummer(instelling.nummer, form, index),
                instelling.naam,
                instelling.niveau,
                instelling.scholengroep if form == 2 else str(instelling.scholengroep),
                network.scholengroepen[instelling.scholengroep],
                instelling.scholengemeenschap,
                instelling.gemeente,
                "",
                instelling.vestigingen if form == 2 else str(instelling.vestigingen),
                _leerlingen(instelling, form),
                instelling.personeel if form == 2 else thousands(instelling.personeel),
                _vte(instelling, form),
                _nummer(instelling.clb, form, 1) if instelling.clb else "",
                _nummer(instelling.opvolger, form, 1) if instelling.opvolger and jaar == instelling.laatste else "",
                spoc.code,
                spoc.hoofdadviseur,
            ]
        )
    return Sheet("instellingen", list(COLUMNS), rows)


def _nummer(nummer: str, form: int, index: int) -> Cell:
    """Write a nummer as that year's program does: a number, without its zeros, or with `.0` behind it."""
    if form == 2:
        return int(nummer)
    if form == 1 and index % 3 == 0:
        return f"{int(nummer)}.0"
    if form == 1:
        return str(int(nummer))
    return nummer


def _leerlingen(instelling: Instelling, form: int) -> Cell:
    if instelling.niveau in ("LSC", "CLB"):
        return "n.v.t."
    if form == 2:
        return instelling.leerlingen
    return thousands(instelling.leerlingen, "\u00a0" if form == 1 else ".")


def _vte(instelling: Instelling, form: int) -> Cell:
    vte = round(instelling.personeel * instelling.vte_per_persoon, 2)
    return vte if form == 2 else comma(vte, 2)


def _plant(sheet: Sheet, network: Network) -> None:
    """Two rows to refuse: a copy of an instelling, and an extra instelling whose staff cannot be read."""
    sheet.plant_duplicate(40, 0.5)
    sheet.plant_copy(
        120,
        0.8,
        "personeelsleden",
        Reason.ONLEESBAAR,
        instellingsnummer=network.unknown_nummer,
        personeelsleden="veel",
    )
