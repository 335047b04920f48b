"""How values are drawn: a share (0-1) in percent, so that an axis reads '20 %', with its space."""

from collections.abc import Sequence


def drawn(values: Sequence[float | None], is_share: bool) -> list[float | None]:
    """Return the values as they stand on the axis; None stays None."""
    return [None if item is None else item * 100 for item in values] if is_share else list(values)


def value_axis(is_share: bool, **settings: object) -> dict[str, object]:
    """Return the settings of an axis with values on it, from zero on; `settings` overrule."""
    written = {"ticksuffix": " %"} if is_share else {"tickformat": ","}
    return {"rangemode": "tozero", "automargin": True, **written, **settings}


def office_format(is_share: bool, decimals: int = 0) -> str:
    """Return how Office writes the same values: '12 %', '1.234,5'."""
    digits = "." + "0" * decimals if decimals else ""
    return rf"0{digits}\ %" if is_share else f"#,##0{digits}"
