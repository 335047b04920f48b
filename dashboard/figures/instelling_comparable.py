"""The schools that are comparable with one instelling, and how they were chosen."""

import polars as pl

from dashboard import data, format
from dashboard.components.links import carried_filters, with_institution_address
from dashboard.tables import Column, Table
from warehouse.settings import load_settings

SOURCE = "instellingen en outputdossier"
NOTE = (
    "De eerste rij is de instelling zelf. Afstand: hoe ver een school van haar af ligt, over de kenmerken samen; 0 is "
    "gelijk, 1 is één stap van de schaal."
)
NONE_FOUND = (
    "Voor deze instelling zijn geen vergelijkbare scholen gekozen: ze is dit schooljaar niet gerangschikt, of OKI, "
    "aantal leerlingen en schoolse vertraging ontbreken alle drie."
)
_OWN = "deze instelling"


@data.derived
def explanation(frame: pl.DataFrame) -> str:
    """Return in plain words how the comparable schools were chosen, and what they are for."""
    method = load_settings()["noden"]["vergelijkbaar"]
    found = frame.filter(pl.col("plaats") > 0).height
    verb = "is" if found == 1 else "zijn"
    fewer = f" Hier {verb} er maar {found}: het onderwijsniveau is klein." if 0 < found < method["aantal"] else ""
    hidden = frame.filter((pl.col("plaats") > 0) & pl.col("instellingsnummer").is_null()).height
    others = format.counted(
        hidden, "ervan is van een andere scholengroep en staat", "ervan zijn van andere scholengroepen en staan"
    )
    fewer += f" {others} niet in de lijst." if hidden else ""
    return (
        f"Vergelijkbare scholen zijn de {method['aantal']} instellingen van hetzelfde onderwijsniveau die het "
        f"dichtst liggen in drie kenmerken: OKI, aantal leerlingen en schoolse vertraging.{fewer} Elk kenmerk telt "
        f"even zwaar. Eén stap is een verschil van {_plain(method['schaal_oki'])} in de OKI, "
        f"{_plain(method['schaal_aantal_leerlingen'])} keer zoveel leerlingen, of "
        f"{_plain(method['schaal_schoolse_vertraging'] * 100)} procentpunt schoolse vertraging; een kenmerk dat de "
        "andere school mist, telt als één stap. De lijst dient om cijfers te lezen, niet om scholen te rangschikken."
    )


def comparable_table(frame: pl.DataFrame) -> Table:
    """Return the instelling itself and the comparable ones, nearest first, each linked to its page."""
    return _comparable_table(frame, carried_filters())


@data.derived
def named(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that this reader may see by name; none where nobody is comparable."""
    return frame.drop_nulls("instellingsnummer") if (frame["plaats"] > 0).any() else frame.clear()


@data.derived
def _comparable_table(frame: pl.DataFrame, carried: str) -> Table:
    own = pl.when(pl.col("plaats") == 0).then(pl.lit(_OWN)).otherwise(pl.col("plaats").cast(pl.String))
    shown = with_institution_address(frame, carried).with_columns(
        own.alias("rij"), pl.when(pl.col("plaats") == 0).then(0.0).otherwise("afstand").alias("afstand")
    )
    columns = (
        Column("naam", "Instelling", "tekst"),
        Column("rij", "Plaats", "tekst", "1 is de meest gelijkende school"),
        Column("oki", "OKI", "decimaal2", "Onderwijskansarmoede-indicator van de leerlingen, 0 tot 4"),
        Column("aantal_leerlingen", "Leerlingen", "geheel"),
        Column(
            "schoolse_vertraging",
            "Schoolse vertraging",
            "aandeel",
            "Aandeel leerlingen met een jaar of meer vertraging",
        ),
        Column("afstand", "Afstand", "decimaal2"),
        Column("scholengroep", "Scholengroep", "tekst"),
    )
    n = {"schoolse_vertraging": "aantal_leerlingen"}
    return Table(shown, columns, n=n, links={"naam": "adres"}, widths={"naam": 320, "rij": 120})


def _plain(value: float) -> str:
    """Return a setting with the decimals it needs: '2', '0,5'."""
    return format.number(value, 0 if float(value).is_integer() else 1)
