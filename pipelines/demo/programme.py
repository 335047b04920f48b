"""What PBD and POC+ offer in a full schooljaar: about 900 activiteiten, with the series that the plans name."""

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
        return ", ".join(self.ambten) if self.ambten else " en ".join(self.niveaus) if len(self.niveaus) < 4 else "alle niveaus"

    def title(self, series: int) -> str:
        """Return the title of one of the series."""
        return f"{self.thema[0].upper()}{self.thema[1:]}, reeks {series + 1}" if self.per_jaar > 1 else self.thema.capitalize()


PROGRAMME: tuple[Offer, ...] = (
    Offer("leerplanimplementatie", "nieuwe leerplannen basisonderwijs", 66, 27, _BASIS, 4, (), _DIDACTIEK, "CURR-REEKS", capaciteit=32),
    Offer("leerplanimplementatie", "leerplannen secundair onderwijs", 22, 22, _SECUNDAIR, 2, (), _DIDACTIEK),
    Offer("vorming", "doelenkader en vakdidactiek Nederlands", 84, 20, _BASIS, 3, ("leraar",), _DIDACTIEK, "VORM-LERAAR-BAO", capaciteit=25),
    Offer("vorming", "doelenkader en vakdidactiek wiskunde", 84, 20, _BASIS, 3, ("leraar",), _DIDACTIEK, "VORM-LERAAR-BAO", capaciteit=25),
    Offer("vorming", "vakdidactiek voor beleidsteams", 30, 20, _BASIS, 2, ("beleidsmedewerker", "directeur", "zorgcoördinator"), f"{_DIDACTIEK}|{_DATA}", "VORM-TEAM-BAO", capaciteit=25),
    Offer("vorming", "taalsterk lesgeven", 40, 21, _SECUNDAIR, 1, (), f"{_INCLUSIE}|{_DIDACTIEK}"),
    Offer("vorming", "gebruik van toetsgegevens", 26, 19, _ALL, 1, (), _DATA),
    Offer("vorming", "brede basiszorg", 30, 21, ("BaO", "BuBaO", "SO", "BuSO", "LSC"), 1, (), _INCLUSIE),
    Offer("vorming", "kunst, samenspel en evaluatie", 8, 14, ("DKO",), 1, (), _DIDACTIEK),
    Offer("vorming", "volwassenen activeren", 12, 18, ("VWO",), 1, (), _DIDACTIEK),
    Offer("opleiding", "motiverend lesgeven in de B-stroom", 3, 19, ("SO",), 6, ("leraar",), _INCLUSIE, "B-STROOM", capaciteit=22),
    Offer("opleiding", "vakgroepvoorzitter in beweging", 6, 18, ("SO",), 6, ("vakgroepvoorzitter",), _DATA, "VAKGROEP", capaciteit=22),
    Offer("opleiding", "duaal leren", 2, 14, _SECUNDAIR, 4, ("leraar",), "", "DUAAL", capaciteit=18),
    Offer("opleiding", "zorgcoördinator basisonderwijs", 3, 19, ("BaO",), 8, ("zorgcoördinator",), _INCLUSIE, "ZORG-BAO", capaciteit=22),
    Offer("opleiding", "coördinator leerlingenbegeleiding", 2, 19, ("SO",), 8, ("coördinator leerlingenbegeleiding",), _INCLUSIE, "LLB-SO", capaciteit=22),
    Offer("opleiding", "leerondersteuner", 2, 22, ("LSC",), 6, ("leerondersteuner",), _INCLUSIE, "LEERONDERSTEUNER"),
    Offer("opleiding", "pedagogisch medewerker mesoniveau", 2, 24, ("BaO", "SO"), 6, ("beleidsmedewerker",), _DATA, "MESO"),
    Offer("opleiding", "gepersonaliseerd samen leren en flexibel organiseren", 14, 20, _ALL, 8, (), _INCLUSIE),
    Offer("opleiding", "digitaal beleid tot op de klasvloer", 12, 19, _ALL, 6, (), _DATA),
    Offer("opleiding", "poolsterbeleid", 12, 18, _ALL, 6, ("directeur", "beleidsmedewerker"), f"{_INCLUSIE}|{_DATA}"),
    Offer("aanvangsbegeleiding", "mentor en startende leraar", 30, 21, ("BaO", "BuBaO", "SO", "BuSO", "DKO", "VWO"), 2),
    Offer("plg", "lerend netwerk wiskunde en Nederlands", 70, 15, ("SO",), 3, ("leraar", "vakgroepvoorzitter"), _DIDACTIEK),
    Offer("plg", "lerend netwerk zorg", 50, 15, ("BaO", "BuBaO"), 3, (), _INCLUSIE),
    Offer("plg", "lerend netwerk praktijkvakken", 30, 14, ("SO", "BuSO"), 3),
    Offer("plg", "lerend netwerk directies", 30, 13, _ALL, 2, ("directeur",), _DATA),
    Offer("helpdesk", "helpdesk live: leerplannen en doelen", 80, 21, ("BaO", "BuBaO", "SO", "BuSO"), 1, capaciteit=60),
    Offer("helpdesk", "helpdesk live: toetsen en evaluatie", 50, 19, ("BaO", "SO", "DKO", "VWO"), 1, (), _DATA, capaciteit=60),
    Offer("bigbang", "startdag van de scholengroepen", 5, 80, _ALL, 2, (), f"{_INCLUSIE}|{_DIDACTIEK}|{_DATA}", capaciteit=400, is_autumn=True),
    Offer("infosessie", "infosessie leerlingenbegeleiding", 34, 19, ("CLB",), 1, organisator="POC", capaciteit=60),
    Offer("starterstraject", "starterstraject CLB", 14, 16, ("CLB",), 6, organisator="POC", capaciteit=24),
    Offer("opleiding", "handelingsgericht werken in het CLB", 16, 17, ("CLB",), 4, (), _INCLUSIE, organisator="POC"),
    Offer("plg", "lerend netwerk CLB-teams", 14, 14, ("CLB",), 3, organisator="POC"),
)  # fmt: skip
