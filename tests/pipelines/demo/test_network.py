from collections import Counter

import numpy as np

from pipelines.demo.network import (
    FAILING_CHECK_DIGITS,
    NIVEAU_TABLE,
    Network,
    build_network,
    luhn_digit,
    spread,
)
from pipelines.demo.people import build_professionals, build_staff, spoc_by_scholengroep


def test_counts_per_onderwijsniveau_follow_the_table_of_the_plan(network: Network) -> None:
    first = network.present(0)
    assert Counter(i.niveau for i in first) == {niveau: row[0] for niveau, row in NIVEAU_TABLE.items()}
    for niveau, (_, vestigingen, personeel) in NIVEAU_TABLE.items():
        assert sum(i.vestigingen for i in network.present(0, niveau)) == vestigingen
        assert sum(i.personeel for i in network.present(0, niveau)) == personeel
    assert len({i.scholengroep for i in first}) == 26


def test_schaal_multiplies_the_network() -> None:
    double = build_network(schaal=2, jaren=1, zaad=7)
    assert len(double.instellingen) == 2 * sum(row[0] for row in NIVEAU_TABLE.values())
    assert len(set(double.scholengroepen.values())) == 52
    assert len(build_professionals(double)) == 2 * sum(row[2] for row in NIVEAU_TABLE.values())


def test_nummers_are_unique_lie_outside_the_used_ranges_and_have_a_check_digit(network: Network) -> None:
    nummers = [i.nummer for i in network.instellingen]
    assert len(set(nummers)) == len(nummers)
    assert {nummer[0] for nummer in nummers} == {"0", "7"}
    assert {nummer[:2] for nummer in nummers if nummer[0] == "0"} == {"08", "09"}
    assert sum(int(n[-1]) != luhn_digit(n[:-1]) for n in nummers) == FAILING_CHECK_DIGITS


def test_luhn_digit_of_a_published_number_and_a_zero_written_as_one() -> None:
    assert luhn_digit("7992739871") == 3  # the usual example of the Luhn algorithm
    assert luhn_digit("00000") == 1


def test_mergers_carry_on_and_closures_end(network: Network) -> None:
    gone = [i for i in network.instellingen if i.laatste == 0]
    assert len(gone) == 4
    renumbered = [i for i in network.instellingen if i.eerste == 1]
    assert len(renumbered) == 1
    followers = [network.at(i, 1) for i in gone]
    assert sum(follower is None for follower in followers) == 1
    assert renumbered[0] in followers


def test_need_drives_oki(network: Network) -> None:
    nood, oki = np.array([(i.nood, i.oki) for i in network.instellingen]).T
    assert np.corrcoef(nood, oki)[0, 1] > 0.7


def test_spread_adds_up_and_respects_the_minimum() -> None:
    parts = spread(np.array([1.0, 2.0, 0.001]), 11, minimum=2)
    assert parts.sum() == 11
    assert parts.tolist() == [4, 5, 2]


def test_staff_is_about_seventy_vte_with_small_teams_and_one_spoc_per_scholengroep(network: Network) -> None:
    staff = build_staff(network)
    active = [p for p in staff if p.is_begeleider() and p.dienst == "PBD" and not p.uit_dienst]
    assert len(active) == 85
    assert 66 <= sum(p.vte for p in active) <= 74
    assert round(sum(p.vte for p in staff if p.dienst == "POC"), 2) == 20.47
    assert sum(p.functie == "hoofdadviseur" for p in staff) == 4
    teams = Counter(p.team for p in staff)
    assert min(teams.values()) < 5 < max(teams.values())
    assert set(spoc_by_scholengroep(staff)) == set(network.scholengroepen)
    leaders = {p.code for p in staff if p.functie == "hoofdadviseur"}
    assert {p.hoofdadviseur for p in staff if p.functie == "begeleider"} == leaders
    codes = [p.code for p in staff if p.code]
    assert len(set(codes)) == len(codes)
