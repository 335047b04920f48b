"""Questions for support: what counts as granted, and what is missing, zero or not yet decided."""

from tests.warehouse.landing_tables import landing
from tests.warehouse.reach_network import deliver_institutions


def ask(con, vraag_id, status, gevraagd, toegekend=None, **rest):
    row = {
        "vraag_id": vraag_id,
        "schooljaar": "2025-2026",
        "scholengroep_nummer": "1",
        "strategie": "vt",
        "gevraagde_dagdelen": gevraagd,
        "toegekende_dagdelen": toegekend,
        "status": status,
    }
    landing(con, "ondersteuningsvragen", [{**row, **rest}])


def granted(con, schooljaar="2025-2026"):
    return con.execute(
        "select scholengroep_nummer, dagdelen_toegekend from mart.capaciteit where schooljaar = ? order by 1",
        [schooljaar],
    ).fetchall()


def test_only_what_is_agreed_on_or_contracted_is_granted(con, build_models):
    deliver_institutions(con)
    ask(con, "V1", "afgesproken", 12, 10)
    ask(con, "V2", "gecontracteerd", 12, 8.5)
    for number, status in enumerate(["gevraagd", "voorgesteld", "geweigerd", "geannuleerd"], start=3):
        ask(con, f"V{number}", status, 12, 100)

    build_models("mart.capaciteit")

    assert granted(con) == [("1", 18.5), ("2", 0.0)]
    assert granted(con, "2024-2025") == [("1", None), ("2", None)]


def test_granted_question_without_a_number_is_missing_and_not_zero(con, build_models):
    deliver_institutions(con)
    ask(con, "V1", "afgesproken", 12)
    ask(con, "V2", "afgesproken", 12, 3, scholengroep_nummer="2")
    ask(con, "V3", "afgesproken", 12, None, scholengroep_nummer="2")

    build_models("mart.capaciteit")

    assert granted(con) == [("1", None), ("2", 3.0)]


def test_questions_are_counted_per_scholengroep_strategie_and_status(con, build_models):
    ask(con, "V1", "gevraagd", 12, instellingsnummer="000001")
    ask(con, "V2", "gevraagd", None, instellingsnummer="000001", strategie=" VT")
    ask(con, "V3", "gecontracteerd", 6.5, 4, instellingsnummer="000002", strategie="plg")
    ask(con, "V4", "gecontracteerd", 2, strategie="plg")
    ask(con, "V5", "geweigerd", 4, 4, scholengroep_nummer="2")

    build_models("mart.ondersteuningsvraag")

    rows = con.execute(
        "select scholengroep_nummer, strategie, status, is_toegekend, aantal_vragen, aantal_instellingen, "
        "dagdelen_gevraagd, dagdelen_toegekend, aantal_zonder_gevraagd, aantal_zonder_toegekend "
        "from mart.ondersteuningsvraag order by all"
    ).fetchall()
    assert rows == [
        ("1", "plg", "gecontracteerd", True, 2, 1, 8.5, 4.0, 0, 1),
        ("1", "vt", "gevraagd", False, 2, 1, 12.0, None, 1, 0),
        ("2", "vt", "geweigerd", False, 1, 0, 4.0, None, 0, 0),
    ]
