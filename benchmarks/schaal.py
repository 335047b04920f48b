"""Load and build at 1, 10 and 100 times: ten schooljaren of inschrijvingen and of agendas, against bare tables."""

import datetime as dt
import math
import shutil
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.measuring import Cost, run, table

TIMES = (1, 10, 100)
JAREN = tuple(range(2016, 2026))
# At 100 times: ten million inschrijvingen, five million items in the agendas, ten times today's network.
REGISTRATIONS, ITEMS = 10_000, 5_000  # per schooljaar
SCHOOLS, BEGELEIDERS, ACTIVITIES = 77, 7, 60

BARE = """
import sys, duckdb
from pathlib import Path
with duckdb.connect(sys.argv[2]) as con:
    for name in ("inschrijvingen", "agenda"):
        paths = sorted(str(path) for path in Path(sys.argv[1], name).iterdir())
        con.execute(f"create table {name} as select * from read_csv(?, union_by_name = true)", [paths])
"""

CATEGORIES = {
    "Verandertraject": "vt",
    "PLG": "plg",
    "Intern overleg": "intern overleg",
    "Voorbereiding": "voorbereiding",
}


def measure(folder: Path) -> str:
    """Return the table: bare tables and the whole of load and build, at each size, and how time grows."""
    rows, before = [], None
    for times in TIMES:
        work = folder / f"schaal{times}"
        size = write_network(work / "leveringen", times)
        bare = run(["-c", BARE, str(work / "leveringen" / "groot"), str(work / "bare.duckdb")])
        whole = run(["-m", "pipelines.cli", "laad", str(work / "leveringen"), "--json"], work / "data", accepted=(0,))
        rows.append(
            [
                f"{times}x",
                f"{REGISTRATIONS * len(JAREN) * times:,}".replace(",", " "),
                f"{ITEMS * len(JAREN) * times:,}".replace(",", " "),
                f"{size / 1e6:.0f} MB",
                f"{bare.wall:.1f} s",
                f"{whole.wall:.1f} s",
                f"{whole.wall / bare.wall:.1f}x",
                f"{whole.processor / bare.processor:.1f}x",
                f"{whole.memory:.2f} GB",
                _slope(before, whole),
            ]
        )
        before = whole
        shutil.rmtree(work)
    heads = [
        "size", "inschrijvingen", "agenda items", "CSV", "bare tables", "load and build", "ratio", "processor",
        "peak memory", "slope",
    ]  # fmt: skip
    return table("Load and build as the network grows, target 4x the bare tables and under 4 GB", heads, rows)


def _slope(before: Cost | None, now: Cost) -> str:
    """Return the exponent of growth over ten times as much: 1 is in proportion."""
    return f"{math.log10(now.wall / before.wall):.2f}" if before else ""


def write_network(folder: Path, times: int) -> int:
    """Write the deliveries of a network of this size; return the bytes of the large files."""
    large = folder / "groot"
    (large / "inschrijvingen").mkdir(parents=True)
    (large / "agenda").mkdir()
    _write_lists(folder, times)
    for year in JAREN:
        _write_registrations(large / "inschrijvingen" / f"inschrijvingen {year}.csv", year, times)
    for number in range(BEGELEIDERS * times):
        _write_agenda(large / "agenda" / f"B{number:04d}_agenda.csv", number)
    return sum(path.stat().st_size for path in large.rglob("*.csv"))


def _schooljaar(year: int) -> str:
    return f"{year}-{year + 1}"


