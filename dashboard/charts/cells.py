"""Small drawings for the cells of a table, as SVG in a data address: no request leaves the page.

The colours keep their contrast on the light and on the dark background, as those of the charts do. A drawing never
stands alone: the number it shows stands beside it in words.
"""

from collections.abc import Mapping
from math import log

import polars as pl

from dashboard import theme
from dashboard.filled import filled

#: Pixels of a drawing; the grid makes it as tall as a row allows. A column of 22 more shows it whole.
WIDTH, HEIGHT = 86, 24
_BAR, _LINE, _DOT = 14, 7, 3
_MIDDLE = HEIGHT // 2
#: Room at both ends, so that the mark of the first or the last place is whole.
_EDGE = 4
_ROOM = WIDTH - 2 * _EDGE


def score_bar(parts: Mapping[str, str]) -> pl.Expr:
    """Return a column with a bar from 0 to 1 per row, stacked from `parts`: column (0-1) -> colour.

    A missing part takes no room. A grey line under the bar runs to 1, so that bars of different rows compare.
    """
    drawn, left = [_track(0, WIDTH)], pl.lit(0.0)
    for column, colour in parts.items():
        length = pl.col(column).fill_null(0.0) * WIDTH
        drawn.append(_stroke(left, length, colour, _BAR))
        left = left + length
    return _svg(*drawn)


def place_range(low: str, high: str, middle: str, last: int, limit: int) -> pl.Expr:
    """Return a column with the line from place `low` to `high` and a dot at `middle`, of 1 to `last` places.

    A dashed mark stands after place `limit`. Places go by their logarithm: the first ones get most room.
    """
    start, end = _position(pl.col(low), last), _position(pl.col(high), last)
    mark = round(_EDGE + _ROOM * log(min(limit + 0.5, max(last, 1))) / _whole(last), 1)
    dot = filled(
        # White within the line, and within its own blue rim where the line is no wider than the dot.
        "<circle cx='{}' cy='{}' r='{}' fill='white' stroke='{}' stroke-width='2'/>",
        _position(pl.col(middle), last).round(1),
        pl.lit(_MIDDLE),
        pl.lit(_DOT),
        pl.lit(_escaped(theme.ACCENT)),
    )
    drawn = [
        _track(_EDGE, _ROOM),
        pl.lit(f"<path d='M{mark} 1v{HEIGHT - 2}' stroke='{_escaped(theme.NEUTRAL)}' stroke-dasharray='3 2'/>"),
        _stroke(start, pl.max_horizontal(end - start, pl.lit(1.0)), theme.ACCENT, _LINE),
        dot,
    ]
    return pl.when(pl.any_horizontal(pl.col(low, high, middle).is_null())).then(None).otherwise(_svg(*drawn))


def _svg(*drawn: pl.Expr) -> pl.Expr:
    head = (
        f"data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg' width='{WIDTH}' height='{HEIGHT}' "
        f"viewBox='0 0 {WIDTH} {HEIGHT}'>"
    )
    return pl.concat_str(pl.lit(head), *drawn, pl.lit("</svg>"))


def _track(left: int, length: int) -> pl.Expr:
    line = f"<path d='M{left} {_MIDDLE}h{length}' stroke='{_escaped(theme.NEUTRAL)}' stroke-opacity='.5'/>"
    return pl.lit(line)


def _stroke(left: pl.Expr, length: pl.Expr, colour: str, thickness: int) -> pl.Expr:
    line = filled(
        "<path d='M{} {}h{}' stroke='{}' stroke-width='{}'/>",
        left.round(1),
        pl.lit(_MIDDLE),
        length.round(1),
        pl.lit(_escaped(colour)),
        pl.lit(thickness),
    )
    return pl.when(length > 0).then(line).otherwise(pl.lit(""))


def _position(place: pl.Expr, last: int) -> pl.Expr:
    return _EDGE + _ROOM * (place.cast(pl.Float64).clip(1, max(last, 1)).log() / _whole(last))


def _whole(last: int) -> float:
    """Return the logarithm of the last place; of two places where there is only one, so that it can divide."""
    return log(max(last, 2))


def _escaped(colour: str) -> str:
    # A '#' would end the data address.
    return colour.replace("#", "%23")
