"""The register's own export: recognised by its own header, only the rows of GO! taken in, the others counted apart."""

import datetime as dt
import json
from pathlib import Path

import duckdb
import pytest

from pipelines.faults import LeveringFout
from tests.e2e.command_line import run, status
from tests.pipelines.conftest import JudgeBytes

HEADER = (Path(__file__).parents[2] / "fixtures" / "vestigingsplaatsen_header.csv").read_text(encoding="utf-8").strip()
NAMES = [name.strip('"') for name in HEADER.split(";")]
GO = "Gemeenschapsonderwijs"
FREE = "Vrij gesubsidieerd onderwijs"


def row(place: str, net: str = GO, **cells: str) -> str:
    """Return one quoted record of the register; `cells` by header, `_` for a space."""
    values = {"schoolnummer": "012344", "intern_vplnummer": place, "net": net, "naam": "De Ster", "bestuur": "Noord"}
    values |= {name.replace("_", " "): value for name, value in cells.items()}
    return ";".join(f'"{values.get(name, "")}"' for name in NAMES)


def export(*rows: str, header: str = HEADER) -> bytes:
    """Return the file as the register writes it: byte order mark, bare carriage returns."""
    return ("\ufeff" + "\r".join([header, *rows]) + "\r").encode()


def test_header_of_the_register_is_that_of_the_contract(judge: JudgeBytes) -> None:
    assert len(NAMES) == 36

    [cleaned], report = judge(export(row("1")))

    assert cleaned.contract.name == "vestigingsplaatsen"
    assert report.meldingen == ()


def test_later_export_with_more_columns_is_read_without_a_word(judge: JudgeBytes) -> None:
    later = f'{HEADER};"aanmelden";"leersteuncentrum"'

    _, report = judge(export(row("1") + ';"nee";"LSC Noord"', header=later))

    assert (report.aanvaard, report.meldingen) == (1, ())


def test_cells_are_read_and_contact_data_fall_away(judge: JudgeBytes) -> None:
    cells = {
        "hoofdzetel": "True", "gemeente": "Olmerdrecht", "lx": "152480,35", "ly": "0", "begindatum": "1/09/1895",
        "einddatum": "31/12/9999", "e-mail": "directie@ster.example", "telefoon": "012 34 56 78",
        "beheerder(s)": "An Dorpels", "ingerichte_hoofdstructuren": "Gewoon lager onderwijs",
    }  # fmt: skip

    [cleaned], report = judge(export(row("1", **cells)))

    accepted = cleaned.accepted
    names = ["instellingsnummer", "vestigingsplaats", "net", "hoofdzetel", "lx", "ly", "begindatum", "einddatum"]
    assert accepted.select(names).row(0) == (
        "012344", "1", "GO!", True, 152480.35, 0.0, dt.date(1895, 9, 1), dt.date(9999, 12, 31),
    )  # fmt: skip
    assert not {"e_mail", "telefoon", "fax", "website", "beheerder_s"} & set(accepted.columns)
    assert report.vak == "geheel"


@pytest.mark.parametrize("net", ["GO!", "GO! onderwijs van de Vlaamse Gemeenschap", "gemeenschapsonderwijs"])
def test_net_go_may_be_written_in_its_ways(judge: JudgeBytes, net: str) -> None:
    _, report = judge(export(row("1", net)))
    assert (report.gelezen, report.aanvaard, report.buiten) == (1, 1, 0)


def test_rows_of_other_nets_are_counted_apart_even_where_they_are_wrong(judge: JudgeBytes) -> None:
    outside = [row(str(place), FREE, begindatum="31/02/2001") for place in range(10, 14)]
    faulty = row("8", begindatum="31/02/2001")

    [cleaned], report = judge(export(*(row(str(place)) for place in range(1, 8)), *outside, faulty))

    assert (report.gelezen, report.aanvaard, report.quarantine.height, report.buiten) == (8, 7, 1, 4)
    assert cleaned.refused == 1
    assert report.quarantine.select("rij", "kolom", "reden").row(0) == (
        13, "begindatum", "is geen bestaande datum van 1800 tot 9999 (dd/mm/jjjj)",
    )  # fmt: skip
    assert [melding.sentence for melding in report.meldingen] == [
        "4 rijen buiten net ('net' is niet GO!): hoort niet bij deze levering en telt niet bij de gelezen rijen."
    ]


