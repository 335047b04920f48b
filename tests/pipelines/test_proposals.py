"""Proposals from inspection reports: what is found, where, and how sure; and PDFs that cannot be read."""

import csv
import datetime as dt
import io
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import sync_playwright
from pypdf import PdfReader, PdfWriter

from pipelines.cli import main
from pipelines.faults import LeveringFout
from pipelines.intake import judge_file
from pipelines.pdf_text import UnreadableError, pages_of
from pipelines.proposals import FIELDS, LIKELY, SURE, UNSURE, Proposal, propose
from pipelines.report_dates import MONTHS, dates_in
from pipelines.report_text import SENTENCES, read_pages, tidy
from tests.chromium import ARGUMENTS, chromium_path
from tests.pipelines.conftest import KEY
from tests.pipelines.reports import ADVICE, FRONT, LEVELS, pdf
from warehouse.settings import load_settings


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("verslag") / "verslag.pdf"
    path.write_bytes(pdf(FRONT, ADVICE, LEVELS))
    return path


@pytest.fixture(scope="module")
def proposal(report: Path) -> Proposal:
    return propose(read_pages(report))


def field(proposal: Proposal, veld: str) -> tuple[str, int | None, str]:
    return next((f.waarde, f.bladzijde, f.zekerheid) for f in proposal.velden if f.veld == veld)


# A whole report


@pytest.mark.parametrize(
    ("veld", "found"),
    [
        ("doorlichting id", ("012344-20241112", None, UNSURE)),
        ("instellingsnummer", ("012344", 1, SURE)),
        ("soort", ("doorlichting", 1, LIKELY)),
        ("begindatum", ("12/11/2024", 1, SURE)),
        ("einddatum", ("15/11/2024", 1, SURE)),
        ("datum verslag", ("09/12/2024", 1, SURE)),
        ("advies", ("1B", 2, SURE)),
        ("uitspraak GOK", ("positief met werkpunten", 2, LIKELY)),
        ("uitspraak LLB", ("negatief", 2, LIKELY)),
    ],
)
def test_each_field_of_a_report_is_found_with_its_page(
    proposal: Proposal, veld: str, found: tuple[str, int | None, str]
) -> None:
    assert field(proposal, veld) == found


def test_each_field_comes_with_the_sentence_it_was_found_in(proposal: Proposal) -> None:
    sentences = {found.veld: found.zin for found in proposal.velden}
    assert sentences["instellingsnummer"] == "Instellingsnummer: 012344"
    assert sentences["advies"] == (
        "De onderwijsinspectie brengt een gunstig advies met weg te werken tekorten uit voor de erkenningsvoorwaarde "
        "onderwijskwaliteit."
    )
    assert sentences["uitspraak LLB"].startswith("De onderwijsinspectie geeft een negatieve uitspraak")
    assert tuple(sentences) == FIELDS


def test_inschalingen_are_found_and_the_head_of_the_table_is_not_taken_for_one(proposal: Proposal) -> None:
    found = [(s.kwaliteitsverwachting, s.onderwerp, s.inschaling, s.zekerheid) for s in proposal.inschalingen]
    assert found == [
        ("K1", "", "volgens de verwachting", SURE),
        ("K5", "", "benadert de verwachting", SURE),
        ("R1", "wiskunde", "beneden de verwachting", SURE),
        ("R1", "Nederlands", "overstijgt de verwachting", SURE),
        ("O4", "", "volgens de verwachting", UNSURE),
    ]
    assert {scaled.bladzijde for scaled in proposal.inschalingen} == {3}


def test_an_address_in_a_sentence_is_hidden(tmp_path: Path) -> None:
    pages = ["Datum van het verslag: 9 december 2024, vragen aan an.peeters@school.example."]
    assert "[e-mail]" in next(found.zin for found in propose(pages).velden if found.veld == "datum verslag")


def test_a_report_printed_from_a_browser_is_read_the_same(tmp_path: Path, proposal: Proposal) -> None:
    pages = "".join(
        f"<section>{''.join(f'<p>{line}</p>' for line in page.strip().splitlines())}</section>"
        for page in (FRONT, ADVICE.replace("werken\ntekorten", "werken tekorten"), LEVELS)
    )
    style = "section { break-after: page } p { margin: 0 0 4px; font: 11px sans-serif }"
    path = tmp_path / "verslag.pdf"
    # In a thread of its own: the browser tests may have one open in this process, and Playwright allows one per thread.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(_print, f"<html lang='nl'><style>{style}</style><body>{pages}</body></html>", path).result()
    printed = propose(read_pages(path))
    assert [(f.veld, f.waarde) for f in printed.velden] == [(f.veld, f.waarde) for f in proposal.velden]
    assert [s.inschaling for s in printed.inschalingen] == [s.inschaling for s in proposal.inschalingen]


