"""Folders that take seconds to make, made once for all the processes that run tests."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def made_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a copy of the folder that `make` fills; whoever comes first makes it, the others wait for it.

    The copy is the asker's own, to write in. Under one name always the same must be made.
    """
    here = tmp_path_factory.getbasetemp()
    # The processes of pytest-xdist have a folder each, below that of the whole run.
    shared = (here.parent if here.name.startswith("popen-") else here) / f"eenmaal-{name}"
    with FileLock(f"{shared}.lock"):
        if not shared.exists():
            being_made = shared.with_name(f"{shared.name}.half")
            shutil.rmtree(being_made, ignore_errors=True)
            being_made.mkdir()
            make(being_made)
            being_made.rename(shared)
    own = tmp_path_factory.mktemp(name)
    return Path(shutil.copytree(shared, own, dirs_exist_ok=True))
