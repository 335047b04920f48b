"""What one file of the corpus is: its name, its bytes, and what a supplier is told of it."""

from dataclasses import dataclass

PLANNING_HEADER = "schooljaar;begeleider;categorie;scholengroep nummer;dagdelen\n"
#: A fault as it stands in the quarantine: row as Excel shows it, column, value, reason.
Fault = tuple[int, str | None, str | None, str]


@dataclass(frozen=True)
class Refused:
    """A file that is refused as a whole, with the sentence it gets."""

    name: str
    content: bytes
    sentence: str


@dataclass(frozen=True)
class Taken:
    """A file that is odd and yet taken in: rows read, the rows at fault, and what is told beside them."""

    name: str
    content: bytes
    read: int
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def quarantined(self) -> int:
        """Rows in quarantine; one row may have several faults."""
        return len({row for row, *_ in self.faults})


def planning_rows(count: int, first: int = 1) -> str:
    """Return good rows of the planning."""
    return "".join(f"2025-2026;B{number:03d};vt;12;3\n" for number in range(first, first + count))


def planning(*odd: str, good: int = 9) -> bytes:
    """Return a planning with good rows and the odd ones below them (the first odd row is row 11)."""
    return (PLANNING_HEADER + planning_rows(good) + "".join(f"{row}\n" for row in odd)).encode()
