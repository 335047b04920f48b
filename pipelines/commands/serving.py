"""Opening the dashboard, and the demo deliveries it starts with where there is nothing yet."""

import argparse
from pathlib import Path

from pipelines.access_log import LOG_UNREACHABLE, remove_old_lines
from pipelines.commands.answers import FAILED, MISUSED, WAITING, answer, build_lines, file_lines, say
from pipelines.progress import ProgressBar
from pipelines.serve import address_of, people_sign_in, refusal, serve
from pipelines.wording import counted
from warehouse import versions
from warehouse.access_file import AccessFileError, access_path, read_access_file, unknown_groups
from warehouse.settings import load_settings


def demo(options: argparse.Namespace) -> int:
    """Write demo deliveries in the formats of real ones."""
    from pipelines.demo import write_demo
    from pipelines.load import DEMO_MARK

    if min(options.schaal, options.jaren) < 1:
        say("Het aantal jaren en de schaal zijn minstens 1.")
        return MISUSED
    options.naar.mkdir(parents=True, exist_ok=True)
    with ProgressBar(hidden=options.json) as bar:
        manifest = write_demo(options.naar, options.schaal, options.jaren, options.zaad, bar.step)
    (options.naar / DEMO_MARK).write_text(
        "# Verzonnen gegevens\n\nAlle leveringen in deze map zijn verzonnen, namen en resultaten inbegrepen.\n",
        encoding="utf-8",
    )
    count = len(manifest.files)
    answer(
        options,
        {"map": str(options.naar), "bestanden": count},
        [f"{count} demoleveringen geschreven in {options.naar}."],
    )
    return 0


def check_access(options: argparse.Namespace) -> int:
    """Say whether the file with the roles is right, and what is wrong with it."""
    folder = versions.data_folder()
    path = access_path(folder)
    try:
        access = read_access_file(path)
        faults = unknown_groups(access, folder)
    except AccessFileError as error:
        faults = error.sentences
    if faults:
        answer(options, {"bestand": str(path), "fouten": faults}, [f"{path}:", *(f"  {fault}" for fault in faults)])
        return FAILED
    people, groups = len(access.personen), len(access.groepen)
    found = f"{people} personen en {groups} groepen hebben een rol." if path.exists() else "Het bestand bestaat niet."
    answer(
        options,
        {"bestand": str(path), "fouten": [], "personen": people, "groepen": groups},
        [f"{path}: geen fouten. {found}"],
    )
    return 0


def clean_log(options: argparse.Namespace) -> int:
    """Remove the lines of the access log whose time is over, and say how many went."""
    removed = remove_old_lines(versions.data_folder(), load_settings())
    if removed is None:
        answer(options, {"verwijderd": None}, [LOG_UNREACHABLE])
        return FAILED
    answer(options, {"verwijderd": removed}, [f"{counted(removed, 'regel', 'regels')} van het toegangslog verwijderd."])
    return 0


def start(options: argparse.Namespace) -> int:
    """Open the dashboard; without any data, and without signing in, make and load demo deliveries first.

    Real data are opened on another address than this machine's own only where signing in is configured.
    """
    from pipelines.archive import Archive

    folder = versions.data_folder()
    # Where people sign in nobody expects invented data: the first delivery comes in by the page or the command line.
    if versions.published(folder) is None and not Archive(folder).known() and not people_sign_in():
        code = _load_demo(folder)
        if code:
            return code
    why_not = refusal(folder, options.adres)
    if why_not:
        say(why_not)
        return FAILED
    say(f"Het dashboard staat open op {address_of(options.adres, options.poort)} (stoppen met Ctrl+C).")
    return serve(folder, open_browser=not options.zonder_browser, host=options.adres, port=options.poort)


def _load_demo(folder: Path) -> int:
    """Make demo deliveries as files and load them as real ones are; return 0 when a version is published."""
    from pipelines.load import load

    deliveries = folder / "demo-leveringen"
    say("Er zijn nog geen gegevens. Demoleveringen worden gemaakt en geladen; dat duurt ongeveer een minuut.")
    code = demo(argparse.Namespace(naar=deliveries, schaal=1, jaren=4, zaad=7, json=False))
    if code:
        return code
    with ProgressBar() as bar:
        outcome = load([deliveries], folder, load_settings(), bar.step, lambda: say(WAITING))
    if outcome.published is None:
        say("\n".join([*file_lines(outcome), *build_lines(outcome)]))
        return outcome.exit_code or FAILED
    refused = sum(file.geteld.quarantaine or 0 for file in outcome.files)
    say(
        f"{counted(len(outcome.files), 'demolevering', 'demoleveringen')} geladen, zoals in het echt met "
        f"{counted(refused, 'rij', 'rijen')} in quarantaine."
    )
    return 0
