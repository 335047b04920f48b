"""How intense reach is: the instellingen by the most intense strategy that reached them."""

import polars as pl

from dashboard import data, format, texts, theme
from dashboard.charts import Chart, ChartSpec, likert_bars
from dashboard.figures.bereik_bekend import SOURCE, no_unknown_zero
from dashboard.figures.comparison import now_and_before
from dashboard.filled import filled
from dashboard.filters import ALL
from dashboard.tables import Table, decimal_text, table

#: The classes of `mart.bereik_intensiteit`, least intense first: column -> (name, colour).
_INTENSITY = {
    "niet_bereikt": ("niet bereikt", theme.NEUTRAL),
    "helpdesk": ("helpdesk", theme.SKY),
    "opleiding_en_vorming": ("opleiding en vorming", theme.BLUE),
    "plg": ("PLG", theme.ROSE),
    "verandertraject": ("verandertraject", theme.PURPLE),
}
_UNKNOWN = ("onbekend", theme.BROWN)


@data.derived
def intensity(counts: pl.DataFrame) -> Chart:
    """Return per onderwijsniveau how intense the most intense strategy was; `queries.bereik.intensity`."""
    classes = _classes(counts)
    shares = counts.with_columns(
        pl.when(pl.col("onderwijsniveau") == ALL)
        .then(filled("Alle ({})", decimal_text(pl.col("instellingen"), 0)))
        .otherwise(filled("{} ({})", "onderwijsniveau", decimal_text(pl.col("instellingen"), 0)))
        .alias("label"),
        *(pl.col(column) / pl.col("instellingen") for column in classes),
    )
    title = _intensity_title(counts)
    alt = f"{title}; verdeling over de meest intense strategie, per onderwijsniveau."
    is_known = counts["onbekend"].sum() < counts["instellingen"].sum()
    later = " Zolang een bron ontbreekt, kan een instelling intenser bereikt zijn." if "onbekend" in classes else ""
    return likert_bars(
        shares if is_known else shares.clear(),
        "label",
        [(column, name) for column, (name, _) in classes.items()],
        ChartSpec(
            title,
            alt,
            SOURCE,
            "Elke instelling telt één keer, bij de meest intense strategie die haar bereikte; tussen haakjes hun "
            f"aantal. Project en opvolging na een doorlichting staan bij verandertraject.{later}",
        ),
        colours=[colour for _, colour in classes.values()],
    )


@data.derived
def intensity_table(counts: pl.DataFrame) -> Table:
    """Return the number of instellingen per onderwijsniveau and class of intensity."""
    classes = _classes(counts)
    named = counts.with_columns(
        pl.col("onderwijsniveau").replace({ALL: "Alle"}), (pl.col("onbekend") > 0).alias("is_onbekend")
    )
    known = " (voor zover bekend)" if "onbekend" in classes else ""
    return table(
        named.with_columns(no_unknown_zero(column, "is_onbekend") for column in _INTENSITY),
        "bereik_intensiteit",
        ["onderwijsniveau", "instellingen", *classes],
        heads={column: _head(name) + (known if column in _INTENSITY else "") for column, (name, _) in classes.items()},
    )


def _head(name: str) -> str:
    """Return the name of a class with its first capital; one that is written in capitals keeps them."""
    return name[:1].upper() + name[1:]


def no_intensity(counts: pl.DataFrame, because: str) -> str:
    """Return why no intensity can be drawn; `because` is `bereik_bekend.because_undelivered` of the choice."""
    return texts.NO_ROWS if counts.is_empty() else f"Van geen enkele instelling is het bereik bekend{because}"


def _intensity_title(counts: pl.DataFrame) -> str:
    """Return the share with an intense strategy; while the reach of some is unknown it may only be at least that."""
    first, _ = now_and_before(counts)
    strong = (first["plg"] or 0) + (first["verandertraject"] or 0)
    if not first["instellingen"] or (first["onbekend"] and not strong):
        return "Hoe intens is het bereik?"
    share_strong = format.percentage(strong / first["instellingen"], decimals=0)
    who = f"{share_strong} van de instellingen kreeg een PLG of een intensiever traject"
    return f"Minstens {who}" if first["onbekend"] else who


def _classes(counts: pl.DataFrame) -> dict[str, tuple[str, str]]:
    has_unknown = counts["onbekend"].sum() > 0
    return _INTENSITY | ({"onbekend": _UNKNOWN} if has_unknown else {})
