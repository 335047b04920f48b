"""The command line `sterrenwacht`: every message in Dutch, exit codes that scripts can rely on."""

import argparse
import datetime as dt
import json
import logging
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar, NoReturn

from rich.console import Console

from pipelines.progress import ProgressBar
from pipelines.serve import ADDRESS, serve
from warehouse import versions
from warehouse.settings import load_settings

FAILED, MISUSED = 1, 2
MOST_FAULTS_SHOWN = 20


class _Formatter(argparse.HelpFormatter):
    """Help with Dutch headings."""

    HEADINGS: ClassVar = {"positional arguments": "argumenten", "options": "opties"}

    def start_section(self, heading: str | None) -> None:
        """Begin a part of the help under its Dutch heading."""
        super().start_section(self.HEADINGS.get(heading or "", heading))

    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Any, prefix: str | None = None
    ) -> None:
        """Write 'gebruik' where argparse writes 'usage'."""
        super().add_usage(usage, actions, groups, "gebruik: " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """A parser that explains itself in Dutch."""

    def error(self, message: str) -> NoReturn:
        """Say that the command was not understood and where the help is."""
        self.exit(MISUSED, f"De opdracht is niet begrepen. Hulp: {self.prog} --help\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; an unexpected fault is logged, not thrown at the user."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except KeyboardInterrupt:
        _say("Afgebroken. De gepubliceerde versie is niet gewijzigd.")
        return 130
    except Exception as error:  # noqa: BLE001 - the last line of defence: logged in full, told in one sentence
        return _unexpected(error)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="sterrenwacht",
        description="Het dashboard van PBD-GO! en POC+: leveringen laden, bouwen en tonen.",
        formatter_class=_Formatter,
        add_help=False,
    )
    _add_help(parser)
    commands = parser.add_subparsers(title="opdrachten", metavar="opdracht", required=True)

    def command(name: str, text: str, run: Any) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text, add_help=False, formatter_class=_Formatter)
        _add_help(added)
        added.add_argument("--json", action="store_true", help="schrijf één JSON-object in plaats van tekst")
        added.set_defaults(run=run)
        return added

    start = command("start", "open het dashboard; zonder gegevens eerst demogegevens maken", _start)
    start.add_argument("--zonder-browser", action="store_true", help="open geen browservenster")
    demo = command("demo", "schrijf demoleveringen in de echte formaten", _demo)
    demo.add_argument("--naar", type=Path, required=True, metavar="MAP", help="map voor de bestanden")
    demo.add_argument("--schaal", type=int, default=1, help="hoeveel keer het netwerk (1)")
    demo.add_argument("--jaren", type=int, default=4, help="aantal schooljaren (4)")
    demo.add_argument("--zaad", type=int, default=7, help="zaad van het toeval (7)")
    check = command("controleer", "lees en beoordeel leveringen zonder iets te bewaren", _check)
    check.add_argument("paden", nargs="+", type=Path, metavar="PAD", help="bestand of map")
    take = command("laad", "neem leveringen op, bouw, controleer en publiceer", _load)
    take.add_argument("paden", nargs="+", type=Path, metavar="PAD", help="bestand of map")
    take.add_argument(
        "--ontvangen-op",
        type=_date,
        metavar="JJJJ-MM-DD",
        help="dag van ontvangst, voor oude leveringen (vandaag)",
    )
    rebuild = command("bouw", "bouw opnieuw uit het archief", _rebuild)
    rebuild.add_argument("--peildatum", type=_date, metavar="JJJJ-MM-DD", help="stand van deze dag (vandaag)")
    command("status", "toon de gepubliceerde versie en haar leveringen", _status)
    back = command("terug", "publiceer een vroegere versie opnieuw", _back)
    back.add_argument("versie", nargs="?", type=int, metavar="VERSIE", help="nummer van de versie (de vorige)")
    return parser


