"""The whole demo network, as it is published."""

from pathlib import Path

import pytest

from pipelines.demo import write_demo
from tests.attack.attacker import attack, exposed, tightest
from tests.e2e.command_line import run
from warehouse import versions
from warehouse.connection import open_read_only


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
