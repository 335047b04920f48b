import io
import re

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from dashboard import access, access_log, data
from dashboard.components import blocks
from dashboard.exports.context import ExportContext
from dashboard.figures import toegangslog as figures
from state.access_log import EXPORTED, SEEN, Entry, add_entry, lines
from tests.pages.conftest import APP
from warehouse import roles

UNREACHABLE = "postgresql://jan:geheim@127.0.0.1:1/niets"


def kept() -> list[Entry]:
    """What was written down, oldest first."""
    return [line.entry for line in reversed(lines(data.user_store()))]


def saved(at, monkeypatch) -> dict[str, object]:
    """Run the page again and return what makes each file, by file name."""
    makers = {}
    original = blocks.st.download_button

    def caught(label, data, file_name, **options):
        makers[file_name] = data
        return original(label, data=data, file_name=file_name, **options)

    monkeypatch.setattr(blocks.st, "download_button", caught)
    at.run()
    return makers


@pytest.mark.parametrize("key", ["noden", "edbi"])
def test_opening_a_page_with_detail_is_one_line_however_often_it_runs(open_page, key):
    at = open_page(key, rol="hoofdadviseur" if key == "noden" else "management")
    at.run()
    at.run()
    (entry,) = kept()
    assert (entry.subject, entry.wie, entry.actie, entry.pagina, entry.versie) == ("demo", "demo", SEEN, key, 1)
    assert entry.rollen == (("hoofdadviseur",) if key == "noden" else ("management",))


@pytest.mark.parametrize("key", ["start", "bereik", "definities", "methode", "leveringen"])
def test_opening_another_page_is_no_line(open_page, key):
    open_page(key)
    assert kept() == []


def test_the_staff_by_name_are_a_line_and_each_file_of_them_is_one(open_page, monkeypatch):
    makers = saved(open_page("medewerkers", rol="hr"), monkeypatch)
    makers = [make for name, make in makers.items() if name.endswith("csv")]
    assert makers
    for make in makers:
        make()
    assert [(entry.actie, entry.pagina) for entry in kept()] == [
        (SEEN, "medewerkers"),
        *[(EXPORTED, "medewerkers")] * len(makers),
    ]


def test_an_instelling_is_a_line_of_its_own_and_none_before_it_is_chosen(open_page):
    at = open_page("instelling")
    assert kept() == []
    for number in ("000011", "000022", "000011"):
        at.query_params["instelling"] = number
        at.run()
    assert [(entry.pagina, entry.instellingsnummer) for entry in kept()] == [
        ("instelling", "000011"),
        ("instelling", "000022"),
    ]


def test_a_page_that_the_role_does_not_open_is_no_line(open_page):
    at = open_page("noden", rol="hr")
    assert "De pagina Noden is er voor" in at.info[0].value
    assert kept() == []


def test_every_download_is_a_line_with_what_and_of_whom_and_each_click_counts(open_page, monkeypatch):
    at = open_page("instelling", instelling="000011")
    makers = saved(at, monkeypatch)
    make = next(make for name, make in makers.items() if re.search(r"bijdragen.*\.csv$", name))
    assert [entry.actie for entry in kept()] == [SEEN]
    make()
    make()
    taken = [entry for entry in kept() if entry.actie == EXPORTED]
    assert [(entry.pagina, entry.detail, entry.instellingsnummer, entry.versie) for entry in taken] == [
        ("instelling", "bijdragen.csv", "000011", 1)
    ] * 2


def test_every_download_of_a_page_with_detail_is_written_down(open_page, monkeypatch):
    for key in ("noden", "edbi"):
        makers = {name: make for name, make in saved(open_page(key), monkeypatch).items() if name.endswith("csv")}
        assert makers
        before = len(kept())
        for make in makers.values():
            make()
        assert len(kept()) == before + len(makers)


def test_a_list_by_need_on_another_page_is_written_down_when_it_is_taken_along(open_page, monkeypatch):
    makers = saved(open_page("doorlichtingen"), monkeypatch)
    next(make for name, make in makers.items() if name.endswith("csv"))()
    assert [(entry.actie, entry.pagina) for entry in kept()] == [(EXPORTED, "doorlichtingen")]
    makers = saved(open_page("definities"), monkeypatch)
    next(make for name, make in makers.items() if name.endswith("csv"))()
    assert len(kept()) == 1


def test_without_a_log_a_page_goes_on_and_the_servers_own_log_says_so(open_page, monkeypatch, caplog):
    monkeypatch.setenv("STERRENWACHT_STATE_URL", UNREACHABLE)
    at = open_page("noden")
    assert at.dataframe
    assert "Not in the access log: bekeken of noden" in caplog.text
    assert "geheim" not in caplog.text


