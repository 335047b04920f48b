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


def _state(page: str, found: quality.Quality) -> str:
    words, bronnen = f"gegevens: {found.state}", ", ".join(map(format.spelled, found.bronnen))
    is_linked = can_open("datakwaliteit")
    shown = f"[{words}]({_address(page, found)})" if is_linked else words
    if found.state == quality.UNCHECKED:
        return f"{shown} (niet geleverd: {bronnen})"
    return shown if is_linked or found.state == quality.GOOD else f"{shown} ({bronnen})"


def _address(page: str, found: quality.Quality) -> str:
    is_one = len(found.bronnen) == 1 and found.state != quality.GOOD
    where = {"bron": found.bronnen[0]} if is_one else {"pagina": page}
    return f"/datakwaliteit?{urlencode({**where, **filters.remembered_params()})}"
