"""What commands print: sentences for people, one JSON object for programs."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console

from pipelines.progress import ProgressBar, ProgressLines
from pipelines.wording import counted, number_text

FAILED, MISUSED, NOT_PUBLISHED = 1, 2, 5
#: Another version was published than the one that was compared with: nothing was done.
MOVED_ON = 6
MOST_FAULTS_SHOWN = 20
WAITING = "Een andere opdracht is aan het laden of bouwen. Deze wacht tot ze klaar is."


def say(text: str) -> None:
    """Print a sentence on standard error."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(text, markup=False)


def answer(options: argparse.Namespace, data: dict[str, Any], lines: list[str]) -> None:
    """Print the result: one JSON object when asked, sentences otherwise."""
    if options.json:
        sys.stdout.write(json.dumps(data, ensure_ascii=False, default=str) + "\n")
    else:
        sys.stdout.write("\n".join(lines) + "\n")


def waiting(options: argparse.Namespace) -> Callable[[], None]:
    """Return what to call when another command holds the lock: a sentence, or a line of progress."""

    def tell() -> None:
        if getattr(options, "voortgang", False):
            ProgressLines().step(WAITING, 0, 1)
        else:
            say(WAITING)

    return tell


def progress(options: argparse.Namespace) -> ProgressBar | ProgressLines:
    """Return how progress is shown: lines for a program, a bar for people, nothing beside an answer in JSON."""
    return ProgressLines() if getattr(options, "voortgang", False) else ProgressBar(hidden=options.json)


def file_lines(outcome: Any) -> list[str]:
    """Return what to tell of each file: counts, messages and the first faults."""
    lines = []
    for file in outcome.files:
        if file.report is None or file.status == "geweigerd" or file.wacht_op_bouw:
            lines.append(f"{file.bestand}: {file.status}. {file.boodschap}".rstrip())
        if file.report is None or file.status == "geweigerd":
            continue
        tally = file.geteld
        lines.append(
            f"{file.bestand}: {tally.bron} ({tally.vak}): {counted(tally.gelezen, 'rij', 'rijen')} gelezen, "
            f"{number_text(tally.aanvaard)} aanvaard, "
            f"{number_text(tally.quarantaine)} in quarantaine{beside(tally.buiten)}."
        )
        lines += [f"  Let op: {melding.sentence}" for melding in file.report.meldingen]
        faults = file.faults.head(MOST_FAULTS_SHOWN).to_dicts()
        lines += [f"  {_fault_line(fault)}" for fault in faults]
        more = file.faults.height - len(faults)
        if more > 0:
            lines.append(f"  … en nog {counted(more, 'fout', 'fouten')}.")
    return lines


def beside(outside: int | None) -> str:
    """Return what to tell of rows of a file that belong to others: they are not among those read."""
    return f"; {counted(outside, 'rij', 'rijen')} van anderen erbuiten gelaten" if outside else ""


def status_words(row: dict[str, Any]) -> str:
    """Return the status of a delivery in words: of one of which a part was replaced, which part."""
    parts = row.get("vervangen_delen")
    return f"deels vervangen ({parts})" if parts else str(row["status"])


def counts(row: dict[str, Any]) -> str:
    """Return the rows of a delivery in words; where nobody counted them, it says so."""
    if row["gelezen"] is None:
        return "aantal rijen niet bekend"
    return (
        f"{number_text(row['gelezen'])} gelezen, {number_text(row['aanvaard'])} aanvaard, "
        f"{number_text(row['quarantaine'])} in quarantaine{beside(row['buiten'])}"
    )


def _fault_line(fault: dict[str, Any]) -> str:
    sheet = f"blad '{fault['blad']}', " if fault["blad"] else ""
    column = f", kolom '{fault['kolom']}'" if fault["kolom"] else ""
    value = f": '{fault['waarde']}'" if fault["waarde"] is not None else ":"
    return f"{sheet}rij {fault['rij']}{column}{value} {fault['reden']}"


