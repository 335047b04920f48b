"""The archive's own memory: which deliveries no build has seen, and each time that bytes came in."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import polars as pl

from pipelines.archive import PERSON_REMOVED, Archive, Event, Receipt
from pipelines.tally import Tally


def receipt(number: int, received: str) -> Receipt:
    return Receipt(f"{number:06d}-aa", number, f"{number:064d}", f"bestand{number}.csv", received, 10)


def test_a_build_of_an_earlier_day_leaves_later_deliveries_waiting(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.accept(receipt(1, "2026-03-01"))
    archive.accept(receipt(2, "2026-05-01"))

    archive.mark_built(dt.date(2026, 4, 1))
    assert Archive(tmp_path).unbuilt() == {"000002-aa"}

    archive.mark_built(dt.date(2026, 5, 1))
    assert not Archive(tmp_path).has_unbuilt()


def test_a_refused_delivery_that_is_accepted_after_all_is_known_once(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.refuse(receipt(1, "2026-03-01"))
    archive.accept(receipt(1, "2026-03-02"))

    assert Archive(tmp_path).refused() == []
    assert [found.ontvangen_op for found in Archive(tmp_path).receipts()] == ["2026-03-02"]
    assert archive.next_number() == 2


def test_bytes_that_come_in_again_have_a_receipt_each_time(tmp_path: Path) -> None:
    first, last = receipt(1, "2026-03-01"), receipt(2, "2026-03-02")
    again, taken = (replace(one, sha256=first.sha256) for one in (last, receipt(3, "2026-03-03")))
    archive = Archive(tmp_path)
    for refused in (first, again):
        archive.refuse(refused)
    archive.accept(taken)
    archive.write_again(replace(first, door="iemand"))
    archive.refuse(replace(again, boodschap="Toch niet."))

    for found in (archive, Archive(tmp_path)):
        assert [(one.volgorde, one.door, one.boodschap) for one in found.refused()] == [
            (1, "iemand", ""),
            (2, "", "Toch niet."),
        ]
        assert [one.volgorde for one in found.receipts()] == [3]


def test_bytes_stay_while_one_of_their_receipts_was_not_erased(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    first, again = receipt(1, "2026-03-01"), replace(receipt(2, "2026-03-02"), sha256=receipt(1, "").sha256)
    delivered = tmp_path / "bestand.csv"
    delivered.write_text("a;b\n", encoding="utf-8")
    archive.store(delivered, first.sha256)
    removed = Event(PERSON_REMOVED, "2026-04-01")
    archive.refuse(first.with_event(removed))
    archive.refuse(again)

    archive.drop_unreferenced()
    assert archive.bytes_path(first).is_file()

    archive.refuse(again.with_event(removed))
    archive.drop_unreferenced()
    assert not archive.bytes_path(first).exists()


def test_what_was_counted_and_what_was_wrong_stay_with_a_refusal(tmp_path: Path) -> None:
    refused = replace(receipt(1, "2026-03-01"), geteld=Tally("inschrijvingen", "2025-2026", 9, 0, 0))
    fault = {"blad": None, "rij": 3, "kolom": "status", "waarde": "een\u2028regel", "reden": "is geen keuze"}
    archive = Archive(tmp_path)
    archive.refuse(refused, pl.DataFrame([fault]))

    assert Archive(tmp_path).refused() == [refused]
    assert Archive(tmp_path).faults_at_refusal(refused) == [fault]

    archive.refuse(refused)
    assert archive.faults_at_refusal(refused) == []


def test_faults_of_a_refusal_that_a_kill_cut_short_are_nobodys(tmp_path: Path) -> None:
    archive, taken = Archive(tmp_path), receipt(1, "2026-03-01")
    archive.accept(taken)
    (tmp_path / "archief" / "geweigerd").mkdir()
    (tmp_path / "archief" / "geweigerd" / "000001.fouten.jsonl").write_text('{"blad"', encoding="utf-8")
    assert archive.faults_at_refusal(taken) == []
