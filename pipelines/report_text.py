"""The text of an inspection report in PDF, page by page.

Only letters that stand in the file as text can be read. A scan is an image; so are the ticks and coloured cells by
which some reports mark a level, and what is said by place alone (under which heading of a table a mark stands) is lost
with the layout. The file itself is read by a process of its own, within limits: `pipelines.pdf_text`.
"""

import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

from pipelines import pdf_text
from pipelines.faults import LeveringFout

MAGIC = b"%PDF-"
#: A report is a few megabytes of some tens of pages; anything far above is another document.
LARGEST = 100_000_000
#: Fewer letters than this on all pages together: a stamp on a scan, not a report.
FEWEST_LETTERS = 200
#: Processor seconds, and seconds on the clock; three hundred pages are read in ten.
LONGEST, LONGEST_WAIT = 60, 100
#: Bytes of memory, all told; three hundred pages take a fifth.
MOST_MEMORY = 1_000_000_000
SOFT_BREAK = re.compile(r"(?<=[a-zà-ÿ])[-\u00ad\u2010]\n(?=[a-zà-ÿ])")
#: Control characters, signs that turn the direction of reading around, and halves of characters: nobody can see them.
INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
SENTENCES = {
    "geen_pdf": "Het bestand is geen PDF. Geef het verslag van de doorlichting als PDF.",
    "te_groot": "De PDF is groter dan 100 MB: dat is geen verslag van een doorlichting.",
    "wachtwoord": "De PDF is beveiligd met een wachtwoord. Verwijder de beveiliging en probeer opnieuw.",
    "te_lang": f"De PDF telt meer dan {pdf_text.MOST_PAGES} bladzijden: dat is geen verslag van een doorlichting.",
    "te_veel_tekst": "De PDF bevat veel meer tekst dan een verslag van een doorlichting.",
    "te_zwaar": "De PDF vraagt te veel tijd of geheugen om te lezen: zo is een gewoon verslag niet gemaakt. Druk ze af "
    "naar een nieuwe PDF en probeer opnieuw, of vul de gegevens met de hand in.",
    "beschadigd": "De PDF is beschadigd of onvolledig overgekomen. Vraag ze opnieuw op, of bewaar ze opnieuw.",
    "scan": "De PDF bevat geen leesbare tekst: vermoedelijk is ze een scan. Laat er eerst tekst in herkennen (OCR), of "
    "vul de gegevens met de hand in.",
}


def read_pages(path: Path) -> list[str]:
    """Return the text of every page, with single spaces within a line and words broken at its end made whole.

    Raises LeveringFout with its own sentence when the file is no PDF, is protected or broken, is too long to be a
    report or takes too much to read, or holds no text (a scan).
    """
    if not path.is_file():
        raise LeveringFout("geen_bestand", f"Het bestand '{path}' bestaat niet.")
    with path.open("rb") as handle:
        head = handle.read(1024)
    if MAGIC not in head:
        raise _fault("geen_pdf")
    if path.stat().st_size > LARGEST:
        raise _fault("te_groot")
    pages = [tidy(page) for page in _read_apart(path)]
    if sum(char.isalpha() for page in pages for char in page) < FEWEST_LETTERS:
        raise _fault("scan")
    return pages


def _read_apart(path: Path) -> list[str]:
    # `-P`: the modules beside the script are not taken for those of the standard library.
    command = [sys.executable, "-P", str(Path(pdf_text.__file__)), str(path.absolute()), str(LONGEST), str(MOST_MEMORY)]
    try:
        answer = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=LONGEST_WAIT, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _fault("te_zwaar") from error
    if answer.returncode == 0 and answer.stdout:
        found = json.loads(answer.stdout)
        if "fout" in found:
            raise _fault(found["fout"])
        pages: list[str] = found["paginas"]
        return pages
    # The system ended it (a negative code) or its memory ran out: what was read is lost.
    raise _fault("te_zwaar")


def _fault(code: str) -> LeveringFout:
    return LeveringFout(code, SENTENCES[code])


def tidy(text: str) -> str:
    """Return the text of a page with single spaces within a line, broken words whole, and nothing that is invisible."""
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFKC", text).splitlines())
    whole = SOFT_BREAK.sub("", "\n".join(line for line in lines if line))
    return "".join(char for char in whole if char == "\n" or unicodedata.category(char) not in INVISIBLE)
