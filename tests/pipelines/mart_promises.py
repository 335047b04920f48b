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
            wrong = _impossible_numbers(model.table, kinds)
            wrong[f"{model.name} repeats its key"] = f"count(*) - count(distinct ({', '.join(model.key)}))"
            # Everything in one pass over the table.
            counts = table.aggregate(", ".join(wrong.values())).fetchall()[0]
            faults += [fault for fault, count in zip(wrong, counts, strict=True) if count]
    return faults + _impossible_ranks(con)


def _impossible_numbers(name: str, kinds: dict[str, str]) -> dict[str, str]:
    """Return what counts the rows with a number that cannot be, by what is wrong with them."""
    wrong = {}
    for column, kind in kinds.items():
        if kind == "DOUBLE":
            fault = f"mart.{name}.{column} holds a value that is no number"
            wrong[fault] = f"count(*) filter (where not isfinite({column}))"
            if column.startswith(SHARES) and (name, column) not in ABOVE_ONE:
                wrong[f"mart.{name}.{column} is outside 0-1"] = f"count(*) filter (where {column} not between 0 and 1)"
    return wrong


def _impossible_ranks(con: duckdb.DuckDBPyConnection) -> list[str]:
    ranked = con.sql("select schooljaar, list(rang order by rang) as rangen from mart.noden group by schooljaar")
    gaps = ranked.filter("rangen <> range(1, len(rangen) + 1)").fetchall()
    return [f"mart.noden: the ranks of {schooljaar} are {rangen}" for schooljaar, rangen in gaps]
