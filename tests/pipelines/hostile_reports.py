"""PDFs that were made, or broken, to harm whoever reads them; each small itself, written by hand."""

import io
import zlib
from collections.abc import Callable

from pypdf import PdfReader, PdfWriter

from tests.pipelines.reports import ADVICE, FONT, FRONT, LEVELS, drawing_of, pdf, pdf_file

REPORT = pdf(FRONT, ADVICE, LEVELS)


def _drawing(content: bytes, *, about: str = "", more: tuple[bytes, ...] = (), catalog: str = "") -> bytes:
    """Return a PDF of one page that draws this; `about` and `catalog` come beside it, `more` from object 6 on."""
    return pdf_file(
        [
            f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
            b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            FONT,
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R {about} "
            "/Resources << /Font << /F1 3 0 R >> /XObject << /X6 6 0 R >> >> >>".encode(),
            content,
            *more,
        ]
    )


def _stream(content: bytes, about: str = "") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), about.encode(), content)


def _packed(content: bytes) -> bytes:
    """Return a stream that unpacks to this."""
    return _stream(zlib.compress(content, 9), "/Filter /FlateDecode")


def _shown(text: bytes) -> bytes:
    return b"BT /F1 10 Tf 50 790 Td (%s) Tj ET" % text


def encrypted() -> bytes:
    """Return a report that asks for a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(REPORT)))
    writer.encrypt("geheim", "eigenaar", algorithm="RC4-128")
    return _written(writer)


def many_pages_by_count() -> bytes:
    """Return a PDF that says that it has a milliard pages."""
    return REPORT.replace(b"/Count 3 ", b"/Count 1000000000 ")


def many_pages_by_one() -> bytes:
    """Return a PDF of which one page stands ten thousand times in the list."""
    kids = b"/Kids [" + b"4 0 R " * 10_000 + b"]"
    return _again(REPORT.replace(b"/Kids [4 0 R 6 0 R 8 0 R]", kids))


def pages_in_a_ring() -> bytes:
    """Return a PDF whose list of pages holds itself."""
    return REPORT.replace(b"/Kids [4 0 R 6 0 R 8 0 R]", b"/Kids [2 0 R 2 0 R 2 0 R]")


def pages_that_double() -> bytes:
    """Return a PDF whose list of pages holds a list twice, which holds a list twice, forty deep."""
    lists = [b"<< /Type /Pages /Kids [%d 0 R %d 0 R] /Count 2 >>" % (number, number) for number in range(3, 43)]
    page = b"<< /Type /Page /MediaBox [0 0 595 842] /Contents 44 0 R >>"
    return pdf_file([b"<< /Type /Catalog /Pages 2 0 R >>", *lists, page, _stream(_shown(b"x"))])


def deep() -> bytes:
    """Return a PDF with a list in a list, a hundred thousand deep."""
    return _drawing(_stream(_shown(b"x")), about="/Diep " + "[" * 100_000 + "]" * 100_000)


def deep_drawing() -> bytes:
    """Return a PDF that draws a list in a list, a hundred thousand deep."""
    return _drawing(_stream(b"BT /F1 10 Tf " + b"[" * 100_000 + b"]" * 100_000 + b" TJ ET"))


def object_of_itself() -> bytes:
    """Return a PDF whose drawing is the place where that drawing stands."""
    return _drawing(b"5 0 R")


def zeros() -> bytes:
    """Return a PDF of a few hundred bytes whose drawing unpacks to a hundred megabytes of spaces."""
    twice = zlib.compress(_packed_spaces(100), 9)
    return _drawing(_stream(twice, "/Filter [/FlateDecode /FlateDecode]"))


def _packed_spaces(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join([*(packer.compress(b" " * 1_000_000) for _ in range(megabytes)), packer.flush()])


def much_text() -> bytes:
    """Return a PDF of a few kilobytes with a line of five million letters."""
    return _drawing(_packed(_shown(b"a" * 5_000_000)))


def much_to_draw() -> bytes:
    """Return a PDF of a few kilobytes with six hundred thousand pieces of text to draw, all of them empty."""
    return _drawing(_packed(b"BT 1 0 0 1 50 790 Tm /F1 10 Tf [()] TJ ET\n" * 600_000))


def forms_that_double() -> bytes:
    """Return a PDF whose drawing draws a form twice, which draws a form twice, thirty deep."""
    forms = []
    for number in range(6, 36):
        next_one = f"/Resources << /XObject << /X{number + 1} {number + 1} 0 R >> >>"
        inside = f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] {next_one}"
        forms.append(_stream(b"/X%d Do /X%d Do" % (number + 1, number + 1), inside))
    last = "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 3 0 R >> >>"
    return _drawing(_stream(b"/X6 Do"), more=(*forms, _stream(_shown(b"lol"), last)))


def form_of_itself() -> bytes:
    """Return a PDF whose drawing draws a form that draws itself."""
    inside = "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X6 6 0 R >> >>"
    return _drawing(_stream(b"/X6 Do"), more=(_stream(b"/X6 Do", inside),))


def with_actions() -> bytes:
    """Return a report that runs a script, starts a program and opens an address as soon as it is opened."""
    follows = "/Next << /S /Launch /F (touch) /P (gestart) /Next << /S /URI /URI (http://127.0.0.1:9/) >> >>"
    script = f"/OpenAction << /S /JavaScript /JS (this.submitForm('http://127.0.0.1:9/');) {follows} >>"
    return _drawing(_stream(drawing_of(FRONT + ADVICE)), catalog=script)


def with_files() -> bytes:
    """Return a report with a program packed into it, under a name that leads elsewhere."""
    names = "/Names << /EmbeddedFiles << /Names [(../../verslag.exe) 6 0 R] >> >>"
    about = b"<< /Type /Filespec /F (../../verslag.exe) /EF << /F 7 0 R >> >>"
    more = (about, _stream(b"MZ" * 1_000, "/Type /EmbeddedFile"))
    return _drawing(_stream(drawing_of(FRONT + ADVICE)), catalog=names, more=more)


def letters_without_names() -> bytes:
    """Return a PDF with a font of its own that does not say which letters its signs are."""
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [7 0 R] >>"
    letters = b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) >>"
    inside = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X %s >>" % letters
    drawn = b"BT /F6 10 Tf 50 790 Td <%s> Tj ET" % b"".join(b"%04x" % number for number in range(1, 400))
    return _drawing(_stream(drawn), more=(font, inside)).replace(b"/F1 3 0 R", b"/F6 6 0 R")


def _again(content: bytes) -> bytes:
    """Return a PDF with its table of places made again, after something in it grew."""
    return _written(PdfWriter(clone_from=PdfReader(io.BytesIO(content), strict=False)))


def _written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


HOSTILE: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "zeros for a head": lambda: bytes(5_000),
    "a page of the web": lambda: b"<html>%PDF </html>",
    "only a head": lambda: b"%PDF-1.7\n",
    "cut in half": lambda: REPORT[: len(REPORT) // 2],
    "a head and noise": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 200,
    "encrypted": encrypted,
    "a milliard pages, it says": many_pages_by_count,
    "ten thousand pages": many_pages_by_one,
    "pages in a ring": pages_in_a_ring,
    "pages that double": pages_that_double,
    "deep": deep,
    "deep drawing": deep_drawing,
    "an object of itself": object_of_itself,
    "a hundred megabytes of spaces": zeros,
    "five million letters": much_text,
    "forms that double": forms_that_double,
    "a form of itself": form_of_itself,
    "letters without names": letters_without_names,
    "actions": with_actions,
    "files": with_files,
}
