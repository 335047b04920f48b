"""What PBD and POC+ offer in a full schooljaar: about 900 activiteiten, the plans' series among them."""

from __future__ import annotations

from dataclasses import dataclass

_ALL = ("BaO", "BuBaO", "SO", "BuSO", "DKO", "VWO", "LSC", "CLB")
_BASIS = ("BaO", "BuBaO")
_SECUNDAIR = ("SO", "BuSO")
_INCLUSIE = "inclusieve leeromgeving"
_DIDACTIEK = "effectieve didactiek"
_DATA = "datageletterdheid"


@dataclass(frozen=True)
class Offer:
    """One line of the programme: `per_jaar` activiteiten with about `bezetting` registrations each."""

    strategie: str
    thema: str
    per_jaar: int
    bezetting: float
    niveaus: tuple[str, ...]
    dagdelen: int = 1
    ambten: tuple[str, ...] = ()
    prioriteiten: str = ""
    bereikdoel: str = ""
    organisator: str = "PBD"
    capaciteit: int = 30
    is_autumn: bool = False

    @property
    def doelgroep(self) -> str:
        """Whom it is meant for, in words."""
        return (
            ", ".join(self.ambten)
            if self.ambten
            else " en ".join(self.niveaus)
            if len(self.niveaus) < 4
            else "alle niveaus"
        )

    def title(self, series: int) -> str:
        """Return the title of one of the series."""
        return (
            f"{self.thema[0].upper()}{self.thema[1:]}, reeks {series + 1}"
            if self.per_jaar > 1
            else self.thema.capitalize()
        )


