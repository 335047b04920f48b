"""What a paper holds, before it is drawn: on screen, or as a document."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Grid:
    """A table of texts: its caption, what it shows in a sentence (`alt`), heads, rows.

    `numeric` are the places of columns that stand to the right; `widths` are relative.
    """

    caption: str
    alt: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Section:
    """A part under a heading: paragraphs, then steps (numbered) or points (not), then tables."""

    title: str
    paragraphs: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A whole paper: `facts` (label, text) on top, then sections; `footer` says where it comes from."""

    title: str
    subtitle: str
    notices: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    footer: str
