"""What holds for every test."""

import sys

from hypothesis import settings

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