def _print(html: str, path: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(playwright), args=ARGUMENTS)
        page = browser.new_page()
        page.set_content(html)
        page.pdf(path=path)
        browser.close()


# The advice in its wordings


@pytest.mark.parametrize(
    ("text", "advies", "zekerheid"),
    [
        ("De inspectie brengt een gunstig advies zonder meer uit.", "1A", SURE),
        ("Het advies luidt: GUNSTIG ZONDER MEER.", "1A", SURE),
        ("De inspectie geeft een gunstig advies met tekorten.", "1B", SURE),
        ("Zij brengt een gunstig advies met de verplichting om te werken aan de volgende tekorten.", "1B", SURE),
        ("De inspectie brengt een ongunstig advies met het verzoek om de erkenning te behouden uit.", "2A", SURE),
        ("De inspectie brengt een ongunstig advies zonder verzoek uit.", "2B", SURE),
        ("Ongunstig met verzoek", "2A", LIKELY),
        ("Advies: 2A", "2A", SURE),
        ("Zij geeft geen ongunstig advies zonder verzoek. Zij geeft een gunstig advies zonder meer.", "1A", SURE),
        ("Vorige doorlichting: ongunstig zonder verzoek. Nu geeft de inspectie: gunstig zonder meer.", "1A", SURE),
        ("Er is niets beslist.", "", UNSURE),
    ],
)  # fmt: skip
def test_the_wordings_of_the_advice_are_known(text: str, advies: str, zekerheid: str) -> None:
    assert field(propose([text]), "advies") == (advies, 1 if advies else None, zekerheid)


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("De inspectie brengt een gunstig advies uit.", ("1A", "1B")),
        ("De inspectie brengt een ongunstig advies uit.", ("2A", "2B")),
    ],
)
def test_an_advice_of_which_the_kind_is_not_said_is_left_open(text: str, others: tuple[str, ...]) -> None:
    advies = next(found for found in propose([text]).velden if found.veld == "advies")
    assert (advies.waarde, advies.zekerheid, advies.anders, advies.zin) == ("", UNSURE, others, text)


def test_two_advices_in_one_report_are_both_shown_and_unsure() -> None:
    text = "Voor het kleuteronderwijs: gunstig zonder meer.\nVoor het lager onderwijs: gunstig met tekorten."
    advies = next(found for found in propose([text]).velden if found.veld == "advies")
    assert advies.zekerheid == UNSURE
    assert {advies.waarde, *advies.anders} == {"1A", "1B"}


# Why a value is not sure


@pytest.mark.parametrize(
    ("text", "veld", "reden"),
    [
        ("Instellingsnummer 012345", "instellingsnummer", "het controlecijfer klopt niet"),
        ("De school heeft nummer 012351.", "instellingsnummer",
         "het verslag zegt niet dat dit getal het instellingsnummer is, enkel het controlecijfer past"),
        ("Instellingsnummer: 012344\nInstellingsnummer: 12 351", "instellingsnummer",
         "het verslag noemt verschillende waarden"),
        ("Instellingsnummer: 012345\nInstellingsnummer: 12 351", "instellingsnummer",
         "het controlecijfer klopt niet; het verslag noemt verschillende waarden"),
        ("Er is niets beslist.", "instellingsnummer", "niet gevonden in de tekst"),
        ("Er is niets beslist.", "doorlichting id",
         "samen te stellen uit instellingsnummer en begindatum, en die zijn niet beide gevonden"),
        ("Verslag van de herdoorlichting", "soort", "afgeleid uit de eerste bladzijde die een soort noemt"),
        ("De school werd doorgelicht op 12 november 2024.", "begindatum",
         "de datum staat in een zin en niet achter de naam van het veld"),
        ("Data van het doorlichtingsbezoek: 12 november 2024", "begindatum", ""),
        ("Data van het doorlichtingsbezoek: 12 november 2024", "einddatum", "het verslag noemt één dag van het bezoek"),
        ("Ongunstig met verzoek", "advies", "de zin noemt een advies, maar zegt niet dat het gegeven wordt"),
        ("De inspectie brengt een gunstig advies uit.", "advies", "het verslag zegt enkel dat het advies gunstig is"),
        ("Uitspraak over GOK: positief.", "uitspraak GOK",
         "afgeleid uit een zin die het onderwerp en een oordeel noemt"),
    ],
)  # fmt: skip
def test_what_is_not_sure_comes_with_the_reason(text: str, veld: str, reden: str) -> None:
    assert next(found.reden for found in propose([text]).velden if found.veld == veld) == reden


# Other fields