def _write_lists(folder: Path, times: int) -> None:
    """Write what the large files refer to: instellingen and activiteiten of every schooljaar, staff, categories."""
    index = pl.int_range(SCHOOLS * times, eager=True)
    schools = pl.select(
        instellingsnummer=(100_000 + 7 * index).cast(pl.String),
        naam=pl.format("School {}", index),
        onderwijsniveau=pl.Series(["BaO", "SO", "DKO"]).gather(index % 3),
        groep=index % (26 * max(1, times // 10)) + 1,
    )
    years = pl.DataFrame({"schooljaar": [_schooljaar(year) for year in JAREN]})
    years.join(schools, how="cross").select(
        "schooljaar",
        "instellingsnummer",
        "naam",
        "onderwijsniveau",
        pl.col("groep").alias("scholengroep nummer"),
        pl.format("Groep {}", "groep").alias("scholengroep"),
        pl.lit(60).alias("personeelsleden"),
        pl.lit("42,5").alias("vte"),
    ).write_csv(folder / "instellingen.csv", separator=";")
    strategies = pl.DataFrame({"strategie": ["vorming", "opleiding", "helpdesk"]}).with_row_index("soort")
    activities = pl.DataFrame({"nummer": range(ACTIVITIES * times)}, schema={"nummer": pl.UInt32})
    activities = activities.with_columns(soort=pl.col("nummer") % 3).join(strategies, on="soort")
    years.join(activities, how="cross").select(
        pl.format("A{}-{}", pl.col("schooljaar").str.head(4), "nummer").alias("activiteit id"),
        pl.lit("Vorming").alias("titel"),
        "strategie",
        pl.format("15/10/{}", pl.col("schooljaar").str.head(4)).alias("startdatum"),
        pl.lit("1,5").alias("dagdelen"),
        "schooljaar",
    ).write_csv(folder / "activiteiten.csv", separator=";")
    staff = pl.DataFrame({"nummer": range(BEGELEIDERS * times)})
    staff.select(
        pl.format("begeleider{}@pbd.example", "nummer").alias("persoon"),
        pl.format("B{}", pl.col("nummer").cast(pl.String).str.zfill(4)).alias("code"),
        pl.lit("begeleider").alias("functie"),
        pl.format("Team {}", pl.col("nummer") // 10).alias("team"),
        pl.lit("PBD").alias("dienst"),
        pl.lit("contractueel").alias("statuut"),
        pl.lit("1").alias("vte"),
        pl.lit("01/09/2010").alias("in dienst"),
    ).write_csv(folder / "personeel.csv", separator=";")
    pl.DataFrame(
        {"categorie": list(CATEGORIES), "proces": "primair", "planningscategorie": list(CATEGORIES.values())}
    ).write_csv(folder / "agenda categorieen.csv", separator=";")


def _write_registrations(path: Path, year: int, times: int) -> None:
    rng = np.random.default_rng([year, times])
    rows = REGISTRATIONS * times
    person = pl.Series(rng.integers(0, rows // 2, rows))
    school = person % (SCHOOLS * times)
    day = pl.Series(rng.integers(0, 180, rows))
    pl.select(
        pl.format("I{}-{}", pl.lit(year), pl.int_range(rows)).alias("inschrijving id"),
        pl.format("A{}-{}", pl.lit(year), pl.Series(rng.integers(0, ACTIVITIES * times, rows))).alias("activiteit id"),
        pl.format("voornaam.achternaam{}@school{}.example", person, school).alias("e-mail"),
        pl.format("Achternaam {}, Voornaam", person).alias("naam"),
        pl.Series(["leraar", "directeur", "zorgcoördinator"]).gather(pl.Series(rng.integers(0, 3, rows))).alias("ambt"),
        ((person % 40).cast(pl.String) + pl.lit(",5")).alias("anciënniteit"),
        (100_000 + 7 * school).alias("instellingsnummer"),
        (pl.lit(dt.date(year, 9, 1)) + pl.duration(days=pl.lit(day))).dt.strftime("%d/%m/%Y").alias("ingeschreven op"),
        pl.Series(["ingeschreven", "wachtlijst", "geannuleerd"])
        .gather(pl.Series(rng.choice(3, rows, p=[0.9, 0.03, 0.07])))
        .alias("status"),
        pl.Series(["ja", "nee", "deels"]).gather(pl.Series(rng.integers(0, 3, rows))).alias("aanwezig"),
    ).write_csv(path, separator=";")


def _write_agenda(path: Path, number: int) -> None:
    """Write the ten schooljaren of one begeleider, as Outlook in Dutch exports them."""
    rng = np.random.default_rng(number)
    rows = ITEMS * len(JAREN) // BEGELEIDERS
    first = dt.date(JAREN[0], 9, 1)
    day = pl.lit(first) + pl.duration(days=pl.lit(pl.Series(rng.integers(0, 365 * len(JAREN), rows))))
    hour = pl.Series(rng.integers(8, 16, rows))
    pl.select(
        pl.lit("Overleg").alias("Onderwerp"),
        day.dt.strftime("%-d-%-m-%Y").alias("Begindatum"),
        pl.format("{}:00:00", hour).alias("Begintijd"),
        day.dt.strftime("%-d-%-m-%Y").alias("Einddatum"),
        pl.format("{}:00:00", hour + 2).alias("Eindtijd"),
        pl.lit("Onwaar").alias("Gebeurtenis, duurt hele dag"),
        pl.Series(list(CATEGORIES)).gather(pl.Series(rng.integers(0, len(CATEGORIES), rows))).alias("Categorieën"),
        pl.lit("Onwaar").alias("Privé"),
        pl.lit("2").alias("Tijd weergeven als"),
    ).write_csv(path)
