"""The line under every chart and table: source, peildatum, rows, and the state of the data behind it."""

from urllib.parse import urlencode

from dashboard import filters, format, lineage, quality
from dashboard.components.links import can_open
from dashboard.exports.context import ExportContext


def badge(context: ExportContext, key: str, source: str, rows: int) -> str:
    """Return the line in Markdown; the state links to the sources that it comes from on page Datakwaliteit.

    Who cannot open that page reads which sources they are; of those that were not delivered everybody does.
    """
    parts = [f"Bron: {source}", f"peildatum {format.date_short(context.peildatum)}"]
    parts.append(format.counted(rows, "rij", "rijen"))
    found = quality.quality_of(lineage.marts_of_figure(context.page_key, key))
    if found is not None:
        parts.append(f"{quality.ICONS[found.state]} {_state(context.page_key, found)}")
    return " · ".join(parts)


def state_words(page: str, key: str) -> str:
    """Return the state of the data behind a figure for beside it on paper; nothing where no delivery feeds it."""
    found = quality.quality_of(lineage.marts_of_figure(page, key))
    return _with_sources(found.state, found, is_linked=False) if found else ""


def _state(page: str, found: quality.Quality) -> str:
    words = f"gegevens: {found.state}"
    is_linked = can_open("datakwaliteit")
    return _with_sources(f"[{words}]({_address(page, found)})" if is_linked else words, found, is_linked=is_linked)


def _with_sources(words: str, found: quality.Quality, *, is_linked: bool) -> str:
    """Return the words with the sources: of a fault or warning where no link leads to them, and the undelivered."""
    named = []
    if not is_linked and found.state in (quality.FAULT, quality.WARNING):
        named.append(_named(found.bronnen))
    if found.undelivered:
        named.append(f"niet geleverd: {_named(found.undelivered)}")
    return f"{words} ({'; '.join(named)})" if named else words


def _named(bronnen: tuple[str, ...]) -> str:
    return ", ".join(map(format.spelled, bronnen))


def _address(page: str, found: quality.Quality) -> str:
    is_one = len(found.bronnen) == 1 and found.state != quality.GOOD
    where = {"bron": found.bronnen[0]} if is_one else {"pagina": page}
    return f"/datakwaliteit?{urlencode({**where, **filters.remembered_params()})}"
