from pathlib import Path

import pytest
import streamlit as st

from dashboard import data
from tests.dashboard.small_warehouse import publish
from tests.readers import EVERYTHING


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the small warehouse published, read by one who may see it all; caches start empty."""
    monkeypatch.setenv("STERRENWACHT_DATA", str(tmp_path))
    st.cache_resource.clear()
    publish(tmp_path)
    with data.scoped(EVERYTHING):
        yield tmp_path
    st.cache_resource.clear()
