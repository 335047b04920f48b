"""Leveringen: what came in, what is kept, what was corrected, as the command line answers it."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import polars as pl

from dashboard import format
from dashboard.filters import ALL, Filter
from dashboard.tables import Column, Kind, Table

#: The parts of the page, in order; they stand in its address.
NEW, REPORT, HISTORY, VERSIONS = "Nieuwe levering", "Verslag (PDF)", "Geschiedenis", "Versies"
CORRECTIONS = "Correcties"
PARTS = (NEW, REPORT, HISTORY, VERSIONS, CORRECTIONS)

SOURCE = "archief van de leveringen"
HISTORY_NOTE = (
    "Een rij per levering, de nieuwste eerst. Wat meetelt, is geteld zoals de getoonde versie het beoordeelt; wat niet "
    "meetelt, zoals toen het binnenkwam. Gelezen rijen zijn altijd de aanvaarde plus die in quarantaine; rijen "
    "van anderen in hetzelfde bestand (een ander net) horen er niet bij en staan apart. Namen staan niet in de "
    "download."
)
EVENTS_NOTE = (
    "Wie laadde, bouwde, naar een versie terugkeerde, introk, herstelde of corrigeerde, en welke versie dat gaf. Namen "
    "staan niet in de download."
)
NO_EVENTS = "Er is nog niets bijgehouden."
NO_HISTORY = "Er is nog niets geleverd. Sleep bestanden naar het deel „Nieuwe levering”."
NOTHING_FOUND = "Geen levering met deze bron en status. Kies een ruimere filter."
NO_VERSIONS = "Er is nog geen versie gebouwd. Laad eerst een levering."
VERSIONS_NOTE = "Elke bouw geeft een nieuwe versie. De laatste blijven bewaard; oudere worden opgeruimd."
NO_CORRECTIONS = "Er zijn geen correcties aangegeven."
CORRECTIONS_WORDS = (
    "Een correctie vervangt één waarde van een leverancier, met een reden en een einddatum. Ze geldt zolang de "
    "leverancier de oude waarde levert: is de bron hersteld, dan staat dat in de kolom *Toestand* en "
    "mag de correctie weg."
)
CORRECTIONS_NOTE = (
    "De oude waarde is die van de leverancier: geeft die iets anders, dan telt de bron. De download noemt geen namen."
)

STAFF_QUARANTINE = (
    "**Quarantainebestand van {name}**: deze levering gaat over het eigen personeel, dus het bestand is er enkel voor "
    "HR en niet op het scherm. Wie de server beheert, maakt het voor HR met `sterrenwacht quarantaine {number} --naar "
    "BESTAND.xlsx`."
)
WITHDRAW_WORDS = (
    "Een ingetrokken levering telt niet meer mee: er wordt een nieuwe versie gebouwd zonder haar rijen. Verving ze een "
    "eerdere levering, dan telt die weer. Het bestand blijft in het archief, dus intrekken kan ongedaan gemaakt worden."
)
RESTORE_WORDS = "Herstellen maakt het intrekken ongedaan: de levering telt weer mee in een nieuwe versie."
BACK_WORDS = (
    "Terugkeren toont iedereen meteen de cijfers van een vroegere versie. De leveringen van daarna blijven in het "
    "archief: wie opnieuw laadt of bouwt, ziet ze weer. Zit de fout in een levering, trek die dan in bij "
    "„Geschiedenis”."
)
REBUILD_WORDS = (
    "Opnieuw bouwen maakt een nieuwe versie uit het archief, zoals het op de gekozen dag stond: wat later kwam, telt "
    "niet mee. **Iedereen ziet dan die stand**, tot er opnieuw gebouwd of geladen wordt. Laat de datum van vandaag "
    "staan om terug te keren naar de laatste stand."
)
WHO_WORDS = "Zonder aanmelden vult wie iets wijzigt één keer een naam in. Ze staat in de geschiedenis."
WHO_LABEL = "Naam van wie laadt, intrekt of terugkeert"
LONGEST_NAME, LONGEST_REASON = 100, 500

OTHER_ENDED = "Wat die opdracht deed, staat in het deel „Geschiedenis”."
NO_NAME = "Vul eerst bovenaan een naam in."
NO_REASON = "Vul een reden in: wie later naar deze levering kijkt, wil weten waarom ze niet meetelt."
WRONG_DAY = "Schrijf de datum als dag/maand/jaar, bijvoorbeeld 31/10/2026."
NO_SUCH_DAY = "Die dag bestaat niet: kijk dag en maand na."
DAY_TO_COME = "Die dag moet nog komen. Kies vandaag of een dag ervoor."

#: Status of a delivery that counts, but for a part that a newer one replaced.
PARTLY_REPLACED = "deels vervangen"
#: Status as the command line writes it -> as a reader sees it.
STATUSES = {
    "actief": "telt mee",
    PARTLY_REPLACED: "deels vervangen",
    "vervangen": "vervangen door een nieuwere",
    "geweigerd": "geweigerd",
    "ingetrokken": "ingetrokken",
    "niet in deze versie": "niet in deze versie",
}

#: States in which a correction needs nobody.
_AS_MEANT = {"toegepast", "nog niet gebouwd"}

_HISTORY = pl.Schema(
    {
        "levering": pl.String(), "bron": pl.String(), "vak": pl.String(), "bestand": pl.String(),
        "ontvangen_op": pl.String(), "door": pl.String(), "gelezen": pl.Int64(), "aanvaard": pl.Int64(),
        "quarantaine": pl.Int64(), "buiten": pl.Int64(), "status": pl.String(), "boodschap": pl.String(),
        "vervangen_delen": pl.String(),
        "ingetrokken_op": pl.String(), "ingetrokken_door": pl.String(), "reden": pl.String(),
    }
)  # fmt: skip


def history(answer: Mapping[str, Any]) -> pl.DataFrame:
    """Return every receipt of `leveringen --json`, newest first; moments as datetimes, sources with spaces.

    The status is that of the command line, and `PARTLY_REPLACED` where only a part of the delivery counts.
    """
    rows = [{name: row.get(name) for name in _HISTORY} for row in answer.get("leveringen", [])]
    frame = pl.DataFrame(rows, schema=_HISTORY)
    moments = [
        pl.Series(name, [moment(text) for text in frame[name]], dtype=pl.Datetime("us"))
        for name in ("ontvangen_op", "ingetrokken_op")
    ]
    status = pl.when(pl.col("vervangen_delen") != "").then(pl.lit(PARTLY_REPLACED)).otherwise(pl.col("status"))
    return frame.with_columns(
        *moments, status.alias("status"), pl.col("bron").map_elements(format.spelled, return_dtype=pl.String)
    ).sort("ontvangen_op", "levering", descending=True, nulls_last=True)


def moment(text: str | None) -> datetime | None:
    """Return the moment that a text in ISO form is, in the time of this machine; None for none."""
    if not text:
        return None
    found = datetime.fromisoformat(text)
    return found.astimezone().replace(tzinfo=None) if found.tzinfo else found


def source_filter(rows: pl.DataFrame) -> Filter:
    """Return the filter on bron: those that delivered, or all."""
    sources = sorted(rows["bron"].drop_nulls().unique().to_list(), key=str.casefold)
    options = {ALL: "Alle bronnen"} | {source: source for source in sources if source}
    return Filter("bron", "Bron", options, ALL)


def status_filter() -> Filter:
    """Return the filter on what became of a delivery."""
    options = {ALL: "Elke status"} | {code: text.capitalize() for code, text in STATUSES.items()}
    return Filter("status", "Status", options, ALL)


def chosen(rows: pl.DataFrame, source: str, status: str) -> pl.DataFrame:
    """Return the deliveries of one source and status; 'alle' leaves either open."""
    if source != ALL:
        rows = rows.filter(pl.col("bron") == source)
    return rows if status == ALL else rows.filter(pl.col("status") == status)


def history_table(rows: pl.DataFrame, *, with_names: bool) -> Table:
    """Return the history as a table; its downloads hold no names of people."""
    shown = rows.with_columns(
        _moment_text("ontvangen_op"),
        pl.col("status").replace(STATUSES),
        pl.col("bron", "vak", "door").replace("", None),
    )
    columns: list[tuple[str, str, Kind]] = [
        ("ontvangen_op", "Ontvangen", "tekst"),
        ("bron", "Bron", "tekst"),
        ("vak", "Deel", "tekst"),
        ("bestand", "Bestand", "tekst"),
        ("gelezen", "Gelezen", "geheel"),
        ("aanvaard", "Aanvaard", "geheel"),
        ("quarantaine", "In quarantaine", "geheel"),
        ("buiten", "Van anderen", "geheel"),
        ("status", "Status", "tekst"),
        ("door", "Door", "tekst"),
        ("levering", "Nummer", "tekst"),
    ]
    return _table(shown, [item for item in columns if with_names or item[0] != "door"], missing="niet bekend")


def delivery_names(rows: pl.DataFrame) -> dict[str, str]:
    """Return per delivery the line by which a person chooses it: 'lijst.csv · instellingen · … · 000003-1f2e3d4c'.

    What is in it never changes and no two are alike: the browser sends this line back, so a choice would be lost with
    the status in it.
    """
    return {
        row["levering"]: " · ".join(
            part
            for part in (row["bestand"], row["bron"], row["vak"], format.moment(row["ontvangen_op"]), row["levering"])
            if part
        )
        for row in rows.iter_rows(named=True)
    }


def delivery_facts(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what is known of one delivery, as label and text."""
    facts = [
        ("Bron", " · ".join(part for part in (row["bron"], row["vak"]) if part) or "niet herkend"),
        ("Ontvangen", format.moment(row["ontvangen_op"]) + (f" door {row['door']}" if row["door"] else "")),
        (
            "Rijen",
            f"gelezen: {_count(row['gelezen'])}; aanvaard: {_count(row['aanvaard'])}; "
            f"in quarantaine: {_count(row['quarantaine'])}; van anderen: {_count(row['buiten'])}",
        ),
        ("Status", STATUSES.get(row["status"], row["status"])),
    ]
    if row["vervangen_delen"]:
        facts.append(("Vervangen", f"{row['vervangen_delen']}; de rest telt mee"))
    if row["boodschap"]:
        facts.append(("Boodschap", row["boodschap"]))
    if row["ingetrokken_op"]:
        by = f" door {row['ingetrokken_door']}" if row["ingetrokken_door"] else ""
        facts.append(("Ingetrokken", f"{format.moment(row['ingetrokken_op'])}{by}: {row['reden'] or ''}"))
    return facts


