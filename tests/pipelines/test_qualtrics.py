"""Qualtrics exports as they come: numbers or choice texts, other languages and encodings, columns left out."""

import csv
import io
import json
from pathlib import Path

import polars as pl
import pytest

from pipelines.faults import LeveringFout
from tests.pipelines.conftest import JudgeBytes

EXAMPLE = Path(__file__).parents[1] / "fixtures" / "qualtrics_3_koprijen_voorbeeld.csv"
DUTCH_TEXTS = {
    "StartDate": "Begindatum", "EndDate": "Einddatum", "Status": "Responstype", "IPAddress": "IP-adres",
    "Progress": "Voortgang", "Duration (in seconds)": "Duur (in seconden)", "Finished": "Voltooid",
    "RecordedDate": "Datum van opname", "ResponseId": "Respons-ID", "ExternalReference": "Externe gegevensreferentie",
    "DistributionChannel": "Distributiekanaal", "UserLanguage": "Gebruikerstaal",
}  # fmt: skip
ANSWER = {
    "StartDate": "2025-11-03 14:20:00", "EndDate": "2025-11-03 14:22:00", "Status": "IP Address",
    "IPAddress": "192.0.2.1", "Progress": "100", "Duration (in seconds)": "120", "Finished": "True",
    "RecordedDate": "2025-11-03 14:22:01", "ResponseId": "R_1", "RecipientLastName": "Peeters",
    "RecipientFirstName": "An", "RecipientEmail": "an@school.example", "ExternalReference": "U1",
    "LocationLatitude": "51.05", "LocationLongitude": "3.72", "DistributionChannel": "email", "UserLanguage": "NL",
    "Q1": "4", "Q2": "Meer van dit",
}  # fmt: skip


def heads() -> list[list[str]]:
    return list(csv.reader(io.StringIO(EXAMPLE.read_text(encoding="utf-8-sig"))))


def export(
    *answers: dict[str, str],
    without: tuple[str, ...] = (),
    extra: dict[str, str] | None = None,
    texts: dict[str, str] | None = None,
    delimiter: str = ",",
) -> str:
    """Return an export in which every answer is the usual one but for the cells given.

    `extra` adds columns (name and ImportId), `texts` gives other texts in the second row.
    """
    names, wordings, imports = heads()
    columns = [(n, (texts or {}).get(n, w), i) for n, w, i in zip(names, wordings, imports, strict=True)]
    columns += [(name, name, json.dumps({"ImportId": import_id})) for name, import_id in (extra or {}).items()]
    columns = [column for column in columns if column[0] not in without]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows(zip(*columns, strict=True))
    writer.writerows(
        [(ANSWER | {"ResponseId": f"R_{number}"} | answer).get(column[0], "") for column in columns]
        for number, answer in enumerate(answers, start=1)
    )
    return out.getvalue()


def sentences(judge: JudgeBytes, content: str) -> list[str]:
    return [melding.sentence for melding in judge(content, "antwoorden.csv")[1].meldingen]


def test_the_example_of_the_supplier_is_recognised_below_its_three_headers(judge: JudgeBytes) -> None:
    [cleaned], report = judge(export({}), "antwoorden.csv")
    row = cleaned.accepted.row(0, named=True)
    assert (row["_rij"], row["response_id"], row["uitnodiging_id"], row["finished"]) == (4, "R_1", "U1", True)
    assert row["antwoorden"] == [{"vraag": "Q1", "waarde": "4"}, {"vraag": "Q2", "waarde": "Meer van dit"}]
    assert report.vak == "2025-2026"


