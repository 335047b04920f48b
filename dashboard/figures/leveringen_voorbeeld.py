"""Leveringen: what a delivery would change, before it is loaded, and what it changed, after."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from dashboard import format
from dashboard.components.key_figures import KeyFigure
from dashboard.figures.leveringen import key_text
from dashboard.tables import Column, Kind, Table

SOURCE_FILES = "de bestanden zelf, vergeleken met de gepubliceerde versie"
FAULTS_NOTE = (
    "Rij zoals in Excel; een rij kan meer dan één fout hebben. Uit een bestand dat geladen kan worden, komen enkel "
    "deze rijen er niet in; uit een geweigerd bestand komt er geen enkele rij in. Waar de waarde „afgeschermd” is, "
    "gaat de rij over het eigen personeel: die waarde staat enkel in het bestand van de leverancier, op die rij, en in "
    "zijn quarantainebestand. Eens geladen, is dat er enkel voor HR."
)
CHANGES_NOTE = (
    "Nieuw: telt nog niet mee in de gepubliceerde versie. Gewijzigd: een of meer kolommen zijn anders. Verdwenen: telt "
    "mee in de gepubliceerde versie en daarna niet meer, omdat de rij niet in de nieuwe levering van hetzelfde deel "
    "staat of er een fout heeft. Ook tabellen van andere bestanden kunnen wijzigen: correcties die sinds de laatste "
    "bouw aangegeven of weggenomen zijn, gelden dan, en rijen die op een andere lijst wachtten, tellen dan mee."
)
EXAMPLES_NOTE = (
    "Van elke soort hoogstens twintig. Wat een persoon aanduidt of wat één persoon antwoordde, staat er als "
    "„(persoonsgegeven)”."
)
NO_CHANGES = "Er verandert geen enkele rij: alles staat al zo in de gepubliceerde versie."
NO_FAULTS = "Geen enkele gelezen rij heeft een fout."
NOTHING_TO_LOAD = "Geen van deze bestanden kan geladen worden. Herstel ze en kies ze opnieuw."
NOTHING_NEW = "Deze bestanden zijn al eens geladen: opnieuw laden wijzigt niets. Hieronder staat wat ermee gebeurde."
NOTHING_LEFT = "Geen van deze bestanden kan geladen worden: herstel wat geweigerd is; de andere zijn al eens geladen."
CHANGED = (
    "Intussen is versie {version} gepubliceerd: wat hier stond, was met een andere versie vergeleken. De bestanden "
    "zijn opnieuw nagekeken; er is nog niets geladen. Kijk na en bevestig dan."
)
WAITING = (
    "Deze bestanden zijn opgenomen en nog niet gepubliceerd: het laden brak af, of er werd naar een vroegere versie "
    "teruggekeerd. Opnieuw bouwen laat alles meetellen wat opgenomen en niet ingetrokken is; wat dat wijzigt, staat "
    "hier."
)
#: How the command line says what has a delivery count again; on this page that is a button.
_BY_COMMAND = "Laten meetellen kan met: "
_BY_BUTTON = "Laten meetellen kan in het deel „Geschiedenis”: kies daar de levering en dan „Herstellen”."
_BY_BUILD = "Het telt mee vanaf de volgende bouw."

_READY = "kan geladen worden"
#: What became of a file, as the command line writes it -> as a reader sees it.
_VERDICTS = {"gecontroleerd": _READY, "geladen": "geladen", "al geladen": "al geladen", "geweigerd": "geweigerd"}
_WAITS = "opgenomen, nog niet gepubliceerd"
_COUNTS = ("gelezen", "aanvaard", "quarantaine", "buiten")
_KINDS = {"nieuw": "nieuw", "gewijzigd": "gewijzigd", "verdwenen": "verdwenen"}


def can_be_loaded(preview: Mapping[str, Any]) -> bool:
    """Whether at least one file would be taken in."""
    return any(file["status"] == "gecontroleerd" for file in preview["bestanden"])


def can_be_built(preview: Mapping[str, Any]) -> bool:
    """Whether nothing is to be loaded, but a file was taken in before that the published version does not have."""
    return not can_be_loaded(preview) and any(file.get("wacht_op_bouw") for file in preview["bestanden"])


def was_read(preview: Mapping[str, Any]) -> bool:
    """Whether anything was read: else nobody can say how many rows have a fault."""
    return any(file["gelezen"] or file.get("fouten") for file in preview["bestanden"])


def why_nothing(preview: Mapping[str, Any]) -> str:
    """Return why there is nothing to load: everything was loaded or taken in before, is refused, or some of both."""
    known = [file["status"] == "al geladen" for file in preview["bestanden"]]
    if can_be_built(preview):
        return WAITING
    if known and all(known):
        return NOTHING_NEW
    return NOTHING_LEFT if any(known) else NOTHING_TO_LOAD


def key_figures(preview: Mapping[str, Any]) -> list[KeyFigure]:
    """Return four key figures of a preview: new, changed, vanished rows, and the faults that are listed below."""
    total = {kind: sum(change[kind] for change in preview["wijzigingen"]) for kind in _KINDS}
    files = counting(preview["bestanden"])
    read = sum(file["gelezen"] or 0 for file in files)
    left_out = sum(file["quarantaine"] or 0 for file in files)
    detail = f"{format.number(left_out)} van {format.number(read)} gelezen rijen komen er niet in" if read else ""
    return [
        KeyFigure("Nieuwe rijen", format.number(total["nieuw"]), "tellen nog niet mee"),
        KeyFigure("Gewijzigde rijen", format.number(total["gewijzigd"]), "krijgen een andere waarde"),
        KeyFigure("Verdwenen rijen", format.number(total["verdwenen"]), "tellen daarna niet meer mee"),
        KeyFigure("Fouten", format.number(_fault_count(preview["bestanden"])), detail or "in geweigerde bestanden"),
    ]


def counting(files: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the files without those that a later one in the same choice replaces: their faults change nothing."""
    return [file for file in files if file.get("telt_mee", True)]


