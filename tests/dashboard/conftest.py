from pathlib import Path

import pytest
import streamlit as st

from tests.dashboard.small_warehouse import publish


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the small warehouse published, and empty caches before and after."""
    monkeypatch.setenv("STERRENWACHT_DATA", str(tmp_path))
    st.cache_resource.clear()
    publish(tmp_path)
    yield tmp_path
    st.cache_resource.clear()