def test_without_a_log_detail_of_persons_is_not_shown(open_page, monkeypatch):
    monkeypatch.setenv("STERRENWACHT_STATE_URL", UNREACHABLE)
    at = AppTest.from_file(APP, default_timeout=30).run().switch_page("pages/medewerkers.py").run()
    assert [item.value for item in at.error] == [access_log.NOT_LOGGED]
    assert not at.dataframe
    assert not at.get("plotly_chart")


def test_without_a_log_detail_of_persons_is_not_saved(data_dir, monkeypatch):
    monkeypatch.setenv("STERRENWACHT_STATE_URL", UNREACHABLE)
    context = ExportContext("Medewerkers", "medewerkers", None, None, 1, "2026.1", is_demo=True)
    with access.acting(access.Identity("s1", "an@go.be", ("hr",), roles.scope_of(["hr"]))):
        make = access_log.exported(context, "lijst.csv", lambda: b"namen")
    with pytest.raises(access_log.NotLoggedError, match="toegangslog"):
        make()


def test_a_suppliers_own_file_is_a_line_each_time_and_without_one_it_is_not_saved(data_dir, monkeypatch):
    reader = access.Identity("s1", "data@go.be", ("databeheerder",), roles.scope_of(["databeheerder"]))
    with access.acting(reader):
        make = access_log.supplied("quarantainebestand 7", lambda: b"wat de leverancier schreef")
    assert (make(), make()) == (b"wat de leverancier schreef",) * 2
    assert (
        kept()
        == [Entry("s1", "data@go.be", ("databeheerder",), EXPORTED, "leveringen", "quarantainebestand 7", None, 1)] * 2
    )
    monkeypatch.setenv("STERRENWACHT_STATE_URL", UNREACHABLE)
    with pytest.raises(access_log.NotLoggedError):
        make()


def test_the_log_holds_no_name_of_a_school_and_no_figure(open_page, monkeypatch):
    makers = saved(open_page("noden"), monkeypatch)
    for name, make in makers.items():
        if name.endswith("csv"):
            make()
    text = " ".join(str(entry) for entry in kept())
    for word in ("Beuk", "Eik", "Linde", "Wilg"):
        assert word not in text


def test_the_page_shows_the_lines_and_finds_them(open_page):
    store = data.user_store()
    add_entry(store, Entry("s1", "an@go.be", ("hoofdadviseur",), SEEN, "noden", versie=1))
    add_entry(store, Entry("s2", "bo@go.be", ("spoc",), EXPORTED, "instelling", "bijdragen.xlsx", "000022", 1))
    rows = open_page("toegangslog").dataframe[0].value
    assert rows["wie"].to_list() == ["bo@go.be", "an@go.be"]
    assert rows["rollen"].to_list() == ["SPOC", "Hoofdadviseur"]
    assert rows["pagina"].to_list() == ["Instelling", "Noden"]
    found = open_page("toegangslog", zoek="000022").dataframe[0].value
    assert found["wie"].to_list() == ["bo@go.be"]
    found = open_page("toegangslog", soort="bekeken").dataframe[0].value
    assert found["wie"].to_list() == ["an@go.be"]
    at = open_page("toegangslog", zoek="niemand")
    assert at.info[0].value == figures.NO_LINES


def test_the_lines_are_exported_as_text(open_page, monkeypatch):
    add_entry(data.user_store(), Entry("=1+1", "=cmd|' /C calc'!A0", ("hr",), SEEN, "noden", versie=1))
    makers = saved(open_page("toegangslog"), monkeypatch)
    book = next(make for name, make in makers.items() if name.endswith("xlsx"))()
    cells = [cell for row in load_workbook(io.BytesIO(book))["Gegevens"].iter_rows() for cell in row]
    (tricky,) = [cell for cell in cells if str(cell.value).startswith("=cmd")]
    assert tricky.data_type == "s"
    assert b"'=cmd" in next(make for name, make in makers.items() if name.endswith("csv"))()


@pytest.mark.parametrize("role", [role for role in roles.NAMES if role != roles.TOEZICHT])
def test_nobody_else_reads_it(open_page, role):
    add_entry(data.user_store(), Entry("s1", "an@go.be", ("hoofdadviseur",), SEEN, "noden", versie=1))
    at = open_page("toegangslog", rol=role)
    assert not at.dataframe
    assert "De pagina Toegangslog is er voor: Functionaris gegevensbescherming." in at.info[0].value
    with pytest.raises(data.NoScopeError), data.scoped(roles.scope_of([role])):
        access_log.read_lines(None)


def test_without_a_store_the_page_says_so(open_page, monkeypatch):
    monkeypatch.setenv("STERRENWACHT_STATE_URL", UNREACHABLE)
    assert figures.UNREACHABLE in [item.value for item in open_page("toegangslog").warning]