PROGRAMME: tuple[Offer, ...] = (
    Offer("leerplanimplementatie", "nieuwe leerplannen basisonderwijs", per_jaar=66, bezetting=27,
        niveaus=_BASIS, dagdelen=4, prioriteiten=_DIDACTIEK, bereikdoel="CURR-REEKS", capaciteit=32),
    Offer("leerplanimplementatie", "leerplannen secundair onderwijs", per_jaar=22, bezetting=26,
        niveaus=_SECUNDAIR, dagdelen=2, prioriteiten=_DIDACTIEK),
    Offer("vorming", "doelenkader en vakdidactiek Nederlands", per_jaar=84, bezetting=20, niveaus=_BASIS,
        dagdelen=3, ambten=("leraar",), prioriteiten=_DIDACTIEK, bereikdoel="VORM-LERAAR-BAO",
        capaciteit=25),
    Offer("vorming", "doelenkader en vakdidactiek wiskunde", per_jaar=84, bezetting=20, niveaus=_BASIS,
        dagdelen=3, ambten=("leraar",), prioriteiten=_DIDACTIEK, bereikdoel="VORM-LERAAR-BAO",
        capaciteit=25),
    Offer("vorming", "vakdidactiek voor beleidsteams", per_jaar=30, bezetting=20, niveaus=_BASIS,
        dagdelen=2, ambten=("beleidsmedewerker", "directeur", "zorgcoördinator"),
        prioriteiten=f"{_DIDACTIEK}|{_DATA}", bereikdoel="VORM-TEAM-BAO", capaciteit=25),
    Offer("vorming", "taalsterk lesgeven", per_jaar=40, bezetting=26, niveaus=_SECUNDAIR, dagdelen=1,
        prioriteiten=f"{_INCLUSIE}|{_DIDACTIEK}"),
    Offer("vorming", "gebruik van toetsgegevens", per_jaar=26, bezetting=19, niveaus=_ALL, dagdelen=1,
        prioriteiten=_DATA),
    Offer("vorming", "brede basiszorg", per_jaar=30, bezetting=26,
        niveaus=("BaO", "BuBaO", "SO", "BuSO", "LSC"), dagdelen=1, prioriteiten=_INCLUSIE),
    Offer("vorming", "kunst, samenspel en evaluatie", per_jaar=8, bezetting=14, niveaus=("DKO",),
        dagdelen=1, prioriteiten=_DIDACTIEK),
    Offer("vorming", "volwassenen activeren", per_jaar=12, bezetting=18, niveaus=("VWO",), dagdelen=1,
        prioriteiten=_DIDACTIEK),
    Offer("opleiding", "motiverend lesgeven in de B-stroom", per_jaar=3, bezetting=19, niveaus=("SO",),
        dagdelen=6, ambten=("leraar",), prioriteiten=_INCLUSIE, bereikdoel="B-STROOM", capaciteit=22),
    Offer("opleiding", "vakgroepvoorzitter in beweging", per_jaar=6, bezetting=18, niveaus=("SO",),
        dagdelen=6, ambten=("vakgroepvoorzitter",), prioriteiten=_DATA, bereikdoel="VAKGROEP",
        capaciteit=22),
    Offer("opleiding", "duaal leren", per_jaar=2, bezetting=14, niveaus=_SECUNDAIR, dagdelen=4,
        ambten=("leraar",), bereikdoel="DUAAL", capaciteit=18),
    Offer("opleiding", "zorgcoördinator basisonderwijs", per_jaar=3, bezetting=19, niveaus=("BaO",),
        dagdelen=8, ambten=("zorgcoördinator",), prioriteiten=_INCLUSIE, bereikdoel="ZORG-BAO",
        capaciteit=22),
    Offer("opleiding", "coördinator leerlingenbegeleiding", per_jaar=2, bezetting=19, niveaus=("SO",),
        dagdelen=8, ambten=("coördinator leerlingenbegeleiding",), prioriteiten=_INCLUSIE,
        bereikdoel="LLB-SO", capaciteit=22),
    Offer("opleiding", "leerondersteuner", per_jaar=2, bezetting=22, niveaus=("LSC",), dagdelen=6,
        ambten=("leerondersteuner",), prioriteiten=_INCLUSIE, bereikdoel="LEERONDERSTEUNER"),
    Offer("opleiding", "pedagogisch medewerker mesoniveau", per_jaar=2, bezetting=24, niveaus=("BaO", "SO"),
        dagdelen=6, ambten=("beleidsmedewerker",), prioriteiten=_DATA, bereikdoel="MESO"),
    Offer("opleiding", "gepersonaliseerd samen leren en flexibel organiseren", per_jaar=14, bezetting=20,
        niveaus=_ALL, dagdelen=8, prioriteiten=_INCLUSIE),
    Offer("opleiding", "digitaal beleid tot op de klasvloer", per_jaar=12, bezetting=19, niveaus=_ALL,
        dagdelen=6, prioriteiten=_DATA),
    Offer("opleiding", "poolsterbeleid", per_jaar=12, bezetting=18, niveaus=_ALL, dagdelen=6,
        ambten=("directeur", "beleidsmedewerker"), prioriteiten=f"{_INCLUSIE}|{_DATA}"),
    Offer("aanvangsbegeleiding", "mentor en startende leraar", per_jaar=30, bezetting=25,
        niveaus=("BaO", "BuBaO", "SO", "BuSO", "DKO", "VWO"), dagdelen=2),
    Offer("plg", "lerend netwerk wiskunde en Nederlands", per_jaar=70, bezetting=19, niveaus=("SO",),
        dagdelen=3, ambten=("leraar", "vakgroepvoorzitter"), prioriteiten=_DIDACTIEK),
    Offer("plg", "lerend netwerk zorg", per_jaar=50, bezetting=18, niveaus=("BaO", "BuBaO"), dagdelen=3,
        prioriteiten=_INCLUSIE),
    Offer("plg", "lerend netwerk praktijkvakken", per_jaar=30, bezetting=17, niveaus=("SO", "BuSO"),
        dagdelen=3),
    Offer("plg", "lerend netwerk directies", per_jaar=30, bezetting=13, niveaus=_ALL, dagdelen=2,
        ambten=("directeur",), prioriteiten=_DATA),
    Offer("helpdesk", "helpdesk live: leerplannen en doelen", per_jaar=80, bezetting=30,
        niveaus=("BaO", "BuBaO", "SO", "BuSO"), dagdelen=1, capaciteit=60),
    Offer("helpdesk", "helpdesk live: toetsen en evaluatie", per_jaar=50, bezetting=27,
        niveaus=("BaO", "SO", "DKO", "VWO"), dagdelen=1, prioriteiten=_DATA, capaciteit=60),
    Offer("bigbang", "startdag van de scholengroepen", per_jaar=5, bezetting=80, niveaus=_ALL, dagdelen=2,
        prioriteiten=f"{_INCLUSIE}|{_DIDACTIEK}|{_DATA}", capaciteit=400, is_autumn=True),
    Offer("infosessie", "infosessie leerlingenbegeleiding", per_jaar=34, bezetting=19, niveaus=("CLB",),
        dagdelen=1, organisator="POC", capaciteit=60),
    Offer("starterstraject", "starterstraject CLB", per_jaar=14, bezetting=16, niveaus=("CLB",), dagdelen=6,
        organisator="POC", capaciteit=24),
    Offer("opleiding", "handelingsgericht werken in het CLB", per_jaar=16, bezetting=17, niveaus=("CLB",),
        dagdelen=4, prioriteiten=_INCLUSIE, organisator="POC"),
    Offer("plg", "lerend netwerk CLB-teams", per_jaar=14, bezetting=14, niveaus=("CLB",), dagdelen=3,
        organisator="POC"),
)  # fmt: skip