def test_a_number_of_which_the_check_digit_fails_is_unsure() -> None:
    assert field(propose(["Instellingsnummer 012345"]), "instellingsnummer") == ("012345", 1, UNSURE)


def test_a_number_that_is_not_named_is_a_guess_by_its_check_digit() -> None:
    pages = ["De school (999999, tel. 090 123 456) heeft nummer 012351."]
    assert field(propose(pages), "instellingsnummer") == ("012351", 1, UNSURE)


def test_two_numbers_are_both_shown() -> None:
    found = propose(["Instellingsnummer: 012344\nInstellingsnummer: 12 351"]).velden[1]
    assert (found.waarde, found.anders, found.zekerheid) == ("012344", ("012351",), UNSURE)


@pytest.mark.parametrize(
    ("text", "soort"),
    [
        ("Verslag over de opvolgingsdoorlichting, na de doorlichting van 2021", "opvolgingsdoorlichting"),
        ("Verslag van de herdoorlichting", "herdoorlichting"),
        ("Een verslag zonder soort", ""),
    ],
)
def test_the_kind_of_inspection_is_the_rarest_that_is_named(text: str, soort: str) -> None:
    assert field(propose([text]), "soort")[0] == soort


def test_two_levels_after_one_code_are_unsure() -> None:
    [scaled] = propose(["K2 benadert de verwachting en deels volgens de verwachting"]).inschalingen
    assert (scaled.inschaling, scaled.zekerheid) == ("benadert de verwachting", UNSURE)
    assert scaled.reden == "achter de code staan twee inschalingen"


def test_a_level_without_a_code_is_counted_and_not_proposed() -> None:
    proposal = propose(["De school werkt volgens de verwachting aan haar beleid."])
    assert proposal.inschalingen == ()
    assert proposal.meldingen[2].startswith("1 keer staat een inschaling in het verslag zonder code")


def test_an_expectation_with_two_results_is_unsure() -> None:
    [scaled] = propose(["K2 volgens de verwachting.\nK2 benadert de verwachting."]).inschalingen
    assert (scaled.inschaling, scaled.zekerheid) == ("volgens de verwachting", UNSURE)
    assert scaled.reden == "op bladzijde 1 staat: benadert de verwachting"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("12 november 2024", ["2024-11-12"]),
        ("12, 14 en 15 November 2024", ["2024-11-12", "2024-11-14", "2024-11-15"]),
        ("van 3 tot en met 5 maart 2025", ["2025-03-03", "2025-03-05"]),
        ("28 februari tot 2 maart 2025", ["2025-02-28", "2025-03-02"]),
        ("12-11-2024 en 14/11/2024", ["2024-11-12", "2024-11-14"]),
        ("31 februari 2025, 12-13-2024, 1 mei 1999", []),
        ("de leerlingen van 12 jaar in 2024", []),
    ],
)
def test_dates_in_running_text_are_read(text: str, days: list[str]) -> None:
    assert dates_in(text) == [dt.date.fromisoformat(day) for day in days]


@given(day=st.dates(dt.date(2009, 1, 1), dt.date(2099, 12, 31)), in_words=st.booleans())
def test_every_date_that_is_written_is_read_back(day: dt.date, in_words: bool) -> None:
    text = f"{day.day} {MONTHS[day.month - 1]} {day.year}" if in_words else f"{day:%d/%m/%Y}"
    assert dates_in(f"Het bezoek was op {text}.") == [day]


@settings(max_examples=200)
@given(pages=st.lists(st.text(max_size=200), max_size=4), parts=st.lists(st.sampled_from([
    "Instellingsnummer: ", "012344", "gunstig advies ", "ongunstig ", "zonder meer. ", "met tekorten\n", "K1 ", "R1 ",
    "volgens de verwachting ", "12 november 2024 ", "Datum van het verslag: ", "uitspraak GOK positief ",
]), max_size=30))  # fmt: skip
def test_any_text_gives_a_proposal_whose_every_value_stands_in_it(pages: list[str], parts: list[str]) -> None:
    proposal = propose([*pages, "".join(parts)])
    assert tuple(found.veld for found in proposal.velden) == FIELDS
    assert all(found.zin for found in proposal.velden if found.waarde)
    assert all(found.zekerheid in (SURE, LIKELY, UNSURE) for found in proposal.velden)
    assert all((found.zekerheid == SURE) == (not found.reden) for found in [*proposal.velden, *proposal.inschalingen])


# Files that cannot be read


