"""One instelling: who it is, its place, and the essentials in sentences."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard import data, format, theme
from dashboard.components.key_figures import KeyFigure
from dashboard.figures import instelling_sentences as sentences
from dashboard.figures.comparison import change_text, now_and_before, since_year
from dashboard.filters import Filter
from warehouse.settings import load_settings

NOTHING = ""
SOURCES = (
    "instellingen, outputdossier, Vlaamse toetsen, doorlichtingen, verslagtool, inschrijvingsdatabank, "
    "procesindicatoren"
)
_TRAP_MEANING = "Verplicht: advies 2A of 2B, of een negatieve uitspraak over GOK of LLB. Verhoogd: advies 1B."
_SCORE_MEANING = "Som van wat de vier criteria bijdragen, van 0 tot 1. Een criterium zonder gegevens telt niet als nul."
#: The onderwijsniveaus whose pupils make up an OKI, and those that have no pupils of their own.
_WITH_OKI = frozenset({"BaO", "BuBaO", "SO", "BuSO"})
_WITHOUT_PUPILS = frozenset({"CLB", "LSC"})
_NO_DIFFERENCE = "Geen enkel signaal wijkt duidelijk of mogelijk af van waarmee het vergeleken wordt."
_NO_COMPARISON = (
    "Geen enkel signaal kan vergeleken worden: de cijfers bestaan hier niet, ontbreken, zijn beschermd of gaan over "
    "te weinig leerlingen."
)


#: The parts of the page, in tabs; the address keeps the open one.
PARTS = ("Achter de score", "Vergelijkbare scholen", "Verloop en steun", "Procesindicatoren", "Dialoog")


@dataclass(frozen=True)
class Summary:
    """The essentials in sentences: what holds, what is less favourable than elsewhere, what is more so.

    `remark` says why neither list has anything; None where one has.
    """

    facts: tuple[str, ...]
    worse: tuple[str, ...]
    better: tuple[str, ...]
    remark: str | None


@data.derived
def institution_filter(choices: pl.DataFrame) -> Filter:
    """Return the search box over all instellingen, by name, number and gemeente; nothing chosen at first."""
    options = {NOTHING: "Kies een instelling"} | {
        row["instellingsnummer"]: _label(row) for row in choices.iter_rows(named=True)
    }
    return Filter("instelling", "Instelling", options, NOTHING)


@data.derived
def successor(choices: pl.DataFrame, number: str) -> tuple[str, str] | None:
    """Return (instellingsnummer, label) of the instelling that carries this one on, or None."""
    found = choices.filter(pl.col("instellingsnummer") == number)
    follower = choices.filter(pl.col("instellingsnummer").is_in(found["opgevolgd_door"].drop_nulls().implode()))
    if follower.is_empty():
        return None
    row = follower.row(0, named=True)
    return row["instellingsnummer"], _label(row)


def shown_year(profile: pl.DataFrame) -> str:
    """Return the schooljaar that the page shows: of an instelling that is gone the last one of its own."""
    return str(profile["schooljaar"][0])


def gone_notice(profile: pl.DataFrame, schooljaar: str) -> str | None:
    """Return the sentence that says that the instelling was gone before the chosen schooljaar, or None."""
    last = shown_year(profile)
    if last == schooljaar:
        return None
    return f"Deze instelling staat niet op de lijst van {schooljaar}. Getoond wordt haar laatste schooljaar: {last}."


@data.derived
def identity(profile: pl.DataFrame, predecessors: pl.DataFrame) -> str:
    """Return who the instelling is, in a few lines of Markdown."""
    row = profile.row(0, named=True)
    belongs = [f"{row['scholengroep_nummer']} · {row['scholengroep']}", row["scholengemeenschap"]]
    groups = format.without_markup(" · ".join(name for name in belongs if name))
    place = format.without_markup(row["gemeente"] or "gemeente onbekend")
    lines = [
        f"## {format.without_markup(row['naam'])}",
        f"**{row['onderwijsniveau']}** in {place} · "
        f"instellingsnummer {row['instellingsnummer']} · scholengroep {groups}",
        f"Toestand in {row['schooljaar']}: {_pupils(row)}, "
        f"{_counted(row['aantal_personeelsleden'], 'personeelslid', 'personeelsleden')} "
        f"({format.number(row['aantal_vte'], 2)} VTE), "
        f"{_counted(row['aantal_vestigingen'], 'vestigingsplaats', 'vestigingsplaatsen')}",
    ]
    if predecessors.height:
        names = ", ".join(
            f"{format.without_markup(item['naam'])} ({item['instellingsnummer']}, tot {item['laatste_schooljaar']})"
            for item in predecessors.iter_rows(named=True)
        )
        lines.append(f"Zet de geschiedenis voort van: {names}")
    return "  \n".join([lines[0] + "\n", *lines[1:]])


@data.derived
def key_figures(
    profile: pl.DataFrame, standing: pl.DataFrame, criteria: pl.DataFrame, schooljaar: str
) -> list[KeyFigure]:
    """Return the place in the ranking, the trap, the score, the support and the pupils' OKI."""
    who = profile.row(0, named=True)
    now, before = now_and_before(standing.filter(pl.col("schooljaar") <= schooljaar))
    if now["schooljaar"] != schooljaar:
        now, before = {}, now
    return [
        _place(now),
        KeyFigure("Trap", _ranked(now, "trap"), _advice(now), definition=_TRAP_MEANING),
        KeyFigure("Score", _score(now), _contributions(now, _without_score(criteria)), definition=_SCORE_MEANING),
        KeyFigure(
            "Dagdelen ondersteuning",
            format.dagdelen(now["dagdelen_ondersteuning"]) if now else format.NOT_APPLICABLE,
            _support_detail(now, before, schooljaar),
            definition="Dagdelen van alle interventies in het schooljaar.",
        ),
        KeyFigure(
            "OKI",
            format.number(who["oki"], 2, missing=_unless(who, _WITH_OKI)),
            f"{who['oki_klasse']}, cijfer van {who['oki_schooljaar']}" if who["oki_klasse"] else None,
            definition="Onderwijskansarmoede-indicator: vier leerlingenkenmerken opgeteld, van 0 tot 4.",
        ),
    ]


