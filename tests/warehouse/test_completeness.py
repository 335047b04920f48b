from pipelines.sources import CONTRACTS
from tests.warehouse.institution_rows import listed, school
from tests.warehouse.landing_tables import landing
from warehouse.settings import load_settings


def completeness(con, tabel):
    return con.execute(
        "select schooljaar, scholengroep_nummer, aantal_verwacht, aantal_geleverd, aandeel_geleverd, is_lopend"
        " from mart.levering_volledigheid where tabel = ? order by all",
        [tabel],
    ).fetchall()


def test_who_has_not_delivered_is_counted_per_scholengroep(con, build_models):
    listed(
        con,
        "2024-2025",
        school("000001"),
        school("000002"),
        school("000003", scholengroep_nummer="2", scholengroep="Zuid"),
        school("000004", onderwijsniveau="CLB"),  # not expected in the outputdossier
        school("000005", scholengroep_nummer=None, scholengroep=None),
    )
    landing(con, "instroom", [{"schooljaar": "2024-2025", "instellingsnummer": "000001"}])

    build_models("mart.levering_volledigheid", peildatum="2025-03-01")

    assert completeness(con, "instroom") == [
        ("2024-2025", "1", 2, 1, 0.5, True),
        ("2024-2025", "2", 1, 0, 0.0, True),
        ("2024-2025", "zonder", 1, 0, 0.0, True),
    ]


def test_what_came_under_the_number_of_a_predecessor_counts(con, build_models):
    listed(con, "2023-2024", school("000001", opgevolgd_door="000002"))
    listed(con, "2024-2025", school("000002"))
    landing(con, "doorstroom", [{"schooljaar": "2024-2025", "instellingsnummer": "000001"}])

    build_models("mart.levering_volledigheid", peildatum="2025-10-01")

    assert completeness(con, "doorstroom")[1] == ("2024-2025", "1", 1, 1, 1.0, False)


def test_a_year_without_its_own_list_has_not_delivered_the_list(con, build_models):
    listed(con, "2024-2025", school("000001"))

    build_models("mart.levering_volledigheid", peildatum="2025-10-01")

    assert completeness(con, "instellingen") == [("2025-2026", "1", 1, 0, 0.0, True)]


def test_of_the_first_list_nobody_can_be_said_to_be_missing(con, build_models):
    listed(con, "2024-2025", school("000001"))
    landing(con, "instroom", [{"schooljaar": "2024-2025", "instellingsnummer": "000001"}])

    build_models("mart.levering_volledigheid", peildatum="2025-03-01")

    assert completeness(con, "instellingen") == []
    assert completeness(con, "instroom") == [("2024-2025", "1", 1, 1, 1.0, True)]


def test_who_was_in_the_list_before_and_has_no_successor_is_missing_from_it(con, build_models):
    south = {"scholengroep_nummer": "2", "scholengroep": "Zuid"}
    listed(
        con,
        "2023-2024",
        school("000001"),
        school("000002"),  # left out the year after
        school("000003", opgevolgd_door="000001"),
        school("000004", **south),  # the only one of its scholengroep
        school("000005"),  # closed in the register before the schooljaar began
    )
    landing(
        con,
        "vestigingsplaatsen",
        [
            {"instellingsnummer": "000005", "vestigingsplaats": "1", "naam": "School 5", "einddatum": "2024-08-31"},
            # A register of today says nothing of a schooljaar that is over.
            {"instellingsnummer": "000008", "vestigingsplaats": "1", "naam": "School 8"},
        ],
    )
    listed(con, "2024-2025", school("000001"), school("000006"))
    listed(con, "2025-2026", school("000001"), school("000006"), school("000008"))

    build_models("mart.levering_volledigheid", peildatum="2025-10-01")

    assert completeness(con, "instellingen") == [
        ("2024-2025", "1", 3, 2, 2 / 3, False),
        ("2024-2025", "2", 1, 0, 0.0, False),
        ("2025-2026", "1", 3, 3, 1.0, True),
    ]
    names = "select distinct scholengroep from mart.levering_volledigheid where scholengroep_nummer = '2'"
    assert con.execute(names).fetchall() == [("Zuid",)]


