import re
from collections import Counter

from pipelines.demo import DemoFile, DemoManifest, Reason
from pipelines.demo.network import Network
from pipelines.sources import CONTRACTS
from tests.pipelines.demo.independent_readers import ReadTable

# An agenda and a Qualtrics export have headers that differ per file; HR's leave has no key.
KEYS = {
    contract.name: tuple(column.header for column in contract.columns if column.key)
    for contract in CONTRACTS
    if contract.key and not contract.person_in_file_name and not contract.answers_column
}


def canonical(column: str, value: str) -> str:
    if column in ("schooljaar", "toetsjaar"):
        digits = re.sub(r"\D", "", value)
        return digits[-6:-4] if len(digits) in (6, 8) else digits[:2]
    if column == "instellingsnummer":
        return value.removesuffix(".0").zfill(6)
    return value.lower() if column == "persoon" else value


def test_row_counts_agree_with_the_files_as_counted_from_outside(tables: dict[DemoFile, ReadTable]) -> None:
    counted = {file: len(table.rows) for file, table in tables.items()}
    assert counted == {file: file.rows + file.outside for file in tables}


def test_planted_rows_are_far_under_a_fifth_of_every_table(demo: DemoManifest) -> None:
    assert max(len(file.quarantined) / file.rows for file in demo.files) < 0.15


def test_keys_are_unique_but_for_the_planted_duplicates(tables: dict[DemoFile, ReadTable]) -> None:
    seen_planted = 0
    for file, table in tables.items():
        if file.table not in KEYS:
            continue
        bad = {p.row for p in file.quarantined if p.reason is not Reason.DUBBELE_SLEUTEL}
        columns = [[canonical(name, value) for value in table.column(name)] for name in KEYS[file.table]]
        keys = [(number, key) for number, *key in zip(table.numbers, *columns, strict=True) if number not in bad]
        seen: set[tuple[str, ...]] = set()
        later = []
        for number, key in keys:
            if tuple(key) in seen:
                later.append(number)
            seen.add(tuple(key))
        planted = [p.row for p in file.quarantined if p.reason is Reason.DUBBELE_SLEUTEL]
        assert later == planted, file.path
        seen_planted += len(planted)
    assert seen_planted > 15


def test_each_planted_row_holds_the_fault_that_the_manifest_names(
    tables: dict[DemoFile, ReadTable], network: Network
) -> None:
    checks = {
        Reason.ONMOGELIJKE_DATUM: lambda value: re.search(r"31[/-]0?2[/-]|0?2[/-]31", value) is not None,
        Reason.ONBEKENDE_INSTELLING: lambda value: value == network.unknown_nummer,
        Reason.BUITEN_BEREIK: lambda value: value in ("130", "130.0", "130,0", "141.5", "140", "1,80"),
        Reason.ONLEESBAAR: lambda value: not any(character.isdigit() for character in value) or "circa" in value,
        Reason.ONBEKENDE_WAARDE: lambda value: value in ("3C", "bijna goed", "uitstap", "misschien", "fax", "koffie"),
    }
    found: Counter[Reason] = Counter()
    for file, table in tables.items():
        place = {number: index for index, number in enumerate(table.numbers)}
        for planted in file.quarantined:
            found[planted.reason] += 1
            if planted.reason in checks:
                value = table.column(planted.column)[place[planted.row]]
                assert checks[planted.reason](value), (file.path, planted, value)
    assert set(found) == set(Reason)


def test_unknown_instellingsnummer_is_in_no_list(network: Network) -> None:
    assert network.unknown_nummer not in network.index_of
