"""Sentences that appear on more than one page."""

from datetime import date, datetime

from dashboard import format

PRODUCT = "Sterrenwacht"

DEMO_BANNER = (
    "De gegevens op deze pagina's zijn verzonnen. Ze tonen hoe het dashboard werkt en zeggen niets over "
    "bestaande instellingen of personen."
)

SUPPRESSION = (
    "Resultaten over minder dan 5 personen worden niet getoond (beschermd), ook niet als verschil met een totaal."
)

#: Pages whose persons are protected in another way than by hiding small groups -> in which way.
_PROTECTION = {
    "bereik": "Deelnemers worden geteld, ook onder 5: deelnemen is geen antwoord op een bevraging. Niemand staat er "
    "bij naam.",
    "edbi": "Antwoorden van minder dan 5 personen worden niet getoond (beschermd), ook niet als verschil met een "
    "totaal. Hoeveel personen uitgenodigd zijn en antwoordden, staat er wel, ook onder 5.",
    "medewerkers": "Personeelsleden staan hier bij naam; kleine groepen zijn niet verborgen. Daarom is de pagina er "
    "enkel voor HR en voor wie hen leidt.",
}

INTERNAL = "Interne lijst: alleen voor gebruik binnen GO!, niet verder verspreiden."

NO_CHROMIUM = (
    "PNG en SVG zijn hier niet beschikbaar: op de server is geen Chromium gevonden. "
    "PowerPoint, Excel en CSV werken wel."
)

#: Signs of what somebody typed that a notice repeats.
_LONGEST_CITED = 60

FIRST_DELIVERY = "Of laad de eerste bestanden op de pagina Leveringen"

SIGN_IN = "Meld aan om de gegevens te zien."

SESSION_ENDED = "De aanmelding is verlopen. Meld opnieuw aan om verder te gaan."

NO_DEMO_HERE = (
    "Dit dashboard bevat echte gegevens, of nog geen gegevens, en aanmelden is niet ingesteld. Dan opent het enkel op "
    "de machine waar het draait. Vraag de systeembeheerder om aanmelden in te stellen (docs/runbooks/aanmelden.md)."
)

REAL_WITHOUT_SIGN_IN = (
    "Echte gegevens zonder aanmelden: dit dashboard opent enkel op deze machine, en wie ze gebruikt, "
    "kan elke rol kiezen."
)

NO_DELIVERIES_HERE = (
    "In een demo op het netwerk worden geen leveringen geladen: wie ze opent, is niet aangemeld. "
    "Op de machine zelf kan het wel."
)

NOT_BY_ITSELF = "Deze pagina opent niet op zichzelf. Open het dashboard via het beginadres."

NO_ROWS = "Geen rijen voor deze keuze. Kies een ander schooljaar of een ruimere filter."


NO_INSTITUTIONS = "Er is geen lijst van instellingen geladen: wat hier hoort te staan, is niet bekend."


def protection(page: str) -> str:
    """Return how persons are protected in the figures and the downloads of a page (its key)."""
    return _PROTECTION.get(page, SUPPRESSION)


def no_warehouse(folder: str) -> str:
    """Return what to say, and what to do, when nothing has been published yet in `folder`."""
    return (
        f"Er zijn nog geen gegevens gepubliceerd in de map `{folder}`. "
        "Laad leveringen met `sterrenwacht laad MAP`, of start met demogegevens via `sterrenwacht start`. "
        "Herlaad daarna deze pagina."
    )


def provider_out_of_reach(contact: str) -> tuple[str, ...]:
    """Return the sentences for who cannot sign in because the identity provider does not answer."""
    return (
        "Aanmelden lukt nu niet: het dashboard krijgt geen antwoord van de dienst waarmee iedereen aanmeldt.",
        "Wie al aangemeld is, werkt gewoon verder, en aan de gegevens is niets gewijzigd. Wacht een minuut en probeer "
        f"opnieuw. Blijft dit zo, meld het dan aan {contact}.",
    )


def sign_in_fault(fault: str) -> str:
    """Return the sentence for everybody when signing in is configured with a mistake."""
    return f"Aanmelden is niet goed ingesteld. Geef dit door aan de systeembeheerder: {fault}"


def access_file_fault(contact: str) -> str:
    """Return the sentence for everybody when the file with the roles holds a mistake; the log names it."""
    return (
        f"Het bestand met de rollen bevat een fout, en daarom krijgt niemand toegang. Geef dit door aan {contact}: "
        "`sterrenwacht toegang` toont de fout."
    )


