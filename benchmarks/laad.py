"""`laad` of a million inschrijvingen, against a bare DuckDB table of the same file."""

from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.measuring import best, run, table

ROWS = 1_000_000
PERSONS = 200_000
SCHOOLS = 750
ACTIVITIES = 600
RUNS = 2

BARE = """
import sys, duckdb
with duckdb.connect(sys.argv[2]) as con:
    con.execute("create table inschrijvingen as select * from read_csv(?)", [sys.argv[1]])
    print(con.execute("select count(*) from inschrijvingen").fetchall()[0][0])
"""


def measure(folder: Path) -> str:
    """Return the table: bare, intake alone, the whole command."""
    base, files = folder / "leveringen", folder / "inschrijvingen"
    write_base(base)
    sizes = [write_registrations(files / f"{number}" / "inschrijvingen.csv", number) for number in range(RUNS)]
    bare, intake, whole = [], [], []
    for number in range(RUNS):
        path = str(files / f"{number}" / "inschrijvingen.csv")
        bare.append(run(["-c", BARE, path, str(folder / f"bare{number}.duckdb")]))
        # Each run in a data folder of its own: a file is read only once.
        data = folder / f"data{number}"
        run(["-m", "pipelines.cli", "laad", str(base)], data)
        intake.append(run(["-m", "benchmarks.intake", path], data))
        whole.append(run(["-m", "pipelines.cli", "laad", path, "--json"], data, accepted=(3,)))
    floor = best(bare)
    rows = [
        [
            name,
            f"{cost.wall:.2f} s",
            f"{cost.wall / floor.wall:.1f}x",
            f"{cost.processor:.1f} s",
            f"{cost.processor / floor.processor:.1f}x",
            f"{cost.memory:.2f} GB",
        ]
        for name, cost in (
            ("bare DuckDB table (the floor)", floor),
            ("intake: archive, read, judge rows, pseudonyms, landing", best(intake)),
            ("whole `laad`: the same, build of every model, Great Expectations, publish", best(whole)),
        )
    ]
    title = f"Load of {ROWS // 1_000_000} M inschrijvingen ({sizes[0] / 1e6:.0f} MB), target 4x and under 2 GB"
    return table(title, ["process", "wall", "ratio", "processor", "ratio", "peak memory"], rows)


def write_base(folder: Path) -> None:
    """Write the instellingen and activiteiten that the inschrijvingen refer to."""
    folder.mkdir(parents=True, exist_ok=True)
    numbers = [f"{100_000 + 7 * index}" for index in range(SCHOOLS)]
    pl.DataFrame(
        {
            "schooljaar": "2025-2026",
            "instellingsnummer": numbers,
            "naam": [f"School {number}" for number in numbers],
            "onderwijsniveau": [("BaO", "SO", "DKO")[index % 3] for index in range(SCHOOLS)],
            "scholengroep nummer": [index % 26 + 1 for index in range(SCHOOLS)],
            "scholengroep": [f"Groep {index % 26 + 1}" for index in range(SCHOOLS)],
            "personeelsleden": 60,
            "vte": "42,5",
        }
    ).write_csv(folder / "instellingen.csv", separator=";")
    pl.DataFrame(
        {
            "activiteit id": [f"A{index:04d}" for index in range(ACTIVITIES)],
            "titel": "Vorming",
            "strategie": [("vorming", "opleiding", "helpdesk")[index % 3] for index in range(ACTIVITIES)],
            "startdatum": "15/10/2025",
            "dagdelen": "1,5",
            "schooljaar": "2025-2026",
        }
    ).write_csv(folder / "activiteiten.csv", separator=";")


def write_registrations(path: Path, seed: int) -> int:
    """Write the inschrijvingen, one in a hundred with a fault; return the size of the file in bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    person = pl.Series(rng.integers(0, PERSONS, ROWS))
    day = pl.Series(rng.integers(0, 180, ROWS))
    fault = pl.Series(rng.integers(0, 400, ROWS))
    school = 100_000 + 7 * (person % SCHOOLS)
    present = pl.Series(rng.choice(4, ROWS, p=[0.75, 0.1, 0.05, 0.1]))
    address = pl.format("voornaam.achternaam{}@school{}.example", person, person % SCHOOLS)
    frame = pl.select(
        pl.format("I{}-{}", pl.lit(seed), pl.int_range(ROWS)).alias("inschrijving id"),
        pl.when(fault == 0)
        .then(pl.lit("A9999"))
        .otherwise(pl.format("A{}", pl.Series(rng.integers(0, ACTIVITIES, ROWS)).cast(pl.String).str.zfill(4)))
        .alias("activiteit id"),
        pl.when(fault % 20 == 7).then(address.str.to_uppercase()).otherwise(address).alias("e-mail"),
        pl.format("Achternaam {}, Voornaam", person).alias("naam"),
        pl.Series(["leraar", "directeur", "zorgcoördinator", "beleidsmedewerker"])
        .gather(pl.Series(rng.integers(0, 4, ROWS)))
        .alias("ambt"),
        pl.when(fault == 1)
        .then(pl.lit("veel"))
        .otherwise((person % 40).cast(pl.String) + pl.lit(",5"))
        .alias("anciënniteit"),
        pl.when(fault == 2).then(pl.lit(999_999)).otherwise(school).alias("instellingsnummer"),
        pl.when(fault == 3)
        .then(pl.lit("31/02/2026"))
        .otherwise((pl.date(2025, 9, 1) + pl.duration(days=pl.lit(day))).dt.strftime("%d/%m/%Y"))
        .alias("ingeschreven op"),
        pl.Series(["ingeschreven", "wachtlijst", "geannuleerd"])
        .gather(pl.Series(rng.choice(3, ROWS, p=[0.9, 0.03, 0.07])))
        .alias("status"),
        pl.Series(["ja", "nee", "deels", ""]).gather(present).alias("aanwezig"),
    )
    frame.write_csv(path, separator=";")
    return path.stat().st_size
