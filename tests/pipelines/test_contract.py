"""A slip of the pen in a contract is told where it was made, not by the first delivery."""

from typing import Any

import polars as pl
import pytest

from pipelines.contract import Column, Contract, Kind, Rule, Vak, VakKind

YEAR = Column("schooljaar", Kind.SCHOOLJAAR, required=True, key=True)
PERSON = Column("e-mail", Kind.PERSON, required=True, name="persoon")
RULE = Rule("persoon", pl.col("dagdelen") > 2, "is te veel")


def contract(**parts: Any) -> Contract:
    whole = {"columns": (YEAR, PERSON), "vak": Vak(VakKind.COLUMN, "schooljaar"), **parts}
    return Contract(name="nascholingen", bron="nascholing", title="Nascholingen", **whole)


def test_a_contract_whose_names_are_its_own_is_accepted() -> None:
    rules = (Rule("persoon", pl.col("schooljaar") == pl.col("persoon"), "is een schooljaar"),)

    assert contract(rules=rules, one_of=(("persoon",),)).key == ("schooljaar",)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"columns": (YEAR, PERSON, Column("persoon"))}, "more than one column is called persoon"),
        ({"vak": Vak(VakKind.COLUMN, "datum")}, "no kept column is called datum"),
        ({"columns": (YEAR, Column("datum", dropped=True)), "vak": Vak(VakKind.COLUMN, "datum")}, "called datum"),
        ({"rules": (RULE,)}, "no kept column is called dagdelen"),
        ({"one_of": (("persoon", "naam"),)}, "no kept column is called naam"),
    ],
)
def test_a_name_that_no_column_bears_or_two_do_is_refused(parts: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        contract(**parts)
