"""What can be wrong with a delivery, as sentences that a supplier can act on."""

from dataclasses import dataclass

import polars as pl

from pipelines.tally import Tally


class LeveringFout(Exception):  # noqa: N818 - the Dutch noun ends in the word for error
    """A delivery that cannot be taken in as a whole; the message is the sentence for the user.

    `code` is a stable short name for the kind of fault; `quarantine` the rows at fault, where they are the reason;
    `tally` what was recognised and counted before it was refused.
    """

    def __init__(
        self, code: str, sentence: str, quarantine: pl.DataFrame | None = None, tally: Tally | None = None
    ) -> None:
        """Keep the stable code beside the sentence."""
        super().__init__(sentence)
        self.code = code
        self.quarantine = quarantine
        self.tally = tally or Tally()


@dataclass(frozen=True)
class Melding:
    """Something worth telling about a delivery that does not keep it out."""

    text: str
    sheet: str | None = None

    @property
    def sentence(self) -> str:
        """The sentence for the user, with the sheet it is about."""
        return f"Blad '{self.sheet}': {self.text}" if self.sheet else self.text
