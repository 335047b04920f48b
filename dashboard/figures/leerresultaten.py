"""Results of tests: what is chosen, its words, the key figures, and the list of institutions with a sentence each."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from dashboard import data, format
from dashboard.components.key_figures import KeyFigure
from dashboard.components.links import carried_filters, with_institution_address
from dashboard.figures.instelling_sentences import series_name
from dashboard.filters import ALL, Choice, Dependent, Filter, onderwijsniveau, scholengroep, schooljaar
from dashboard.tables import Kind, Table, table
from warehouse.queries import leerresultaten as queries
from warehouse.settings import load_settings

SOURCE = "Vlaamse toetsen en outputdossier (PBD 5.6.1)"
NOTES = (
    "Een gemiddelde van het netwerk of van een scholengroep weegt naar deelnemers. Vergelijkbare scholen: het "
    "gemiddelde dat met de toets geleverd is voor scholen met vergelijkbare leerlingen. Lager of hoger is "
    "**duidelijk** als dat gemiddelde buiten het 95 %-interval van de instelling ligt, **mogelijk** als het buiten het "
    "80 %-interval ligt; anders kan het verschil toeval zijn.",
    "Wat geleverd is als < 5 blijft beschermd. Een leeg resultaat ontbreekt: niet elke toets bestaat elk jaar, en een "
    "afwezige toets is geen slecht resultaat.",
)
_GRADES = {"4LO": "4de leerjaar", "6LO": "6de leerjaar", "2SO": "2de jaar SO", "6SO": "6de jaar SO"}
#: What the share of a test is a share of.
_MEANING = {
    "Koala": "in de groene zone",
    "OVSG": "juiste antwoorden",
    "Diataal": "op of boven het niveau",
}
LIST_NOTE = (
    "Wie het meest onder vergelijkbare scholen ligt, staat eerst. De verandering vergelijkt met het "
    "schooljaar ervoor, enkel waar de afnames vergeleken mogen worden."
)
NO_RESULTS = (
    "Voor deze keuze is er geen toets geleverd. Kies een ander schooljaar of onderwijsniveau; "
    "toetsen in het voorjaar verschijnen pas als de resultaten er zijn."
)
NEVER_TESTED = "Van geen enkele toets is een resultaat geleverd: over leerresultaten is niets bekend."
NOTHING_LISTED = "Geen enkele instelling in deze lijst. Kies een andere lijst of een ruimere filter."
_LISTS = {
    ALL: "Alle instellingen",
    "lager": "Duidelijk lager",
    "hoger": "Duidelijk hoger",
    "zonder": "Zonder resultaat",
}
_WIDTHS = {"naam": 250, "n": 90, "waarde": 80, "interval": 136, "vergelijkbaar": 148, "verschil": 124, "zekerheid": 112}


@dataclass(frozen=True)
class Chosen:
    """The test result that a page is about; `leerjaar` and `domein` are codes of the marts, `groep` one on screen."""

    schooljaar: str
    toets: str
    leerjaar: str
    domein: str
    scholengroep: str
    groep: str

    @property
    def is_share(self) -> bool:
        """Return whether results are shares (0-1) instead of points."""
        return self.toets != "Vlaamse toetsen"

    @property
    def unit(self) -> str:
        """Return what a difference between two results is counted in."""
        return "procentpunt" if self.is_share else "punten"

    @property
    def meaning(self) -> str:
        """Return what a result is: 'score', 'in de groene zone', ..."""
        return _MEANING.get(self.toets, "score")

    @property
    def name(self) -> str:
        """Return the result in words: 'wiskunde 4LO', 'wiskunde 2SO-A (meetkunde)', 'Koala (luistervaardigheid)'."""
        if self.leerjaar == ALL:
            return f"{self.toets} ({self.domein})"
        parts = self.domein.removesuffix(": totaal").split(": ")
        return series_name(" ".join([self.leerjaar.replace("-", " "), *parts]))

    @property
    def heading(self) -> str:
        """Return the result in words, as a sentence or a title begins with it."""
        return self.name[0].upper() + self.name[1:]

    @property
    def owner(self) -> str:
        """Return whose figures the key figures are."""
        return "Netwerk" if self.scholengroep == ALL else f"Scholengroep {self.groep}"

    def value(self, value: float | None, missing: str = format.MISSING) -> str:
        """Return a result as a reader sees it."""
        if self.is_share:
            return format.percentage(value, decimals=1, missing=missing)
        return format.number(value, 1, missing=missing)

    def difference(self, value: float) -> str:
        """Return the size of a difference: '14 punten', '3 procentpunt'."""
        return f"{format.number(abs(value) * (100 if self.is_share else 1))} {self.unit}"


def chosen(choice: Choice) -> Chosen:
    """Return what was chosen in the bar of the page."""
    return Chosen(
        choice.schooljaar,
        choice["toets"],
        choice["leerjaar"],
        choice["domein"],
        choice["scholengroep"],
        choice.texts["Scholengroep"],
    )


def bar_filters() -> tuple[Filter | Dependent, ...]:
    """Return the filters of the page; test, leerjaar and domein follow what was tested in the chosen schooljaar."""
    return (year_filter(data.frame(queries.latest_year)), scholengroep(), onderwijsniveau(), _test, _grade, _domain)


def no_results(latest: pl.DataFrame) -> str:
    """Return why there are no results; `latest` is `queries.leerresultaten.latest_year`, null where none ever were."""
    return NO_RESULTS if latest["schooljaar"][0] else NEVER_TESTED


def year_filter(latest: pl.DataFrame) -> Filter:
    """Return the filter on schooljaar; by default the newest with results, because tests are taken in spring."""
    years = schooljaar()
    newest = latest["schooljaar"][0]
    return replace(years, default=newest) if newest in years.options else years


def _offered(so_far: Choice) -> pl.DataFrame:
    found = data.frame(queries.offered, schooljaar=so_far.schooljaar, onderwijsniveau=so_far["onderwijsniveau"])
    for column, key in (("toets", "toets"), ("groep", "leerjaar")):
        found = found.filter(pl.col(column) == so_far[key]) if key in so_far.values else found
    return found


def _test(so_far: Choice) -> Filter:
    """The tests in their order: the Vlaamse toetsen first, where there are results of them."""
    return _first_of("toets", "Toets", {code: code for code in _offered(so_far)["toets"]})


def _grade(so_far: Choice) -> Filter:
    rows = _offered(so_far).select("groep", "leerjaar", "stroom")
    return _first_of("leerjaar", "Leerjaar en stroom", {groep: _grade_name(*rest) for groep, *rest in rows.iter_rows()})


def _domain(so_far: Choice) -> Filter:
    return _first_of("domein", "Vak en domein", {code: code for code in _offered(so_far)["onderdeel"]})


def _first_of(key: str, label: str, options: dict[str, str]) -> Filter:
    return Filter(key, label, options or {"": "geen"}, next(iter(options), ""))


def list_filter() -> Filter:
    """Return the filter on the list of institutions."""
    return Filter("toetslijst", "Lijst", _LISTS, ALL)


@data.derived
def key_figures(institutions: pl.DataFrame, totals: pl.DataFrame, about: Chosen) -> list[KeyFigure]:
    """Return four key figures of the chosen scholengroep, or of the network."""
    found = totals.filter(pl.col("scholengroep_nummer") == about.scholengroep)
    now: dict[str, Any] = found.row(0, named=True) if found.height else dict.fromkeys(totals.columns)
    reference = "Vlaanderen" if now["vlaanderen"] is not None else "vergelijkbare scholen"
    compared = now["vlaanderen"] if now["vlaanderen"] is not None else now["vergelijkbaar"]
    figures = [
        KeyFigure(
            f"{about.owner}: {about.name}",
            about.value(now["gemiddelde"]),
            f"{reference} {about.value(compared)}" if compared is not None else None,
            definition="Gemiddelde, gewogen naar deelnemers.",
        ),
        _minimum(now, about),
        _count(now, about, "lager"),
        _count(now, about, "hoger"),
    ]
    without = own(institutions, about).filter(pl.col("waarde").is_null())
    return [*figures, _without(without, about)] if without.height else figures


def _minimum(now: Mapping[str, Any], about: Chosen) -> KeyFigure:
    low, high, n = now["minimumdoel_laag"], now["minimumdoel_hoog"], now["deelnemers_minimumdoel"]
    missing = format.NOT_APPLICABLE if about.is_share else format.MISSING
    return KeyFigure(
        "Haalt het minimumdoel",
        format.percentage(now["aandeel_minimumdoel"], n, missing=missing),
        format.interval(low, high, n) if low is not None else None,
        definition="Deel van de leerlingen dat de minimumdoelen haalt. Enkel bij de Vlaamse toetsen. Het "
        "interval over meer dan één school houdt ermee rekening dat leerlingen van één school op elkaar lijken.",
    )


def _count(now: Mapping[str, Any], about: Chosen, side: str) -> KeyFigure:
    amount = now[f"duidelijk_{side}"]
    return KeyFigure(
        f"Duidelijk {side} dan vergelijkbare scholen",
        format.number(amount),
        f"van {format.number(now['vergeleken'])} vergeleken instellingen",
        definition="Het gemiddelde van vergelijkbare scholen ligt buiten het 95 %-interval van de instelling. "
        "Door toeval alleen is dat aan elke kant ongeveer 1 op 40.",
        link="leerresultaten" if amount else None,
        params=_same_result(about) | {"toetslijst": side},
        link_label="Toon de lijst",
    )


def _without(rows: pl.DataFrame, about: Chosen) -> KeyFigure:
    hidden = rows.filter(pl.col("reden") == "beschermd").height
    return KeyFigure(
        "Zonder resultaat",
        format.number(rows.height),
        f"beschermd {format.number(hidden)}, ontbreekt {format.number(rows.height - hidden)}",
        link="leerresultaten",
        params=_same_result(about) | {"toetslijst": "zonder"},
        link_label="Toon de lijst",
    )


def _same_result(about: Chosen) -> dict[str, str]:
    return {"toets": about.toets, "leerjaar": about.leerjaar, "domein": about.domein}


def own(institutions: pl.DataFrame, about: Chosen) -> pl.DataFrame:
    """Return the institutions of the chosen scholengroep, or all of them."""
    return institutions if about.scholengroep == ALL else institutions.filter("is_gekozen")


def listed(institutions: pl.DataFrame, about: Chosen, which: str) -> Table:
    """Return the list of institutions with their result, the comparison and a sentence."""
    return _listed(institutions, about, which, carried_filters())


@data.derived
def _listed(institutions: pl.DataFrame, about: Chosen, which: str, carried: str) -> Table:
    kept = {
        ALL: pl.lit(True),
        "lager": pl.col("zekerheid") == "duidelijk lager",
        "hoger": pl.col("zekerheid") == "duidelijk hoger",
        "zonder": pl.col("waarde").is_null(),
    }[which]
    rows = own(institutions, about).filter(kept)
    minimum = load_settings()["zinnen"]["minimum_leerlingen"]
    factor = 100 if about.is_share else 1
    frame = with_institution_address(rows, carried).with_columns(
        pl.Series("interval", [_between(about, row) for row in rows.iter_rows(named=True)], dtype=pl.String),
        pl.Series("zin", [sentence(about, row, minimum) for row in rows.iter_rows(named=True)], dtype=pl.String),
        (pl.col("verschil_vergelijkbaar") * factor).alias("verschil"),
        (pl.col("verandering") * factor).alias("verandering"),
    )
    result: Kind = "aandeel" if about.is_share else "decimaal1"
    goals = [] if about.is_share else ["aandeel_minimumdoel"]
    gains = ["leerwinst"] if frame["leerwinst"].drop_nulls().len() else []
    columns = [
        "naam", "n", "waarde", "interval", "vergelijkbaar", "verschil", "zekerheid", *goals, *gains,
        "verandering", "verandering_zekerheid", "onderwijsniveau", "scholengroep", "zin",
    ]  # fmt: skip
    return table(
        frame,
        "toets_instelling",
        columns,
        heads={
            "waarde": about.meaning.capitalize(),
            "interval": "95 %-interval",
            "verschil": f"Verschil ({about.unit})",
            "verandering": f"Verandering ({about.unit})",
            "verandering_zekerheid": "Hoe zeker is die",
            "zin": "In woorden",
        },
        kinds={"waarde": result, "vergelijkbaar": result, "verschil": "decimaal1", "verandering": "decimaal1"},
        reason={
            "n": "reden_n",
            "waarde": "reden",
            "interval": "reden",
            "verschil": "reden",
            "zekerheid": "reden",
            "aandeel_minimumdoel": "reden_minimumdoel",
            "verandering": "reden_verandering",
            "verandering_zekerheid": "reden_verandering",
        },
        n={"aandeel_minimumdoel": "n"} | ({"waarde": "n"} if about.is_share else {}),
        links={"naam": "adres"},
        widths=_WIDTHS,
    )


def list_title(shown: Table, about: Chosen, which: str) -> str:
    """Return how many institutions the list holds, and of which result."""
    count = shown.frame.height
    words = "instelling" if count == 1 else "instellingen"
    kind = {
        ALL: "met een resultaat of zonder",
        "lager": "duidelijk lager dan vergelijkbare scholen",
        "hoger": "duidelijk hoger dan vergelijkbare scholen",
        "zonder": "zonder resultaat",
    }[which]
    return f"{about.heading}: {format.number(count)} {words}{'' if which == ALL else f' {kind}'}"


def sentence(about: Chosen, row: Mapping[str, Any], minimum: int) -> str:
    """Return the sentence about one institution by the fixed rule of decision 0118.

    It names the result, the size and side of the difference with like schools, and how sure that is. Without a value,
    without like schools or under `minimum` pupils it says why there is none.
    """
    if row["reden"] is not None:
        return f"Het resultaat {'is beschermd' if row['reden'] == 'beschermd' else 'ontbreekt'}."
    if row["zekerheid"] is None:
        return "Er is geen cijfer van vergelijkbare scholen."
    if row["n"] is None or row["n"] < minimum:
        return f"Minder dan {minimum} leerlingen: te weinig voor een uitspraak."
    difference = row["verschil_vergelijkbaar"]
    amount = about.difference(difference)
    if amount.startswith("0 "):
        return f"{about.heading} ligt gelijk met vergelijkbare scholen."
    side = "lager" if difference < 0 else "hoger"
    sure = row["zekerheid"].split(" ")[0]
    verdict = "kan toeval zijn" if sure == "kan" else f"{sure} verschil"
    return f"{about.heading} ligt {amount} {side} dan bij vergelijkbare scholen ({verdict})."


def _between(about: Chosen, row: Mapping[str, Any]) -> str | None:
    low, high = row["laag"], row["hoog"]
    if row["waarde"] is None or low is None:
        return None
    if about.is_share:
        return format.interval(low, high, row["n"])
    return f"tussen {format.number(low)} en {format.number(high)}"


def _grade_name(leerjaar: str, stroom: str) -> str:
    words = [_GRADES.get(leerjaar, leerjaar), f"{stroom}-stroom" if stroom else ""]
    return ", ".join(word for word in words if word) or "niet opgesplitst"
