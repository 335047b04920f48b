"""The text of an inspection report in PDF, page by page.

Only letters that stand in the file as text can be read. A scan is an image; so are the ticks and coloured cells by
which some reports mark a level, and what is said by place alone (under which heading of a table a mark stands) is lost
with the layout.
"""

import logging
import re
import unicodedata
from pathlib import Path
from warnings import catch_warnings, simplefilter

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from pipelines.faults import LeveringFout

MAGIC = b"%PDF-"
#: A report is a few megabytes of some tens of pages; anything far above is another document.
LARGEST = 100_000_000
MOST_PAGES = 300
#: Fewer letters than this on all pages together: a stamp on a scan, not a report.
FEWEST_LETTERS = 200
SOFT_BREAK = re.compile(r"(?<=[a-zà-ÿ])[-\u00ad\u2010]\n(?=[a-zà-ÿ])")
# What a damaged file can raise, besides the reader's own errors.
DAMAGE = (
    PyPdfError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, OSError, RecursionError,
    NotImplementedError, AssertionError,
)  # fmt: skip


def read_pages(path: Path) -> list[str]:
    """Return the text of every page, with single spaces within a line and words broken at its end made whole.

    Raises LeveringFout with its own sentence when the file is no PDF, is protected or broken, is too long to be a
    report, or holds no text (a scan).
    """
    if not path.is_file():
        raise LeveringFout("geen_bestand", f"Het bestand '{path}' bestaat niet.")
    with path.open("rb") as handle:
        head = handle.read(1024)
    if MAGIC not in head:
        raise LeveringFout("geen_pdf", "Het bestand is geen PDF. Geef het verslag van de doorlichting als PDF.")
    if path.stat().st_size > LARGEST:
        raise LeveringFout("te_groot", "De PDF is groter dan 100 MB: dat is geen verslag van een doorlichting.")
    pages = _read(path)
    if sum(char.isalpha() for page in pages for char in page) < FEWEST_LETTERS:
        raise LeveringFout(
            "scan",
            "De PDF bevat geen leesbare tekst: vermoedelijk is ze een scan. Laat er eerst tekst in herkennen (OCR), of "
            "vul de gegevens met de hand in.",
        )
    return pages


def _read(path: Path) -> list[str]:
    # The reader tells of every oddity it repairs; the user gets one sentence.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with catch_warnings():
            simplefilter("ignore")
            reader = PdfReader(path)
            # Many reports may be read but not changed: those open with an empty password.
            if reader.is_encrypted and not reader.decrypt(""):
                raise _protected()
            if len(reader.pages) > MOST_PAGES:
                raise LeveringFout(
                    "te_lang",
                    f"De PDF telt meer dan {MOST_PAGES} bladzijden: dat is geen verslag van een doorlichting.",
                )
            return [_tidy(page.extract_text()) for page in reader.pages]
    except (FileNotDecryptedError, DependencyError) as error:
        raise _protected() from error
    except DAMAGE as error:
        raise LeveringFout(
            "beschadigd", "De PDF is beschadigd of onvolledig overgekomen. Vraag ze opnieuw op, of bewaar ze opnieuw."
        ) from error


def _protected() -> LeveringFout:
    return LeveringFout(
        "wachtwoord", "De PDF is beveiligd met een wachtwoord. Verwijder de beveiliging en probeer opnieuw."
    )


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFKC", text).splitlines())
    return SOFT_BREAK.sub("", "\n".join(line for line in lines if line))
