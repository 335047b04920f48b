"""The scripts of our own that run in the browser: each is known to the server, which lets no other inline one run."""

from pathlib import Path

#: Screen readers choose their voice by the language; Streamlit's own page says "en".
LANGUAGE = "document.documentElement.lang = 'nl-BE'"
#: Streamlit's own words for the field to choose files with are English.
DUTCH_UPLOADER = (Path(__file__).parent / "components" / "dutch_uploader.js").read_text(encoding="utf-8")
#: Signing in ends on the front page: the browser's tab remembers the link that was asked for, and goes there after it.
REMEMBER_LINK = "sessionStorage.setItem('sterrenwacht.link', location.pathname + location.search)"
FOLLOW_LINK = """
const link = sessionStorage.getItem('sterrenwacht.link');
sessionStorage.removeItem('sterrenwacht.link');
if (link && link !== location.pathname + location.search) location.replace(location.origin + link);
"""

INLINE = (LANGUAGE, DUTCH_UPLOADER, REMEMBER_LINK, FOLLOW_LINK)