def test_who_answered_and_from_where_does_not_come_in(judge: JudgeBytes) -> None:
    [cleaned], report = judge(export({}), "antwoorden.csv")
    shown = f"{cleaned.accepted.rows()} {report.meldingen}"
    assert not [word for word in ("Peeters", "An@", "an@school", "192.0.2.1", "51.05") if word in shown]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_every_delimiter_and_encoding_is_read(judge: JudgeBytes, encoding: str, delimiter: str) -> None:
    content = export({"Q2": "Coördinatie, en meer"}, delimiter=delimiter).encode(encoding)
    [cleaned], _ = judge(content, "antwoorden.csv")
    assert cleaned.accepted["antwoorden"].to_list()[0][1] == {"vraag": "Q2", "waarde": "Coördinatie, en meer"}


def test_a_dutch_interface_changes_the_second_row_only(judge: JudgeBytes) -> None:
    answer = {"Finished": "Waar", "Status": "IP-adres", "RecordedDate": "3/11/2025 14:22"}
    [cleaned], _ = judge(export(answer, texts=DUTCH_TEXTS), "antwoorden.csv")
    assert cleaned.accepted.select("finished", "status").rows() == [(True, "IP-adres")]


def test_a_file_with_the_dutch_texts_alone_is_told_what_is_missing(judge: JudgeBytes) -> None:
    lines = export({}, texts=DUTCH_TEXTS).split("\r\n")
    with pytest.raises(LeveringFout) as fault:
        judge("\r\n".join(lines[1:]), "antwoorden.csv")
    assert str(fault.value).startswith("De kop past bij geen enkele bekende bron")


def test_questions_over_several_lines_do_not_move_the_rows(judge: JudgeBytes) -> None:
    texts = {"Q1": 'Hoe "nuttig", op een schaal?\n\n1 = niet\n5 = zeer', "Q2": "Wat nog?\r\n\r\n- iets"}
    [cleaned], _ = judge(export({"Q2": "regel 1\nregel 2"}, {}, texts=texts), "antwoorden.csv")
    assert cleaned.accepted.select("_rij", "response_id").rows() == [(4, "R_1"), (5, "R_2")]


@pytest.mark.parametrize(
    ("finished", "progress", "is_finished"),
    [("True", "100", True), ("1", "100", True), ("False", "40", False), ("0", "40", False), ("", "100", True),
     ("", "99", False)],
)  # fmt: skip
def test_finished_is_what_it_says_or_follows_from_progress(
    judge: JudgeBytes, finished: str, progress: str, is_finished: bool
) -> None:
    [cleaned], _ = judge(export({"Finished": finished, "Progress": progress}), "antwoorden.csv")
    assert cleaned.accepted["finished"].to_list() == [is_finished]


def test_an_answer_that_may_or_may_not_be_complete_is_refused(judge: JudgeBytes) -> None:
    _, report = judge(export({"Finished": "", "Progress": ""}, *[{}] * 5), "antwoorden.csv")
    assert report.quarantine.select("rij", "kolom", "reden").rows() == [
        (4, "Finished", "is leeg en er staat ook geen Progress: niet te zien of het antwoord volledig is")
    ]


@pytest.mark.parametrize(
    ("without", "sentence"),
    [
        (
            "Status",
            "De kolom 'Status' ontbreekt: proefantwoorden zijn enkel nog aan 'DistributionChannel' te herkennen.",
        ),
        ("Finished", "De kolom 'Finished' ontbreekt: wie 100 heeft in 'Progress', telt als volledig."),
        ("RecordedDate", "De kolom 'RecordedDate' ontbreekt; 'EndDate' is in haar plaats gelezen."),
    ],
)
def test_a_column_left_out_is_told_and_has_its_default(judge: JudgeBytes, without: str, sentence: str) -> None:
    content = export({}, without=(without,))
    assert sentence in sentences(judge, content)
    [cleaned], report = judge(content, "antwoorden.csv")
    assert (report.aanvaard, report.vak) == (1, "2025-2026")
    assert cleaned.accepted["finished"].to_list() == [True]


@pytest.mark.parametrize("without", ["Progress", "DistributionChannel", "IPAddress", "UserLanguage", "EndDate"])
def test_a_column_that_is_not_needed_may_be_left_out_in_silence(judge: JudgeBytes, without: str) -> None:
    assert not [text for text in sentences(judge, export({}, without=(without,))) if without in text]


