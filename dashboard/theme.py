"""Colours with a fixed meaning, and the Dutch Plotly settings.

Every colour keeps at least 3:1 contrast on the light and on the dark background (WCAG 2.1, 1.4.11; a test
computes it), so that one palette serves both. No red: a school with needs is a school that gets support
first. Colour never stands alone: a label or a position says the same.
"""

from typing import Any

import plotly.graph_objects as go
from plotly.basedatatypes import BaseTraceType

LIGHT_BACKGROUND = "#FFFFFF"
DARK_BACKGROUND = "#14181F"

BLUE, AMBER, GREEN, PURPLE = "#3A78C2", "#B07A08", "#17886A", "#9A62B5"
TEAL, ROSE, OLIVE, GREY = "#1B8AA0", "#BD5F86", "#76851F", "#7A818B"
BROWN, INDIGO, SKY, MOSS, PLUM = "#A0693C", "#686ECB", "#4A8FB8", "#5C8A4A", "#8A6A9E"

ACCENT = BLUE
NEUTRAL = GREY

TRAP = {"verplicht": PURPLE, "verhoogd": AMBER, "regulier": GREY}
ADVIES = {"1A": GREEN, "1B": AMBER, "2A": PURPLE, "2B": INDIGO}
CRITERIUM = {
    "doorlichting": PURPLE,
    "leerresultaten": BLUE,
    "doorstroom": GREEN,
    "leerrecht": AMBER,
}
ONDERWIJSNIVEAU = {
    "BaO": BLUE,
    "BuBaO": SKY,
    "SO": GREEN,
    "BuSO": MOSS,
    "DKO": AMBER,
    "VWO": BROWN,
    "LSC": PURPLE,
    "CLB": ROSE,
    "INT": GREY,
}
STRATEGIE = {
    "materialenbank": GREY,
    "helpdesk": SKY,
    "opleiding": BLUE,
    "vorming": TEAL,
    "leerplanimplementatie": GREEN,
    "aanvangsbegeleiding": MOSS,
    "infosessie": OLIVE,
    "starterstraject": BROWN,
    "bigbang": AMBER,
    "plg": ROSE,
    "vt": PURPLE,
    "project": PLUM,
    "opvolging": INDIGO,
}
STRATEGIE_NAAM = {
    "alle": "Alle strategieën",
    "materialenbank": "Materialenbank",
    "helpdesk": "Helpdesk",
    "opleiding": "Opleiding",
    "vorming": "Vorming",
    "leerplanimplementatie": "Leerplanimplementatie",
    "aanvangsbegeleiding": "Aanvangsbegeleiding",
    "infosessie": "Infosessie",
    "starterstraject": "Starterstraject",
    "bigbang": "Bigbang",
    "plg": "Professionele leergemeenschap",
    "vt": "Verandertraject",
    "project": "Project",
    "opvolging": "Opvolging doorlichting",
}
#: From unfavourable to favourable over a neutral middle; both ends differ in lightness too.
LIKERT = ("#8C6A3A", "#B08A55", "#8A9099", "#4A8FB8", "#2F6CA8")

SERIES = (BLUE, AMBER, GREEN, PURPLE, TEAL, ROSE, OLIVE, GREY, BROWN, INDIGO)

#: Stepped blues for heat maps; the text in each cell says the value.
SEQUENTIAL = [[0.0, "#E4EDF7"], [0.5, "#7FA8D9"], [1.0, "#2F6CA8"]]

_DUTCH_WORDS = {
    "Autoscale": "Alles tonen",
    "Box Select": "Rechthoek kiezen",
    "Click to enter Plot title": "Titel van de figuur",
    "Compare data on hover": "Waarden vergelijken",
    "Double-click on legend to isolate one trace": "Dubbelklik in de legende om één reeks te tonen",
    "Double-click to zoom back out": "Dubbelklik om terug uit te zoomen",
    "Download plot": "Figuur bewaren",
    "Lasso Select": "Vrij kiezen",
    "Pan": "Verschuiven",
    "Reset": "Herstellen",
    "Reset axes": "Assen herstellen",
    "Show closest data on hover": "Dichtste waarde tonen",
    "Toggle Spike Lines": "Hulplijnen",
    "Zoom": "Zoomen",
    "Zoom in": "Inzoomen",
    "Zoom out": "Uitzoomen",
}
_DUTCH_FORMAT = {
    "days": ["zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"],
    "shortDays": ["zo", "ma", "di", "wo", "do", "vr", "za"],
    "months": [
        "januari", "februari", "maart", "april", "mei", "juni",
        "juli", "augustus", "september", "oktober", "november", "december",
    ],
    "shortMonths": [
        "jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec",
    ],
    "date": "%d/%m/%Y",
    "decimal": ",",
    "thousands": ".",
}  # fmt: skip

#: Settings of every chart on screen: Dutch, no upload to a cloud, no logo; downloads go through our menu.
PLOTLY_CONFIG: dict[str, Any] = {
    "locale": "nl",
    "locales": {"nl": {"dictionary": _DUTCH_WORDS, "format": _DUTCH_FORMAT}},
    "showSendToCloud": False,
    "displaylogo": False,
    "modeBarButtonsToRemove": ["toImage", "select2d", "lasso2d", "autoScale2d"],
}

#: Layout of every figure: Dutch separators, room for long Dutch labels.
LAYOUT: dict[str, Any] = {
    "separators": ",.",
    "margin": {"l": 8, "r": 16, "t": 8, "b": 8},
    "legend": {"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0},
    "bargap": 0.25,
    "font": {"size": 13},
    "hoverlabel": {"align": "left"},
}


def text_on(colour: str) -> str:
    """Return white or near-black, whichever has most contrast on this colour ('#RRGGBB', WCAG 2.1, 1.4.3)."""
    # On this luminance both have the same contrast, 4.2:1; every other colour gives the best of both more.
    return LIGHT_BACKGROUND if _luminance(colour) < 0.199 else DARK_BACKGROUND


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (item / 12.92 if item <= 0.04045 else ((item + 0.055) / 1.055) ** 2.4 for item in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def figure(*traces: BaseTraceType, height: int = 380, **layout: object) -> go.Figure:
    """Return a figure of these traces with the house layout; `layout` overrides parts of it."""
    return go.Figure(data=list(traces), layout={**LAYOUT, "height": height, **layout})
