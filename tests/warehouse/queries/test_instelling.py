"""What the page Instelling asks: literal marts in, literal rows out."""

from collections.abc import Iterator

import duckdb
import pytest

from tests.readers import ask
from warehouse.connection import open_for_writing
from warehouse.queries import instelling as queries


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = open_for_writing()
    connection.execute("create schema mart")
    yield connection
    connection.close()


@pytest.fixture
def scored(con):
    """Seven SO schools and one BaO; the first has five comparable ones, of which four have a score for leerrecht."""
    con.execute(
        """
        create table mart.noden_criterium as
        select '2025-2026' as schooljaar, format('{:06d}', nummer) as instellingsnummer, criterium,
            if(nummer = 8, 'BaO', 'SO') as onderwijsniveau,
            case when not (criterium = 'leerrecht' and nummer in (1, 2)) then nummer / 10 end as score,
            case when criterium = 'leerrecht' and nummer in (1, 2) then 'beschermd' end as reden
        from range(1, 9) as n(nummer), (values ('doorlichting'), ('leerrecht')) as c(criterium);
        create table mart.noden_vergelijkbaar as
        select '2025-2026' as schooljaar, '000001' as instellingsnummer, nummer - 1 as plaats,
            format('{:06d}', nummer) as buur, 'School ' || nummer as naam, '1' as scholengroep_nummer,
            'Noord' as scholengroep, 1.0 as oki, 100 as aantal_leerlingen, 0.1 as schoolse_vertraging,
            nummer / 10 as afstand
        from range(2, 7) as n(nummer);
        """
    )
    return con


def test_criteria_stand_beside_the_own_niveau_and_the_comparable_schools(scored):
    rows = ask(scored, queries.criteria, "000001", "2025-2026").to_dicts()
    [inspection, right] = rows
    assert inspection["score"] == pytest.approx(0.1)
    assert inspection["netwerk"] == pytest.approx(0.4)  # seven SO schools, without the BaO school
    assert inspection["vergelijkbaar"] == pytest.approx(0.4)  # schools 2 to 6
    assert (right["score"], right["reden"]) == (None, "beschermd")


def test_a_mean_over_fewer_than_five_schools_is_not_given(scored):
    right = ask(scored, queries.criteria, "000001", "2025-2026").row(1, named=True)
    assert right["netwerk"] == pytest.approx(0.5)  # five SO schools have a score
    assert right["vergelijkbaar"] is None  # four comparable ones have
    other = ask(scored, queries.criteria, "000008", "2025-2026")
    assert other["netwerk"].to_list() == [None, None]


def test_comparable_schools_come_after_the_institution_itself(scored):
    scored.execute(
        """
        create table mart.noden_kenmerken as
        select '2025-2026' as schooljaar, '000001' as instellingsnummer, 'SO' as onderwijsniveau, 0.9::double as oki,
            120 as aantal_leerlingen, null::double as schoolse_vertraging;
        create table mart.instelling_jaar as
        select '2025-2026' as schooljaar, '000001' as instellingsnummer, 'School 1' as naam, 'Noord' as scholengroep,
            '1' as scholengroep_nummer, 'SO' as onderwijsniveau;
        """
    )
    found = ask(scored, queries.comparable, "000001", "2025-2026")
    assert found["plaats"].to_list() == [0, 1, 2, 3, 4, 5]
    assert found.row(0) == (0, "000001", "School 1", "Noord", 0.9, 120, None, None)
    assert found.row(1)[1:3] == ("000002", "School 2")
    assert ask(scored, queries.comparable, "000001", "2024-2025").is_empty()


def test_indicators_are_those_of_one_institution_and_schooljaar(con):
    con.execute(
        """
        create table mart.noden_indicator as
        select jaar as schooljaar, nummer as instellingsnummer, 'leerrecht' as criterium, indicator, 'alle' as reeks,
            0.1 as waarde, 0.05 as laag, 0.2 as hoog, 100 as n, jaar as laatste_meetjaar, 0.08 as verwacht,
            0.07 as netwerk_gemiddelde, 0.5 as score, 0.02 as bijdrage, null::varchar as reden
        from (values ('2024-2025'), ('2025-2026')) as j(jaar), (values ('000001'), ('000002')) as i(nummer),
            (values ('uitsluitingen'), ('problematisch_10')) as x(indicator)
        """
    )
    found = ask(con, queries.indicators, "000001", "2025-2026")
    assert found["indicator"].to_list() == ["problematisch_10", "uitsluitingen"]
    assert set(found["laatste_meetjaar"]) == {"2025-2026"}


def test_self_scaling_comes_newest_first_in_the_order_of_the_indicators(con):
    con.execute(
        """
        create table mart.procesindicator as
        select jaar as schooljaar, '000001' as instellingsnummer, '000001' as ingevuld_door, indicator,
            'Indicator ' || indicator as naam, '' as betekenis, 2.0 as inschaling, 4.0 as schaal_max, 0.5 as aandeel,
            null::date as ingevuld_op, null::double as netwerk_mediaan, null::bigint as netwerk_aantal,
            null::varchar as reden
        from (values ('2024-2025'), ('2025-2026')) as j(jaar), (values (10), (2)) as n(indicator)
        """
    )
    found = ask(con, queries.process_indicators, "000001")
    assert found.select("schooljaar", "indicator").rows() == [
        ("2025-2026", 2), ("2025-2026", 10), ("2024-2025", 2), ("2024-2025", 10),
    ]  # fmt: skip
