from datetime import date

from pipelines.demo import DemoFile, DemoManifest
from tests.pipelines.demo.independent_readers import ReadTable, decoded, plain, workbook


def path_of(demo: DemoManifest, name: str) -> bytes:
    return next(demo.folder.rglob(name)).read_bytes()


def test_bare_cr_bom_and_cp1252_files_are_there(demo: DemoManifest) -> None:
    newest = path_of(demo, "instellingen_2026-2027.csv")
    assert newest.startswith(b"\xef\xbb\xbf")
    assert b"\r" in newest
    assert b"\n" not in newest
    leaves = path_of(demo, "doorlichtingen.csv")
    assert not leaves.startswith(b"\xef\xbb\xbf")
    categories = path_of(demo, "agenda_categorieen.csv")
    assert "Privé".encode("cp1252") in categories
    assert "Privé".encode() not in categories


def test_tab_and_comma_delimited_files_are_there(demo: DemoManifest) -> None:
    assert path_of(demo, "vlaamse_toetsen_2025-2026.csv").splitlines()[0].count(b"\t") == 17
    assert path_of(demo, "inschalingen.csv").splitlines()[0].count(b",") == 3


def test_quoted_fields_hold_delimiters_quotes_and_line_breaks(demo: DemoManifest) -> None:
    text = path_of(demo, "activiteiten_2025-2026.csv").decode("utf-8-sig")
    assert '; ""terugkomdag"""' in text
    assert "\n(vervolg, deel 2)" in text


def test_headers_are_odd_and_an_unknown_column_stands_behind(demo: DemoManifest) -> None:
    header = decoded(next(demo.folder.rglob("instellingen_2025-2026.csv"))).splitlines()[0].split(";")
    assert "SCHOLENGROEP_NUMMER" in header
    assert "Aantal\u00a0vestigingen" in header
    assert header[-1] == "opmerking"


def test_nummers_lose_their_zeros_or_gain_a_decimal(demo: DemoManifest, tables: dict[DemoFile, ReadTable]) -> None:
    file = next(f for f in demo.of_table("instellingen") if "2025-2026" in f.path.name)
    nummers = tables[file].column("instellingsnummer")
    assert any(nummer.endswith(".0") for nummer in nummers)
    assert any(len(nummer) == 5 for nummer in nummers)


def test_merged_school_names_its_successor_once_and_is_then_gone(
    demo: DemoManifest, tables: dict[DemoFile, ReadTable]
) -> None:
    old, new = (tables[file] for file in demo.of_table("instellingen"))
    leaving = [
        nummer.removesuffix(".0").zfill(6)
        for nummer, successor in zip(old.column("instellingsnummer"), old.column("opgevolgd door"), strict=True)
        if successor
    ]
    assert len(leaving) == 3
    assert not set(leaving) & set(new.column("instellingsnummer"))


def test_numbers_dates_and_schooljaren_come_in_many_styles(demo: DemoManifest) -> None:
    newest = decoded(next(demo.folder.rglob("instellingen_2026-2027.csv")))
    assert '"2627"' in newest
    assert '"1.' in newest
    visits = decoded(next(demo.folder.rglob("doorlichtingen.csv")))
    assert "ongunstig met verzoek" in visits
    assert "/2024;" in visits
    assert "-2024;" in visits
    assert ";2024-" in visits
    serials = [row for row in decoded(next(demo.folder.rglob("afwezigheden_*.csv"))).splitlines() if ";46" in row]
    assert serials


def test_missing_and_suppressed_values_are_written_in_their_ways(tables: dict[DemoFile, ReadTable]) -> None:
    cells = {cell for table in tables.values() for row in table.rows for cell in row}
    assert {"<5", "< 5", "n.v.t.", "-", "Geen cijfers beschikbaar"} <= cells


def test_workbooks_have_titles_totals_merged_cells_and_halves(
    demo: DemoManifest, tables: dict[DemoFile, ReadTable]
) -> None:
    sheets = [workbook(file.path)[file.sheet] for file in demo.of_table("instroom")[:6]]
    assert all("scholengroep" in sheet["A1"].value for sheet in sheets)
    assert any(sheet.merged_cells.ranges for sheet in sheets)
    assert any(sheet.cell(sheet.max_row, 1).value == "Totaal" for sheet in sheets)
    counts = [cell for file in demo.of_table("instroom") for cell in tables[file].column("thuistaal")]
    assert any(cell.endswith((".5", ",5")) for cell in counts)


