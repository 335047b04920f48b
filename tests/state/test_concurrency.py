"""Several people, several processes, and one that is killed: nothing that was recorded is lost."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from state.dialogue import ChangedMeanwhileError, Draft, add_remark, change_remark, history, remarks
from state.store import open_store
from tests.state.writing import END, NOW

ROOT = Path(__file__).resolve().parents[2]
WRITERS = 4
EACH = 12


def start(deed: str, url: str, name: str = "iemand", count: int = 0) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "error", "-m", "tests.state.writing", deed, url, name, str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def end_well(processes: list[subprocess.Popen[str]]) -> None:
    for process in processes:
        _, complaints = process.communicate(timeout=120)
        assert process.returncode == 0, complaints


def test_what_several_processes_add_at_once_is_all_kept(url):
    # The store does not exist yet: the first migrates, the others wait for it.
    end_well([start("add", url, f"schrijver{number}", EACH) for number in range(WRITERS)])
    store = open_store(url)
    said = sorted(item.reden for item in remarks(store))
    store.close()
    assert said == sorted(f"schrijver{writer}-{number}" for writer in range(WRITERS) for number in range(EACH))


def test_every_change_of_several_processes_has_its_place_in_the_history(store, url):
    add_remark(store, "000011", Draft("signaal", "begin", END), "An", now=NOW)
    end_well([start("change", url, f"schrijver{number}", EACH) for number in range(WRITERS)])
    versions = history(store, "000011")
    assert [item.versie for item in versions] == list(range(WRITERS * EACH + 1, 0, -1))
    expected = {f"schrijver{writer}-{number}" for writer in range(WRITERS) for number in range(EACH)}
    assert {item.reden for item in versions} == expected | {"begin"}


def test_of_threads_that_save_the_same_version_one_wins(store):
    kept = add_remark(store, "000011", Draft("signaal", "begin", END), "An", now=NOW)

    def save(number: int) -> str:
        try:
            return change_remark(store, kept.id, 1, Draft("signaal", f"tekst {number}", END), "An", now=NOW).reden
        except ChangedMeanwhileError as error:
            return f"te laat voor: {error.newest.reden}"

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(save, range(16)))
    (winner,) = [answer for answer in answers if answer.startswith("tekst")]
    assert answers.count(f"te laat voor: {winner}") == 15
    assert [item.reden for item in history(store, "000011")] == [winner, "begin"]


def test_processes_that_open_a_new_store_at_once_migrate_it_once(url):
    end_well([start("open", url) for _ in range(WRITERS)])
    store = open_store(url)
    assert remarks(store) == []
    store.close()


def test_killing_a_writer_halfway_leaves_the_store_whole(store, url):
    kept = add_remark(store, "000011", Draft("signaal", "begin", END), "An", now=NOW)
    writer = start("linger", url, count=60)
    assert writer.stdout.readline() == "halfway\n"
    writer.kill()
    writer.communicate()
    assert history(store, "000011") == [kept]
    changed = change_remark(store, kept.id, 1, Draft("signaal", "verder", END), "An", now=NOW)
    assert history(store, "000011") == [changed, kept]


def test_readers_do_not_wait_for_a_writer(store, url):
    add_remark(store, "000011", Draft("signaal", "begin", END), "An", now=NOW)
    writer = start("linger", url, count=60)
    assert writer.stdout.readline() == "halfway\n"
    started = time.monotonic()
    assert [item.reden for item in remarks(store)] == ["begin"]
    assert time.monotonic() - started < 5
    writer.kill()
    writer.communicate()


@pytest.mark.parametrize("after", [0.3, 0.5, 0.7])
def test_killing_a_process_that_opens_a_new_store_leaves_nothing_half_made(url, after):
    opener = start("open", url)
    time.sleep(after)
    opener.kill()
    opener.communicate()
    store = open_store(url)
    add_remark(store, "000011", Draft("signaal", "begin", END), "An", now=NOW)
    assert len(remarks(store)) == 1
    store.close()
