"""The method's settings, read from `settings.toml` beside this file."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

SETTINGS_PATH = Path(__file__).with_name("settings.toml")


@cache
def load_settings() -> dict[str, Any]:
    """Return the settings file as nested dictionaries (one table per part of the method)."""
    with SETTINGS_PATH.open("rb") as handle:
        return tomllib.load(handle)
