"""Small literal frames and settings for the tests of the needs ranking."""

import polars as pl

from analysis.comparable import NEIGHBOUR_SCHEMA
from analysis.needs import estimate_indicators, rank_needs, score_criteria
from analysis.needs_criteria import CRITERION_SCHEMA

YEAR = "2025-2026"

SETTINGS = {
    "versie": "test.1",
    "noden": {
        "criteria": ["doorlichting", "leerresultaten", "doorstroom", "leerrecht"],
        "gewichten": "rangorde",
        "jaargewichten": [3, 2, 1],
        "top_n": 2,
        "trekkingen": 400,
        "zaad": 11,
        "grens_duidelijk": 0.8,
        "grens_mogelijk": 0.2,
        "grens_rankability": 0.5,
        "niveaus_met_toetsen": ["BaO", "SO"],
        "zonder_groep": {
            "doorlichting": 0.2,
            "leerresultaten": 0.3,
            "doorstroom": 0.4,
            "leerrecht": 0.1,
            "spreiding": 0.15,
        },
        "vergelijkbaar": {
            "aantal": 3,
            "minimum": 2,
            "schaal_oki": 0.5,
            "schaal_aantal_leerlingen": 2.0,
            "schaal_schoolse_vertraging": 0.1,
        },
        "doorlichting": {
            "2B": 1.0,
            "2A": 0.9,
            "negatief": 0.75,
            "1B": 0.45,
            "1A": 0.3,
            "1A_zonder_inschalingen": 0.0,
            "gewicht_beneden": 2,
        },
        "indicatoren": {
            "vt_minimumdoel": {
                "criterium": "leerresultaten",
                "soort": "aandeel",
                "gewicht": 3,
                "nul": 0.1,
                "een": 0.6,
                "nul_onverwacht": -0.1,
                "een_onverwacht": 0.4,
            },
            "vt_score": {
                "criterium": "leerresultaten",
                "soort": "score",
                "gewicht": 1,
                "nul": 0,
                "een": 80,
                "sd": 100,
            },
            "oki": {
                "criterium": "doorstroom",
                "soort": "score",
                "gewicht": 1,
                "nul": 0.5,
                "een": 2.5,
                "sd": 1.3,
            },
            "problematisch_30": {
                "criterium": "leerrecht",
                "soort": "aandeel",
                "gewicht": 1,
                "nul": 0,
                "een": 0.2,
                "nul_onverwacht": -0.05,
                "een_onverwacht": 0.15,
            },
            "uitsluitingen": {
                "criterium": "leerrecht",
                "soort": "frequentie",
                "gewicht": 1,
                "nul": 0,
                "een": 0.5,
            },
        },
    },
}

INSTELLING = {
    "schooljaar": YEAR,
    "instellingsnummer": "000001",
    "onderwijsniveau": "BaO",
    "heeft_doorlichting": False,
    "advies": None,
    "is_gok_negatief": False,
    "is_llb_negatief": False,
    "aantal_inschalingen": 0,
    "aantal_beneden": 0,
    "aantal_benadert": 0,
}
INSTELLING_SCHEMA = {
    "schooljaar": pl.String,
    "instellingsnummer": pl.String,
    "onderwijsniveau": pl.String,
    "heeft_doorlichting": pl.Boolean,
    "advies": pl.String,
    "is_gok_negatief": pl.Boolean,
    "is_llb_negatief": pl.Boolean,
    "aantal_inschalingen": pl.Int64,
    "aantal_beneden": pl.Int64,
    "aantal_benadert": pl.Int64,
}

METING = {
    "schooljaar": YEAR,
    "instellingsnummer": "000001",
    "onderwijsniveau": "BaO",
    "criterium": "leerresultaten",
    "indicator": "vt_minimumdoel",
    "reeks": "4LO||wiskunde|totaal",
    "meetjaar": YEAR,
    "waarde": None,
    "standaardfout": None,
    "n": None,
    "vergelijkbaar": None,
    "is_beschermd": False,
}
METING_SCHEMA = {
    **dict.fromkeys(list(METING)[:7], pl.String),
    "waarde": pl.Float64,
    "standaardfout": pl.Float64,
    "n": pl.Int64,
    "vergelijkbaar": pl.Float64,
    "is_beschermd": pl.Boolean,
}

