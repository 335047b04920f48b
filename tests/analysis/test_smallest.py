import polars as pl
import pytest

from analysis.smallest import SMALLEST_SCHEMA, smallest_in_top
from tests.analysis.needs_frames import YEAR, buren, estimated, instellingen, metingen, settings_with

# One of 20 is tiny: 2 of its 4 pupils fail. The others have 400 pupils, of whom 25 to 35 in a hundred fail.
TINY = "000020"
NUMBERS = [f"{n:06d}" for n in range(1, 20)]
SETTINGS = settings_with(top_n=2)


def sizes(pupils):
    rows = [(YEAR, number, count) for number, count in pupils.items()]
    schema = {"schooljaar": pl.String, "instellingsnummer": pl.String, "aantal_leerlingen": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def network(tiny_pupils=4):
    pupils = dict.fromkeys(NUMBERS, 400) | {TINY: tiny_pupils}
    shares = {number: 0.25 + place / 180 for place, number in enumerate(NUMBERS)} | {TINY: 0.5}
    measured = metingen(
        *({"instellingsnummer": n, "waarde": share, "n": pupils[n] or 4} for n, share in shares.items())
    )
    rows = instellingen(*({"instellingsnummer": number} for number in pupils))
    return rows, estimated(measured, SETTINGS), sizes(pupils), buren()


def test_a_tiny_school_that_is_first_by_chance_is_not_after_shrinkage():
    # A tenth of 20 is 2: the tiny one, and of the equally large ones the lowest number, whose share is the least.
    before, after = smallest_in_top(*network(), SETTINGS).rows(named=True)
    same = {
        "schooljaar": YEAR,
        "top_n": 2,
        "instellingen": 20,
        "kleinste": 2,
        "meeste_leerlingen": 400,
        "verwacht": 0.1,
    }
    assert before == same | {"krimping": "voor", "in_top": 1, "aandeel": 0.5}
    assert after == same | {"krimping": "na", "in_top": 0, "aandeel": 0.0}


def test_who_has_no_known_size_takes_no_part():
    # Nineteen are left, and two places for them; a tenth is rounded up.
    before, after = smallest_in_top(*network(tiny_pupils=None), SETTINGS).rows(named=True)
    for row in (before, after):
        assert (row["instellingen"], row["kleinste"], row["top_n"], row["in_top"]) == (19, 2, 2, 0)
        assert row["verwacht"] == pytest.approx(2 / 19)


def test_a_top_as_long_as_the_list_holds_the_smallest_as_often_as_they_are():
    rows = smallest_in_top(*network(), settings_with(top_n=500)).rows(named=True)
    assert [(row["top_n"], row["in_top"], row["aandeel"]) for row in rows] == [(20, 2, 0.1)] * 2


def test_the_trap_plays_no_part():
    rows, estimates, pupils, nobody = network()
    inspected = rows.with_columns(
        advies=pl.when(pl.col("instellingsnummer") == NUMBERS[0]).then(pl.lit("2A")),
        heeft_doorlichting=pl.lit(True),
    )
    # The lowest share of all, and one of the smallest: first by trap, and by score because its inspection weighs half.
    assert smallest_in_top(inspected, estimates, pupils, nobody, SETTINGS)["in_top"].to_list() == [2, 1]
    ruled = rows.with_columns(is_gok_negatief=pl.col("instellingsnummer") == NUMBERS[0])
    only_last = settings_with(top_n=2, criteria=["leerresultaten", "doorstroom", "leerrecht", "doorlichting"])
    # With an inspection that weighs little the trap alone would still put it first.
    assert smallest_in_top(ruled, estimates, pupils, nobody, only_last)["in_top"].to_list() == [1, 0]


def test_schooljaren_are_counted_apart():
    last = [frame.with_columns(schooljaar=pl.lit("2024-2025")) for frame in network()]
    both = smallest_in_top(*(pl.concat(pair) for pair in zip(network(), last, strict=True)), SETTINGS)
    assert both["schooljaar"].to_list() == ["2024-2025"] * 2 + [YEAR] * 2
    assert both["krimping"].to_list() == ["voor", "na"] * 2
    assert both["in_top"].to_list() == [1, 0] * 2


def test_nobody_gives_no_rows():
    rows, estimates, pupils, nobody = network()
    for unknown in (pupils.clear(), pupils.with_columns(aantal_leerlingen=pl.lit(None, pl.Int64))):
        found = smallest_in_top(rows, estimates, unknown, nobody, SETTINGS)
        assert (len(found), dict(found.schema)) == (0, SMALLEST_SCHEMA)
