"""The published version: what it holds, and going back to an earlier one."""

import argparse
import datetime as dt
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pipelines.commands.answers import FAILED, answer, changes, counts, say, status_words, waiting
from warehouse import versions

if TYPE_CHECKING:
    from pipelines.archive import Receipt


def show_status(options: argparse.Namespace) -> int:
    """Print the published version and its deliveries."""
    from pipelines.archive import Archive
    from pipelines.corrections import sentences
    from pipelines.pseudonym import load_key
    from warehouse.meta import read_corrections, read_deliveries, read_status

    folder = versions.data_folder()
    current = versions.published(folder)
    if current is None:
        answer(
            options,
            {"warehouse": None, "versie": None, "peildatum": None, "leveringen": []},
            ["Er is nog niets gepubliceerd. Laad eerst leveringen: sterrenwacht laad PAD"],
        )
        return 0
    status = read_status(current)
    key = load_key(folder)
    known = {row["levering"] for row in read_deliveries(current)}
    # Refused after the published version was built: the archive knows, the version does not.
    later = [receipt for receipt in Archive(folder).refused() if receipt.levering not in known]
    status["leveringen"] += [_refused_row(receipt, key) for receipt in later]
    status["correcties"] = sentences(read_corrections(current))
    lines = [f"Versie {status['versie']}, peildatum {status['peildatum']}", f"  {status['warehouse']}"]
    lines += [f"LET OP: {sentence}" for sentence in status["correcties"]]
    lines += [f"  {row['bestand']}: {_about(row)}, {counts(row)}, {status_words(row)}" for row in status["leveringen"]]
    answer(options, status, lines)
    return 0


def _about(row: dict[str, Any]) -> str:
    part = f" ({row['vak']})" if row["vak"] else ""
    return f"{row['bron'] or 'bron niet herkend'}{part}"


def _refused_row(receipt: "Receipt", key: bytes) -> dict[str, Any]:
    from pipelines.intake import shown_name
    from pipelines.tally import Tally

    tally = (receipt.geteld or Tally()).refused()
    return {
        "bron": tally.bron,
        "vak": tally.vak,
        "bestand": shown_name(receipt.bestand, tally.bron, key),
        "gelezen": tally.gelezen,
        "aanvaard": tally.aanvaard,
        "quarantaine": tally.quarantaine,
        "buiten": tally.buiten,
        "status": "geweigerd",
        "vervangen_delen": None,
        "boodschap": receipt.boodschap,
    }


def go_back(options: argparse.Namespace) -> int:
    """Publish an earlier version again."""
    from pipelines.journal import WENT_BACK, Deed, record
    from pipelines.load import only_one
    from warehouse.meta import read_status

    folder = versions.data_folder()
    with only_one(folder, waiting(options)):
        files = versions.version_files(folder)
        current = versions.published(folder)
        earlier = [number for number, path in files.items() if current and path.name < current.name]
        wanted = options.versie if options.versie is not None else (earlier[-1] if earlier else None)
        if wanted is None or wanted not in files:
            there = ", ".join(str(number) for number in files) or "geen"
            say(f"Deze versie is er niet. Bewaarde versies: {there}.")
            return FAILED
        peildatum = dt.date.fromisoformat(read_status(files[wanted])["peildatum"])
        left = versions.number_of(current) if current else None
        deed = Deed(WENT_BACK, options.door, f"van versie {left} naar versie {wanted}" if left is not None else "")
        record(folder, deed, wanted, peildatum)
        versions.point_at(folder, files[wanted])
    changed, change_lines = changes(current, files[wanted])
    answer(
        options,
        {"versie": wanted, "warehouse": str(files[wanted].resolve()), **changed},
        [f"Versie {wanted} is weer gepubliceerd.", *change_lines],
    )
    return 0


def show_events(options: argparse.Namespace) -> int:
    """Print who loaded, built, went back, withdrew or corrected, the last first."""
    from pipelines.journal import events

    found = events(versions.data_folder())
    lines = [
        f"{event.op[:16].replace('T', ' ')} {event.soort}"
        + (f" door {event.door}" if event.door else "")
        + (f": {event.wat}" if event.wat else "")
        + (f" (versie {event.versie}, peildatum {event.peildatum})" if event.versie else "")
        + ("" if event.is_gepubliceerd else ", niet gepubliceerd")
        for event in found
    ] or ["Er is nog niets gebeurd."]
    answer(options, {"gebeurtenissen": [asdict(event) for event in found]}, lines)
    return 0
