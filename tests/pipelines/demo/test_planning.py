from collections import Counter

import pytest

from pipelines.demo.hr import build_hr
from pipelines.demo.inspections import build_doorlichtingen
from pipelines.demo.network import Network
from pipelines.demo.people import build_staff
from pipelines.demo.planning import build_planning
from pipelines.demo.trajectories import build_trajectories


def test_planned_dagdelen_add_up_to_410_per_vte(network: Network) -> None:
    staff = build_staff(network)
    trajecten = build_trajectories(network, build_doorlichtingen(network), staff)
    planned = build_planning(network, staff, trajecten)
    assert len(planned) > 160
    for year in planned:
        assert sum(year.dagdelen.values()) == pytest.approx(410 * year.persoon.vte, abs=0.26)
        assert min(year.dagdelen.values()) > 0


def test_absences_never_overlap_and_some_are_long(network: Network) -> None:
    facts = build_hr(network, build_staff(network))
    last_day: dict[str, int] = {}
    for spell in facts.afwezigheden:
        assert spell.van > last_day.get(spell.persoon.email, 0)
        last_day[spell.persoon.email] = spell.last_known
    kinds = Counter(spell.soort for spell in facts.afwezigheden)
    assert {"ziekte", "arbeidsongeval", "moederschap", "andere"} == set(kinds)
    assert sum(spell.last_known - spell.van >= 30 for spell in facts.afwezigheden) > 10
    assert any(spell.percentage < 100 for spell in facts.afwezigheden)
    assert len({leave.soort for leave in facts.verloven}) >= 4
