"""The description of the formats follows from the contracts."""

import polars as pl

from pipelines.contract import Column, Contract, Kind, Rule, Vak, VakKind
from pipelines.format_docs import DOCUMENT, describe
from pipelines.sources import CONTRACTS


def test_the_document_is_the_one_the_contracts_give() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == describe(CONTRACTS), "run: python -m pipelines.format_docs"


def test_a_section_names_every_column_with_its_limits() -> None:
    contract = Contract(
        name="metingen",
        bron="proef",
        title="Een proef",
        vak=Vak(VakKind.COLUMN, "schooljaar"),
        columns=(
            Column("schooljaar", Kind.SCHOOLJAAR, required=True, key=True),
            Column("e-mail", Kind.PERSON, required=True),
            Column("soort", Kind.CHOICE, key=True, choices=("a", "b")),
            Column("doel", Kind.LIST, choices=("x", "y")),
            Column("aantal", Kind.COUNT, required=True, minimum=0, maximum=5000),
            Column("dagdelen", Kind.NUMBER, minimum=0.5, maximum=410),
            Column("deel", Kind.PERCENT, description="van het geheel"),
            Column("naam", dropped=True, aliases=("Name",)),
        ),
        rules=(Rule("deel", pl.col("deel") > pl.col("aantal"), "is groter dan 'aantal'"),),
    )
    section = describe([contract]).split("## Een proef")[1]
    assert section == (
        "\n\nBron: `proef`, tabel `metingen`.\nVak: het schooljaar in `schooljaar`.\n\n"
        "| kolom | verplicht | soort | waarden en grenzen |\n|---|---|---|---|\n"
        "| `schooljaar` | sleutel | schooljaar |  |\n"
        "| `e-mail` | ja | **persoon** |  |\n"
        "| `soort` | sleutel, mag leeg | keuze | `a`, `b` |\n"
        "| `doel` |  | lijst | `x`, `y`; gescheiden door `\\|` |\n"
        "| `aantal` | ja, waarde mag ontbreken | geheel getal | 0 tot 5.000 |\n"
        "| `dagdelen` |  | getal | 0,5 tot 410 |\n"
        "| `deel` |  | percentage | 0 tot 100; van het geheel |\n"
        "| `naam` of `Name` |  | niet bewaard |  |\n\n"
        "Een rij gaat ook in quarantaine als:\n\n"
        "- `deel`: is groter dan 'aantal'\n"
    )
