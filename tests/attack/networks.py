"""Small networks of invented staff, planning, agendas and answers, and the marts that are published of them."""

import datetime as dt
import shutil
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import duckdb
import polars as pl

from analysis.batches import shown_answers
from analysis.suppression import HIDDEN_SCHEMA, hide_teams
from pipelines.sources import CONTRACTS
from tests.warehouse.landing_tables import create_landing, landing
from tests.warehouse.reach_network import deliver_activity, deliver_institutions
from warehouse.build import MODELS_ROOT, Computation, build
from warehouse.connection import open_for_writing
from warehouse.landing_history import HeldFile, write_history
from warehouse.settings import load_settings

COMPUTED: dict[str, Computation] = {"hide_teams": hide_teams, "shown_answers": shown_answers}
#: What a build without any secondary suppression would hide: `mart.hr_maand` is told nothing but what is small.
PRIMARY_ONLY: dict[str, Computation] = {
    "hide_teams": lambda teams, _earlier, settings: (
        teams.filter(pl.col("personen") < settings["bescherming"]["minimum_personen"])
        .select("maand", "dienst", "team", pl.lit(False).alias("is_weggelaten"))
        .match_to_schema(HIDDEN_SCHEMA)
    )
}
#: Responses by their number: the strategy they are about, and the point they give to each question.
Responses: TypeAlias = Mapping[str, tuple[str, Mapping[str, int]]]
SCHEMAS = {contract.name: contract.schema for contract in CONTRACTS}
STRATEGIES, QUESTIONS = ("helpdesk", "opleiding", "vorming"), ("V1", "V2")
MONTHS = ("2025-09", "2025-10", "2025-11")
#: Development work is planned in other months than the rest.
CATEGORIES = ("vt", "plg", "spoc", "ontwikkelwerk")
QUESTION = {
    "module": "A",
    "dimensie": "tevredenheid",
    "kernvraag": True,
    "schaal_min": 1,
    "schaal_max": 5,
    "omgekeerd": False,
    "gunstig_vanaf": 4,
}


def staff_rows(diensten: Sequence[Mapping[str, Sequence[int]]]) -> list[dict[str, object]]:
    """Return the list of HR: per dienst a mapping of teams to the number of persons who begin in each month."""
    return [
        {
            "persoon": f"{number}-{team}-{month}-{person}",
            "functie": "begeleider",
            "team": team,
            "dienst": f"dienst {number}",
            "statuut": "formatie art. 16",
            "vte": 1.0 - 0.1 * (person % 3),
            "in_dienst": f"{month}-01",
        }
        for number, teams in enumerate(diensten)
        for team, starters in teams.items()
        for month, persons in zip(MONTHS, starters, strict=False)
        for person in range(persons)
    ]


