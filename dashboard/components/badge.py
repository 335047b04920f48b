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
    words, named = f"gegevens: {found.state}", []
    is_linked = can_open("datakwaliteit")
    if not is_linked and found.state in (quality.FAULT, quality.WARNING):
        named.append(_named(found.bronnen))
    if found.undelivered:
        named.append(f"niet geleverd: {_named(found.undelivered)}")
    shown = f"[{words}]({_address(page, found)})" if is_linked else words
    return f"{shown} ({'; '.join(named)})" if named else shown


def _named(bronnen: tuple[str, ...]) -> str:
    return ", ".join(map(format.spelled, bronnen))


def _address(page: str, found: quality.Quality) -> str:
    is_one = len(found.bronnen) == 1 and found.state != quality.GOOD
    where = {"bron": found.bronnen[0]} if is_one else {"pagina": page}
    return f"/datakwaliteit?{urlencode({**where, **filters.remembered_params()})}"
