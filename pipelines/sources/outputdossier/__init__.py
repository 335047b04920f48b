"""The outputdossier: one workbook per scholengroep and schooljaar, five sheets."""

from itertools import pairwise

import polars as pl

from pipelines.contract import Column, Contract, Kind, Rule, Vak, VakKind
from pipelines.sources.doorlichtingen import ADVIES, UITSPRAAK

VAK = Vak(VakKind.TITLE)
KEY = (
    Column("schooljaar", Kind.SCHOOLJAAR, required=True, key=True),
    Column("instellingsnummer", Kind.INSTELLING, required=True, key=True, known="instellingen"),
    Column("naam instelling", dropped=True, description="informatief; de naam komt uit de instellingenlijst"),
)


def _sheet(name: str, sheet: str, title: str, columns: tuple[Column, ...], rules: tuple[Rule, ...] = ()) -> Contract:
    """Return the contract of one sheet of the workbook."""
    return Contract(name, "outputdossier", title, KEY + columns, VAK, rules, sheet=sheet)


def _count(header: str, *, required: bool = False) -> Column:
    return Column(header, Kind.COUNT, required=required, minimum=0, maximum=100_000)


def _half(header: str) -> Column:
    return Column(header, Kind.NUMBER, minimum=0, maximum=100_000, description="aantal, kan halven bevatten")


def _at_most(column: str, whole: str) -> Rule:
    """The rule that a part is not larger than its whole."""
    return Rule(column, pl.col(column) > pl.col(whole), f"is groter dan '{whole.replace('_', ' ')}'")


FLOW_PARTS = (
    "zittenblijvers",
    "schoolse_vertraging",
    "a_attesten",
    "b_attesten",
    "c_attesten",
    "vroegtijdig_schoolverlaters",
)
THRESHOLDS = ("problematisch_5", "problematisch_10", "problematisch_15", "problematisch_30")

CONTRACTS = (
    _sheet(
        "instroom",
        "Instroom",
        "Instroom en leerlingenkenmerken",
        (
            _count("leerlingen", required=True),
            _half("opleiding moeder"),
            _half("schooltoelage"),
            _half("thuistaal"),
            _half("buurt"),
            _count("anderstalige nieuwkomers"),
            _count("instroom september"),
        ),
        tuple(
            _at_most(column, "leerlingen")
            for column in (
                "opleiding_moeder",
                "schooltoelage",
                "thuistaal",
                "buurt",
                "anderstalige_nieuwkomers",
            )
        ),
    ),
    _sheet(
        "doorstroom",
        "Doorstroom",
        "Doorstroom: zittenblijven, vertraging, attesten",
        (
            _count("zittenblijvers"),
            _count("schoolse vertraging"),
            _count("A-attesten"),
            _count("B-attesten"),
            _count("C-attesten"),
            _count("vroegtijdig schoolverlaters"),
            _count("noemer", required=True),
        ),
        (
            *(_at_most(column, "noemer") for column in FLOW_PARTS),
            Rule(
                "c_attesten",
                pl.col("b_attesten") + pl.col("c_attesten") > pl.col("noemer"),
                "is samen met de B-attesten groter dan 'noemer'",
            ),
        ),
    ),
    _sheet(
        "leerrecht",
        "Leerrecht",
        "Leerrecht: problematische afwezigheden en uitsluitingen",
        (
            _count("noemer", required=True),
            _count("problematisch 5"),
            _count("problematisch 10"),
            _count("problematisch 15"),
            _count("problematisch 30"),
            _count("tijdelijke uitsluitingen"),
            _count("definitieve uitsluitingen"),
        ),
        (
            *(_at_most(column, "noemer") for column in THRESHOLDS),
            *(_at_most(more, fewer) for fewer, more in pairwise(THRESHOLDS)),
        ),
    ),
    _sheet(
        "leerresultaten",
        "Leerresultaten",
        "Leerresultaten: Koala, OVSG en Diataal",
        (
            Column("toets", Kind.CHOICE, required=True, key=True, choices=("Koala", "OVSG", "Diataal")),
            Column("domein", Kind.CODE, required=True, key=True),
            _count("deelnemers", required=True),
            Column("resultaat", Kind.PERCENT, required=True),
            Column("resultaat GO!", Kind.PERCENT),
            Column("resultaat vergelijkbaar", Kind.PERCENT),
        ),
    ),
    _sheet(
        "doorlichtingen_samenvatting",
        "Doorlichtingen",
        "Samenvatting van de doorlichtingen, enkel als kruiscontrole",
        (
            Column("laatste doorlichting", Kind.DATE),
            Column("advies", Kind.CHOICE, choices=("1A", "1B", "2A", "2B"), wordings=ADVIES),
            Column("GOK", Kind.CHOICE, choices=UITSPRAAK),
            Column("LLB", Kind.CHOICE, choices=UITSPRAAK),
        ),
    ),
)
