from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.conftest import components_looked_up_once, data_dir
from tests.pages.deliveries_page import no_commands_of_before, open_deliveries, real_data

__all__ = [
    "components_looked_up_once",
    "data_dir",
    "no_commands_of_before",
    "open_deliveries",
    "open_page",
    "real_data",
]

APP = Path(__file__).resolve().parents[2] / "app.py"


@pytest.fixture
def open_page(data_dir):
    """Open a page by its link, with these values in the address: open_page('noden', trap='verplicht')."""

    def opened(key: str, **address: str) -> AppTest:
        at = AppTest.from_file(APP, default_timeout=30)
        if key != "start":
            at.switch_page(f"pages/{key}.py")
        at.query_params.update(address)
        at.run()
        assert not at.exception
        assert not at.error
        return at

    return opened