@data.derived
def summary(
    standing: pl.DataFrame,
    criteria: pl.DataFrame,
    indicators: pl.DataFrame,
    inspections: pl.DataFrame,
    follow_up: pl.DataFrame,
    schooljaar: str,
) -> Summary:
    """Return the essentials of one schooljaar by the published rules; the settings hold the limits."""
    settings = load_settings()
    limits = settings["zinnen"]
    of_year = standing.filter(pl.col("schooljaar") == schooljaar)
    if of_year.is_empty():
        facts: list[str | None] = [f"Deze instelling is in {schooljaar} niet gerangschikt."]
    else:
        now = of_year.row(0, named=True)
        facts = [
            sentences.trap(now["trap"], is_inspected=now["score_doorlichting"] is not None),
            sentences.place(now, now["aantal_gerangschikt"], settings["noden"]["top_n"]),
            sentences.change(now),
            _inspection_sentence(now, inspections),
            _next_term(now, follow_up),
            sentences.support(now["dagdelen_ondersteuning"], schooljaar),
            sentences.missing(_without_score(criteria), is_scored=now["score"] is not None),
        ]
    rows = indicators.rows(named=True)
    worse, better = sentences.signals(rows, schooljaar, limits)
    can_compare = any(sentences.signal(row, schooljaar, limits) for row in rows)
    remark = None if worse or better else _NO_DIFFERENCE if can_compare else _NO_COMPARISON
    return Summary(tuple(fact for fact in facts if fact), tuple(worse), tuple(better), remark)


def rules() -> list[str]:
    """Return the rules of the sentences in words, with the limits of the settings."""
    return sentences.rules(load_settings()["zinnen"])


@data.derived
def ranking_link(profile: pl.DataFrame) -> tuple[str, str]:
    """Return (scholengroep_nummer, label) of the link to the needs of the whole scholengroep."""
    row = profile.row(0, named=True)
    return row["scholengroep_nummer"], f"Noden van scholengroep {row['scholengroep_nummer']} · {row['scholengroep']}"


def _without_score(criteria: pl.DataFrame) -> list[tuple[str, str | None]]:
    """Return (criterium, reason) of the criteria without a score, in order of importance."""
    reasons = dict(criteria.filter(pl.col("score").is_null()).select("criterium", "reden").iter_rows())
    return [(code, reasons[code]) for code in theme.CRITERIUM if code in reasons]


def _inspection_sentence(now: dict[str, Any], inspections: pl.DataFrame) -> str | None:
    """Return the advice of the schooljaar, with the date of its report where it is the one in force now."""
    if now["advies"] is None:
        return "Voor deze instelling is nog geen doorlichting geleverd." if inspections.is_empty() else None
    rulings = {"GOK": now["is_gok_negatief"], "leerlingenbegeleiding": now["is_llb_negatief"]}
    in_force = inspections.filter(pl.col("is_van_kracht") & (pl.col("advies") == now["advies"]))
    report = in_force["datum_verslag"][0] if now["is_lopend"] and in_force.height else None
    return sentences.advice(now["advies"], report, [name for name, is_negative in rulings.items() if is_negative])


