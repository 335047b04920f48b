"""Leveringen: the words and checks around adding and ending a correction; the command line judges the correction."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dashboard import commands, format
from dashboard.figures.leveringen import key_text, typed_day

WAITS = "Er zijn correcties toegevoegd of beëindigd sinds de laatste bouw. Ze gelden vanaf de volgende bouw of lading."
END_WORDS = "Wie een correctie beëindigt, laat vanaf de volgende bouw weer de waarde van de leverancier tellen."
NO_REASON = "Vul een reden in: wie later deze correctie ziet, wil weten waarom de waarde van de bron fout is."
DAY_OVER = "De laatste dag is voorbij: een correctie die niet meer geldt, wijzigt niets. Kies een dag die nog komt."
NO_KEY = "Vul in om welke rij het gaat: {names}."


def waits_for_build(answer: Mapping[str, Any]) -> bool:
    """Whether a correction was added or ended that the published version does not know of yet."""
    return bool(answer.get("wacht_op_bouw"))


def table_words(table: Mapping[str, Any]) -> str:
    """Return a table as it is chosen: its name in words and what it holds."""
    return f"{format.spelled(table['tabel'])}: {table['titel']}"


def key_label(part: Mapping[str, Any]) -> str:
    """Return the label of a part of the key; a person is pointed at by the pseudonym."""
    words = str(part["naam"]).replace("_", " ")
    words = f"{words[0].upper()}{words[1:]}"
    return f"{words} (het pseudoniem, niet de naam)" if part["is_persoon"] else words


def not_correctable(table: Mapping[str, Any], without_key: Sequence[str]) -> str:
    """Return which columns and tables cannot be corrected, and what to do instead."""
    columns = ", ".join(str(name).replace("_", " ") for name in table["niet_te_corrigeren"])
    words = (
        f"Niet te corrigeren: {columns}. Een sleutel zegt om welke rij het gaat en een persoonsgegeven wordt nooit "
        "bewaard zoals het geleverd is: laat de leverancier die verbeteren en laad het bestand opnieuw."
    )
    others = ", ".join(map(format.spelled, without_key))
    return f"{words} Tabellen zonder sleutel ({others}) hebben geen rij die aan te wijzen is." if others else words


def names(answer: Mapping[str, Any]) -> dict[str, str]:
    """Return per correction, by its mark, the line by which a person chooses it.

    Without its state, which a build changes: the browser sends this line back, and an unknown one is the first.
    """
    return {
        row["kenmerk"]: f"{row['tabel']} ({key_text(row['sleutel'])}), {row['kolom']}: "
        f"{row['verwacht'] or 'leeg'} wordt {row['waarde'] or 'leeg'}"
        for row in answer["correcties"]
    }


def arguments(
    table: Mapping[str, Any],
    key: Mapping[str, str],
    column: str,
    expected: str,
    value: str,
    reason: str,
    until: str,
    today: date,
) -> tuple[list[str], str]:
    """Return the command that declares a correction, or the sentence that says what is still missing."""
    needed = [part["naam"] for part in table["sleutel"] if not part["mag_leeg"]]
    missing = [name.replace("_", " ") for name in needed if not key[name].strip()]
    if missing:
        return [], NO_KEY.format(names=", ".join(missing))
    if not reason.strip():
        return [], NO_REASON
    last = []
    if until.strip():
        day, problem = typed_day(until)
        if day is None or day < today:
            return [], problem or DAY_OVER
        last = [commands.option("tot", day.isoformat())]
    pairs = [f"{name}={' '.join(text.split())}" for name, text in key.items()]
    told = {"kolom": column, "verwacht": expected, "waarde": value, "reden": reason}
    options = [commands.option(name, text) for name, text in told.items()]
    return ["corrigeer", str(table["tabel"]), "--sleutel", *pairs, *options, *last], ""
