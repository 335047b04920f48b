"""Texts made of columns of a frame: what `pl.format` gives, on frames in pieces too."""

import polars as pl


def filled(words: str, *columns: str | pl.Expr) -> pl.Expr:
    """Return a text column: `words` with the columns, in their order, in the place of each '{}'.

    Null where one of them is. `pl.format` panics on a frame in pieces of which some are empty, as is left of joined
    frames after a filter (polars issue 25339).
    """
    before, *others = words.split("{}")
    parts = [pl.lit(before)]
    for column, after in zip(columns, others, strict=True):
        parts += [pl.col(column) if isinstance(column, str) else column, pl.lit(after)]
    return pl.concat_str(parts)
