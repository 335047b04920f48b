"""The pages as Streamlit runs them."""

from streamlit.testing.v1 import AppTest

SEEN = []


def look() -> None:
    import streamlit as st

    from dashboard import registry
    from tests.dashboard.test_registry import SEEN

    SEEN.append(registry.navigation_pages())
    st.navigation(SEEN[-1], position="hidden")


def test_two_readers_share_no_page_that_streamlit_runs():
    # Streamlit notes on a page that it may be run, and that it was: shared, the second of two at once could not run it.
    for _ in range(2):
        assert not AppTest.from_function(look).run().exception
    ours, theirs = SEEN
    assert [page.url_path for page in ours] == [page.url_path for page in theirs]
    assert not [one for one, other in zip(ours, theirs, strict=True) if one is other]
