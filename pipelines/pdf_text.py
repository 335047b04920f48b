"""The text of one PDF, read by a process of its own within limits: `python pdf_text.py verslag.pdf SECONDS BYTES`.

A PDF comes from outside and can be made to keep its reader busy for hours or to fill the memory. So the reader gets so
much processor time and memory, may write nothing, and when it dies only this process does. Prints JSON: the pages, or
the code of what is wrong. Imports nothing of the house: all that is imported counts.
"""

import json
import logging
import sys
from pathlib import Path
from warnings import catch_warnings, simplefilter

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PyPdfError

MOST_PAGES = 300
#: Characters. A full page of a report has four thousand, all of a long one half a million.
MOST_ON_A_PAGE = 30_000
MOST_TEXT = 1_000_000
# What a damaged file can raise, besides the reader's own errors.
DAMAGE = (
    PyPdfError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, OSError, RecursionError,
    NotImplementedError, AssertionError,
)  # fmt: skip


class UnreadableError(Exception):
    """The PDF cannot be read; the message is the code of why: a key of `pipelines.report_text.SENTENCES`."""


def pages_of(path: Path) -> list[str]:
    """Return the text of every page as it stands in the file. Raises UnreadableError."""
    # The reader tells of every oddity it repairs; the user gets one sentence.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with catch_warnings():
            simplefilter("ignore")
            reader = PdfReader(path)
            # Many reports may be read but not changed: those open with an empty password.
            if reader.is_encrypted and not reader.decrypt(""):
                raise UnreadableError("wachtwoord")
            if len(reader.pages) > MOST_PAGES:
                raise UnreadableError("te_lang")
            return _texts(reader)
    except (FileNotDecryptedError, DependencyError) as error:
        raise UnreadableError("wachtwoord") from error
    except (LimitReachedError, MemoryError) as error:
        raise UnreadableError("te_zwaar") from error
    except DAMAGE as error:
        raise UnreadableError("beschadigd") from error


def _texts(reader: PdfReader) -> list[str]:
    pages, total = [], 0
    for page in reader.pages:
        text = page.extract_text()
        total += len(text)
        if len(text) > MOST_ON_A_PAGE or total > MOST_TEXT:
            raise UnreadableError("te_veel_tekst")
        pages.append(text)
        if len(pages) > MOST_PAGES:
            raise UnreadableError("te_lang")
    return pages


def _limit(seconds: int, memory: int) -> None:
    """Bound what this process can take; the system ends it where it asks for more time, and gives it no more memory."""
    if sys.platform == "win32":
        return  # who started it ends it in time; the memory is not bounded there
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def main(arguments: list[str]) -> int:
    """Print the pages of the PDF that is named first, read in so many seconds and bytes of memory as come next."""
    path, seconds, memory = arguments
    _limit(int(seconds), int(memory))
    try:
        found: dict[str, object] = {"paginas": pages_of(Path(path))}
    except UnreadableError as error:
        found = {"fout": str(error)}
    sys.stdout.write(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
