"""Source 3: the outputdossier of each scholengroep, a workbook of five sheets per schooljaar."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pipelines.demo.inspections import Doorlichting, latest_before
from pipelines.demo.manifest import DemoFile, Reason
from pipelines.demo.network import Instelling, Network
from pipelines.demo.school_years import Schooljaar, date_text, excel_serial
from pipelines.demo.writing import (
    Cell,
    Layout,
    Sheet,
    comma,
    thousands,
    write_workbook,
)

_PUPIL_NIVEAUS = ("BaO", "BuBaO", "SO", "BuSO")
_NO_FIGURES = "Geen cijfers beschikbaar"
_KEYS = ["schooljaar", "instellingsnummer", "naam instelling"]
_INSTROOM = [
    *_KEYS, "leerlingen", "opleiding moeder", "schooltoelage", "thuistaal", "buurt",
    "anderstalige nieuwkomers", "instroom september",
]  # fmt: skip
_DOORSTROOM = [
    *_KEYS, "zittenblijvers", "schoolse vertraging", "A-attesten", "B-attesten", "C-attesten",
    "vroegtijdig schoolverlaters", "noemer",
]  # fmt: skip
_LEERRECHT = [
    *_KEYS, "noemer", "problematisch 5", "problematisch 10", "problematisch 15", "problematisch 30",
    "tijdelijke uitsluitingen", "definitieve uitsluitingen",
]  # fmt: skip
_LEERRESULTATEN = [
    *_KEYS, "toets", "domein", "deelnemers", "resultaat", "resultaat GO!", "resultaat vergelijkbaar",
]  # fmt: skip
_SUMMARY = [*_KEYS, "laatste doorlichting", "advies", "GOK", "LLB"]
_TESTS: dict[str, dict[str, tuple[tuple[str, float], ...]]] = {
    "BaO": {
        "Koala": (("luistervaardigheid", 78.0),),
        "OVSG": (("Nederlands", 71.0), ("wiskunde", 68.0), ("wereldoriëntatie", 66.0)),
    },
    "SO": {"Diataal": (("begrijpend lezen", 62.0), ("woordenschat", 58.0))},
}
"""Per onderwijsniveau and toets: its domeinen with the result of the whole net."""


def write_outputdossiers(folder: Path, network: Network, doorlichtingen: tuple[Doorlichting, ...]) -> list[DemoFile]:
    """Write one workbook per scholengroep and schooljaar, with titles above and totals below the figures."""
    rng = network.stream("outputdossier")
    files: list[DemoFile] = []
    for jaar, schooljaar in enumerate(network.schooljaren):
        latest = latest_before(doorlichtingen, _delivered_on(schooljaar))
        members: dict[int, list[Instelling]] = {}
        for instelling in network.present(jaar, *_PUPIL_NIVEAUS):
            members.setdefault(instelling.scholengroep, []).append(instelling)
        for scholengroep, instellingen in sorted(members.items()):
            book = _Dossier(rng, network, schooljaar, scholengroep, instellingen)
            path = folder / schooljaar.label / f"outputdossier_sg{scholengroep:02d}_{schooljaar.label}.xlsx"
            files += write_workbook(path, book.sheets(latest))
    return files


def _delivered_on(schooljaar: Schooljaar) -> int:
    """Dossiers are made when the schooljaar is over, the one of the running schooljaar on its last known day."""
    return schooljaar.known_until


class _Dossier:
    """The five sheets of one scholengroep in one schooljaar.

    In the running schooljaar only what is known in autumn has figures: intake, pupils who stay behind, Koala
    and Diataal.
    """

    def __init__(
        self,
        rng: np.random.Generator,
        network: Network,
        schooljaar: Schooljaar,
        scholengroep: int,
        members: list[Instelling],
    ) -> None:
        self.rng = rng
        self.network = network
        self.schooljaar = schooljaar
        self.scholengroep = scholengroep
        self.members = members
        self.is_odd = scholengroep % 4 == 0
        self.keeps_zeros = scholengroep % 3 == 0
        self.label = schooljaar.short if scholengroep % 5 == 0 else schooljaar.label

    def sheets(self, latest: dict[str, Doorlichting]) -> list[tuple[Sheet, Layout]]:
        """Return the sheets in the order of the workbook, with the planted rows of a few scholengroepen."""
        instroom, doorstroom, leerrecht = self._instroom(), self._doorstroom(), self._leerrecht()
        results, summary = self._leerresultaten(), self._summary(latest)
        if self.scholengroep == 2:
            extra: dict[str, Cell] = {"instellingsnummer": self.network.unknown_nummer}
            instroom.plant_copy(1, 0.5, "instellingsnummer", Reason.ONBEKENDE_INSTELLING, **extra)
            doorstroom.plant_duplicate(3, 0.9)
        if self.scholengroep == 5:
            leerrecht.plant_copy(
                2, 0.6, "noemer", Reason.ONLEESBAAR, noemer="circa 200", instellingsnummer=self._outsider()
            )
            results.plant_copy(
                4, 0.8, "resultaat", Reason.BUITEN_BEREIK, resultaat=141.5, domein="spreekvaardigheid"
            )  # fmt: skip
        if self.scholengroep == 7:
            summary.plant_copy(
                1, 0.4, "laatste doorlichting", Reason.ONMOGELIJKE_DATUM, laatste_doorlichting="31/02/2025",
                instellingsnummer=self._outsider(),
            )  # fmt: skip
        pairs = zip(
            (instroom, doorstroom, leerrecht, results, summary),
            ("Instroom", "Doorstroom", "Leerrecht", "Leerresultaten", "Doorlichtingen"),
            strict=True,
        )
        return [(sheet, self._layout(name, sheet)) for sheet, name in pairs]

    def _outsider(self) -> Cell:
        """Return a nummer that no other row has, so that a planted row breaks one rule only."""
        jaar = self.network.schooljaren.index(self.schooljaar)
        adults = self.network.present(jaar, "VWO")
        return next(i.nummer for i in adults if i.scholengroep == self.scholengroep)

    def _layout(self, name: str, sheet: Sheet) -> Layout:
        title = f"Outputdossier scholengroep {self.scholengroep} {self.network.scholengroepen[self.scholengroep]}"
        total: tuple[Cell, ...] = ()
        if name in ("Instroom", "Doorstroom", "Leerrecht") and self.scholengroep % 2 == 0:
            good = [row for index, row in enumerate(sheet.rows) if index not in sheet.planted]
            sums = [
                sum(cell for row in good if isinstance(cell := row[column], int | float))
                for column in range(3, len(sheet.columns))
            ]
            total = ("Totaal", None, None, *sums)
        return Layout(
            name=name.upper() if self.is_odd else name,
            titles=(title, f"Schooljaar {self.schooljaar.label}"),
            merge_titles=self.scholengroep % 3 == 1,
            blank_rows=1 if self.scholengroep % 2 else 0,
            total_row=total,
            date_columns=("laatste doorlichting",) if name == "Doorlichtingen" else (),
        )

    def _keys(self, instelling: Instelling) -> list[Cell]:
        nummer: Cell = instelling.nummer if self.keeps_zeros else int(instelling.nummer)
        return [self.label, nummer, instelling.naam]

    def _headed(self, table: str, columns: list[str], rows: list[list[Cell]]) -> Sheet:
        sheet = Sheet(table, list(columns), rows)
        if self.is_odd:
            sheet.headings = {
                "instellingsnummer": " INSTELLINGSNUMMER",
                "naam instelling": "Naam\u00a0instelling",
                "problematisch 10": "problematisch_10",
                "schoolse vertraging": "SCHOOLSE_VERTRAGING",
            }
        return sheet

    def _count(self, pupils: int, rate: float) -> int:
        return int(self.rng.binomial(pupils, min(max(rate, 0.0), 1.0)))

    def _small(self, count: int) -> Cell:
        """Suppress a count from 1 to 4, in one of the two spellings in use."""
        return count if count == 0 or count >= 5 else ("<5" if self.is_odd else "< 5")

    def _number(self, value: int) -> Cell:
        """Some scholengroepen deliver text with a point between the thousands."""
        return thousands(value) if self.scholengroep % 6 == 1 else value

    def _instroom(self) -> Sheet:
        rows: list[list[Cell]] = []
        for i in self.members:
            pupils = self._pupils(i)
            shares = np.clip(i.oki / 4 * np.array([1.05, 1.0, 0.95, 1.0]) + self.rng.normal(0, 0.02, 4), 0, 1)
            counts = [float(np.rint(share * pupils * 2) / 2) for share in shares]
            cells: list[Cell] = [comma(c) if self.scholengroep % 6 == 1 else c for c in counts]
            newcomers = self._count(pupils, 0.01 + 0.012 * i.oki)
            rows.append(
                [
                    *self._keys(i),
                    self._number(pupils),
                    *cells,
                    self._small(newcomers),
                    self._count(pupils, 0.14),
                ]
            )
        return self._headed("instroom", _INSTROOM, rows)

    def _doorstroom(self) -> Sheet:
        rows: list[list[Cell]] = []
        for i in self.members:
            pupils = self._pupils(i)
            is_so = i.niveau == "SO"
            staying = self._count(pupils, (0.035 if is_so else 0.028) * float(np.exp(0.38 * i.nood)))
            delayed = self._count(pupils, (0.24 if is_so else 0.13) * float(np.exp(0.3 * i.nood)))
            attests: list[Cell] = ["n.v.t."] * 3
            leavers: Cell = "n.v.t."
            if i.niveau in ("SO", "BuSO"):
                b = self._count(pupils, 0.09 * float(np.exp(0.2 * i.nood)))
                c = self._count(pupils, 0.06 * float(np.exp(0.35 * i.nood)))
                attests, leavers = (
                    [pupils - b - c, b, c],
                    self._small(self._count(pupils, 0.02 * float(np.exp(0.4 * i.nood)))),
                )
                if self.schooljaar.is_running:
                    attests, leavers = [_NO_FIGURES] * 3, _NO_FIGURES
            rows.append([*self._keys(i), staying, delayed, *attests, leavers, pupils])
        return self._headed("doorstroom", _DOORSTROOM, rows)

    def _leerrecht(self) -> Sheet:
        rows: list[list[Cell]] = []
        for i in self.members:
            pupils = self._pupils(i)
            if self.schooljaar.is_running:
                rows.append([*self._keys(i), pupils, *[_NO_FIGURES] * 6])
                continue
            base = 0.11 if i.niveau in ("SO", "BuSO") else 0.05
            five = self._count(pupils, base * float(np.exp(0.42 * i.nood)))
            ten = self._count(five, 0.6)
            fifteen = self._count(ten, 0.65)
            thirty = self._count(fifteen, 0.5)
            # Exclusions belong to secondary education; most suppliers give these events as they are.
            is_secondary = i.niveau in ("SO", "BuSO")
            excluded = self._count(pupils, (0.025 if is_secondary else 0.0015) * float(np.exp(0.3 * i.nood)))
            for_good = self._count(pupils, 0.004 if is_secondary else 0.0001)
            rows.append(
                [
                    *self._keys(i),
                    pupils,
                    five,
                    ten,
                    fifteen,
                    self._small(thirty),
                    self._small(excluded) if self.is_odd else excluded,
                    self._small(for_good) if self.is_odd else for_good,
                ]
            )
        return self._headed("leerrecht", _LEERRECHT, rows)

    def _leerresultaten(self) -> Sheet:
        rows: list[list[Cell]] = []
        for i in self.members:
            for toets, domains in _TESTS.get(i.niveau, {}).items():
                if self.schooljaar.is_running and toets == "OVSG":
                    continue
                pupils = max(6, i.leerlingen // (9 if i.niveau == "BaO" else 7))
                for domein, of_net in domains:
                    rate = of_net / 100 - 0.05 * i.nood + self.rng.normal(0, 0.03)
                    result = round(100 * self._count(pupils, rate) / pupils, 1)
                    alike = round(of_net - 4.0 * (i.oki - 1.1) / 0.74 + self.rng.normal(0, 1.5), 1)
                    compared: Cell = _NO_FIGURES if self.rng.random() < 0.06 else alike
                    rows.append([*self._keys(i), toets, domein, pupils, result, of_net, compared])
        return self._headed("leerresultaten", _LEERRESULTATEN, rows)

    def _summary(self, latest: dict[str, Doorlichting]) -> Sheet:
        """Copy the last doorlichting of each instelling; scholengroep 3 has one advice wrong, to report."""
        rows: list[list[Cell]] = []
        for index, i in enumerate(self.members):
            known = latest.get(i.nummer)
            if known is None:
                rows.append([*self._keys(i), "-", "-", "-", "-"])
                continue
            day: Cell = date_text(known.begin, "slash") if self.keeps_zeros else excel_serial(known.begin)
            advies = known.advies
            if self.scholengroep == 3 and index == 2:
                advies = "1A" if advies != "1A" else "1B"
            rows.append([*self._keys(i), day, advies, known.gok or "n.v.t.", known.llb or "n.v.t."])
        return self._headed("doorlichtingen_samenvatting", _SUMMARY, rows)

    def _pupils(self, instelling: Instelling) -> int:
        return max(instelling.leerlingen, 12)