def waits_for_build(row: Mapping[str, Any]) -> bool:
    """Whether a delivery counts from the next build on, and not in the published version."""
    return not row["ingetrokken_op"] and row["status"] in ("niet in deze versie", "ingetrokken")


def staff_quarantine(number: str, name: str) -> str:
    """Return, in Markdown, who makes the quarantine file of a delivery about the own staff, and how."""
    return STAFF_QUARANTINE.format(name=format.plain_markdown(name), number=number)


def events_table(answer: Mapping[str, Any], *, with_names: bool) -> Table:
    """Return who did what to the published version or to the corrections, newest first, with the version it gave."""
    rows = [
        {
            "op": format.moment(moment(row.get("op"))),
            "soort": str(row.get("soort") or "").capitalize(),
            "door": row.get("door") or "niet bekend",
            "wat": row.get("wat") or None,
            "versie": _version_text(row),
            "peildatum": _day_text(row.get("peildatum")),
        }
        for row in answer.get("gebeurtenissen", [])
    ]
    heads = {
        "op": "Wanneer", "soort": "Wat", "door": "Door", "wat": "Waarover", "versie": "Versie",
        "peildatum": "Peildatum",
    }  # fmt: skip
    frame = pl.DataFrame(rows, schema=dict.fromkeys(heads, pl.String))
    shown = [(name, head, "tekst") for name, head in heads.items() if with_names or name != "door"]
    return _table(frame, shown, missing="geen")  # type: ignore[arg-type]


