"""How sure a place in the ranking is, in the same words on every page."""


def place_words(low: int | None, high: int | None) -> str | None:
    """Return the 90 % interval of a place as 'met 90 % kans op plaats 3 tot 20'; None where it is not known.

    No place is surer than its interval: where both ends are one place, it still has the 90 % of the interval.
    """
    if low is None or high is None:
        return None
    return f"met 90 % kans op plaats {low}" if low == high else f"met 90 % kans op plaats {low} tot {high}"