def build_lines(outcome: Any, *, with_models: bool = False) -> list[str]:
    """Return what to tell of a build: published or not, and how long it took; `with_models` also of each model."""
    from pipelines.corrections import sentences

    if outcome.failure:
        return [
            f"De bouw is niet gepubliceerd: {outcome.failure}",
            "De gepubliceerde versie blijft wat ze was.",
        ]
    if outcome.published is None:
        return ["De gepubliceerde versie blijft wat ze was."]
    lines = [f"Versie {outcome.built.number} is gepubliceerd: {outcome.published.name}."]
    lines += [f"LET OP: {sentence}" for sentence in sentences(outcome.built.corrections)]
    slowest = sorted(outcome.built.models, key=lambda model: -model.seconden)
    total = sum(model.seconden for model in slowest)
    lines.append(f"  {counted(len(slowest), 'model', 'modellen')} gebouwd in {number_text(round(total, 1))} s.")
    lines += [
        f"  {model.model}: {counted(model.rijen, 'rij', 'rijen')}, {number_text(round(model.seconden, 2))} s"
        for model in (slowest if with_models else [])
    ]
    lines += [
        f"Let op: '{row['bestand']}' ({row['bron']}), eerder geladen, telt niet meer mee: {row['boodschap']}"
        for row in outcome.no_longer_counting
    ]
    return lines


#: Of a version that an earlier release of the program built, and that lacks what a main figure is made of.
NOT_COMPARED = (
    "De hoofdcijfers zijn niet vergeleken: een van beide versies is gebouwd met een vroegere versie van het programma."
)


def changes(before: Path | None, published: Path | None) -> tuple[dict[str, Any], list[str]]:
    """Return what a new version changed in the main figures, for a program and in lines; of no version, nothing."""
    from pipelines import main_figures
    from warehouse.queries.fetch import MissingTableError

    nothing: dict[str, Any] = {"hoofdcijfers": [], "verdwenen": []}
    if published is None:
        return nothing, []
    try:
        figures = main_figures.compared_figures(before, published)
        gone = main_figures.what_went(before, published)
    except MissingTableError:
        return nothing, [NOT_COMPARED]
    lines = [*(f"LET OP: {sentence}" for sentence in gone), *figure_lines(figures)]
    return {"hoofdcijfers": figures, "verdwenen": gone}, lines


def figure_lines(figures: list[dict[str, Any]]) -> list[str]:
    """Return a line per main figure that a build changed."""
    return [
        f"  {figure['naam']} ({figure['schooljaar']}): {_figure(figure, 'voor')} wordt {_figure(figure, 'na')}"
        for figure in figures
        if figure["voor"] != figure["na"]
    ]


def _figure(figure: dict[str, Any], moment: str) -> str:
    value = figure[moment]
    if value is None:
        return "geen cijfer"
    return f"{value:.0f}" if figure["eenheid"] == "aantal" else f"{100 * value:.1f} %".replace(".", ",")


def outcome_json(outcome: Any) -> dict[str, Any]:
    """Return the outcome of a load, build or check for a program."""
    from pipelines.corrections import sentences

    return {
        "code": outcome.exit_code,
        "versie": outcome.built.number if outcome.published else None,
        "warehouse": str(outcome.published.resolve()) if outcome.published else None,
        "fout": outcome.failure or None,
        "bestanden": [{**file_json(file), "fouten": file.faults.to_dicts()} for file in outcome.files],
        "correcties": sentences(outcome.built.corrections) if outcome.built else [],
        "telt_niet_meer_mee": [row["bestand"] for row in outcome.no_longer_counting],
        "modellen": [vars(model) for model in outcome.built.models] if outcome.built else [],
    }


def file_json(file: Any) -> dict[str, Any]:
    """Return what became of one file, without its faults; its rows are None where this command counted none."""
    tally = file.geteld
    return {
        "bestand": file.bestand,
        "levering": file.receipt.levering if file.receipt else None,
        "status": file.status,
        "boodschap": file.boodschap,
        "wacht_op_bouw": file.wacht_op_bouw,
        "telt_mee": file.telt_mee,
        "bron": tally.bron or None,
        "vak": tally.vak or None,
        "gelezen": tally.gelezen,
        "aanvaard": tally.aanvaard,
        "quarantaine": tally.quarantaine,
        "buiten": tally.buiten,
        "meldingen": [melding.sentence for melding in file.report.meldingen] if file.report else [],
    }
