import functools
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner

from dashboard import data
from tests.dashboard.small_warehouse import publish
from tests.readers import EVERYTHING


@pytest.fixture(scope="session", autouse=True)
def components_looked_up_once() -> Iterator[None]:
    """Have Streamlit look once which installed packages hold components: it does so anew for every app it starts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            manifest_scanner, "scan_component_manifests", functools.cache(manifest_scanner.scan_component_manifests)
        )
        yield


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the small warehouse published, read by one who may see it all; caches start empty."""
    monkeypatch.setenv("STERRENWACHT_DATA", str(tmp_path))
    st.cache_resource.clear()
    publish(tmp_path)
    with data.scoped(EVERYTHING):
        yield tmp_path
    st.cache_resource.clear()
