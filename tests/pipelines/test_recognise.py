"""Which source a file is, where its table begins and ends, and what stands around it."""

from typing import Any

import pytest

from pipelines.faults import LeveringFout
from tests.pipelines.conftest import JudgeBytes
from tests.pipelines.workbooks import DOSSIER, dossier, workbook

PLANNING = "schooljaar;begeleider;categorie;scholengroep nummer;dagdelen\n"
TOETSEN = "domein;toetsjaar;instellingsnummer;leerjaar;vak;deelnemers;vaardigheidsscore\n"


@pytest.mark.parametrize("name", ["inschrijvingen_2025.csv", "zomaar.txt", "outputdossier.xlsx.csv"])
def test_the_header_tells_the_source_not_the_name_of_the_file(judge: JudgeBytes, name: str) -> None:
    _, report = judge(PLANNING + "2025-2026;B017;vt;12;3\n", name)
    assert (report.bron, report.vak) == ("planning", "2025-2026")


def test_titles_above_and_a_total_below_are_no_rows(judge: JudgeBytes) -> None:
    text = "Planning van PBD\n\nstand op 1 september;;;;\n" + PLANNING
    [cleaned], report = judge(text + "2025-2026;B017;vt;12;3\n2025-2026;B017;plg;;4,5\nTotaal;;;;7,5\n")
    assert cleaned.accepted.select("_rij", "dagdelen").rows() == [(5, 3.0), (6, 4.5)]
    assert report.gelezen == 2
    assert [melding.sentence for melding in report.meldingen] == ["Totaalrij genegeerd (rij 7)."]


@pytest.mark.parametrize("total", ["TOTAAL:;;;;7", "Algemeen totaal;;;;7", "Totaal scholengroep 12;;;;7"])
def test_a_total_says_so_in_many_ways(judge: JudgeBytes, total: str) -> None:
    _, report = judge(PLANNING + "2025-2026;B017;vt;12;3\n2025-2026;B018;vt;12;4\n" + total + "\n")
    assert (report.gelezen, report.aanvaard) == (2, 2)


def test_a_total_in_a_column_where_no_word_can_stand_is_no_row(judge: JudgeBytes) -> None:
    header = "dagdelen;schooljaar;begeleider;categorie\n"
    _, report = judge(header + "3;2025-2026;B017;vt\n4;2025-2026;B018;vt\n7;Totaal;;\n")
    assert (report.gelezen, report.aanvaard) == (2, 2)


def test_a_total_of_an_informative_column_is_no_row(judge: JudgeBytes) -> None:
    header = ["schooljaar", "instellingsnummer", "naam instelling", "leerlingen"]
    rows = [header, ["2025-2026", 12344, "De Ster", 200], [None, None, "Totaal", 200]]
    cleaned, _ = judge(dossier(Instroom=rows))
    assert cleaned[0].accepted["_rij"].to_list() == [4]


def test_a_result_of_the_domein_totaal_is_a_row(judge: JudgeBytes) -> None:
    [cleaned], report = judge(TOETSEN + "totaal;2025;12344;4LO;wiskunde;20;250,5\n")
    assert (report.gelezen, report.aanvaard) == (1, 1)
    assert cleaned.accepted["domein"].to_list() == ["totaal"]


def test_a_row_that_is_filled_only_in_an_unused_column_is_counted(judge: JudgeBytes) -> None:
    header = "inschrijving id;activiteit id;e-mail;naam;instellingsnummer;ingeschreven op;status\n"
    rows = "".join(f"I{n};A1;a{n}@b.be;An;12344;1/9/2025;ingeschreven\n" for n in range(9))
    _, report = judge(header + rows + ";;;An Janssens;;;\n")
    assert (report.gelezen, report.aanvaard) == (10, 9)
    assert "Janssens" not in str(report.quarantine.rows())


def test_unknown_columns_are_reported_and_ignored(judge: JudgeBytes) -> None:
    [cleaned], report = judge(PLANNING.strip() + ";Opmerking;kleur \n2025-2026;B017;vt;12;3;x;y\n")
    assert [melding.sentence for melding in report.meldingen] == ["Onbekende kolommen genegeerd: 'Opmerking', 'kleur'."]
    assert "opmerking" not in cleaned.accepted.columns


def test_a_row_with_a_cell_too_many_is_refused_without_showing_it(judge: JudgeBytes) -> None:
    rows = "".join(f"2025-2026;B0{n};vt;12;3\n" for n in range(10, 20))
    _, report = judge(PLANNING + rows + "2025-2026;B017;vt;12;3;4\n")
    assert report.quarantine.select("rij", "waarde", "reden").rows() == [
        (12, None, "de rij heeft meer kolommen dan de kop")
    ]