def test_row_without_net_is_refused_since_nobody_knows_whose_it_is(judge: JudgeBytes) -> None:
    _, report = judge(export(*(row(str(place)) for place in range(1, 8)), row("8", "")))
    assert report.quarantine.select("rij", "kolom", "reden").rows() == [(9, "net", "is leeg maar verplicht")]


def test_file_without_net_counts_as_go_and_says_so(judge: JudgeBytes) -> None:
    _, report = judge("schoolnummer;intern_vplnummer;naam;bestuur\n12344;1;De Ster;Noord\n")
    assert (report.aanvaard, report.buiten) == (1, 0)
    assert [melding.sentence for melding in report.meldingen] == [
        "De kolom 'net' is er niet of is leeg: alle rijen tellen als rijen van GO!."
    ]


def test_file_without_a_row_of_go_is_refused(judge: JudgeBytes) -> None:
    with pytest.raises(LeveringFout) as fault:
        judge(export(row("1", FREE), row("2", FREE)))
    assert str(fault.value) == (
        "Alle 2 rijen zijn buiten net: in 'net' staat nergens 'GO!'. Kijk na of dit het juiste bestand is."
    )


@pytest.mark.parametrize(
    ("cells", "kolom", "reden"),
    [
        ({"schoolnummer": "geen"}, "schoolnummer", "is geen instellingsnummer van 6 cijfers"),
        ({"naam": ""}, "naam", "is leeg maar verplicht"),
        ({"lx": "400000"}, "lx", "is groter dan 300.000"),
        ({"hoofdzetel": "soms"}, "hoofdzetel", "is niet 'ja' of 'nee'"),
        ({"begindatum": "2001-09-01", "einddatum": "1999-08-31"}, "einddatum", "ligt voor 'begindatum'"),
    ],
)
def test_row_that_can_never_be_right_is_refused(
    judge: JudgeBytes, cells: dict[str, str], kolom: str, reden: str
) -> None:
    _, report = judge(export(*(row(str(place)) for place in range(1, 8)), row("8", **cells)))
    assert report.quarantine.select("rij", "kolom", "reden").rows() == [(9, kolom, reden)]
    assert report.aanvaard == 7


def test_same_place_twice_keeps_the_first(judge: JudgeBytes) -> None:
    _, report = judge(export(*(row(str(place)) for place in range(1, 8)), row("3")))
    assert report.quarantine.select("rij", "kolom", "reden").rows() == [
        (9, "schoolnummer, intern_vplnummer", "staat met dezelfde sleutel al op rij 4")
    ]


def test_rows_of_others_are_told_wherever_the_rows_of_a_delivery_are(tmp_path: Path) -> None:
    data, path = tmp_path / "data", tmp_path / "register.csv"
    path.write_bytes(export(*(row(str(place)) for place in range(1, 6)), *(row(str(place), FREE) for place in (8, 9))))

    for command in ("voorbeeld", "laad"):
        code, printed = run(data, command, str(path), "--json")
        assert (code, json.loads(printed)["bestanden"][0]["buiten"]) == (0, 2), printed
    counts = {"gelezen": 5, "aanvaard": 5, "quarantaine": 0, "buiten": 2}
    [of_status], [of_history] = (
        status(data)["leveringen"],
        json.loads(run(data, "leveringen", "--json")[1])["leveringen"],
    )
    for told in (of_status, of_history):
        assert {name: told[name] for name in counts} == counts
    for command in ("status", "leveringen"):
        assert "0 in quarantaine; 2 rijen van anderen erbuiten gelaten" in run(data, command)[1]
    published = status(data)["warehouse"]
    with duckdb.connect(published, read_only=True) as con:
        assert con.execute("select buiten from meta.levering").fetchall() == [(2,)]

    with duckdb.connect(published) as con:
        con.execute("alter table meta.levering drop column buiten")
    assert status(data)["leveringen"][0]["buiten"] is None, "a version of before does not know; that is not none"
    assert "erbuiten" not in run(data, "leveringen")[1]