def test_an_anonymous_export_without_references_names_the_activity(judge: JudgeBytes) -> None:
    content = export({"activiteit_id": "A1"}, without=("ExternalReference",), extra={"activiteit_id": "activiteit_id"})
    [cleaned], report = judge(content, "antwoorden.csv")
    assert cleaned.accepted.select("uitnodiging_id", "activiteit_id").rows() == [(None, "A1")]
    assert "De kolom 'ExternalReference' ontbreekt: alle antwoorden tellen als anoniem." in [
        melding.sentence for melding in report.meldingen
    ]


@pytest.mark.parametrize(
    ("without", "sentence"),
    [
        (("ExternalReference",), "Minstens een van de kolommen 'ExternalReference' of 'activiteit_id' is nodig"),
        (("Finished", "Progress"), "Minstens een van de kolommen 'Finished' of 'Progress' is nodig"),
        (("ResponseId",), "De verplichte kolom 'ResponseId' ontbreekt"),
        (("RecordedDate", "EndDate", "StartDate"), "De verplichte kolom 'RecordedDate' ontbreekt"),
    ],
)
def test_a_column_that_is_needed_refuses_the_file(judge: JudgeBytes, without: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(LeveringFout) as fault:
        judge(export({}, without=without), "antwoorden.csv")
    assert str(fault.value).startswith(sentence)


def test_data_added_to_a_survey_are_no_answers_and_do_not_come_in(judge: JudgeBytes) -> None:
    content = export({"naam": "An Peeters", "Score": "12"}, extra={"naam": "naam", "Score": "SC_9abc"})
    [cleaned], report = judge(content, "antwoorden.csv")
    assert [answer["vraag"] for answer in cleaned.accepted["antwoorden"].to_list()[0]] == ["Q1", "Q2"]
    assert "Onbekende kolommen genegeerd: 'naam', 'Score'." in [melding.sentence for melding in report.meldingen]


def test_choice_texts_that_begin_with_their_number_are_no_words(judge: JudgeBytes) -> None:
    answers = [{"Q1": text} for text in ("4 - akkoord", "5: helemaal akkoord", "1. niet akkoord", "2 = eerder niet")]
    assert not [text for text in sentences(judge, export(*answers)) if "Q1" in text]


def test_choice_texts_without_number_are_told(judge: JudgeBytes) -> None:
    [text] = [text for text in sentences(judge, export({"Q1": "Akkoord"})) if "woorden" in text]
    assert text.startswith("Vragen die enkel met woorden beantwoord zijn: Q1, Q2.")
    assert text.endswith("woorden tellen enkel mee waar 'edbi vragen' ze als 'schaal labels' geeft.")


QUESTIONS = "vraag;module;tekst;schaal min;schaal max;schaal labels\n"


def test_the_labels_of_a_scale_come_with_its_questions(judge: JudgeBytes) -> None:
    [cleaned], _ = judge(QUESTIONS + "A1;A;Nuttig?;1;3;niet|deels|wel\nA2;A;Vlot?;1;3;\n", "edbi_vragen_2025-2026.csv")
    assert cleaned.accepted["schaal_labels"].to_list() == [["niet", "deels", "wel"], None]


def test_a_scale_with_another_number_of_labels_is_refused(judge: JudgeBytes) -> None:
    rows = "".join(f"A{number};A;Nuttig?;1;3;niet|deels|wel\n" for number in range(1, 6))
    _, report = judge(QUESTIONS + rows + "B1;B;Vlot?;1;4;niet|deels|wel\n", "edbi_vragen_2025-2026.csv")
    assert report.quarantine.select("rij", "kolom", "reden").rows() == [
        (7, "schaal labels", "telt niet evenveel labels als de schaal punten heeft")
    ]
    assert report.quarantine.schema["rij"] == pl.Int64
