"""The commands of `sterrenwacht` and how each is called: every message in Dutch, exit codes scripts can rely on."""

import argparse
import datetime as dt
import re
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar, NoReturn

from pipelines.archive import has_unbuilt
from pipelines.cli import INTERRUPTED
from pipelines.commands import corrections, deliveries, loading, proposing, published, serving
from pipelines.commands.answers import FAILED, MISUSED, MOVED_ON, NOT_PUBLISHED, answer, say
from pipelines.disk import disk_sentence
from pipelines.faults import OTHER_VERSION, LeveringFout, noted_before
from pipelines.interrupt import interruptible
from pipelines.logbook import log_path, record_fault, record_run
from pipelines.serve import HOST, PORT
from warehouse import versions

#: Commands that end in a published version: when the disk stops them, their code says that there is none.
PUBLISHING = frozenset({"laad", "bouw", "intrekken", "herstel", "verwijder-persoon"})

#: Adds a command: its name, what it does, and the function that runs it.
Command = Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]


#: How a day is written in a command.
NO_DAY = "is geen dag zoals 2026-10-31."


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
        """Say which part of the command was not understood and where the help is."""
        self.exit(MISUSED, f"De opdracht is niet begrepen. {_in_dutch(message)}Hulp: {self.prog} --help\n")


#: What argparse says, and the sentence for it; what it says otherwise is left out.
_MISUSES = {
    r"the following arguments are required: (.+)": "Er ontbreekt: {}. ",
    r"unrecognized arguments: (.+)": "Niet gekend: {}. ",
    r"argument (\S+): invalid choice: (.+) \(choose from .*": "{0}: {1} bestaat niet. ",
    r"argument (\S+): invalid \w+ value: (.+)": "{0}: {1} past hier niet. ",
    r"argument (\S+): expected .+": "Bij {} hoort een waarde. ",
    r"argument (\S+): (.*" + NO_DAY + ")": "{0}: {1} ",
}


