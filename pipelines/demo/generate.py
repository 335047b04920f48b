"""Writes a complete set of demo deliveries: draw the network, then each source from it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from pipelines.demo.agenda import write_agendas
from pipelines.demo.edbi import write_edbi
from pipelines.demo.hr import build_hr, write_hr
from pipelines.demo.inspections import build_doorlichtingen, write_doorlichtingen
from pipelines.demo.institutions import write_instellingen
from pipelines.demo.manifest import DemoFile, DemoManifest
from pipelines.demo.network import Network, build_network
from pipelines.demo.outputdossier import write_outputdossiers
from pipelines.demo.people import build_professionals, build_staff
from pipelines.demo.planning import build_planning, write_planning
from pipelines.demo.registrations import build_registrations, write_registrations
from pipelines.demo.school_years import PEILDATUM
from pipelines.demo.targets import write_bereikdoelen
from pipelines.demo.trajectories import build_trajectories
from pipelines.demo.verslagtool import write_verslagtool
from pipelines.demo.vlaamse_toetsen import write_vlaamse_toetsen
from pipelines.sources import SOURCES

Progress = Callable[[str, int, int], None]


def write_demo(
    naar: Path, schaal: int = 1, jaren: int = 4, zaad: int = 7, progress: Progress | None = None
) -> DemoManifest:
    """Write demo deliveries in their real formats into `naar` and return what a reader must find in them.

    `schaal` multiplies the network, `jaren` counts the schooljaren that end with the running one, `zaad` is
    the seed: the same three give the same bytes. `progress` hears (step in Dutch, steps done, steps in all)
    before each step and once at the end. Raises ValueError for `schaal` or `jaren` under 1, or a `schaal`
    beyond the free nummers.
    """
    if schaal < 1 or jaren < 1:
        raise ValueError("schaal en jaren zijn minstens 1")
    network = build_network(schaal, jaren, zaad)
    professionals = build_professionals(network)
    staff = build_staff(network)
    doorlichtingen = build_doorlichtingen(network)
    trajecten = build_trajectories(network, doorlichtingen, staff)
    registrations = build_registrations(network, professionals)
    planned = build_planning(network, staff, trajecten)
    facts = build_hr(network, staff)
    steps: dict[str, Callable[[], list[DemoFile]]] = {
        "instellingen": lambda: write_instellingen(naar / "instellingen", network, staff),
        "outputdossiers": lambda: write_outputdossiers(naar / "outputdossier", network, doorlichtingen),
        "Vlaamse toetsen": lambda: write_vlaamse_toetsen(naar / "vlaamse_toetsen", network),
        "doorlichtingen": lambda: write_doorlichtingen(naar / "doorlichtingen", network, doorlichtingen),
        "inschrijvingen": lambda: write_registrations(naar / "inschrijvingen", network, professionals, registrations),
        "verslagtool": lambda: write_verslagtool(naar / "verslagtool", network, trajecten),
        "EDBI": lambda: write_edbi(naar / "edbi", network, professionals, registrations, trajecten),
        "HR": lambda: write_hr(naar / "hr", staff, facts),
        "planning": lambda: write_planning(naar / "planning", network, planned),
        "agenda's": lambda: write_agendas(naar / "agenda", network, planned, facts),
        "bereikdoelen": lambda: write_bereikdoelen(naar / "bereikdoelen", network, professionals),
    } | _of_own_folders(naar, network)
    files: list[DemoFile] = []
    for done, (name, write) in enumerate(steps.items()):
        if progress:
            progress(name, done, len(steps))
        files += write()
    if progress:
        progress("klaar", len(steps), len(steps))
    return DemoManifest(naar, PEILDATUM, tuple(files))


def _of_own_folders(naar: Path, network: Network) -> dict[str, Callable[[], list[DemoFile]]]:
    """Return the step of every source that brings its own demo: it needs the network and nothing else."""
    steps: dict[str, Callable[[], list[DemoFile]]] = {}
    for source in SOURCES:
        module = f"pipelines.sources.{source}.demo"
        if find_spec(module):
            steps[source] = partial(import_module(module).write_demo, naar / source, network)
    return steps
