"""A published warehouse of three schooljaren and five instellingen, written by hand.

Columns are those the marts promise. The instellingen:
000011 De Beuk   BaO  2A in 2025, in support, reached
000022 De Eik    SO   1B, reached by a vorming only, suppressed in EDBI
000033 De Linde  SO   nothing wrong, not reached; merged from 000044 (which closed after 2023-2024)
000055 De Wilg   BaO  negative GOK ruling, late deadline, not reached; no test results at all
"""

import tempfile
from functools import cache
from pathlib import Path

import duckdb

from warehouse.build import MODELS_ROOT
from warehouse.model import load_models
from warehouse.scoped_views import write_scoped_views
from warehouse.staff_views import write_staff_views
from warehouse.versions import HR, file_beside

HERE = Path(__file__).parent
SCRIPTS = (
    "small_marts.sql",
    "small_rows.sql",
    "small_reach.sql",
    "small_inspections.sql",
    "small_instelling.sql",
    "small_needs.sql",
    "small_results.sql",
    "small_method.sql",
    "small_quality.sql",
)
#: Blocks as large as those of a real warehouse would be empty for the most part.
SMALL: dict[str, str | bool | int | float | list[str]] = {"default_block_size": 16_384}


def publish(data_dir: Path, *, version: int = 1, extra: str = "") -> Path:
    """Write the small warehouse as `version`, point to it, return its path; `extra` is SQL run at the end."""
    folder = data_dir / "warehouse"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"warehouse-{version:05d}.duckdb"
    shown, staff = _files(version, extra)
    path.write_bytes(shown)
    file_beside(path, HR).write_bytes(staff)
    (folder / "huidig").write_text(path.name, encoding="utf-8")
    return path


@cache
def _files(version: int, extra: str) -> tuple[bytes, bytes]:
    """Return the bytes of the published file and of the HR file beside it; hundreds of tests ask for the same ones."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "warehouse.duckdb"
        with duckdb.connect(path, config=SMALL) as con:
            for script in SCRIPTS:
                con.execute((HERE / script).read_text(encoding="utf-8"))
            con.execute("update meta.versie set versie = ?", [version])
            if extra:
                con.execute(extra)
            write_scoped_views(con, load_models(MODELS_ROOT))
        staff = Path(folder) / "hr.duckdb"
        with duckdb.connect(staff, config=SMALL) as con:
            con.execute((HERE / "small_staff.sql").read_text(encoding="utf-8"))
            write_staff_views(con)
        return path.read_bytes(), staff.read_bytes()
