"""Numbers and counts as Dutch text, as commands and messages about deliveries write them."""

_SWAP = str.maketrans(",.", ".,")


def number_text(value: float) -> str:
    """Return a number as it is written in Dutch: a decimal comma, points between the thousands, no empty decimals."""
    return f"{value:,.6f}".rstrip("0").rstrip(".").translate(_SWAP)


def counted(count: int, one: str, more: str) -> str:
    """Return a number with what it counts: '1 rij', '1.200 rijen'."""
    return f"{number_text(count)} {one if count == 1 else more}"