def _version_text(row: Mapping[str, Any]) -> str | None:
    """Return the version that an event gave, and whether that was cut off before anybody could see it."""
    if not row.get("versie"):
        return None
    return str(row["versie"]) if row.get("is_gepubliceerd", True) else f"{row['versie']}, niet gepubliceerd"


def versions_table(rows: pl.DataFrame) -> Table:
    """Return the kept versions as a table: number, when built, the day they show, whether shown now."""
    return _table(
        rows.with_columns(_moment_text("gebouwd_op")),
        [
            ("versie", "Versie", "tekst"),
            ("gebouwd_op", "Gebouwd", "tekst"),
            ("peildatum", "Peildatum", "datum"),
            ("leveringen", "Leveringen", "geheel"),
            ("is_gepubliceerd", "Nu te zien", "janee"),
        ],
    )


def earlier_versions(rows: pl.DataFrame) -> dict[int, str]:
    """Return the kept versions that are not shown now, as number and words, newest first."""
    others = rows.filter(~pl.col("is_gepubliceerd"))
    return {
        row["versie"]: f"Versie {row['versie']}: gebouwd {format.moment(row['gebouwd_op'])}, "
        f"peildatum {format.date_short(row['peildatum'])}"
        for row in others.iter_rows(named=True)
    }