def locked(content: bytes, password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.encrypt(password, "eigenaar", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


GOOD = pdf(FRONT, ADVICE, LEVELS)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Het bestand is geen PDF."),
        (b"instellingsnummer;advies\n", "Het bestand is geen PDF."),
        (b"%PDF-1.7\n%%EOF\n", "De PDF is beschadigd of onvolledig overgekomen."),
        (GOOD[:600], "De PDF is beschadigd of onvolledig overgekomen."),
        (pdf("", ""), "De PDF bevat geen leesbare tekst: vermoedelijk is ze een scan."),
        (pdf("Gescand op 3/4"), "De PDF bevat geen leesbare tekst: vermoedelijk is ze een scan."),
        (locked(GOOD, "geheim"), "De PDF is beveiligd met een wachtwoord."),
        (pdf(*["x"] * 301), "De PDF telt meer dan 300 bladzijden"),
    ],
)
def test_a_pdf_that_cannot_be_read_has_its_own_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "verslag.pdf"
    path.write_bytes(content)
    with pytest.raises(LeveringFout) as fault:
        read_pages(path)
    assert str(fault.value).startswith(sentence)


def test_a_report_that_may_only_not_be_changed_is_read(tmp_path: Path) -> None:
    path = tmp_path / "verslag.pdf"
    path.write_bytes(locked(GOOD, ""))
    assert propose(read_pages(path)).value("advies") == "1B"


@settings(max_examples=60)
@given(
    cut=st.integers(0, len(GOOD)),
    flips=st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=30),
)
def test_a_damaged_pdf_is_read_or_refused_with_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, cut: int, flips: list[tuple[int, int]]
) -> None:
    data = bytearray(GOOD)
    for place, byte in flips:
        data[place] = byte
    path = tmp_path_factory.mktemp("schade") / "verslag.pdf"
    path.write_bytes(bytes(data) if flips else bytes(data[:cut]))
    # In this process: a process of its own for each of them would take minutes.
    try:
        pages = [tidy(page) for page in pages_of(path)]
    except UnreadableError as fault:
        pages = [SENTENCES[str(fault)]]
    assert propose(pages).velden


# The command


def test_the_command_prints_the_proposal_as_json(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["voorstel", str(report), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert {found["veld"]: found["waarde"] for found in printed["velden"]}["advies"] == "1B"
    assert len(printed["inschalingen"]) == 5
    assert (printed["bestand"], printed["ontbreekt"], printed["geschreven"]) == ("verslag.pdf", [], [])
    reasons = {found["veld"]: found["reden"] for found in printed["velden"]}
    assert reasons["doorlichting id"] == "het verslag noemt zelf geen nummer van de doorlichting"
    assert (reasons["advies"], reasons["beroep"]) == ("", "een verslag noemt dit niet")
    assert printed["inschalingen"][4]["reden"] == "de code en de inschaling staan niet op dezelfde regel"


def test_the_command_tells_people_where_each_value_stands(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["voorstel", str(report)]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("Dit is een voorstel uit de tekst van het verslag, geen levering")
    assert "advies: 1B (zeker)\n  bladzijde 2: De onderwijsinspectie brengt een gunstig advies" in printed
    assert "R1 (wiskunde): beneden de verwachting (zeker)" in printed
    unsure = "O4: volgens de verwachting (onzeker: de code en de inschaling staan niet op dezelfde regel)"
    assert unsure in printed


def test_a_fault_is_a_sentence_and_a_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["voorstel", str(tmp_path / "weg.pdf"), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["fout"].endswith("weg.pdf' bestaat niet.")


def test_the_files_of_a_proposal_are_deliveries_and_are_never_overwritten(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "voorstel.csv"
    assert main(["voorstel", str(report), "--naar", str(target)]) == 0
    names = ["voorstel.csv", "voorstel_inschalingen.csv"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    tables = {}
    for name in names:
        [cleaned], judged = judge_file(tmp_path / name, name, KEY, load_settings())
        assert judged.quarantine.is_empty()
        tables[judged.bron] = cleaned.accepted
    assert tables["doorlichtingen"].select(
        "doorlichting_id", "instellingsnummer", "advies", "uitspraak_llb"
    ).rows() == [("012344-20241112", "012344", "1B", "negatief")]
    assert tables["inschalingen"]["doorlichting_id"].unique().to_list() == ["012344-20241112"]
    with target.open(encoding="utf-8-sig", newline="") as handle:
        header, row = csv.reader(handle, delimiter=";")
    assert header[:2] == ["doorlichting id", "instellingsnummer"]
    assert dict(zip(header, row, strict=True))["na te kijken"].startswith(
        "doorlichting id: het verslag noemt zelf geen nummer van de doorlichting; soort: afgeleid uit"
    )
    capsys.readouterr()
    assert main(["voorstel", str(report), "--naar", str(target)]) == 1
    assert "bestaat al. Kies een andere naam." in capsys.readouterr().err
