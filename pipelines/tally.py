"""What was counted of a delivery: its source, and how many rows were read, accepted and of others."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Tally:
    """The counts of one delivery when it came in; None where nobody knows, an empty text likewise.

    `buiten` rows belong to others and are not among those read. A `vak` that names a person is left out.
    """

    bron: str = ""
    vak: str = ""
    gelezen: int | None = None
    aanvaard: int | None = None
    buiten: int | None = None

    @property
    def quarantaine(self) -> int | None:
        """Rows read and not accepted."""
        return None if self.gelezen is None or self.aanvaard is None else self.gelezen - self.aanvaard

    def refused(self) -> "Tally":
        """Return the counts of the same delivery when nothing of it counts."""
        return replace(self, aanvaard=None if self.gelezen is None else 0)
