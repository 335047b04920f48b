"""Which source a delivery is: from its headers and sheet names, never from the name of the file."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from pipelines.contract import Contract, Kind, normalise_header
from pipelines.csv_text import BROKEN
from pipelines.faults import LeveringFout, Melding
from pipelines.formulas import column_letters
from pipelines.read import TextTable
from pipelines.tally import Tally

HEADER_DEPTH = 40
# A total stands among the last rows of a table; a remark or two may follow it.
FOOT_DEPTH = 5
TOTAL = re.compile(r"(algemeen |eind)?tota(al|len)\b.{0,40}")
# What may hold the word itself: codes, choices and names. A number, a date or a schooljaar never does.
WORDS = frozenset({Kind.CODE, Kind.CHOICE, Kind.LIST, Kind.FLAG, Kind.PERSON, Kind.PERSONS})
#: What is told of a sheet that stands beside sheets with rows.
ONLY_HEADER = (
    "Er staat enkel een kop, geen gegevens. De andere bladen tellen mee; wat vroeger op dit blad geleverd is, blijft "
    "meetellen."
)
THIRD_HEADER_ROW = "ImportId"
# What Qualtrics calls a question in its third row; data added to the survey have their own name there.
QUESTION = re.compile(r'"ImportId"\s*:\s*"[^"]*QID')


@dataclass(frozen=True)
class Recognised:
    """One table with its contract: the cells under the contract's names, as text.

    `cells` holds `rij`, every kept column (empty when not delivered), and where the contract has answers
    the columns that hold them: `answers` gives the column of every question. `surplus` are the rows with
    more cells than the header, `titles` the text above the header. `headers` gives the header of a column as
    the supplier wrote it. `refused` are rows that could not even become cells, as rows of a quarantine.
    """

    contract: Contract
    sheet: str | None
    cells: pl.DataFrame
    surplus: pl.DataFrame
    titles: str
    month_first: frozenset[str] = frozenset()
    answers: Mapping[str, str] = field(default_factory=dict)
    meldingen: list[Melding] = field(default_factory=list)
    headers: Mapping[str, str] = field(default_factory=dict)
    refused: pl.DataFrame | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is not one row below the header."""
        return self.cells.height + self.surplus.height == 0

    def header(self, name: str) -> str:
        """Return the header of a column as the supplier wrote it; the contract's where it was not delivered."""
        own = next((column.header for column in self.contract.columns if column.name == name), name)
        return self.headers.get(name, own)


def known_headers(contracts: Sequence[Contract]) -> frozenset[str]:
    """Return all headers of the contracts, normalised."""
    return frozenset().union(*(column.accepted for contract in contracts for column in contract.columns))


def recognise(tables: list[TextTable], contracts: Sequence[Contract]) -> list[Recognised]:
    """Return the tables of one delivery with their contracts; a sheet with only its header is left out, and told.

    Raises LeveringFout when no source is recognised, a sheet or a required column is missing, a column
    stands twice, or no sheet has rows.
    """
    return _with_rows(_recognised(tables, contracts))


def _recognised(tables: list[TextTable], contracts: Sequence[Contract]) -> list[Recognised]:
    """Return the tables with their contracts, also those of which only the header is there."""
    sheets = {normalise_header(c.sheet): c for c in contracts if c.sheet}
    named = [table for table in tables if table.sheet and normalise_header(table.sheet) in sheets]
    if len(named) > 1:
        return _workbook(named, sheets, tables)
    single = [contract for contract in contracts if contract.sheet is None]
    found, skipped, unknown = [], [], None
    for table in tables:
        try:
            found.append(_table(table, single))
        except LeveringFout as fault:
            own = sheets.get(normalise_header(table.sheet or ""))
            if own is not None and _holds_required(table, own):
                return _workbook(named, sheets, tables)
            # A sheet of explanation may stand beside the data; a faulty sheet of a known source may not.
            if fault.code != "onbekende_bron":
                raise
            skipped.append(f"'{table.sheet}'")
            unknown = fault
    if not found and named:
        return _workbook(named, sheets, tables)
    if not found and unknown:
        raise unknown
    if skipped:
        found[0].meldingen.append(Melding(f"Blad genegeerd, geen bekende kop: {', '.join(skipped)}."))
    return found


