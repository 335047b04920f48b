"""Invented names: no scholengroep, school, gemeente or person in the demo exists."""

from __future__ import annotations

import numpy as np

SCHOLENGROEPEN = (
    "Korenmaan", "Zilverduin", "Vlierkouter", "Leisterveld", "Ambergolf", "Kwartshoek", "Wilgenstroom",
    "Noorderkim", "Varenbron", "Sintelpad", "Halmendaal", "Rietvuur", "Kiezelwijk", "Dauwdreef",
    "Valkenzicht",
    "Hopstaak", "Morgenwiel", "Lindeboog", "Basaltpoort", "Egelhaag", "Schorrenlicht", "Meidoornring",
    "Zandzegge", "Turfwater", "Klokgaarde", "Avondster",
)  # fmt: skip

_PLACE_STARTS = (
    "Olmer", "Wolver", "Zwanen", "Kwintel", "Marren", "Hoender", "Bremster", "Elzer", "Drieven", "Vosser",
    "Lamper",
    "Ganzer", "Rommel", "Snepper", "Tolver", "Ijzel", "Kraaker", "Pimper", "Wemmer", "Zulte", "Garvel",
    "Nieuwer",
    "Hazel", "Mispel", "Distel",
)  # fmt: skip
_PLACE_ENDS = ("drecht", "voorde", "gaarde", "schans", "kerkhoven", "zele", "donk", "wiel", "dries", "monde")
_SCHOOL_STARTS = (
    "Zilver", "Amber", "Koper", "Maan", "Ster", "Wolken", "Mist", "Golf", "Varen", "Linde", "Kwarts",
    "Spar", "Heide",
    "Iris", "Vuur", "Regen", "Zomer", "Echo", "Prisma", "Komeet",
)  # fmt: skip
_SCHOOL_ENDS = (
    "kwartel", "vlinder", "kompas", "schakel", "wijzer", "toren", "atelier", "vleugel", "haven", "bron",
    "ladder",
    "passer", "tuin", "brug", "anker", "spoor", "kiem", "vaart", "krekel", "libel",
)  # fmt: skip
SCHOOL_KINDS = {
    "BaO": "Basisschool", "BuBaO": "School voor buitengewoon basisonderwijs", "SO": "Atheneum",
    "BuSO": "School voor buitengewoon secundair onderwijs", "DKO": "Kunstacademie", "VWO": "CVO",
    "LSC": "Leersteuncentrum", "CLB": "CLB", "INT": "Internaat",
}  # fmt: skip

_FIRST_NAMES = (
    "Aagje", "Abel", "Achmed", "Amira", "Anouk", "Arne", "Bas", "Birgit", "Bram", "Célia", "Chloë", "Daan",
    "Dilan",
    "Dries", "Elif", "Ella", "Emre", "Eva", "Fatima", "Febe", "Femke", "Floris", "Gitte", "Greet", "Hamza",
    "Hanne",
    "Ilse", "Imane", "Iris", "Jana", "Jef", "Jonas", "Joris", "Kaat", "Karim", "Katrien", "Koen", "Lander",
    "Leen",
    "Lies", "Lotte", "Lukas", "Marie", "Mehdi", "Merel", "Mila", "Nele", "Noor", "Noé", "Pieter", "Rik",
    "Robin",
    "Saar", "Samira", "Sander", "Seppe", "Stijn", "Tine", "Tom", "Wout", "Yara", "Yasmine", "Zita", "Zoë",
)  # fmt: skip
_SURNAME_STARTS = (
    "Ver", "Van ", "De ", "Van den ", "Ter", "Oost", "Wil", "Hoe", "Mee", "Kor", "Bra", "Sta", "Lam", "Gro",
    "Ruy", "Del",
)  # fmt: skip
_SURNAME_ENDS = (
    "hazelaer", "molster", "wijckel", "brandse", "kempenaer", "zwalmer", "lindert", "boskens", "streke",
    "vogelier",
    "hulster", "krekels", "donckier", "maeter", "peerlinck", "steenaer", "wielant", "dorpels", "ganshoef",
    "ravels",
    "smisser", "torrekens", "vlaminckx", "zavelaer",
)  # fmt: skip


def scholengroep_name(index: int) -> str:
    """Return the name of the scholengroep with this index; a second round gets a number behind it."""
    again, first = divmod(index, len(SCHOLENGROEPEN))
    return SCHOLENGROEPEN[first] if again == 0 else f"{SCHOLENGROEPEN[first]} {again + 1}"


def place_names() -> list[str]:
    """Return every invented gemeente, in a fixed order that mixes the endings."""
    return [start + end for end in _PLACE_ENDS for start in _PLACE_STARTS]


def school_name(rng: np.random.Generator, niveau: str, place: str) -> str:
    """Draw the name of an instelling: its kind, a fantasy word and its gemeente."""
    word = _SCHOOL_STARTS[rng.integers(len(_SCHOOL_STARTS))] + _SCHOOL_ENDS[rng.integers(len(_SCHOOL_ENDS))]
    return f"{SCHOOL_KINDS[niveau]} {word} {place}"


def person_names(rng: np.random.Generator, aantal: int) -> tuple[list[str], list[str]]:
    """Draw `aantal` persons as (names, unique local parts of an e-mail address in plain ASCII)."""
    firsts = rng.integers(len(_FIRST_NAMES), size=aantal)
    starts = rng.integers(len(_SURNAME_STARTS), size=aantal)
    ends = rng.integers(len(_SURNAME_ENDS), size=aantal)
    ascii_letters = str.maketrans({"é": "e", "ë": "e", "ö": "o", " ": None})
    seen: dict[str, int] = {}
    names: list[str] = []
    locals_: list[str] = []
    for first, start, end in zip(firsts.tolist(), starts.tolist(), ends.tolist(), strict=True):
        surname = _SURNAME_STARTS[start] + _SURNAME_ENDS[end]
        local = f"{_FIRST_NAMES[first]}.{surname}".translate(ascii_letters).lower()
        seen[local] = seen.get(local, 0) + 1
        names.append(f"{_FIRST_NAMES[first]} {surname}")
        locals_.append(local if seen[local] == 1 else f"{local}{seen[local]}")
    return names, locals_
