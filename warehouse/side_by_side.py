"""Doing pieces of work that wait for each other, several at once: as soon as all that one needs is done, it begins."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from graphlib import TopologicalSorter
from typing import TypeVar

T = TypeVar("T")


def side_by_side(
    needs: Mapping[str, Iterable[str]],
    work: Callable[[str], T],
    at_once: int,
    done: Callable[[str], None],
    stop: Callable[[], None],
) -> dict[str, T]:
    """Return what `work` gave for every name of `needs`, which says what each must wait for: other names of it.

    `work` runs in `at_once` threads; `done` is called in this one, after each. Of what can begin, that goes first for
    which most others wait, then by name. When one fails, nothing begins any more, what is under way is finished, and
    the failure of the first in the order of `needs` is raised. On an interrupt `stop` is called, to cut short what is
    under way.
    """
    waiting = _how_many_wait(needs)
    order = TopologicalSorter(needs)
    order.prepare()
    ready: list[str] = []
    running: dict[Future[T], str] = {}
    results: dict[str, T] = {}
    failures: dict[str, BaseException] = {}
    with ThreadPoolExecutor(at_once) as threads:
        try:
            while order.is_active() and not (failures and not running):
                ready = sorted([*ready, *order.get_ready()], key=lambda name: (-waiting[name], name))
                while ready and len(running) < at_once and not failures:
                    name = ready.pop(0)
                    running[threads.submit(work, name)] = name
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    name = running.pop(future)
                    failure = future.exception()
                    if failure is not None:
                        failures[name] = failure
                        continue
                    results[name] = future.result()
                    order.done(name)
                    done(name)
        except BaseException:
            stop()
            raise
    for name in needs:
        if name in failures:
            raise failures[name]
    return results


def _how_many_wait(needs: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Return how many wait for each, directly or through others."""
    after: dict[str, set[str]] = {name: set() for name in needs}
    for name in reversed(list(TopologicalSorter(needs).static_order())):
        for needed in needs[name]:
            after[needed] |= {name, *after[name]}
    return {name: len(others) for name, others in after.items()}