def warnings(preview: Mapping[str, Any]) -> list[str]:
    """Return what somebody should look at before confirming."""
    found = refusals(preview["bestanden"], "Wordt niet geladen")
    for file in preview["bestanden"]:
        if file["status"] == "gecontroleerd" and file.get("boodschap"):
            found.append(f"{format.plain_markdown(file['bestand'])}: {format.plain_markdown(file['boodschap'])}")
    for change in preview["wijzigingen"]:
        if change["verdwenen"]:
            rows = format.counted(change["verdwenen"], "rij telt", "rijen tellen")
            found.append(
                f"Tabel {format.spelled(change['tabel'])}: {rows} nu mee en daarna niet meer. Is de levering volledig, "
                "en staan die rijen niet bij de fouten?"
            )
    return found


def refusals(files: Sequence[Mapping[str, Any]], verdict: str = "Niet geladen") -> list[str]:
    """Return for each file that is refused as a whole why it is, after the words of the verdict."""
    return [
        f"{verdict}: {format.plain_markdown(file['bestand'])}. {format.plain_markdown(file.get('boodschap') or '')}"
        for file in files
        if file["status"] == "geweigerd"
    ]


def messages(files: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return what is told about files that are not refused, as (file, sentence): also when one was loaded before."""
    return [
        (file["bestand"], sentence)
        for file in files
        for sentence in [
            *([_before(file)] if file["status"] == "al geladen" else []),
            *(file.get("meldingen") or []),
        ]
    ]


def files_table(files: Sequence[Mapping[str, Any]]) -> Table:
    """Return one row per file: what it was recognised as, its rows, the verdict; no count of what was not read."""
    rows = [
        {
            "bestand": file["bestand"],
            "bron": format.spelled(file.get("bron")) or ("niet herkend" if _is_looked_at(file) else None),
            "vak": file.get("vak"),
            **{name: file.get(name) if _is_looked_at(file) else None for name in _COUNTS},
            "oordeel": _WAITS if file.get("wacht_op_bouw") else _VERDICTS.get(file["status"], file["status"]),
        }
        for file in files
    ]
    columns: list[tuple[str, str, Kind]] = [
        ("bestand", "Bestand", "tekst"),
        ("bron", "Herkend als", "tekst"),
        ("vak", "Deel", "tekst"),
        ("gelezen", "Rijen gelezen", "geheel"),
        ("aanvaard", "Komen erin", "geheel"),
        ("quarantaine", "Komen er niet in", "geheel"),
        ("buiten", "Van anderen", "geheel"),
        ("oordeel", "Oordeel", "tekst"),
    ]
    return _table(rows, columns, missing=format.NOT_APPLICABLE)


def changes_table(preview: Mapping[str, Any]) -> Table:
    """Return how many rows of each table are new, changed, gone and equal."""
    rows = [{**change, "tabel": format.spelled(change["tabel"])} for change in preview["wijzigingen"]]
    columns: list[tuple[str, str, Kind]] = [
        ("tabel", "Tabel", "tekst"),
        ("nieuw", "Nieuw", "geheel"),
        ("gewijzigd", "Gewijzigd", "geheel"),
        ("verdwenen", "Verdwenen", "geheel"),
        ("gelijk", "Gelijk", "geheel"),
    ]
    return _table(rows, columns)


def examples_table(preview: Mapping[str, Any]) -> Table:
    """Return examples of what changes: table, kind, key, and for a change the column with its old and new value."""
    rows = [
        {"tabel": format.spelled(change["tabel"]), "soort": _KINDS[kind], **_example(example)}
        for change in preview["wijzigingen"]
        for kind in _KINDS
        for example in change["voorbeelden"].get(kind, [])
    ]
    columns: list[tuple[str, str, Kind]] = [
        ("tabel", "Tabel", "tekst"),
        ("soort", "Wat", "tekst"),
        ("sleutel", "Rij", "tekst"),
        ("kolom", "Kolom", "tekst"),
        ("oud", "Oude waarde", "tekst"),
        ("nieuw", "Nieuwe waarde", "tekst"),
    ]
    return _table(rows, columns, missing=format.NOT_APPLICABLE)


def faults_table(files: Sequence[Mapping[str, Any]]) -> Table:
    """Return every fault of the files that count: file, sheet, row as in Excel, column, value, reason."""
    rows = [{"bestand": file["bestand"], **fault} for file in counting(files) for fault in file.get("fouten") or []]
    columns: list[tuple[str, str, Kind]] = [
        ("bestand", "Bestand", "tekst"),
        ("blad", "Blad", "tekst"),
        ("rij", "Rij", "geheel"),
        ("kolom", "Kolom", "tekst"),
        ("waarde", "Waarde", "tekst"),
        ("reden", "Reden", "tekst"),
    ]
    return _table(rows, columns, missing="geen")


def faults_title(files: Sequence[Mapping[str, Any]]) -> str:
    """Return how many faults there are, and how many of them are shown where that is less."""
    shown = sum(len(file.get("fouten") or []) for file in counting(files))
    total = _fault_count(files)
    return f"Fouten: {format.number(total)}" + (f", de eerste {format.number(shown)}" if shown < total else "")


def main_figures_table(answer: Mapping[str, Any]) -> Table:
    """Return the main figures of the network before and after, with their change."""
    rows = [
        {
            "naam": row["naam"],
            "schooljaar": row.get("schooljaar"),
            "voor": _main_figure(row["voor"], row),
            "na": _main_figure(row["na"], row),
            "verschil": _change(row),
        }
        for row in answer.get("hoofdcijfers") or []
    ]
    columns: list[tuple[str, str, Kind]] = [
        ("naam", "Cijfer", "tekst"),
        ("schooljaar", "Schooljaar", "tekst"),
        ("voor", "Voor", "tekst"),
        ("na", "Na", "tekst"),
        ("verschil", "Verschil", "tekst"),
    ]
    return _table(rows, columns)


def quarantined(answer: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return the loaded files that have rows in quarantine, as (number of the delivery, name, source)."""
    return [
        (file["levering"], file["bestand"], file.get("bron") or "")
        for file in answer.get("bestanden") or []
        if file["quarantaine"] and file["status"] != "geweigerd"
    ]


def progress_words(step: str, place: int, total: int) -> str:
    """Return how far a command is: 'Bestanden lezen: 2 van 3'; a whole sentence is returned as it is."""
    if not step:
        return "Bezig met starten"
    words = step[0].upper() + step[1:]
    return words if words.endswith(".") or not total else f"{words}: {format.number(place)} van {format.number(total)}"


def outcome_words(answer: Mapping[str, Any], published: int | None = None) -> tuple[str, str]:
    """Return how a command ended ('success', 'info', 'warning' or 'error') and the sentence that says so.

    `published` is the version that is published now: one of after this command is no longer this one's.
    """
    files = answer.get("bestanden") or []
    if answer.get("boodschap"):
        return "success", format.plain_markdown(answer["boodschap"])
    if answer.get("fout"):
        return "error", (
            f"Er is niets gepubliceerd: {format.plain_markdown(answer['fout'])} De cijfers van vroeger blijven staan."
        )
    refused = [file for file in files if file["status"] == "geweigerd"]
    if answer.get("versie") is None:
        if refused:
            return "error", "Geen enkel bestand is geladen. De cijfers zijn niet gewijzigd."
        return "info", "Er was niets nieuws: deze bestanden waren al geladen. De cijfers zijn niet gewijzigd."
    words = f"Versie {answer['versie']} is gepubliceerd: elke pagina toont ze vanaf de volgende klik."
    if published is not None and published > answer["versie"]:
        words = f"Versie {answer['versie']} is gepubliceerd. Intussen is er een nieuwere: versie {published}."
    elif published is not None and published < answer["versie"]:
        words = f"Versie {answer['versie']} is gepubliceerd. Intussen is versie {published} weer de getoonde."
    wrong = sum(file["quarantaine"] or 0 for file in files if file["status"] != "geweigerd")
    if wrong:
        words += f" In quarantaine: {format.counted(wrong, 'rij', 'rijen')} met een fout."
    return "warning" if refused or answer.get("verdwenen") else "success", words


def what_went(answer: Mapping[str, Any]) -> list[str]:
    """Return what a new version no longer has: a schooljaar, or every instelling; nothing where all is still there."""
    return [format.plain_markdown(sentence) for sentence in answer.get("verdwenen") or []]


def no_longer_counting(answer: Mapping[str, Any]) -> str:
    """Return which earlier deliveries stopped counting because of this one; nothing where none did."""
    names = answer.get("telt_niet_meer_mee") or []
    return f"Telt niet meer mee: {', '.join(format.plain_markdown(name) for name in names)}." if names else ""


def _is_looked_at(file: Mapping[str, Any]) -> bool:
    """Whether somebody tried to read the file: one that was loaded before is known by its bytes alone.

    But for one that the published version does not have: what it holds is what a build would change.
    """
    return bool(file["status"] != "al geladen" or file.get("gelezen") is not None)


def _before(file: Mapping[str, Any]) -> str:
    """Return what became of a file when it was loaded before, with where on this page that can be undone."""
    sentence, can_count_again, _ = (file.get("boodschap") or "").partition(_BY_COMMAND)
    if not can_count_again:
        return sentence
    return f"{sentence}{_BY_BUILD if file.get('wacht_op_bouw') else _BY_BUTTON}"


def _fault_count(files: Sequence[Mapping[str, Any]]) -> int:
    return sum(file.get("fouten_totaal", len(file.get("fouten") or [])) for file in counting(files))


def _example(example: object) -> dict[str, str | None]:
    if isinstance(example, Mapping) and "kolom" in example:
        return {
            "sleutel": key_text(example.get("sleutel")),
            "kolom": _words(example["kolom"]),
            "oud": _cell(example.get("oud")),
            "nieuw": _cell(example.get("nieuw")),
        }
    return {"sleutel": key_text(example), "kolom": None, "oud": None, "nieuw": None}


def _cell(value: object) -> str:
    """Return a cell as a reader writes it; values come as the text of the warehouse."""
    text = "" if value is None else str(value)
    if re.fullmatch(r"-?\d+\.\d+", text):
        return text.replace(".", ",")
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return format.date_short(date.fromisoformat(text))
    return {"": "leeg", "true": "ja", "false": "nee"}.get(text, text)


def _main_figure(value: float | None, row: Mapping[str, Any]) -> str:
    return format.percentage(value) if row.get("eenheid") == "aandeel" else format.number(value)


def _change(row: Mapping[str, Any]) -> str:
    before, after = row["voor"], row["na"]
    if before is None or after is None:
        return format.signed(None)
    if row.get("eenheid") == "aandeel":
        return format.signed((after - before) * 100, 1, " procentpunt")
    return format.signed(after - before)


def _words(name: object) -> str:
    return str(name or "").replace("_", " ")


def _table(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[tuple[str, str, Kind]], *, missing: str = format.MISSING
) -> Table:
    types = {name: pl.Int64 if kind == "geheel" else pl.String for name, _, kind in columns}
    picked = [{name: row.get(name) for name in types} for row in rows]
    return Table(pl.DataFrame(picked, schema=types), tuple(Column(*column) for column in columns), missing=missing)