def test_who_delivers_another_table_or_is_open_in_the_register_is_missing_from_the_list(con, build_models):
    listed(con, "2023-2024", school("000001"), school("000002"))
    listed(con, "2024-2025", school("000001"))
    listed(con, "2025-2026", school("000001"))
    landing(con, "leerrecht", [{"schooljaar": "2025-2026", "instellingsnummer": "000002"}])
    place = {"vestigingsplaats": "1", "naam": "School", "bestuur": "GO! scholengroep 1 Noord"}
    landing(
        con,
        "vestigingsplaatsen",
        [
            {"instellingsnummer": "000001", **place},
            {"instellingsnummer": "000007", **place},
            {"instellingsnummer": "000008", **place, "bestuur": "Onbekend"},
            {"instellingsnummer": "000009", **place, "einddatum": "2025-09-30"},
        ],
    )

    build_models("mart.levering_volledigheid", peildatum="2025-10-01")

    assert completeness(con, "instellingen") == [
        ("2024-2025", "1", 2, 1, 0.5, False),  # 000002, of the list before
        ("2025-2026", "1", 3, 1, 1 / 3, True),  # 000002, of leerrecht; 000007, of the register
        ("2025-2026", "zonder", 1, 0, 0.0, True),  # 000008
    ]


def test_a_clb_without_a_list_of_its_staff_has_not_delivered(con, build_models):
    listed(
        con,
        "2024-2025",
        school("000001"),  # no CLB: not expected
        school("000004", onderwijsniveau="CLB"),
        school("000005", onderwijsniveau="CLB"),
    )
    row = {"schooljaar": "2024-2025", "instellingsnummer": "000004", "ambt": "arts", "aantal": 2}
    landing(con, "clb_medewerkers", [row, row | {"ambt": "maatschappelijk werker"}])

    build_models("mart.levering_volledigheid", peildatum="2025-10-01")

    assert completeness(con, "clb_medewerkers")[0] == ("2024-2025", "1", 2, 1, 0.5, False)


def test_a_scholengroep_counts_once_where_it_is_the_scholengroep_that_must_be_there(con, build_models):
    listed(
        con,
        "2024-2025",
        school("000001"),
        school("000002"),
        school("000003", scholengroep_nummer="2", scholengroep="Zuid"),
        school("000005", scholengroep_nummer=None, scholengroep=None),  # nobody to ask
    )
    question = {"schooljaar": "2024-2025", "scholengroep_nummer": "1", "strategie": "plg", "status": "gevraagd"}
    landing(con, "ondersteuningsvragen", [question | {"vraag_id": "V1"}, question | {"vraag_id": "V2"}])
    landing(con, "planning", [{"schooljaar": "2024-2025", "scholengroep_nummer": None, "categorie": "reserve"}])

    build_models("mart.levering_volledigheid", peildatum="2025-03-01")

    assert completeness(con, "ondersteuningsvragen") == [
        ("2024-2025", "1", 1, 1, 1.0, True),
        ("2024-2025", "2", 1, 0, 0.0, True),
    ]
    assert [row[3] for row in completeness(con, "planning")] == [0, 0]
    assert con.execute("select distinct eenheid from mart.levering_volledigheid order by 1").fetchall() == [
        ("instelling",),
        ("scholengroep",),
    ]


def test_of_a_delivered_table_it_is_said_who_is_expected_or_why_nobody_is():
    # A new source need not be in either: the page then says that it is not decided yet.
    tables = load_settings()["tabel"]
    expected = [row["tabel"] for row in tables["levering_verwacht"]]
    not_expected = [row["tabel"] for row in tables["levering_niet_verwacht"]]
    known = {contract.name for contract in CONTRACTS}
    assert len({*expected, *not_expected}) == len(expected) + len(not_expected)
    assert {*expected, *not_expected} <= known
    assert len({*expected, *not_expected}) >= 29
    assert all(row["reden"].endswith(".") for row in tables["levering_niet_verwacht"])


def test_an_owner_is_named_for_sources_that_exist():
    owners = [row["bron"] for row in load_settings()["tabel"]["bron_eigenaar"]]
    assert len(set(owners)) == len(owners)
    assert set(owners) <= {contract.bron for contract in CONTRACTS}


def test_which_instellingen_a_table_lacks_is_known_by_name(con, build_models):
    listed(con, "2023-2024", school("000001"), school("000002", naam="De Brug"))
    listed(con, "2024-2025", school("000001", naam="De Beuk"))
    landing(con, "instroom", [{"schooljaar": "2024-2025", "instellingsnummer": "000099"}])

    build_models("mart.levering_instelling", peildatum="2025-03-01")

    missing = con.execute(
        "select tabel, instellingsnummer, naam, scholengroep_nummer from mart.levering_instelling"
        " where not is_geleverd and schooljaar = '2024-2025' and tabel in ('instellingen', 'instroom') order by all"
    ).fetchall()
    assert missing == [
        ("instellingen", "000002", "De Brug", "1"),
        ("instellingen", "000099", None, "zonder"),
        ("instroom", "000001", "De Beuk", "1"),
    ]
