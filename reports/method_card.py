"""The method card: the ranking of needs as an entry in a public register of algorithms.

The order of the parts follows the registers of Amsterdam, Helsinki and the Dutch government: what it is for, who
answers for it, data, method, human decision, consequences, how well it does, risks, supervision. Every figure comes
from the settings or from the warehouse.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl

from reports.method_findings import backtest_words, certainty_words, robustness_words, smallest_words
from reports.method_words import CRITERIA, VARIANTS, classes, decisions, status, steps, weights, weights_rule
from reports.structure import Grid, Paper, Section
from reports.wording import day, interval, number, percentage

TITLE = "Methodekaart: rangschikking van de noden"
INTERNAL = "Interne kaart: alleen voor gebruik binnen GO!, niet verder verspreiden."
DEMO = "De gegevens zijn verzonnen: de cijfers tonen hoe de kaart werkt en zeggen niets over bestaande instellingen."


@dataclass(frozen=True)
class Anchor:
    """One indicator, written out: its name, its criterium (code), its weight, and where need is 0 and 1."""

    name: str
    criterium: str
    weight: str
    zero: str
    one: str


@dataclass(frozen=True)
class CardFigures:
    """What the warehouse says of one schooljaar; the frames are those of `warehouse.queries.methode`."""

    schooljaar: str
    ranked: Mapping[str, Any]
    backtest: pl.DataFrame
    robustness: pl.DataFrame
    smallest: pl.DataFrame
    sources: pl.DataFrame
    versie: int
    methode_versie: str
    peildatum: date
    gebouwd_op: datetime
    is_demo: bool


def build_card(settings: Mapping[str, Any], anchors: Sequence[Anchor], figures: CardFigures) -> Paper:
    """Return the card; `settings` is the settings file of the warehouse."""
    return Paper(
        title=TITLE,
        subtitle=f"Schooljaar {figures.schooljaar} · peildatum {day(figures.peildatum)}",
        notices=(INTERNAL, *((DEMO,) if figures.is_demo else ())),
        facts=_facts(settings, figures),
        sections=(
            Section("Gegevens", (DATA,), grids=(_sources_grid(figures.sources),)),
            Section("Werkwijze", steps=steps(settings)),
            Section(
                "Keuzes, en wie ze nam",
                (_weights_words(settings),),
                grids=(_decision_grid(settings), _anchor_grid(anchors)),
            ),
            Section("Menselijke beslissing en gevolgen", HUMAN),
            Section(
                "Hoe zeker is de lijst?",
                (
                    certainty_words(settings, figures.ranked),
                    backtest_words(figures.backtest),
                    robustness_words(figures.robustness),
                    smallest_words(figures.smallest),
                ),
                grids=(_backtest_grid(figures.backtest), _robustness_grid(figures.robustness)),
            ),
            Section("Beperkingen en risico's", points=RISKS),
            Section("Toezicht", SUPERVISION),
        ),
        footer=(
            f"Sterrenwacht · schooljaar {figures.schooljaar} · peildatum {day(figures.peildatum)} · gegevensversie "
            f"{figures.versie} · methode {figures.methode_versie}"
        ),
    )


#: How many schooljaren the look back has in its table.
_YEARS = 2

DATA = (
    "Vier criteria, in volgorde van belang: doorlichtingen, leerresultaten, instroom en doorstroom, leerrecht. "
    "Aantallen die als < 5 geleverd zijn, blijven onbekend en worden nooit ingevuld."
)
HUMAN = (
    "De rang is een hulpmiddel, geen beslissing. Data én dialoog bepalen de noden: een hoofdadviseur of SPOC kan een "
    "signaal of een afwijking vastleggen, met reden en einddatum. Die staat naast de berekende plaats, nooit in de "
    "plaats ervan. "
    "Mensen beslissen, in overleg met de scholengroep, wie welke ondersteuning krijgt.",
    "Een hoge plaats betekent dat een instelling eerst ondersteuning aangeboden krijgt. Er hangt geen sanctie aan "
    "vast, en een lage plaats sluit niemand uit. Verplichtingen na een doorlichting volgen uit het advies zelf, niet "
    "uit de rang.",
)
RISKS = (
    "De noden van een instelling zijn meer dan vier criteria; een crisis of nieuwe directie staat in geen enkele "
    "levering.",
    "Instellingen zonder toetsen of doorlichting krijgen een geschatte plaats: kijk naar het interval.",
    "Een advies kan jaren oud zijn. Wie lang niet doorgelicht is, lijkt rustiger dan hij is.",
    "Cijfers over leerlingen hangen samen met hun achtergrond. De blik ‘onverwachte nood’ houdt daar rekening mee; "
    "absolute "
    "en onverwachte nood worden niet gemengd.",
    "Openbaar gelezen wordt de lijst een ranglijst van scholen. Daarom blijft ze intern.",
)
SUPERVISION = (
    "Elk jaar kijkt de terugblik na of de lijst van vorig jaar juist was; elke bouw controleert de leveringen en de "
    "rangschikking, en een wijziging van de methode krijgt een nieuw versienummer met de beslissing erbij. Een "
    "instelling die "
    "een cijfer betwist, meldt dat aan haar SPOC; de databeheerder laat de leverancier het rechtzetten.",
)


def _facts(settings: Mapping[str, Any], figures: CardFigures) -> tuple[tuple[str, str], ...]:
    card, ranked = settings["methodekaart"], figures.ranked
    return (
        ("Naam", "Rangschikking van instellingen naar nood (pagina Noden van Sterrenwacht)"),
        (
            "Doel",
            "De instellingen met de grootste noden eerst ondersteunen, zoals het decreet vraagt; "
            "zeggen waarom, en hoe zeker.",
        ),
        ("Kader", "Begeleidingsplan PBD-GO! 2025-2030, delen 4.4, 5.6.1 en 5.6.4"),
        ("Verantwoordelijke", card["verantwoordelijke"]),
        ("Gebruikers", card["gebruikers"]),
        ("Contact", card["contact"]),
        ("Stand", status(settings)),
        (
            "Versie",
            f"Methode {figures.methode_versie}; gegevensversie {figures.versie} van {day(figures.gebouwd_op.date())}",
        ),
        (
            "Bereik",
            f"{number(ranked['instellingen'])} instellingen in {figures.schooljaar}, waarvan "
            f"{number(ranked['onvolledig'])} zonder "
            "gegevens voor minstens één criterium",
        ),
        ("Persoonsgegevens", "Geen: alle cijfers gaan over instellingen, niet over leerlingen of personeel"),
    )


def _weights_words(settings: Mapping[str, Any]) -> str:
    written = ", ".join(f"{CRITERIA[name].lower()} {number(value, 2)}" for name, value in weights(settings).items())
    return (
        f"Gewichten: {written}. Het zijn {weights_rule(settings)}. De klasse volgt de kans op een plaats "
        f"{classes(settings)}."
    )


def _sources_grid(sources: pl.DataFrame) -> Grid:
    rows = tuple(
        (
            row["bron"].capitalize(),
            number(row["leveringen"]),
            day(row["ontvangen_op"]),
            number(row["aanvaard"]),
            number(row["quarantaine"]),
        )
        for row in sources.iter_rows(named=True)
    )
    return Grid(
        "Bronnen en hun laatste levering",
        "Per bron het aantal leveringen, de dag van de laatste en het aantal rijen.",
        ("Bron", "Leveringen", "Laatste op", "Rijen", "In quarantaine"),
        rows,
        (30, 14, 24, 16, 16),
        frozenset({1, 3, 4}),
    )


def _decision_grid(settings: Mapping[str, Any]) -> Grid:
    return Grid(
        "Keuzes en wie erover besliste",
        "Per keuze wie erover besliste; wat nog niemand besliste, is een voorstel.",
        ("Keuze", "Beslist door"),
        decisions(settings),
        (50, 50),
    )


def _anchor_grid(anchors: Sequence[Anchor]) -> Grid:
    rows = tuple((item.name, CRITERIA[item.criterium], item.weight, item.zero, item.one) for item in anchors)
    return Grid(
        "Indicatoren: gewicht binnen het criterium, en ankers",
        "Per indicator het criterium, het gewicht en de waarden waarbij de nood 0 en 1 is.",
        ("Indicator", "Criterium", "Gewicht", "Geen nood bij", "Grootste nood bij"),
        rows,
        (39, 24, 11, 13, 13),
        frozenset({2, 3, 4}),
    )


def _backtest_grid(backtest: pl.DataFrame) -> Grid:
    # Two pages: the sentence above the table is about all years, the table about the last ones.
    known = backtest.filter("is_volledig")
    known = known.filter(pl.col("schooljaar").is_in(known["schooljaar"].unique().sort().tail(_YEARS).to_list()))
    rows = tuple(
        (
            row["schooljaar"],
            row["omschrijving"],
            f"{number(row['in_top'])} van {number(row['nieuw_ongunstig'])}",
            interval(row["laag"], row["hoog"]) if row["nieuw_ongunstig"] else "n.v.t.",
            percentage(min(row["top_n"] / row["instellingen"], 1)) if row["instellingen"] else "n.v.t.",
        )
        for row in known.iter_rows(named=True)
    )
    size = number(backtest["top_n"][0]) if backtest.height else ""
    return Grid(
        f"Terugblik: nieuwe ongunstige adviezen van het jaar nadien bij de eerste {size}".rstrip(),
        "Per schooljaar en lijst hoeveel nieuwe ongunstige adviezen in de top stonden, met 95 %-interval.",
        ("Schooljaar", "Lijst", "In de top", "95 %-interval", "Bij toeval"),
        rows,
        (13, 47, 12, 17, 11),
        frozenset({2, 3, 4}),
    )


def _robustness_grid(robustness: pl.DataFrame) -> Grid:
    rows = tuple(
        (
            VARIANTS[row["variant"]],
            f"{number(row['blijft'])} van {number(row['top'])}",
            number(row["mediaan"]),
            number(row["p90"]),
            number(row["grootste"]),
        )
        for row in robustness.iter_rows(named=True)
    )
    return Grid(
        "Robuustheid: wat andere keuzes veranderen aan de plaats",
        "Per andere keuze hoeveel instellingen in de top blijven en hoeveel plaatsen ze opschuiven.",
        ("Andere keuze", "Blijft in de top", "Mediaan", "9 op 10 hoogstens", "Grootste"),
        rows,
        (44, 16, 11, 17, 12),
        frozenset({1, 2, 3, 4}),
    )
