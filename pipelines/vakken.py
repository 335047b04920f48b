"""The vak of every row: the part of its source that a delivery covers, so that a newer one can replace it."""

import re
from dataclasses import replace

import polars as pl

from pipelines import values
from pipelines.clean import Cleaned
from pipelines.contract import Kind, VakKind, normalise_header
from pipelines.faults import LeveringFout, Melding
from pipelines.wording import counted

SCHOOLJAAR_IN_NAME = re.compile(r"(20\d{2})[-_ ](20\d{2}|\d{2})(?!\d)")
TITLE_NUMBER = re.compile(r"\b(?:scholengroep|sgr?)[\s.:]*(?:nr|nummer)?[\s.:]*(\d{1,3})(?!\d)", re.IGNORECASE)
TITLE_NAME = re.compile(r"\b(?:scholengroep|sgr?)\b[\s:–-]*(.+)", re.IGNORECASE)
#: Above the table in a workbook made from one inspection report: it is no complete list.
PROPOSAL_TITLE = "Voorstel uit een verslag van een doorlichting"
PROPOSED = re.compile(rf"{PROPOSAL_TITLE}: (\S+)")
PROPOSAL_VAK = "verslag "
AFTER_NAME = re.compile(r"\W*(?:schooljaar|20\d\d).*", re.IGNORECASE)
# Fewer rows than this of one schooljaar are slips of the pen: they may not replace that schooljaar's delivery.
SMALLEST_SHARE_OF_VAK = 0.05


def _schooljaar_of(date: pl.Expr) -> pl.Expr:
    """Return the schooljaar of a date: it runs from 1 September to 31 August."""
    begin = date.dt.year() - (date.dt.month() < 9).cast(pl.Int32)
    # Not `pl.format`: it panics on a frame in pieces of which some are empty (polars issue 25339).
    return pl.concat_str(begin, pl.lit("-"), begin + 1)


def with_vak(result: Cleaned, name: str, titles: str) -> Cleaned:
    """Return the result with `_vak` on every accepted row, from the file's name and titles where they say it.

    On the quarantine it is `vak`: empty where nobody can tell to which part a refused row belongs.
    """
    contract, frame, meldingen = result.contract, result.accepted, result.meldingen
    vak = contract.vak
    if vak.kind is VakKind.COLUMN:
        kind = next(column.kind for column in contract.columns if column.name == vak.column)
        value = pl.col(vak.column) if kind is Kind.SCHOOLJAAR else _schooljaar_of(pl.col(vak.column))
        value, slips = _without_slips(value, frame.select(value.alias("jaar")).to_series())
        meldingen = meldingen + slips
    elif vak.kind is VakKind.DOMINANT:
        value = pl.lit(_dominant(frame, vak.column))
    elif vak.kind is VakKind.TITLE:
        value = pl.concat_str(pl.col("schooljaar"), pl.lit(f" scholengroep {_scholengroep(titles)}"))
    elif vak.kind is VakKind.NAME:
        match = SCHOOLJAAR_IN_NAME.search(name)
        value = pl.lit((values.schooljaar(f"{match[1]}-{match[2]}") if match else None) or "alle")
    elif vak.kind is VakKind.PERIOD:
        # Month by month: an export that overlaps an earlier one replaces only the months it holds.
        month = pl.col(vak.column).dt.strftime("%Y-%m")
        value = pl.concat_str(pl.col(str(contract.person_in_file_name)), pl.lit(" "), month)
    else:
        proposed = PROPOSED.search(titles)
        value = pl.lit(f"{PROPOSAL_VAK}{proposed[1]}" if proposed else "geheel")
    accepted = frame.with_columns(_vak=value.cast(pl.String))
    refused = result.left_out.select(value.cast(pl.String).alias("vak"), rij=pl.col("_rij"))
    quarantine = result.quarantine.join(refused, on="rij", how="left", maintain_order="left")
    return replace(result, accepted=accepted, quarantine=quarantine, meldingen=meldingen)


def _without_slips(value: pl.Expr, years: pl.Series) -> tuple[pl.Expr, list[Melding]]:
    """Return the schooljaar of a row as its vak; the few rows of another schooljaar go with most rows."""
    counts = years.value_counts(sort=True)
    few = counts.filter(pl.col("count") < SMALLEST_SHARE_OF_VAK * years.len())
    if few.is_empty():
        return value, []
    most, slips = counts.item(0, 0), few.get_column(years.name)
    names, slipped = ", ".join(slips.sort().to_list()), int(few.get_column("count").sum())
    text = (
        f"{counted(slipped, 'rij is', 'rijen zijn')} van een ander schooljaar ({names}) dan de rest van het bestand. "
        "Dat telt mee, maar vervangt de vroegere levering van dat schooljaar niet."
    )
    return pl.when(value.is_in(slips.implode())).then(pl.lit(most)).otherwise(value), [Melding(text)]


def _dominant(frame: pl.DataFrame, column: str) -> str:
    """Return the schooljaar in which most of the dates fall; the latest of equals."""
    dates = frame.select(day=pl.col(column).cast(pl.Date)).drop_nulls().group_by("day").len()
    counts = dates.group_by(year=_schooljaar_of(pl.col("day"))).agg(pl.col("len").sum())
    return str(counts.sort("len", "year").get_column("year").last()) if counts.height else "onbekend"


def _scholengroep(titles: str) -> str:
    """Return the number of the scholengroep in the title rows of a workbook, or its name where no number stands."""
    number = TITLE_NUMBER.search(titles)
    if number:
        return str(int(number[1]))
    name = TITLE_NAME.search(titles)
    text = normalise_header(AFTER_NAME.sub("", name[1])) if name else ""
    if not text:
        raise LeveringFout(
            "titel_ontbreekt",
            "De titelrijen noemen geen scholengroep (zoals 'Scholengroep 12'). Daardoor is niet bekend welke "
            "levering deze vervangt. Zet de titel boven de kop.",
        )
    return text


def shown_vakken(result: Cleaned) -> tuple[str, ...]:
    """Return the vakken of a table for people: a period for an agenda, else the values themselves."""
    vakken = result.accepted.get_column("_vak").drop_nulls().unique().sort().to_list()
    if result.contract.vak.kind is VakKind.PERIOD and vakken:
        person, first = vakken[0].split(" ")
        return (f"{person} {first} tot {vakken[-1].split(' ')[1]}",)
    return tuple(vakken)