def test_an_open_quote_costs_its_row_and_names_it(judge: JudgeBytes) -> None:
    rows = "".join(f"2025-2026;B{n};vt;12;3\n" for n in range(1000))
    _, report = judge(PLANNING + rows.replace("B500;", '"B500;'))
    assert (report.gelezen, report.aanvaard) == (1000, 999)
    assert report.quarantine.select("rij", "reden").rows() == [
        (502, "de rij heeft een aanhalingsteken dat niet (of verkeerd) gesloten is")
    ]


def test_a_workbook_of_two_tables_is_read_whole(judge: JudgeBytes) -> None:
    planning = [["schooljaar", "begeleider", "categorie", "dagdelen"], ["2025-2026", "B017", "vt", 3]]
    leave = [["persoon", "stelsel", "van", "percentage"], ["P1", "zorgkrediet", "1/9/2025", 20]]
    uitleg = [["Deze map hoort bij de planning"], ["Vragen? Bel."]]
    _, report = judge(workbook({"Planning": planning, "Uitleg": uitleg, "Verlof": leave}), "map.xlsx")
    assert [(table.tabel, table.aanvaard) for table in report.tabellen] == [("planning", 1), ("verloven", 1)]
    assert "Blad genegeerd, geen bekende kop: 'Uitleg'." in [melding.sentence for melding in report.meldingen]


def test_a_fault_in_one_sheet_refuses_the_workbook(judge: JudgeBytes) -> None:
    planning = [["schooljaar", "begeleider", "categorie", "dagdelen"], ["2025-2026", "B017", "vt", 3]]
    leave = [["persoon", "stelsel", "van", "procent"], ["P1", "zorgkrediet", "1/9/2025", 20]]
    with pytest.raises(LeveringFout, match=r"'percentage' ontbreekt op blad 'Verlof' .* kop is 'procent'\."):
        judge(workbook({"Planning": planning, "Verlof": leave}), "map.xlsx")


def test_the_same_table_on_two_sheets_is_refused(judge: JudgeBytes) -> None:
    planning = [["schooljaar", "begeleider", "categorie", "dagdelen"], ["2025-2026", "B017", "vt", 3]]
    with pytest.raises(LeveringFout, match="De bladen 'Een' en 'Twee' bevatten dezelfde tabel"):
        judge(workbook({"Een": planning, "Twee": planning}), "map.xlsx")


@pytest.mark.parametrize(
    ("title", "vak"),
    [
        ("Scholengroep 12 - schooljaar 2025-2026", "2025-2026 scholengroep 12"),
        ("Outputdossier schooljaar 2025-2026 SGR nr. 07", "2025-2026 scholengroep 7"),
        ("Outputdossier scholengroep De Drie Sterren, schooljaar 2025-2026", "2025-2026 scholengroep de drie sterren"),
    ],
)
def test_the_title_tells_which_scholengroep_an_outputdossier_replaces(judge: JudgeBytes, title: str, vak: str) -> None:
    assert judge(dossier(title))[1].vak == vak


def test_one_title_serves_all_sheets(judge: JudgeBytes) -> None:
    sheets: dict[str, Any] = {name: list(rows) for name, rows in DOSSIER.items()}
    sheets["Instroom"] = [["Scholengroep 12"], *sheets["Instroom"]]
    assert judge(workbook(sheets))[1].vak == "2025-2026 scholengroep 12"


def test_the_title_of_a_sheet_with_only_its_header_counts_too(judge: JudgeBytes) -> None:
    sheets: dict[str, Any] = {name: list(rows) for name, rows in DOSSIER.items()}
    sheets["Instroom"] = [["Scholengroep 12"], sheets["Instroom"][0]]
    tables, report = judge(workbook(sheets))
    assert (report.vak, report.gelezen, report.aanvaard) == ("2025-2026 scholengroep 12", 4, 4)
    assert "instroom" not in {table.contract.name for table in tables}


def test_a_title_without_scholengroep_is_refused(judge: JudgeBytes) -> None:
    with pytest.raises(LeveringFout, match="De titelrijen noemen geen scholengroep"):
        judge(dossier("Cijfers 2025-2026"))


def test_a_double_column_is_named_by_its_letters(judge: JudgeBytes) -> None:
    with pytest.raises(LeveringFout) as refusal:
        judge("schooljaar;begeleider;categorie;dagdelen;Dagdelen\n2025-2026;B017;vt;3;4\n")
    assert str(refusal.value) == "De kolom 'dagdelen' staat er meer dan eens: in D en E. Laat er één staan."
