"""What holds for every test."""

import sys

import pytest
from hypothesis import settings
from xdist.workermanage import WorkerController

from tests.e2e.dashboard_server import STARTED_AGAIN

# A machine with other work is slow at any moment: what a test finds must not depend on how long it took.
settings.register_profile("zonder tijdslimiet", deadline=None)
settings.load_profile("zonder tijdslimiet")


def pytest_unconfigure() -> None:
    """Remove the folder that Streamlit's AppTest makes when it is imported, and leaves to the end of the process.

    Removed there it is a ResourceWarning; where a thread of a test left the filter that makes errors of warnings, that
    is a traceback behind the last line of the tests.
    """
    app_test = sys.modules.get("streamlit.testing.v1.app_test")
    if app_test is not None:
        app_test.TMP_DIR.cleanup()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand over what was seen of dashboards that did not answer, from the process that ran the tests."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["started_again"] = STARTED_AGAIN


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: WorkerController) -> None:
    """Take over what a worker saw of dashboards that did not answer."""
    STARTED_AGAIN.extend(getattr(node, "workeroutput", {}).get("started_again", []))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell what was seen of dashboards that did not answer and were started a second time."""
    for seen in STARTED_AGAIN:
        terminalreporter.section("a dashboard did not answer and was started again")
        terminalreporter.write_line(seen)