def no_role(e_mail: str | None, contact: str) -> str:
    """Return the sentence for somebody who signed in and has no role."""
    who = f"Aangemeld als {format.plain_markdown(e_mail)}" if e_mail else "Aangemeld zonder e-mailadres"
    return f"{who}, maar zonder rol in dit dashboard. Vraag toegang aan {format.plain_markdown(contact)}."


def not_for_this_role(title: str, allowed: str, contact: str) -> str:
    """Return what stands in for a page that the reader's role does not open."""
    return f"De pagina {title} is er voor: {allowed}. Vraag toegang aan {format.plain_markdown(contact)}."


def groups_not_known(numbers: list[str], contact: str) -> str:
    """Return the notice for a SPOC whose scholengroep is not in the data."""
    return (
        f"Scholengroep {', '.join(numbers)} staat niet in de gegevens. "
        f"Laat de rol nakijken door {format.plain_markdown(contact)}."
    )


def not_the_newest(versie: int, built: datetime, peildatum: date, newest: int) -> str:
    """Return the notice above the figures of an earlier version."""
    return (
        f"Niet meer de laatste gegevens: dit is versie {versie}, gebouwd op {format.date_short(built)} "
        f"om {built:%H:%M}, met peildatum {format.date_short(peildatum)}; versie {newest} is de nieuwste."
    )


def version_not_kept(asked: str, shown: int) -> str:
    """Return the notice for a version in the address that is not there (any more)."""
    if asked.isdecimal():
        gone = f"Versie {_cited(asked)} van de gegevens is niet (meer) beschikbaar."
        return f"{gone} Getoond wordt de nieuwste: versie {shown}."
    return f"„{_cited(asked)}” is geen versie van de gegevens. Getoond wordt de nieuwste: versie {shown}."


def not_in_version(versie: int) -> str:
    """Return what stands in for a page that needs what an earlier version does not hold."""
    return (
        f"Deze pagina toont cijfers die versie {versie} nog niet bevatte. Kies links een latere versie van de "
        "gegevens, of ga naar de nieuwste."
    )


def part_not_in_version(versie: int, what: str) -> str:
    """Return what stands in for a part of a page, named in the plural, that an earlier version cannot show."""
    return (
        f"In versie {versie} van de gegevens staan {what} nog niet zoals deze pagina ze toont. Kies links een latere "
        "versie, of ga naar de nieuwste."
    )


def not_in_published(number: str) -> str:
    """Return the sentence for published data that lack what a page shows, as after an update of the program."""
    return (
        "Deze pagina toont cijfers die de gepubliceerde gegevens niet bevatten. Waarschijnlijk zijn ze gebouwd met een "
        "vroegere versie van het programma: de databeheerder bouwt ze opnieuw met `sterrenwacht bouw`. Blijft de fout, "
        f"geef dan foutnummer **{number}** door."
    )


def unexpected_error(number: str) -> str:
    """Return the sentence that stands in for a traceback; the log holds it under the same number."""
    return (
        f"Deze pagina kon niet getoond worden. Herlaad de pagina; blijft de fout, "
        f"geef dan foutnummer **{number}** door aan de databeheerder."
    )


def unknown_choice(label: str, value: str, shown: str) -> str:
    """Return the notice for a value in the address that is not one of the choices."""
    return f"„{_cited(value)}” is geen keuze voor {_within_sentence(label)}. Getoond wordt: {shown.removesuffix('.')}."


def unknown_number(label: str, value: str, lowest: int, highest: int, shown: int) -> str:
    """Return the notice for what was typed, or stands in the address, and is no whole number between two bounds."""
    bounds = f"geheel getal van {lowest} tot {highest}"
    if not value:
        return f"Vul voor {_within_sentence(label)} een {bounds} in. Getoond wordt: {shown}."
    return f"„{_cited(value)}” is geen {bounds} voor {_within_sentence(label)}. Getoond wordt: {shown}."


def _cited(value: str) -> str:
    """Return what somebody typed, shown as it is and not too long: it may hold Markdown, even a picture elsewhere."""
    return format.plain_markdown(value if len(value) <= _LONGEST_CITED else value[:_LONGEST_CITED] + " …")


def _within_sentence(label: str) -> str:
    """Return a label without its first capital; one that begins with an abbreviation (OKI-klasse) keeps it."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