def _with_rows(found: list[Recognised]) -> list[Recognised]:
    """Return the tables that hold rows; the first of them tells of the sheets that have only a header.

    A school without pupils for a sheet sends the template as it is: that is no fault of the others.
    """
    filled, empty = ([table for table in found if table.is_empty is wanted] for wanted in (False, True))
    if not filled:
        first = found[0].contract
        where = f" Blad '{found[0].sheet}'." if found[0].sheet else ""
        sentence = f"Er staat enkel een kop, geen gegevens ({first.title}).{where}"
        raise LeveringFout("enkel_kop", sentence, tally=Tally(first.bron, gelezen=0, aanvaard=0, buiten=0))
    for table in empty:
        filled[0].meldingen.extend([*table.meldingen, Melding(ONLY_HEADER, table.sheet)])
    titles = "\n".join(table.titles for table in (filled[0], *empty))
    return [replace(filled[0], titles=titles), *filled[1:]]


def _holds_required(table: TextTable, contract: Contract) -> bool:
    """Whether some row has every required column of a contract."""
    try:
        _table(table, [contract])
    except LeveringFout as fault:
        return fault.code not in ("onbekende_bron", "kolom_ontbreekt")
    return True


def _workbook(named: list[TextTable], sheets: dict[str, Contract], tables: list[TextTable]) -> list[Recognised]:
    """Return the sheets of a workbook whose sheets are fixed; every one of them must be there."""
    present = {normalise_header(table.sheet or "") for table in named}
    missing = [str(contract.sheet) for name, contract in sheets.items() if name not in present]
    if missing:
        others = ", ".join(f"'{table.sheet}'" for table in tables)
        names = ", ".join(f"'{name}'" for name in missing)
        what = (
            f"Het blad {names} ontbreekt of is leeg."
            if len(missing) == 1
            else f"De bladen {names} ontbreken of zijn leeg."
        )
        raise LeveringFout("blad_ontbreekt", f"{what} Gevonden: {others}.")
    return [_table(table, [sheets[normalise_header(table.sheet or "")]]) for table in named]


def _table(table: TextTable, contracts: Sequence[Contract]) -> Recognised:
    row, headers, contract = _locate_header(table, contracts)
    try:
        return _below_header(table, row, headers, contract)
    except LeveringFout as fault:
        fault.tally = replace(fault.tally, bron=contract.bron)
        raise


def _below_header(table: TextTable, row: int, headers: list[str], contract: Contract) -> Recognised:
    meldingen: list[Melding] = []
    originals = [_original(table, row, place) for place in range(len(headers))]
    places = _match(contract, headers, originals, table.sheet)
    _stand_in(contract, headers, originals, places, meldingen, table.sheet)
    known = {*places.values(), *_dropped_places(contract, headers)}
    extra = [place for place, header in enumerate(headers) if header and place not in known]
    if contract.extra_header_rows:
        _check_header_rows(table, row, contract)
    month_first = frozenset(
        column.name
        for column in contract.kept
        if column.name in places
        and headers[places[column.name]] in {normalise_header(alias) for alias in column.month_first_aliases}
    )
    body = table.cells.slice(row + 1 + contract.extra_header_rows)
    # Beside the table of a sheet a remark may stand; in a CSV a cell too many means the row has shifted.
    beyond = range(_last(headers) + 1, table.cells.width - 1) if table.sheet is None else ()
    surplus_cells = [f"c{place}" for place in beyond]
    surplus = _filled(body, surplus_cells) if surplus_cells else body.clear()
    if surplus.height:
        body = body.filter(~pl.col("rij").is_in(surplus.get_column("rij").implode()))
    body = _filled(body, [f"c{place}" for place, header in enumerate(headers) if header])
    body = _without_totals(body, contract, places, meldingen, table.sheet)
    asked = _asked(table, row, contract, extra) if contract.answers_column else []
    answers = _questions(originals, asked)
    ignored = [place for place in extra if place not in asked]
    if ignored:
        names = ", ".join(f"'{originals[place]}'" for place in ignored)
        meldingen.append(Melding(f"Onbekende kolommen genegeerd: {names}.", table.sheet))
    selected = {column.name: f"c{places[column.name]}" for column in contract.kept if column.name in places}
    data = body.select(
        "rij",
        *(pl.col(source).alias(name) for name, source in selected.items()),
        *(pl.lit(None, pl.String).alias(c.name) for c in contract.kept if c.name not in selected),
        *answers.values(),
    )
    titles = "\n".join(
        str(cell) for cell in table.cells.head(row).drop("rij").unpivot().get_column("value").drop_nulls().to_list()
    )
    written = {name: " ".join(originals[place].split()) for name, place in places.items()}
    return Recognised(contract, table.sheet, data, surplus, titles, month_first, answers, meldingen, written)


