"""What can be wrong with a delivery, as sentences that a supplier can act on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import polars as pl

from pipelines.tally import Tally

#: The code of the fault that another version was published than the one that was compared with.
OTHER_VERSION = "andere_versie"


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


class _Noted(str):
    """A sentence for the user that an exception carries, told apart from the notes that others add to it."""


@contextmanager
def noted(sentence: str) -> Iterator[None]:
    """Have whatever stops the block carry what was written down before it: it holds from the next build on."""
    try:
        yield
    except BaseException as error:
        error.add_note(_Noted(sentence))
        raise


def noted_before(fault: BaseException) -> str:
    """Return what was written down before a fault, also one that became another on its way; nothing for nothing."""
    cause: BaseException | None = fault
    found: list[str] = []
    while cause is not None:
        found += [note for note in getattr(cause, "__notes__", []) if isinstance(note, _Noted)]
        cause = cause.__cause__ or cause.__context__
    return " ".join(dict.fromkeys(found))