def _next_term(now: dict[str, Any], follow_up: pl.DataFrame) -> str | None:
    """Return the nearest open term; terms are those of the peildatum, so only the running schooljaar has one."""
    open_terms = follow_up.filter(pl.col("deadline").is_not_null()).sort("deadline")
    if not now["is_lopend"] or open_terms.is_empty():
        return None
    row = open_terms.row(0, named=True)
    return sentences.deadline(row["deadline_soort"], row["deadline"], row["is_te_laat"])


def _label(row: dict[str, Any]) -> str:
    place = f", {row['gemeente']}" if row["gemeente"] else ""
    return f"{row['naam']} ({row['instellingsnummer']}{place})"


def _counted(value: int | None, one: str, more: str) -> str:
    if value is None:
        return f"aantal {more} {format.MISSING}"
    return format.counted(value, one, more)


def _pupils(row: dict[str, Any]) -> str:
    if row["aantal_leerlingen"] is None and row["onderwijsniveau"] in _WITHOUT_PUPILS:
        return f"leerlingen {format.NOT_APPLICABLE}"
    return _counted(row["aantal_leerlingen"], "leerling", "leerlingen")


def _unless(who: dict[str, Any], niveaus: frozenset[str]) -> str:
    """Return the word for a missing value: it is missing only where the niveau should have it."""
    return format.MISSING if who["onderwijsniveau"] in niveaus else format.NOT_APPLICABLE


def _ranked(now: dict[str, Any], column: str) -> str:
    if not now:
        return format.NOT_APPLICABLE
    return format.MISSING if now[column] is None else str(now[column])


def _place(now: dict[str, Any]) -> KeyFigure:
    if not now:
        return KeyFigure("Plaats in de rangschikking", format.NOT_APPLICABLE, "niet gerangschikt in dit schooljaar")
    top = load_settings()["noden"]["top_n"]
    if now["is_in_groepen"]:
        if now["klasse"] is None and now["reden"] is None:
            return KeyFigure(f"Bij de {top} grootste noden", format.NOT_APPLICABLE, "daar hoort (bijna) iedereen bij")
        alone = "enkel volgens metingen; " if now["trap"] is None and now["klasse"] else ""
        return KeyFigure(f"Bij de {top} grootste noden", _class(now), f"{alone}gelezen in groepen, zonder plaats")
    low, high, earlier = now["rang_p05"], now["rang_p95"], now["rang_vorig"]
    words = [f"bij de {top} grootste noden: {now['klasse']}"] if now["klasse"] else []
    if words and now["trap"] is None:
        words = [f"{words[0]}, enkel volgens metingen"]
    if low is not None and high is not None:
        words.append(f"90 %-interval: {low:.0f}" if low == high else f"90 %-interval: {low:.0f} tot {high:.0f}")
    if earlier is not None:
        words.append(f"vorig schooljaar plaats {earlier}")
    value = f"{now['rang']} van {now['aantal_gerangschikt']}"
    return KeyFigure(
        "Plaats in de rangschikking",
        value,
        "; ".join(words) or None,
        definition="Plaats 1 heeft de grootste nood, binnen het hele netwerk.",
    )


def _class(now: dict[str, Any]) -> str:
    return now["klasse"] or format.reason(now["reden"])


def _score(now: dict[str, Any]) -> str:
    return format.number(now["score"], 2, missing=format.reason(now["reden"])) if now else format.NOT_APPLICABLE


def _contributions(now: dict[str, Any], without: list[tuple[str, str | None]]) -> str | None:
    """Return what each criterion contributes to the score; one without a score says why.

    It is estimated then, unless there is no score: nothing that counts is known of the onderwijsniveau.
    """
    if not now:
        return None
    reasons = dict(without)
    estimated = " (geschat)" if now["score"] is not None else ""
    words = [
        f"{name} {format.reason(reasons[name])}{estimated}"
        if name in reasons
        else f"{name} {format.number(now[f'bijdrage_{name}'], 2, missing=format.NOT_APPLICABLE)}"
        for name in theme.CRITERIUM
    ]
    return ", ".join(words)


def _support_detail(now: dict[str, Any], before: dict[str, Any], schooljaar: str) -> str:
    spent = "dagdelen_ondersteuning"
    if now and now[spent] is None:
        return f"geen interventies geleverd van {schooljaar}"
    change = change_text(now[spent], before[spent], since_year(now, before), decimals=1) if now else None
    return change or f"in {schooljaar}"


def _advice(now: dict[str, Any]) -> str | None:
    if not now or now["advies"] is None:
        return None
    rulings = [
        name
        for name, column in (("GOK negatief", "is_gok_negatief"), ("LLB negatief", "is_llb_negatief"))
        if now[column]
    ]
    return ", ".join([f"advies {now['advies']}", *rulings])
