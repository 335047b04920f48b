"""One demo delivery of two schooljaren for all tests of the generator."""

import pytest

from pipelines.demo import DemoFile, DemoManifest, write_demo
from pipelines.demo.network import Network, build_network
from tests.pipelines.demo.independent_readers import ReadTable, read

JAREN = 2


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoManifest:
    return write_demo(tmp_path_factory.mktemp("demo"), jaren=JAREN)


@pytest.fixture(scope="session")
def tables(demo: DemoManifest) -> dict[DemoFile, ReadTable]:
    return {file: read(file) for file in demo.files}


@pytest.fixture(scope="session")
def network() -> Network:
    return build_network(schaal=1, jaren=JAREN, zaad=7)
