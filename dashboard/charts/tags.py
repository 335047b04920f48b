"""Names in a chart stay text: Plotly reads a few HTML tags in every label, a link among them."""

import re
from typing import Any

import plotly.graph_objects as go

#: Only what our own labels use is a tag; any other sign that could begin one is shown.
_BEGINS_A_TAG = re.compile(r"<(?!/?(?:b|br|i|extra)>)")
_OF_TRACE = ("x", "y", "text", "hovertext", "customdata", "name")
_OF_AXIS = ("categoryarray", "tickvals", "ticktext")


def plain(text: str) -> str:
    """Return a text of which Plotly shows every sign but our own tags."""
    return _BEGINS_A_TAG.sub("&lt;", text) if "<" in text else text


def make_plain(figure: go.Figure) -> None:
    """Change in a figure every text that Plotly would read as HTML; labels keep matching their places."""
    for trace in figure.data:
        _change(trace, [name for name in _OF_TRACE if name in trace])
    for axis in (figure.layout.xaxis, figure.layout.yaxis):
        _change(axis, _OF_AXIS)
    for annotation in figure.layout.annotations:
        _change(annotation, ("text",))


def _change(holder: Any, names: Any) -> None:
    for name in names:
        values = holder[name]
        changed = _plain_values(values)
        if changed is not values:
            holder[name] = changed


def _plain_values(values: Any) -> Any:
    """Return texts, at any depth, as `plain` gives them; the very same object where nothing changes."""
    if isinstance(values, str):
        return plain(values)
    if getattr(values, "dtype", None) is not None:
        return _plain_values(values.tolist()) if values.dtype.kind in "OU" else values
    if not isinstance(values, list | tuple):
        return values
    changed = [_plain_values(value) for value in values]
    return values if all(new is old for new, old in zip(changed, values, strict=True)) else changed