def corrections_table(answer: Mapping[str, Any], *, with_names: bool) -> Table:
    """Return the corrections of `correcties --json` as a table."""
    rows = [
        {
            "bron": format.spelled(row.get("bron")),
            "tabel": format.spelled(row.get("tabel")),
            "sleutel": key_text(row.get("sleutel")),
            "kolom": row.get("kolom"),
            "verwacht": _value_text(row.get("verwacht")),
            "waarde": _value_text(row.get("waarde")),
            "reden": row.get("reden"),
            "door": row.get("door"),
            "tot": _day_text(row.get("tot")),
            "toestand": row.get("status"),
        }
        for row in answer.get("correcties", [])
    ]
    # The state first: it says where somebody has to look, and the table is wider than the screen.
    heads = {
        "toestand": "Toestand", "tabel": "Tabel", "sleutel": "Sleutel", "kolom": "Kolom", "verwacht": "Oude waarde",
        "waarde": "Nieuwe waarde", "reden": "Reden", "tot": "Tot", "door": "Door", "bron": "Bron",
    }  # fmt: skip
    frame = pl.DataFrame(rows, schema=dict.fromkeys(heads, pl.String))
    shown = [(name, head, "tekst") for name, head in heads.items() if with_names or name != "door"]
    return _table(frame, shown, missing="niet ingevuld")  # type: ignore[arg-type]


def corrections_notice(answer: Mapping[str, Any]) -> str:
    """Return how many corrections did not do what they are for, so that somebody looks at them; nothing for none."""
    count = sum(row.get("status") not in _AS_MEANT for row in answer.get("correcties", []))
    if not count:
        return ""
    subject = format.counted(count, "correctie doet", "correcties doen")
    return f"{subject} niet (meer) wat bedoeld is: zie de kolom Toestand. Verwijder of herzie ze."


def key_text(key: object) -> str:
    """Return the key of a row in words: 'schooljaar 2025-2026, instellingsnummer 000216'."""
    if isinstance(key, Mapping):
        return ", ".join(f"{str(name).replace('_', ' ')} {value}" for name, value in key.items())
    if isinstance(key, Sequence) and not isinstance(key, str):
        return ", ".join(str(value) for value in key)
    return "" if key is None else str(key)


def typed_day(text: str) -> tuple[date | None, str]:
    """Return the day that was typed, as deliveries write it (d/m/jjjj, d-m-jjjj or ISO), or None and what is wrong."""
    typed = text.strip()
    for style in ("%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(typed, style).date(), ""
        except ValueError:
            continue
    looks_like_a_day = re.fullmatch(r"\d{1,2}([/-])\d{1,2}\1\d{4}|\d{4}-\d{1,2}-\d{1,2}", typed)
    return None, NO_SUCH_DAY if looks_like_a_day else WRONG_DAY


def day_problem(text: str, today: date) -> tuple[date | None, str]:
    """Return the day that was typed, or None with what is wrong with it: a peildatum is no day to come."""
    day, problem = typed_day(text)
    return (None, DAY_TO_COME) if day is not None and day > today else (day, problem)


def _count(count: int | None) -> str:
    return format.number(count, missing="niet bekend")


def _moment_text(name: str) -> pl.Expr:
    return pl.col(name).dt.strftime("%d/%m/%Y %H:%M")


def _day_text(value: object) -> str | None:
    try:
        return format.date_short(date.fromisoformat(str(value)))
    except ValueError:
        return None


def _value_text(value: object) -> str:
    return "leeg" if value in (None, "") else str(value)


def _table(frame: pl.DataFrame, columns: Sequence[tuple[str, str, Kind]], *, missing: str = format.MISSING) -> Table:
    return Table(frame, tuple(Column(*column) for column in columns), missing=missing)
