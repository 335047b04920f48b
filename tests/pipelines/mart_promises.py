"""What every mart keeps to, whatever was delivered: its promised columns, its key, and numbers that can be."""

import duckdb

from warehouse.build import MODELS_ROOT
from warehouse.model import load_models

#: Columns that others read (leveringen: "the published marts").
PROMISED = {
    "noden": "schooljaar instellingsnummer rang trap score score_doorlichting score_leerresultaten score_doorstroom "
    "score_leerrecht volledigheid rang_p05 rang_p95 kans_top",
    "bereik_instelling": "schooljaar instellingsnummer strategie deelnames deelnemers interventies dagdelen is_bereikt",
    "bereik_doel": "code schooljaar streefwaarde gerealiseerd aandeel",
    "edbi_respons": "activiteit_of_traject_id schooljaar strategie uitgenodigd volledig gedeeltelijk respons "
    "respons_laag respons_hoog",
    "edbi_vraag": "schooljaar strategie vraag n gemiddelde aandeel_gunstig",
    "doorlichting_opvolging": "doorlichting_id instellingsnummer advies jaar dagdelen_voorzien dagdelen_besteed "
    "deadline deadline_soort is_te_laat",
    "capaciteit": "schooljaar scholengroep_nummer vte dagdelen_pro_rata dagdelen_toegekend dagdelen_besteed",
    "werkdruk": "schooljaar maand begeleider categorie dagdelen_gepland dagdelen_besteed",
    "hr_maand": "maand dienst team personen vte_aanstelling vte_inzetbaar aandeel_verlof aandeel_langdurig_afwezig",
    "clb_foto": "schooljaar instellingsnummer medewerkers deelnemers deelnames interventies criteria is_prioritair",
}
#: Names of columns that hold a share or a score between 0 and 1. Realised against a target may be more than all.
SHARES = ("aandeel", "respons", "kans_", "score", "volledigheid", "rankability")
ABOVE_ONE = {("bereik_doel", "aandeel")}


def broken_promises(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return what is wrong in the marts, one sentence each; empty when all is well."""
    faults = []
    for model in load_models(MODELS_ROOT).values():
        if model.schema == "mart":
            table = con.table(model.name)
            kinds = dict(zip(table.columns, map(str, table.types), strict=True))
            missing = set(PROMISED.get(model.table, "").split()) - set(kinds)
            faults += [f"{model.name} lacks {column}" for column in sorted(missing)]
            faults += _impossible_numbers(table, model.table, kinds)
            if _count(
                table.aggregate(f"count(*) - count(distinct ({', '.join(model.key)})) as extra").filter("extra > 0")
            ):
                faults.append(f"{model.name} repeats its key")
    return faults + _impossible_ranks(con)


def _impossible_numbers(table: duckdb.DuckDBPyRelation, name: str, kinds: dict[str, str]) -> list[str]:
    faults = []
    for column, kind in kinds.items():
        if kind != "DOUBLE":
            continue
        if _count(table.filter(f"not isfinite({column})")):
            faults.append(f"mart.{name}.{column} holds a value that is no number")
        is_share = column.startswith(SHARES) and (name, column) not in ABOVE_ONE
        if is_share and _count(table.filter(f"{column} not between 0 and 1")):
            faults.append(f"mart.{name}.{column} is outside 0-1")
    return faults


def _impossible_ranks(con: duckdb.DuckDBPyConnection) -> list[str]:
    ranked = con.sql("select schooljaar, list(rang order by rang) as rangen from mart.noden group by schooljaar")
    gaps = ranked.filter("rangen <> range(1, len(rangen) + 1)").fetchall()
    return [f"mart.noden: the ranks of {schooljaar} are {rangen}" for schooljaar, rangen in gaps]


def _count(rows: duckdb.DuckDBPyRelation) -> int:
    return int(rows.aggregate("count(*)").fetchall()[0][0])
