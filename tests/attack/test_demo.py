"""The whole demo network, as it is published."""

from pathlib import Path

import pytest

from pipelines.build import COMPUTED
from pipelines.demo import write_demo
from tests.attack.attacker import attack, exposed, tightest
from tests.attack.test_versions import known_too_well, moved
from tests.e2e.command_line import run
from tests.pipelines.landed import landed
from warehouse import versions
from warehouse.build import build
from warehouse.connection import open_read_only
from warehouse.settings import load_settings


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    run(folder, "laad", str(write_demo(tmp_path_factory.mktemp("demo")).folder))
    path = versions.published(folder)
    assert path is not None
    return path


def test_nothing_hidden_follows_from_what_the_demo_network_publishes(published):
    with open_read_only(published) as con:
        found = attack(con)
    # six teams of one to four persons, in every month of four schooljaren
    assert {one.cell[1] for one in found} == {"hr_maand"}
    assert len({one.cell[-1] for one in found}) == 6
    assert exposed(found) == []
    assert tightest(found, "personen") >= 3


def test_no_late_row_in_a_team_of_the_demo_network_gives_a_team_away(published):
    sql = """
        select team, list(coalesce(personen, 0) order by maand)
        from (select distinct team from core.hr_team where dienst = 'PBD')
        cross join (select unnest([min(maand), median(maand)::date, max(maand)]) as maand from core.dim_maand
            where maand <= getvariable('peildatum'))
        left join core.hr_team using (team, maand)
        group by team
    """
    with open_read_only(published) as con:
        [(peildatum,)] = con.execute("select peildatum from meta.versie").fetchall()
    with landed(published.parents[1]) as con:
        build(con, COMPUTED, load_settings(), peildatum, only=["core.hr_team", "core.dim_maand"])
        teams = dict(con.execute(sql).fetchall())
    assert len(teams) == 14
    for team in teams:
        assert known_too_well(teams, moved(teams, team, 0)) == (set(), set()), team
    # they are four: with one more they would be shown, and so known in the version before
    for team in ("hoofdadviseurs", "secretariaat"):
        assert known_too_well(teams, moved(teams, team, 0), remembers=False) == ({(team, 1)}, set())