def _add_help(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-h", "--help", action="help", help="toon deze hulp")


def _date(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _say(text: str) -> None:
    Console(stderr=True, highlight=False, soft_wrap=True).print(text, markup=False)


def _answer(options: argparse.Namespace, data: dict[str, Any], lines: list[str]) -> None:
    """Print the result: one JSON object when asked, sentences otherwise."""
    if options.json:
        sys.stdout.write(json.dumps(data, ensure_ascii=False, default=str) + "\n")
    else:
        sys.stdout.write("\n".join(lines) + "\n")


def _waiting() -> None:
    _say("Een andere opdracht is aan het laden of bouwen. Deze wacht tot ze klaar is.")


def _demo(options: argparse.Namespace) -> int:
    from pipelines.demo import write_demo
    from pipelines.load import DEMO_MARK

    if min(options.schaal, options.jaren) < 1:
        _say("Het aantal jaren en de schaal zijn minstens 1.")
        return MISUSED
    options.naar.mkdir(parents=True, exist_ok=True)
    with ProgressBar(hidden=options.json) as bar:
        manifest = write_demo(options.naar, options.schaal, options.jaren, options.zaad, bar.step)
    (options.naar / DEMO_MARK).write_text(
        "# Verzonnen gegevens\n\nAlle leveringen in deze map zijn verzonnen, namen en resultaten inbegrepen.\n",
        encoding="utf-8",
    )
    count = len(manifest.files)
    _answer(
        options,
        {"map": str(options.naar), "bestanden": count},
        [f"{count} demoleveringen geschreven in {options.naar}."],
    )
    return 0


def _check(options: argparse.Namespace) -> int:
    from pipelines.check import check_files

    with ProgressBar(hidden=options.json) as bar:
        outcome = check_files(options.paden, load_settings(), bar.step)
    _answer(options, _outcome_json(outcome), [*_file_lines(outcome), *_check_lines(outcome)])
    return int(outcome.exit_code)


def _check_lines(outcome: Any) -> list[str]:
    return [
        f"Verwachting niet gehaald ({row['ernst']}): {row['bron']}: {row['verwachting']} {row['waargenomen']}".rstrip()
        for row in outcome.validation
        if not row["geslaagd"]
    ] + ["Er is niets bewaard."]


def _load(options: argparse.Namespace) -> int:
    from pipelines.load import load

    with ProgressBar(hidden=options.json) as bar:
        outcome = load(options.paden, versions.data_folder(), load_settings(), bar.step, _waiting, options.ontvangen_op)
    _answer(options, _outcome_json(outcome), [*_file_lines(outcome), *_build_lines(outcome)])
    return outcome.exit_code


def _rebuild(options: argparse.Namespace) -> int:
    from pipelines.load import rebuild

    with ProgressBar(hidden=options.json) as bar:
        outcome = rebuild(versions.data_folder(), load_settings(), bar.step, _waiting, options.peildatum)
    _answer(options, _outcome_json(outcome), _build_lines(outcome))
    return outcome.exit_code


def _file_lines(outcome: Any) -> list[str]:
    """Return what to tell of each file: counts, messages and the first faults."""
    lines = []
    for file in outcome.files:
        if file.report is None or file.status == "geweigerd":
            lines.append(f"{file.bestand}: {file.status}. {file.boodschap}".rstrip())
            continue
        report = file.report
        lines.append(
            f"{file.bestand}: {report.bron} ({report.vak}): {report.gelezen} rijen gelezen, {file.aanvaard} aanvaard, "
            f"{file.quarantaine} in quarantaine."
        )
        lines += [f"  Let op: {melding.sentence}" for melding in report.meldingen]
        faults = file.faults.head(MOST_FAULTS_SHOWN).to_dicts()
        lines += [f"  {_fault_line(fault)}" for fault in faults]
        more = file.faults.height - len(faults)
        if more > 0:
            lines.append(f"  … en nog {more} fouten.")
    return lines


def _fault_line(fault: dict[str, Any]) -> str:
    sheet = f"blad '{fault['blad']}', " if fault["blad"] else ""
    column = f", kolom '{fault['kolom']}'" if fault["kolom"] else ""
    value = f": '{fault['waarde']}'" if fault["waarde"] is not None else ":"
    return f"{sheet}rij {fault['rij']}{column}{value} {fault['reden']}"


def _build_lines(outcome: Any) -> list[str]:
    if outcome.failure:
        return [
            f"De bouw is niet gepubliceerd: {outcome.failure}",
            "De gepubliceerde versie blijft wat ze was.",
        ]
    if outcome.published is None:
        return ["De gepubliceerde versie blijft wat ze was."]
    lines = [f"Versie {outcome.built.number} is gepubliceerd: {outcome.published.name}."]
    slowest = sorted(outcome.built.models, key=lambda model: -model.seconden)
    total = sum(model.seconden for model in slowest)
    lines.append(f"  {len(slowest)} modellen gebouwd in {total:.1f} s.".replace(".", ",", 1))
    lines += [
        f"  {model.model}: {model.rijen} rijen, {model.seconden:.2f} s".replace(".", ",").replace(",", ".", 1)
        for model in outcome.built.models
    ]
    lines += [
        f"Let op: '{row['bestand']}' ({row['bron']}), eerder geladen, telt niet meer mee: {row['boodschap']}"
        for row in outcome.no_longer_counting
    ]
    return lines


def _outcome_json(outcome: Any) -> dict[str, Any]:
    return {
        "code": outcome.exit_code,
        "versie": outcome.built.number if outcome.published else None,
        "warehouse": str(outcome.published.resolve()) if outcome.published else None,
        "fout": outcome.failure or None,
        "bestanden": [
            {
                "bestand": file.bestand,
                "status": file.status,
                "boodschap": file.boodschap,
                "bron": file.report.bron if file.report else None,
                "vak": file.report.vak if file.report else None,
                "gelezen": file.report.gelezen if file.report else 0,
                "aanvaard": file.aanvaard,
                "quarantaine": file.quarantaine,
                "fouten": file.faults.to_dicts(),
                "meldingen": [melding.sentence for melding in file.report.meldingen] if file.report else [],
            }
            for file in outcome.files
        ],
        "telt_niet_meer_mee": [row["bestand"] for row in outcome.no_longer_counting],
        "modellen": [vars(model) for model in outcome.built.models] if outcome.built else [],
    }


def _status(options: argparse.Namespace) -> int:
    from pipelines.archive import Archive
    from pipelines.intake import shown_name
    from pipelines.pseudonym import load_key
    from warehouse.meta import read_status

    folder = versions.data_folder()
    current = versions.published(folder)
    if current is None:
        _answer(
            options,
            {"warehouse": None, "versie": None, "peildatum": None, "leveringen": []},
            ["Er is nog niets gepubliceerd. Laad eerst leveringen: sterrenwacht laad PAD"],
        )
        return 0
    status = read_status(current)
    key = load_key(folder)
    known = {(row["bestand"], row["boodschap"]) for row in status["leveringen"] if row["status"] == "geweigerd"}
    # Refused after the published version was built: the archive knows, the version does not.
    status["leveringen"] += [
        {
            "bron": "",
            "vak": "",
            "bestand": shown_name(receipt.bestand, key),
            "gelezen": 0,
            "aanvaard": 0,
            "quarantaine": 0,
            "status": "geweigerd",
            "boodschap": receipt.boodschap,
        }
        for receipt in Archive(folder).refused()
        if (shown_name(receipt.bestand, key), receipt.boodschap) not in known
    ]
    lines = [f"Versie {status['versie']}, peildatum {status['peildatum']}", f"  {status['warehouse']}"]
    lines += [
        f"  {row['bestand']}: {row['bron']} ({row['vak']}), {row['gelezen']} gelezen, {row['aanvaard']} aanvaard, "
        f"{row['quarantaine']} in quarantaine, {row['status']}"
        for row in status["leveringen"]
    ]
    _answer(options, status, lines)
    return 0


def _back(options: argparse.Namespace) -> int:
    from pipelines.load import only_one

    folder = versions.data_folder()
    with only_one(folder, _waiting):
        files = versions.version_files(folder)
        current = versions.published(folder)
        earlier = [number for number, path in files.items() if current and path.name < current.name]
        wanted = options.versie if options.versie is not None else (earlier[-1] if earlier else None)
        if wanted is None or wanted not in files:
            there = ", ".join(str(number) for number in files) or "geen"
            _say(f"Deze versie is er niet. Bewaarde versies: {there}.")
            return FAILED
        versions.point_at(folder, files[wanted])
    _answer(
        options,
        {"versie": wanted, "warehouse": str(files[wanted].resolve())},
        [f"Versie {wanted} is weer gepubliceerd."],
    )
    return 0


def _start(options: argparse.Namespace) -> int:
    from pipelines.archive import Archive

    folder = versions.data_folder()
    if versions.published(folder) is None and not Archive(folder).receipts():
        code = _load_demo(folder)
        if code:
            return code
    _say(f"Het dashboard staat open op {ADDRESS} (stoppen met Ctrl+C).")
    return serve(folder, open_browser=not options.zonder_browser)


def _load_demo(folder: Path) -> int:
    """Make demo deliveries as files and load them as real ones are; return 0 when a version is published."""
    from pipelines.load import load

    deliveries = folder / "demo-leveringen"
    _say("Er zijn nog geen gegevens. Demoleveringen worden gemaakt en geladen; dat duurt ongeveer een minuut.")
    code = main(["demo", "--naar", str(deliveries)])
    if code:
        return code
    with ProgressBar() as bar:
        outcome = load([deliveries], folder, load_settings(), bar.step, _waiting)
    if outcome.published is None:
        _say("\n".join([*_file_lines(outcome), *_build_lines(outcome)]))
        return outcome.exit_code or FAILED
    refused = sum(file.quarantaine for file in outcome.files)
    _say(f"{len(outcome.files)} demoleveringen geladen; {refused} rijen staan in quarantaine, zoals in het echt.")
    return 0


def _unexpected(error: Exception) -> int:
    """Log the fault in full and tell where, in one sentence."""
    folder = versions.data_folder()
    number = f"{dt.datetime.now():%Y%m%d%H%M%S}"
    disk = isinstance(error, OSError)
    sentence = "Schrijven of lezen is niet gelukt (schijf vol, of geen toegang)." if disk else "Er liep iets mis."
    try:
        folder.mkdir(parents=True, exist_ok=True)
        log = folder / "logboek.txt"
        logging.basicConfig(filename=log, encoding="utf-8", format="%(asctime)s %(levelname)s %(message)s")
        logging.getLogger("sterrenwacht").error("fout %s", number, exc_info=error)
        where = f" Fout {number} staat in {log}."
    except OSError:
        where = f" ({error})"
    _say(f"{sentence}{where} De gepubliceerde versie is niet gewijzigd.")
    return FAILED


if __name__ == "__main__":
    sys.exit(main())
