"""Small real PDFs, written by hand: what the tests of inspection reports start from."""

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def pdf(*pages: str) -> bytes:
    """Return a PDF with these pages, one line of text under the other."""
    first = 4
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        FONT,
    ]
    for number, page in enumerate(pages):
        content = drawing_of(page)
        about = f"/Parent 2 0 R /MediaBox [0 0 595 842] /Contents {first + 2 * number + 1} 0 R"
        objects.append(f"<< /Type /Page {about} /Resources << /Font << /F1 3 0 R >> >> >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return pdf_file(objects)


def drawing_of(page: str) -> bytes:
    """Return the drawing of the lines of a page, from the top down."""
    lines = [line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") for line in page.strip().split("\n")]
    drawn = "".join(f"({line.strip()}) Tj 0 -14 Td\n" for line in lines)
    return f"BT /F1 10 Tf 50 790 Td\n{drawn}ET".encode("cp1252")


def pdf_file(objects: list[bytes]) -> bytes:
    """Return a PDF of these objects, numbered from 1."""
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n"
    )
    return out + end.encode() + b"%%EOF\n"


#: A report in the wording of the inspectorate; school, numbers and results are invented.
FRONT = """
Verslag over de doorlichting van GO! basisschool De Verzonnen Ster
Hoofdstructuur: basisonderwijs
Instellingsnummer: 012344
Directeur: An Peeters, an.peeters@school.example
Data van het doorlichtingsbezoek: 12, 14 en 15 november 2024
Datum van het verslag: 9 december 2024
"""
ADVICE = """
Advies
De onderwijsinspectie kan een gunstig advies zonder meer geven, een gunstig advies
met tekorten, een ongunstig advies met verzoek of een ongunstig advies zonder verzoek.
Bij de vorige doorlichting kreeg de school een ongunstig advies met verzoek om uitstel.
De onderwijsinspectie brengt een gunstig advies met weg te werken
tekorten uit voor de erkenningsvoorwaarde onderwijskwaliteit.
Uitspraak over het beleid op gelijke onderwijskansen: positief met werkpunten.
De onderwijsinspectie geeft een negatieve uitspraak over de leerlingenbegeleiding.
"""
LEVELS = """
Beneden de verwachting Benadert de verwachting Volgens de verwachting Overstijgt de verwachting
K1 Visie en strategisch beleid volgens de verwachting
K5 Systematische evaluatie van de kwaliteit benadert de verwachting
R1 Leergebied wiskunde beneden de verwachting
R1 Leergebied Nederlands overstijgt de verwachting
O4 Gemeenschappelijke feedback, door het team gedragen en met de ouders
besproken, volgens de verwachting
"""