def leave_rows(staff: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """Return part-time leave of every fourth member of staff."""
    return [
        {"persoon": one["persoon"], "stelsel": "zorgkrediet", "van": one["in_dienst"], "tot": None, "percentage": 50}
        for one in staff[::4]
    ]


def absence_rows(staff: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """Return a long absence of every sixth member of staff."""
    return [
        {"persoon": one["persoon"], "soort": "ziekte", "van": "2025-08-01", "tot": None, "percentage": 100}
        for one in staff[::6]
    ]


def publish_staff(
    diensten: Sequence[Mapping[str, Sequence[int]]],
    computed: Mapping[str, Computation] = COMPUTED,
    models_root: Path = MODELS_ROOT,
) -> duckdb.DuckDBPyConnection:
    """Return a connection that holds `mart.hr_maand` of the months September to November 2025."""
    staff = staff_rows(diensten)
    rows = {"personeel": staff, "verloven": leave_rows(staff), "afwezigheden": absence_rows(staff)}
    return publish(rows, "hr_maand", "2025-11-30", computed=computed, models_root=models_root)


def publish_work(
    plans: Collection[tuple[int, str]], visits: Collection[tuple[int, str, str]], models_root: Path = MODELS_ROOT
) -> duckdb.DuckDBPyConnection:
    """Return a connection that holds `mart.werkdruk_maand`: who planned which category, who met whom on which day."""
    rows = {
        "agenda_categorieen": [
            {"categorie": categorie, "proces": "primair", "planningscategorie": categorie} for categorie in CATEGORIES
        ],
        "planning": [
            {"schooljaar": "2025-2026", "begeleider": f"b{number}", "categorie": categorie, "dagdelen": 10 + number}
            for number, categorie in sorted(plans)
        ],
        "agenda": [
            {
                "begeleider": f"b{number}",
                "begindatum": day,
                "begintijd": f"{8 + CATEGORIES.index(categorie):02d}:00",
                "einddatum": day,
                "eindtijd": f"{8 + CATEGORIES.index(categorie):02d}:{10 + number}",
                "categorieen": categorie,
                "tijd_weergeven_als": "Bezet",
            }
            for number, day, categorie in sorted(visits)
        ],
    }
    return publish(rows, "werkdruk_maand", "2026-06-30", models_root=models_root)


def publish_answers(
    answers: Sequence[tuple[str, Mapping[str, int]]], models_root: Path = MODELS_ROOT
) -> duckdb.DuckDBPyConnection:
    """Return a connection that holds the marts of EDBI questions; an answer is a strategy and a point per question."""
    return _publish_responses({f"R{number}": answer for number, answer in enumerate(answers)}, None, models_root)


def publish_answer_deliveries(
    deliveries: Sequence[Responses], folder: Path, models_root: Path = MODELS_ROOT
) -> duckdb.DuckDBPyConnection:
    """Return what `publish_answers` does of the last of complete lists of responses, that came one after the other."""
    held = []
    for moment, responses in enumerate(deliveries):
        path = folder / f"{moment}.parquet"
        rows = pl.DataFrame(_response_rows(responses), schema=SCHEMAS["edbi_antwoorden"])
        rows.with_columns(_vak=pl.lit("alle"), _klein=pl.lit([], pl.List(pl.String))).write_parquet(path)
        until = moment + 1 if moment + 1 < len(deliveries) else None
        held.append(
            HeldFile("edbi_antwoorden", "alle", path, moment, dt.date(2025, 10, 5), until, dt.date(2025, 10, 6))
        )
    return _publish_responses(deliveries[-1], held, models_root)


def _publish_responses(
    responses: Responses, held: Sequence[HeldFile] | None, models_root: Path
) -> duckdb.DuckDBPyConnection:
    con = open_for_writing()
    create_landing(con)
    deliver_institutions(con)
    for strategie in STRATEGIES:
        deliver_activity(con, f"A-{strategie}", strategie)
    landing(con, "edbi_vragen", [{**QUESTION, "vraag": vraag, "tekst": vraag, "_vak": "alle"} for vraag in QUESTIONS])
    landing(con, "edbi_antwoorden", _response_rows(responses))
    if held is not None:
        write_history(con, held, SCHEMAS, [])
    marts = ["mart.edbi_vraag", "mart.edbi_verdeling"]
    build(con, COMPUTED, load_settings(), dt.date(2026, 6, 30), models_root=models_root, only=marts)
    return con


def _response_rows(responses: Responses) -> list[dict[str, object]]:
    return [
        {
            "response_id": name,
            "activiteit_id": f"A-{strategie}",
            "status": "IP Address",
            "finished": True,
            "recorded_date": dt.datetime(2025, 10, 5, 10),
            "antwoorden": [{"vraag": vraag, "waarde": str(point)} for vraag, point in points.items()],
        }
        for name, (strategie, points) in responses.items()
    ]


def mutated(folder: Path, model: str, changes: Mapping[str, str]) -> Path:
    """Return a copy of the models, and of what is said of their columns, with texts of one model replaced.

    The checks of the build are left out: they would refuse most of what is worth attacking.
    """
    root = folder / "models"
    shutil.copytree(MODELS_ROOT, root)
    shutil.copy(MODELS_ROOT.parent / "columns.toml", folder)
    path = root / f"{model}.sql"
    text = path.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text, f"{model} no longer says {old!r}"
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return root


def publish(
    rows: Mapping[str, Sequence[Mapping[str, object]]],
    mart: str,
    peildatum: str,
    *,
    computed: Mapping[str, Computation] = COMPUTED,
    models_root: Path = MODELS_ROOT,
) -> duckdb.DuckDBPyConnection:
    """Return a connection that holds one mart over the landing rows, and what it was made from."""
    con = open_for_writing()
    create_landing(con)
    for table, of_table in rows.items():
        landing(con, table, of_table)
    day = dt.date.fromisoformat(peildatum)
    build(con, computed, load_settings(), day, models_root=models_root, only=[f"mart.{mart}"])
    return con