# One indicator per measured criterion, so that a score of the indicator is a score of the criterion.
INDICATOR_OF = {"leerresultaten": "vt_minimumdoel", "doorstroom": "oki", "leerrecht": "problematisch_30"}
ESTIMATE_SCHEMA = {
    "schooljaar": pl.String,
    "instellingsnummer": pl.String,
    "criterium": pl.String,
    "indicator": pl.String,
    "reeks": pl.String,
    "variantie": pl.Float64,
    "score": pl.Float64,
    "variantie_onverwacht": pl.Float64,
    "score_onverwacht": pl.Float64,
    "reden": pl.String,
}


def settings_with(**changes):
    """The test settings with some of `[noden]` changed."""
    return {**SETTINGS, "noden": {**SETTINGS["noden"], **changes}}


def instellingen(*rows):
    return pl.DataFrame([{**INSTELLING, **row} for row in rows], schema=INSTELLING_SCHEMA)


def metingen(*rows):
    return pl.DataFrame([{**METING, **row} for row in rows], schema=METING_SCHEMA)


def indicatoren(scores, variance=0.0, schooljaar=YEAR):
    """Estimates from {instellingsnummer: {criterium: need 0-1}}; `variance` is on the scale of need."""
    rows = []
    for nummer, criteria in scores.items():
        for criterium, score in criteria.items():
            anchors = SETTINGS["noden"]["indicatoren"][INDICATOR_OF[criterium]]
            width = anchors["een"] - anchors["nul"]
            rows.append(
                (
                    schooljaar,
                    nummer,
                    criterium,
                    INDICATOR_OF[criterium],
                    "",
                    variance * width**2,
                    score,
                    None,
                    None,
                    None,
                )
            )
    return pl.DataFrame(rows, schema=ESTIMATE_SCHEMA, orient="row")


def buren(*rows):
    """Comparable institutions from (instellingsnummer, buur, ...): in order, at distance 0."""
    found = [(YEAR, nummer, place, buur, 0.0) for nummer, *others in rows for place, buur in enumerate(others, 1)]
    return pl.DataFrame(found, schema=NEIGHBOUR_SCHEMA, orient="row")


def estimated(measured, settings=SETTINGS):
    """Estimates of measurements without any comparable institution."""
    return estimate_indicators(measured, buren(), settings)


def ranking_of(rows, scores, settings=SETTINGS):
    """The ranking from institutions and estimates, without any comparable institution."""
    return rank_needs(score_criteria(rows, scores, settings), buren(), settings)


CRITERION = {
    "schooljaar": YEAR,
    "instellingsnummer": "000001",
    "criterium": "leerresultaten",
    "onderwijsniveau": "BaO",
    "trap": "regulier",
    "score": None,
    "variantie": None,
    "score_onverwacht": None,
    "variantie_onverwacht": None,
    "reden": None,
}


def criteria(scores, variance=0.0, **same):
    """Criterion rows from {instellingsnummer: {criterium: need 0-1}}; a criterium not named is missing.

    The unexpected view is the same need turned round, so that a test sees which view was taken.
    """
    rows = []
    for nummer, known in scores.items():
        for criterium in SETTINGS["noden"]["criteria"]:
            row = CRITERION | {"instellingsnummer": nummer, "criterium": criterium} | same
            score = known.get(criterium)
            if score is None:
                rows.append(row | {"reden": "ontbreekt"})
                continue
            noise = 0.0 if criterium == "doorlichting" else variance
            other = score if criterium == "doorlichting" else 1 - score
            unexpected = {"score_onverwacht": other, "variantie_onverwacht": noise}
            rows.append(row | {"score": score, "variantie": noise} | unexpected)
    return pl.DataFrame(rows, schema=CRITERION_SCHEMA)