def _last(headers: list[str]) -> int:
    return max((place for place, header in enumerate(headers) if header), default=0)


def _filled(cells: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    """Return the rows in which at least one of the columns holds more than white space."""
    columns = [name for name in columns if cells.get_column(name).null_count() < cells.height]
    if not columns:
        return cells.clear()
    # Nearly always one column is filled in every row, and tells that all rows are: the first.
    first = cells.get_column(columns[0])
    if not first.null_count() and (first.str.strip_chars() != "").all():
        return cells
    blank = [pl.col(name).is_null() | (pl.col(name).str.strip_chars() == "") for name in columns]
    return cells.filter(~pl.all_horizontal(blank))


def _without_totals(
    body: pl.DataFrame,
    contract: Contract,
    places: Mapping[str, int],
    meldingen: list[Melding],
    sheet: str | None,
) -> pl.DataFrame:
    """Return the rows without the total below them: it is no data, and counts as neither read nor refused.

    A row is a total when it says so in its first filled cell, in free text or where no word can stand, and lacks
    a value that every row must have; so a test result of the domein 'totaal' stays a row.
    """
    needed = [f"c{places[column.name]}" for column in contract.columns if column.filled and column.name in places]
    typed = {f"c{places[c.name]}" for c in contract.kept if c.name in places and c.kind in WORDS}
    rows = []
    for row in body.tail(FOOT_DEPTH).iter_rows(named=True):
        number = row.pop("rij")
        filled = {name: normalise_header(cell) for name, cell in row.items() if cell and cell.strip()}
        says_so = [
            name
            for place, (name, cell) in enumerate(filled.items())
            if TOTAL.fullmatch(cell) and (place == 0 or name not in typed)
        ]
        if says_so and any(name not in filled for name in needed):
            rows.append(number)
    if not rows:
        return body
    meldingen.append(Melding(f"Totaalrij genegeerd (rij {', '.join(str(row) for row in rows)}).", sheet))
    return body.filter(~pl.col("rij").is_in(rows))


def _asked(table: TextTable, row: int, contract: Contract, extra: Sequence[int]) -> list[int]:
    """Return the places of questions; what a survey tool knows otherwise (a name, a score) is no answer."""
    imports = table.cells.row(row + contract.extra_header_rows, named=True)
    return [place for place in extra if QUESTION.search(imports[f"c{place}"] or "")]


def _questions(originals: Sequence[str], extra: Sequence[int]) -> dict[str, str]:
    """Return the column of every question of a survey; a question that stands twice is refused."""
    questions: dict[str, str] = {}
    for place in extra:
        question = " ".join(originals[place].split())
        if question in questions:
            raise LeveringFout("kolom_dubbel", f"De vraag '{question}' staat er meer dan eens. Laat er één staan.")
        questions[question] = f"c{place}"
    return questions


def _check_header_rows(table: TextTable, row: int, contract: Contract) -> None:
    """Refuse a survey export without its rows of texts and ImportId: answers would be taken for them."""
    third = table.cells.slice(row + contract.extra_header_rows, 1).drop("rij").rows()
    if not any(THIRD_HEADER_ROW in (cell or "") for cells in third for cell in cells):
        raise LeveringFout(
            "koprijen",
            "De drie koprijen van Qualtrics (namen, vraagteksten, ImportId) staan niet onder elkaar. "
            "Exporteer de antwoorden opnieuw als CSV en wijzig het bestand niet.",
        )


def _locate_header(table: TextTable, contracts: Sequence[Contract]) -> tuple[int, list[str], Contract]:
    """Return the row, the normalised headers and the contract that fit best."""
    best: tuple[tuple[int, float, int], int, list[str], Contract] | None = None
    known = known_headers(contracts)
    whole: dict[int, tuple[int, Contract]] = {}
    for number, cells in enumerate(table.cells.head(HEADER_DEPTH).drop("rij").iter_rows()):
        headers = [normalise_header(cell) if cell else "" for cell in cells]
        present = known.intersection(headers)
        if len(present) < 2:
            continue
        for contract in contracts:
            required = [column for column in contract.columns if column.required]
            hits = sum(not column.accepted.isdisjoint(present) for column in required)
            matched = sum(not column.accepted.isdisjoint(present) for column in contract.columns)
            score = (int(hits == len(required)), hits / len(required) * (matched > 1), matched)
            if best is None or score > best[0]:
                best = (score, number, headers, contract)
            if score[0] and matched > whole.get(number, (1, contract))[0]:
                whole[number] = (matched, contract)
    if best is None or (best[0][1] < 0.5 and len(contracts) > 1) or best[0][2] < 2:
        where = f" op blad '{table.sheet}'" if table.sheet else ""
        raise LeveringFout(
            "onbekende_bron",
            f"De kop{where} past bij geen enkele bekende bron. Vergelijk de kolomnamen met docs/leveringen.md.",
        )
    _refuse_tables_below_each_other(table, {number: contract for number, (_, contract) in whole.items()})
    return best[1], best[2], best[3]


def _refuse_tables_below_each_other(table: TextTable, heads: Mapping[int, Contract]) -> None:
    """Refuse a sheet with the whole headers of two tables: the rows of one would pass for titles of the other."""
    first: dict[str, tuple[int, Contract]] = {}
    for number, contract in heads.items():
        first.setdefault(contract.name, (number, contract))
    if len(first) < 2:
        return
    where = f" op blad '{table.sheet}'" if table.sheet else ""
    rows = table.cells.get_column("rij")
    named = " en ".join(f"rij {rows[number]} ({contract.title})" for number, contract in first.values())
    raise LeveringFout(
        "twee_tabellen",
        f"Er staan tabellen onder elkaar{where}, met een kop op {named}. Lever elke tabel in een eigen bestand.",
    )


def _original(table: TextTable, row: int, place: int) -> str:
    """Return the header as the supplier wrote it."""
    return (table.cells.item(row, f"c{place}") or "").strip().lstrip("\ufeff")


def _match(contract: Contract, headers: list[str], originals: list[str], sheet: str | None) -> dict[str, int]:
    """Return the place of every column that is there; a missing required or a double column is refused."""
    where = f" op blad '{sheet}'" if sheet else ""
    places: dict[str, int] = {}
    for column in contract.columns:
        found = [place for place, header in enumerate(headers) if header in column.accepted]
        if len(found) > 1 and not column.dropped:
            letters = " en ".join(column_letters(place) for place in found)
            raise LeveringFout(
                "kolom_dubbel",
                f"De kolom '{column.header}' staat er meer dan eens{where}: in {letters}. Laat er één staan.",
            )
        if found:
            places[column.name] = found[0]
    taken = set(places.values())
    free = {header: place for place, header in enumerate(headers) if header and place not in taken}
    for column in contract.columns:
        if column.required and column.name not in places and not {*map(normalise_header, column.instead)} & {*headers}:
            near = difflib.get_close_matches(normalise_header(column.header), free, n=1, cutoff=0.4)
            hint = f" De dichtstbijzijnde kop is '{originals[free[near[0]]]}'." if near else ""
            raise LeveringFout(
                "kolom_ontbreekt",
                f"De verplichte kolom '{column.header}' ontbreekt{where} ({contract.title}).{hint}",
            )
    return places


def _dropped_places(contract: Contract, headers: list[str]) -> set[int]:
    """Return the places of columns that are never kept; one may stand there more than once."""
    dropped = {normalise_header(header) for column in contract.columns if column.dropped for header in column.headers}
    return {place for place, header in enumerate(headers) if header in dropped}


def _stand_in(
    contract: Contract,
    headers: list[str],
    originals: list[str],
    places: dict[str, int],
    meldingen: list[Melding],
    sheet: str | None,
) -> None:
    """Let another column stand in for one that was not delivered, and tell what is missing.

    Raises LeveringFout when of columns of which one is needed none is there.
    """
    for column in contract.columns:
        if column.name in places:
            continue
        other = next((h for h in column.instead if normalise_header(h) in headers), None)
        if other is not None:
            places[column.name] = headers.index(normalise_header(other))
            text = (
                f"De kolom '{column.header}' ontbreekt; '{originals[places[column.name]]}' is in haar plaats gelezen."
            )
            meldingen.append(Melding(text, sheet))
        elif column.when_missing:
            meldingen.append(Melding(f"De kolom '{column.header}' ontbreekt: {column.when_missing}", sheet))
    by_name = {column.name: f"'{column.header}'" for column in contract.columns}
    for group in contract.one_of:
        if not places.keys() & set(group):
            names = " of ".join(by_name[name] for name in group)
            raise LeveringFout(
                "kolom_ontbreekt", f"Minstens een van de kolommen {names} is nodig ({contract.title}); geen is er."
            )


def surplus_reason(value: str | None) -> str:
    """Return why a row with more cells than the header is refused."""
    if value == BROKEN:
        return "de rij heeft een aanhalingsteken dat niet (of verkeerd) gesloten is"
    return "de rij heeft meer kolommen dan de kop"