def _in_dutch(message: str) -> str:
    """Return what argparse holds against a command as a sentence; nothing where it has no Dutch."""
    for pattern, sentence in _MISUSES.items():
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return sentence.format(*found.groups())
    return ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; an unexpected fault is logged, not thrown at the user."""
    options = _parser().parse_args(arguments)
    started, before = time.monotonic(), _published()
    try:
        with interruptible():
            code = int(options.run(options))
            record_run(versions.data_folder(), options.opdracht, code, time.monotonic() - started)
            return code
    except KeyboardInterrupt as stop:
        say(f"Afgebroken. {_what_is_published(before, stop)}")
        return INTERRUPTED
    except LeveringFout as fault:
        return _refused(options, MOVED_ON if fault.code == OTHER_VERSION else FAILED, str(fault))
    except Exception as error:  # noqa: BLE001 - the last line of defence: logged in full, told in one sentence
        return _unexpected(options, error, before)


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
        added.set_defaults(run=run, opdracht=name)
        return added

    _add_serving(command)
    _add_loading(command)
    _add_deliveries(command)
    _add_corrections(command)
    _add_proposing(command)
    command("status", "toon de gepubliceerde versie en haar leveringen", published.show_status)
    command("gebeurtenissen", "toon wie laadde, bouwde, terugkeerde, introk of corrigeerde", published.show_events)
    back = command("terug", "publiceer een vroegere versie opnieuw", published.go_back)
    _add_by(back)
    back.add_argument("versie", nargs="?", type=int, metavar="VERSIE", help="nummer van de versie (de vorige)")
    return parser


def _add_serving(command: Command) -> None:
    start = command("start", "open het dashboard; zonder gegevens eerst demogegevens maken", serving.start)
    start.add_argument("--zonder-browser", action="store_true", help="open geen browservenster")
    start.add_argument("--adres", default=HOST, help=f"adres waarop het luistert ({HOST}: enkel deze machine)")
    start.add_argument("--poort", type=int, default=PORT, help=f"poort ({PORT})")
    command("toegang", "kijk het bestand met de rollen na (toegang.toml)", serving.check_access)
    clean = command("toegangslog", "ruim het toegangslog op; lezen kan op de pagina Toegangslog", serving.clean_log)
    clean.add_argument("--opruimen", action="store_true", required=True, help="verwijder regels waarvan de tijd om is")
    demo = command("demo", "schrijf demoleveringen in de echte formaten", serving.demo)
    demo.add_argument("--naar", type=Path, required=True, metavar="MAP", help="map voor de bestanden")
    demo.add_argument("--schaal", type=int, default=1, help="hoeveel keer het netwerk (1)")
    demo.add_argument("--jaren", type=int, default=4, help="aantal schooljaren (4)")
    demo.add_argument("--zaad", type=int, default=7, help="zaad van het toeval (7)")


def _add_loading(command: Command) -> None:
    check = command("controleer", "lees en beoordeel leveringen zonder iets te bewaren", loading.check)
    preview = command("voorbeeld", "toon wat leveringen zouden wijzigen, zonder iets te bewaren", loading.preview)
    preview.add_argument(
        "--quarantaine", type=Path, metavar="MAP", help="schrijf hier elk bestand met fouten, met de fouten aangeduid"
    )
    preview.add_argument(
        "--fouten", type=Path, metavar="MAP", help="bewaar hier alle fouten, voor quarantaine --fouten"
    )
    take = command("laad", "neem leveringen op, bouw, controleer en publiceer", loading.load)
    for reading in (check, preview):
        reading.add_argument("paden", nargs="+", type=Path, metavar="PAD", help="bestand of map")
    take.add_argument("paden", nargs="*", type=Path, metavar="PAD", help="bestand of map")
    take.add_argument("--uit-map", type=Path, metavar="MAP", help="leeg deze map: opgenomen bestanden gaan eruit")
    take.add_argument(
        "--ontvangen-op",
        type=_date,
        metavar="JJJJ-MM-DD",
        help="dag van ontvangst, voor oude leveringen (vandaag)",
    )
    rebuild = command("bouw", "bouw opnieuw uit het archief", loading.rebuild)
    rebuild.add_argument("--peildatum", type=_date, metavar="JJJJ-MM-DD", help="stand van deze dag (vandaag)")
    _add_by(take)
    _add_by(rebuild)
    for building in (take, rebuild):
        building.add_argument(
            "--vergeleken-met",
            type=int,
            metavar="VERSIE",
            help="doe niets als intussen een andere versie gepubliceerd is (0: er was er geen)",
        )
        building.add_argument("--modellen", action="store_true", help="noem ook elk model, het traagste eerst")
    for showing in (check, preview, take, rebuild):
        _add_progress(showing)


def _add_deliveries(command: Command) -> None:
    command("leveringen", "toon elke levering die ooit binnenkwam", deliveries.show_history)
    withdraw = command("intrekken", "laat een levering niet meer meetellen; ze blijft bewaard", deliveries.withdraw)
    restore = command("herstel", "laat een ingetrokken levering weer meetellen", deliveries.restore)
    quarantine = command(
        "quarantaine",
        "schrijf het bestand van de leverancier met de fouten erop aangeduid",
        deliveries.write_quarantine,
    )
    for one in (withdraw, restore, quarantine):
        one.add_argument("levering", metavar="LEVERING", help="naam of nummer van de levering")
    withdraw.add_argument("--reden", required=True, metavar="TEKST", help="waarom ze niet meer meetelt")
    for changing in (withdraw, restore):
        _add_by(changing)
        _add_progress(changing)
    remove = command(
        "verwijder-persoon",
        "verwijder een persoon uit archief en warehouse; leest van de invoer",
        deliveries.remove_person,
    )
    key = command(
        "sleutel-vervang",
        "vervang de sleutel van de pseudoniemen en bouw alles opnieuw uit het archief",
        deliveries.replace_key,
    )
    for one in (remove, key):
        _add_by(one)
        _add_progress(one)
    quarantine.add_argument(
        "--fouten", type=Path, metavar="FOUTEN", help="fouten van een voorbeeld; LEVERING is dan dat bestand"
    )
    quarantine.add_argument("--naar", type=Path, required=True, metavar="BESTAND", help="het werkboek (.xlsx)")
    quarantine.add_argument(
        "--zonder-personeel", action="store_true", help="weiger een levering over het eigen personeel"
    )


def _add_corrections(command: Command) -> None:
    command("correcties", "toon de correcties en wat ervan geworden is", corrections.show)
    more = command(
        "corrigeer", "verklaar dat een waarde van een levering fout is; geldt vanaf de volgende bouw", corrections.add
    )
    more.add_argument("tabel", metavar="TABEL", help="tabel, zoals instroom")
    more.add_argument("--sleutel", nargs="+", required=True, metavar="KOLOM=WAARDE", help="de rij")
    more.add_argument("--kolom", required=True, help="de kolom van de foute waarde")
    more.add_argument("--verwacht", default="", help="de waarde die de bron nu geeft (leeg)")
    more.add_argument("--waarde", default="", help="de juiste waarde (leeg)")
    more.add_argument("--reden", required=True, metavar="TEKST", help="waarom")
    more.add_argument("--tot", type=_date, metavar="JJJJ-MM-DD", help="laatste dag waarop ze geldt")
    _add_by(more)
    less = command("verwijder-correctie", "verwijder een correctie; geldt vanaf de volgende bouw", corrections.remove)
    less.add_argument("correctie", metavar="NUMMER", help="plaats of kenmerk in de lijst van de correcties")
    _add_by(less)


def _add_proposing(command: Command) -> None:
    propose = command(
        "voorstel", "lees een verslag van een doorlichting als voorstel; er wordt niets geladen", proposing.propose
    )
    propose.add_argument("bestand", type=Path, metavar="BESTAND.pdf", help="het verslag als PDF")
    propose.add_argument("--naar", type=Path, metavar="BESTAND.csv", help="schrijf het voorstel als leveringen")
    filled = command(
        "schrijf-voorstel",
        "schrijf een nagekeken voorstel als levering; er wordt niets geladen",
        proposing.write_filled,
    )
    filled.add_argument("ingevuld", type=Path, metavar="INGEVULD.json", help="de velden zoals nagekeken")
    filled.add_argument("--naar", type=Path, required=True, metavar="BESTAND.xlsx", help="de levering")


def _add_by(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--door", default="", metavar="NAAM", help="wie dit doet; blijft in het archief")


def _add_progress(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--voortgang", action="store_true", help="schrijf de voortgang als JSON-regels naar stderr")


def _add_help(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-h", "--help", action="help", help="toon deze hulp")


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' {NO_DAY}") from error


def _refused(options: argparse.Namespace, code: int, sentence: str) -> int:
    """Tell why nothing was done, and return the code."""
    record_run(versions.data_folder(), options.opdracht, code, 0.0)
    if options.json:
        answer(options, {"code": code, "fout": sentence}, [])
    else:
        say(sentence)
    return code


def _unexpected(options: argparse.Namespace, error: Exception, before: Path | None) -> int:
    """Log the fault and tell what to do, or where the log is, and what is published."""
    folder = versions.data_folder()
    number = record_fault(folder, error)
    sentence, published = disk_sentence(error), _what_is_published(before, error)
    if sentence is not None:
        not_published = options.opdracht in PUBLISHING and _new_version(before) is None
        return _refused(options, NOT_PUBLISHED if not_published else FAILED, f"{sentence} {published}")
    where = f" Fout {number} staat in {log_path(folder)}." if number else " Het logboek kon niet geschreven worden."
    return _refused(options, FAILED, f"Er liep iets mis ({type(error).__name__}).{where} {published}")


def _what_is_published(before: Path | None, fault: BaseException) -> str:
    """Say whether something else is published than before, and what the next build brings along.

    What comes after publishing can be stopped too; what was taken in or noted before a stop stays so.
    """
    version = _new_version(before)
    if version is not None:
        return f"Versie {version} was al gepubliceerd en blijft dat."
    noted = noted_before(fault)
    if noted:
        return f"De gepubliceerde versie is niet gewijzigd. {noted}"
    try:
        waiting = (
            " Wat al opgenomen was, telt mee vanaf de volgende bouw." if has_unbuilt(versions.data_folder()) else ""
        )
    except OSError:
        waiting = ""  # nothing could be taken in either
    return f"De gepubliceerde versie is niet gewijzigd.{waiting}"


def _new_version(before: Path | None) -> int | None:
    """Return the number of the published version where it is another than before."""
    now = _published()
    return versions.number_of(now) if now is not None and now != before else None


def _published() -> Path | None:
    """Return what is published; None too where that cannot be read, which the command itself meets and tells."""
    try:
        return versions.published(versions.data_folder())
    except OSError:
        return None
