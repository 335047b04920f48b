"""The archive's own memory: which deliveries no build has seen."""

import datetime as dt
from pathlib import Path

from pipelines.archive import Archive, Receipt


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


def test_a_refusal_is_forgotten_once_the_same_bytes_are_accepted(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.refuse(receipt(1, "2026-03-01"))
    archive.accept(receipt(1, "2026-03-02"))

    assert Archive(tmp_path).refused() == []
    assert [found.ontvangen_op for found in Archive(tmp_path).receipts()] == ["2026-03-02"]
    assert archive.next_number() == 2
