import pytest

from tests.dashboard.small_warehouse import publish
from warehouse.exposure import is_invented, is_loopback

REAL = "update meta.versie set is_demo = false"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "::1", "[::1]", "localhost", "LocalHost."])
def test_this_machine_is_known_by_all_its_names(host):
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [None, "", "0.0.0.0", "::", "192.168.1.5", "dashboard.voorbeeld.be", "127.0.0.1.voorbeeld.be", "localhost.be"],
)
def test_anything_else_is_not_this_machine(host):
    assert not is_loopback(host)


def test_data_are_invented_when_every_version_is(tmp_path):
    assert not is_invented(tmp_path), "nothing is known yet"
    publish(tmp_path, version=1)
    publish(tmp_path, version=2)
    assert is_invented(tmp_path)


@pytest.mark.parametrize("real", [1, 3])
def test_one_real_version_makes_the_folder_real_also_an_earlier_or_a_withdrawn_one(tmp_path, real):
    publish(tmp_path, version=real, extra=REAL)
    publish(tmp_path, version=2)
    assert not is_invented(tmp_path)


@pytest.mark.parametrize(
    "mixed", ["update meta.versie set is_enkel_demo = false", "alter table meta.versie drop column is_enkel_demo"]
)
def test_a_real_delivery_among_invented_ones_makes_it_real_and_so_does_not_knowing(tmp_path, mixed):
    publish(tmp_path, extra=mixed)
    assert not is_invented(tmp_path)
