"""People that come back in large columns keep the pseudonym they would get by themselves."""

import hmac

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines import pseudonym
from pipelines.pseudonym import normalise_person, pseudonymise

PEOPLE = st.lists(st.none() | st.text(alphabet="aAéÉ0.@ <", min_size=1, max_size=3), max_size=8)


@pytest.fixture
def remembered(monkeypatch: pytest.MonkeyPatch) -> pseudonym.Remembered:
    """Every column is large, and nobody is remembered yet."""
    fresh = pseudonym.Remembered()
    monkeypatch.setattr(pseudonym, "MANY", 0)
    monkeypatch.setattr(pseudonym, "MOST_PEOPLE", 3)
    monkeypatch.setattr(pseudonym, "_remembered", fresh)
    return fresh


def by_hand(person: str | None, key: bytes) -> str | None:
    return None if person is None else hmac.digest(key, normalise_person(person).encode(), "sha256").hex()[:16]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(columns=st.lists(st.tuples(PEOPLE, st.sampled_from([b"een", b"twee"]), st.sampled_from([1, 50])), max_size=5))
def test_whoever_was_met_before_has_the_pseudonym_of_today(
    monkeypatch: pytest.MonkeyPatch,
    remembered: pseudonym.Remembered,
    columns: list[tuple[list[str | None], bytes, int]],
) -> None:
    for people, key, few in columns:
        monkeypatch.setattr(pseudonym, "FEW", few)
        found = pseudonymise(pl.Series(people, dtype=pl.String), key)

        assert found.to_list() == [by_hand(person, key) for person in people]
        assert remembered.people.height <= 3


def test_another_person_with_the_same_number_has_a_pseudonym_of_his_own(remembered: pseudonym.Remembered) -> None:
    pseudonymise(pl.Series(["an"]), b"een")
    number_of_bo = pl.Series(["bo"]).hash()
    remembered.people = remembered.people.with_columns(nummer=number_of_bo)

    found = pseudonymise(pl.Series(["bo", "an", "bo"]), b"een")

    assert found.to_list() == [by_hand(person, b"een") for person in ("bo", "an", "bo")]
    assert remembered.people.get_column("nummer").is_unique().all()


def test_a_small_column_is_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = pseudonym.Remembered()
    monkeypatch.setattr(pseudonym, "_remembered", fresh)
    pseudonymise(pl.Series(["an"] * (pseudonym.MANY - 1)), b"een")
    assert fresh.people.is_empty()
    pseudonymise(pl.Series(["an"] * pseudonym.MANY), b"een")
    assert fresh.people.get_column("persoon").to_list() == ["an"]
