"""The units in the runbook of a server: they say what systemd knows, and their command is one that this program has.

`systemd-analyze verify` was run on them by hand; this holds what breaks when the runbook or the command line changes.
"""

import configparser
import re
import shlex
from pathlib import Path

import pytest

from pipelines.command_line import _parser
from pipelines.load import NOT_PUBLISHED, QUARANTINED, REFUSED, TAKEN

RUNBOOK = (Path(__file__).parents[2] / "docs" / "runbooks" / "server.md").read_text(encoding="utf-8")
UNITS = dict(re.findall(r"`/etc/systemd/system/([\w.-]+)`[^\n]*\n\n```ini\n(.*?)```", RUNBOOK, re.S))
SERVICE, TIMER = "sterrenwacht-laad.service", "sterrenwacht-laad.timer"
DASHBOARD = "sterrenwacht.service"
#: What systemd knows of what the runbook uses; an unknown key is passed over in silence there.
KNOWN = {
    "Unit": {"Description", "RequiresMountsFor", "After", "Wants"},
    "Service": {
        "Type", "User", "UMask", "Environment", "ExecStart", "SuccessExitStatus", "ProtectSystem", "ReadWritePaths",
        "PrivateTmp", "NoNewPrivileges", "Restart",
    },
    "Timer": {"OnCalendar", "Persistent"},
    "Install": {"WantedBy"},
}  # fmt: skip


def unit(name: str) -> configparser.ConfigParser:
    read = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read_string(UNITS[name])
    return read


@pytest.mark.parametrize("name", [DASHBOARD, SERVICE, TIMER])
def test_a_unit_has_only_sections_and_keys_that_systemd_knows(name: str) -> None:
    read = unit(name)
    assert {section: set(read[section]) - KNOWN[section] for section in read.sections()} == {
        section: set() for section in read.sections()
    }


def test_the_nightly_command_is_one_of_this_program_and_cron_runs_the_same() -> None:
    program, *arguments = shlex.split(unit(SERVICE)["Service"]["ExecStart"])
    assert program.endswith("/.venv/bin/sterrenwacht")
    options = _parser().parse_args(arguments)
    assert (options.opdracht, options.uit_map, options.door) == (
        "laad",
        Path("/srv/sterrenwacht/binnen"),
        "nachtlading",
    )
    [cron] = re.findall(r"^\d+ \d+ \* \* \* (.*)$", RUNBOOK, re.M)
    assert shlex.split(cron) == [unit(SERVICE)["Service"]["Environment"], program, *arguments]


def test_the_dashboard_runs_as_the_load_does_and_listens_on_this_machine_only() -> None:
    dashboard, load = unit(DASHBOARD)["Service"], unit(SERVICE)["Service"]
    same = ("User", "UMask", "Environment", "ReadWritePaths", "ProtectSystem")
    assert {key: dashboard[key] for key in same} == {key: load[key] for key in same}
    program, *arguments = shlex.split(dashboard["ExecStart"])
    options = _parser().parse_args(arguments)
    assert program == shlex.split(load["ExecStart"])[0]
    assert (options.opdracht, options.adres) == ("start", "127.0.0.1")


def test_what_is_written_lies_where_the_unit_may_write_and_only_rows_in_quarantine_are_no_failure() -> None:
    service = unit(SERVICE)["Service"]
    writable = Path(service["ReadWritePaths"])
    data, drop = Path(service["Environment"].partition("=")[2]), Path("/srv/sterrenwacht/binnen")
    assert data.is_relative_to(writable)
    assert drop.is_relative_to(writable)
    succeeds = {int(code) for code in service["SuccessExitStatus"].split()} | {TAKEN}
    assert succeeds == {TAKEN, QUARANTINED}
    assert not succeeds & {REFUSED, NOT_PUBLISHED}


def test_the_timer_starts_the_service_at_the_time_of_cron() -> None:
    timer = unit(TIMER)
    hour, minute = re.fullmatch(r"\*-\*-\* (\d\d):(\d\d)", timer["Timer"]["OnCalendar"]).groups()  # type: ignore[union-attr]
    assert TIMER.removesuffix(".timer") == SERVICE.removesuffix(".service")
    assert re.search(rf"^{int(minute)} {int(hour)} \* \* \* ", RUNBOOK, re.M)
    assert timer["Install"]["WantedBy"] == "timers.target"
