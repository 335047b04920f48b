"""Corrections of the data owner: the list with their state, one more, one less."""

import argparse
import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pipelines.commands.answers import MISUSED, answer, say, waiting
from pipelines.faults import LeveringFout, noted
from warehouse import versions

if TYPE_CHECKING:
    from pipelines.corrections import Declared

#: For a page, which has a button for it, and for who types commands.
FROM_BUILD, AFTER_BUILD = "vanaf de volgende bouw.", "na: sterrenwacht bouw"
#: Where writing down who did it did not succeed.
ADDED = f"De correctie zelf is wel genoteerd en geldt {FROM_BUILD}"
ENDED = f"De correctie zelf is wel verwijderd; dat geldt {FROM_BUILD}"


def show(options: argparse.Namespace) -> int:
    """Print the corrections with their number and what became of each in the published version."""
    from pipelines.correctable import tables, tables_without_key
    from pipelines.corrections import FILE, read_declared
    from pipelines.journal import CORRECTED, ENDED_CORRECTION, events
    from warehouse.meta import read_corrections

    folder = versions.data_folder()
    current = versions.published(folder)
    built = {
        (row["tabel"], row["sleutel"], row["kolom"], row["verwacht"], row["waarde"]): row["status"]
        for row in (read_corrections(current) if current else [])
    }
    declared = read_declared(folder)
    said = {one.mark: (one.tabel, one.shown_key, one.kolom, one.verwacht, one.waarde) for one in declared}
    rows = [
        {
            "nummer": number,
            "kenmerk": one.mark,
            "bron": one.bron,
            "tabel": one.tabel,
            "sleutel": dict(one.sleutel),
            "kolom": one.kolom,
            "verwacht": one.verwacht,
            "waarde": one.waarde,
            "reden": one.reden,
            "door": one.door,
            "tot": one.tot,
            "status": built.get(said[one.mark], "nog niet gebouwd"),
        }
        for number, one in enumerate(declared, start=1)
    ]
    lines = [
        f"{row['nummer']}. {row['tabel']} ({_key_words(row['sleutel'])}): '{row['kolom']}' "
        f"van '{row['verwacht']}' naar '{row['waarde']}', {row['status']} ({row['reden']})"
        for row in rows
    ] or [f"Er zijn geen correcties. Ze staan in {folder / FILE}."]
    done = [asdict(event) for event in events(folder) if event.soort in (CORRECTED, ENDED_CORRECTION)]
    waits = set(said.values()) != set(built)
    data = {"bestand": str(folder / FILE), "correcties": rows, "wacht_op_bouw": waits, "gebeurtenissen": done}
    answer(options, data | {"tabellen": tables(), "zonder_sleutel": tables_without_key()}, lines)
    return 0


def _key_words(key: Mapping[str, str]) -> str:
    """Return the key of a row as people write it: 'schooljaar 2025-2026, instellingsnummer 000216'."""
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in key.items())


def add(options: argparse.Namespace) -> int:
    """Declare one more correction; it holds from the next build on."""
    from pipelines.corrections import add as add_correction
    from pipelines.journal import CORRECTED, Deed, record
    from pipelines.load import only_one

    key = dict(part.split("=", 1) for part in options.sleutel if "=" in part)
    if len(key) != len(options.sleutel):
        say("Schrijf de sleutel als KOLOM=WAARDE, zoals schooljaar=2025-2026.")
        return MISUSED
    entry = {name: getattr(options, name) for name in ("tabel", "kolom", "verwacht", "waarde", "reden", "door")}
    if options.tot:
        if options.tot < dt.date.today():
            raise LeveringFout("correctie", f"{options.tot:%d/%m/%Y} is voorbij: zo'n correctie wijzigt niets.")
        entry["tot"] = options.tot
    folder = versions.data_folder()
    with only_one(folder, waiting(options)):
        declared = add_correction(folder, {**entry, "sleutel": key})
        with noted(ADDED):
            record(folder, Deed(CORRECTED, options.door, declared.described))
    text = f"Correctie van {declared.tabel} ({declared.shown_key}) genoteerd. Ze geldt"
    answer(options, _told(declared) | {"boodschap": f"{text} {FROM_BUILD}"}, [f"{text} {AFTER_BUILD}"])
    return 0


def remove(options: argparse.Namespace) -> int:
    """Take one correction away; the source's value counts from the next build on."""
    from pipelines.corrections import remove as remove_correction
    from pipelines.journal import ENDED_CORRECTION, Deed, record
    from pipelines.load import only_one

    folder = versions.data_folder()
    with only_one(folder, waiting(options)):
        removed = remove_correction(folder, options.correctie)
        with noted(ENDED):
            record(folder, Deed(ENDED_CORRECTION, options.door, removed.described))
    text = f"Correctie van {removed.tabel} ({removed.shown_key}) verwijderd. Dat geldt"
    answer(options, _told(removed) | {"boodschap": f"{text} {FROM_BUILD}"}, [f"{text} {AFTER_BUILD}"])
    return 0


def _told(one: "Declared") -> dict[str, Any]:
    return {"tabel": one.tabel, "sleutel": dict(one.sleutel), "kolom": one.kolom, "kenmerk": one.mark}