def test_same_person_is_spelled_with_other_capitals(demo: DemoManifest, tables: dict[DemoFile, ReadTable]) -> None:
    emails = {cell for file in demo.of_table("inschrijvingen") for cell in tables[file].column("e-mail")}
    assert len({email.lower() for email in emails}) < len(emails)
    assert all(email.lower().endswith(".example") for email in emails)


def test_nothing_is_registered_answered_or_done_after_the_peildatum(
    demo: DemoManifest, tables: dict[DemoFile, ReadTable]
) -> None:
    for table, column in (("inschrijvingen", "ingeschreven op"), ("interventies", "datum")):
        for file in demo.of_table(table):
            planted = {p.row for p in file.quarantined}
            days = zip(tables[file].numbers, tables[file].column(column), strict=True)
            dates = [date(int(d[6:]), int(d[3:5]), int(d[:2])) for row, d in days if row not in planted]
            assert max(dates) <= demo.peildatum


def test_qualtrics_export_has_three_header_rows_previews_partials_and_anonymous_answers(
    demo: DemoManifest, tables: dict[DemoFile, ReadTable]
) -> None:
    invited = answered = 0
    answers, invitations = demo.of_table("edbi_antwoorden"), demo.of_table("edbi_uitnodigingen")
    for file, sent in zip(answers, invitations, strict=True):
        table = tables[file]
        assert '{""ImportId"":""startDate"",""timeZone"":""Europe/Brussels""}' in decoded(file.path)
        assert {"Survey Preview", "1"} & set(table.column("Status"))
        assert {"False", "0"} & set(table.column("Finished"))
        references, activities = table.column("ExternalReference"), table.column("activiteit_id")
        anonymous = [a for reference, a in zip(references, activities, strict=True) if not reference]
        assert len(anonymous) > 4
        assert all(anonymous)
        known = set(tables[sent].column("uitnodiging id"))
        assert {reference for reference in references if reference} <= known
        invited += tables[sent].column("bezorgd").count("ja")
        answered += len(table.rows)
    assert 0.16 < answered / invited < 0.25


def test_answers_stay_on_the_scale_of_their_survey(demo: DemoManifest, tables: dict[DemoFile, ReadTable]) -> None:
    for file in demo.of_table("edbi_antwoorden"):
        table = tables[file]
        first = next(name for name in table.header if name.startswith("A1"))
        levels = {cell for cell in table.column(first) if cell}
        assert levels <= set("123456")
        assert "6" in levels  # both schooljaren of the fixture have the scale of six points


def test_agendas_come_in_dutch_and_english_with_free_private_and_leave_items(
    demo: DemoManifest, tables: dict[DemoFile, ReadTable]
) -> None:
    headers, shown, categories, private = set(), set(), set(), set()
    for file in demo.of_table("agenda"):
        if file.path.suffix == ".ics":
            continue
        table = tables[file]
        english = "subject" in [plain(cell) for cell in table.header]
        headers.add((english, table.header[0] in ("Subject", "Onderwerp")))
        shown |= set(table.column("Show time as" if english else "Tijd weergeven als"))
        categories |= set(table.column("Categories" if english else "Categorieën"))
        private |= set(table.column("Private" if english else "Privé"))
    assert headers == {(True, True), (True, False), (False, True), (False, False)}
    assert shown == {"1", "2", "3", "4", "Vrij", "Bezet", "Voorlopig", "Niet aanwezig"}
    assert {"Verlof", "Oranje categorie", ""} <= categories
    assert private == {"True", "False", "Waar", "Onwaar"}


def test_some_agendas_come_as_icalendar_with_a_series_zones_and_whole_days(
    demo: DemoManifest, tables: dict[DemoFile, ReadTable]
) -> None:
    files = [file for file in demo.of_table("agenda") if file.path.suffix == ".ics"]
    assert len({file.path.name[:4] for file in files}) == 2
    for file in files:
        text, table = file.path.read_text(encoding="utf-8"), tables[file]
        wanted = ("RRULE:FREQ=WEEKLY", "EXDATE;TZID=", "RECURRENCE-ID;TZID=", "STATUS:CANCELLED", "X-CLIPEND:")
        assert all(mark in text for mark in wanted)
        assert {len(begin) for begin in table.column("DTSTART")} == {8, 15, 16}
        assert {"BUSY", "FREE", "OOF"} <= set(table.column("X-MICROSOFT-CDO-BUSYSTATUS"))
        assert [planted.column for planted in file.quarantined] == ["DTEND"]
