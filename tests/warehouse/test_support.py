import datetime as dt

import pytest

from tests.warehouse.institution_rows import inspected, listed, school
from tests.warehouse.landing_tables import landing


@pytest.fixture
def renumbered(con):
    """School 1 became 2 in 2025-2026."""
    listed(con, "2024-2025", school("000001", opgevolgd_door="000002"))
    listed(con, "2025-2026", school("000002"))
    return con


def traject(traject_id="T1", nummer="000001", **rest):
    return {
        "traject_id": traject_id,
        "instellingsnummer": nummer,
        "soort": "vt",
        "focus": "wiskunde",
        "startdatum": "2025-03-01",
        "geplande_dagdelen": 12,
        "status": "lopend",
        **rest,
    }


def interventie(interventie_id, datum, dagdelen, traject_id="T1", **rest):
    return {
        "interventie_id": interventie_id,
        "traject_id": traject_id,
        "datum": datum,
        "dagdelen": dagdelen,
        **rest,
    }


def test_support_stands_in_every_schooljaar_it_runs_under_the_number_of_then(renumbered, build_models):
    landing(renumbered, "trajecten", [traject()])
    landing(
        renumbered,
        "interventies",
        [
            interventie("I1", "2025-03-10", 2),
            interventie("I2", "2025-04-10", 1),
            interventie("I3", "2025-11-10", 3),
        ],
    )

    build_models("mart.steun_instelling")

    assert renumbered.execute(
        "select schooljaar, instellingsnummer, dagdelen_besteed, interventies from mart.steun_instelling"
    ).fetchall() == [("2024-2025", "000001", 3, 2), ("2025-2026", "000002", 3, 1)]


@pytest.mark.parametrize(
    ("changes", "schooljaren"),
    [
        ({"einddatum": "2025-06-30"}, ["2024-2025"]),
        ({"einddatum": "2025-09-01"}, ["2024-2025", "2025-2026"]),
        ({"einddatum": None}, ["2024-2025", "2025-2026"]),
        ({"status": "geannuleerd"}, []),
        ({"instellingsnummer": None, "scholengroep_nummer": "1", "soort": "plg"}, []),
    ],
)
def test_traject_without_interventions_shows_while_it_runs(renumbered, build_models, changes, schooljaren):
    # what was done elsewhere: the verslagtool of both schooljaren is there
    landing(renumbered, "trajecten", [traject(**changes), traject("T2")])
    landing(
        renumbered,
        "interventies",
        [interventie("I1", "2025-03-10", 1, "T2"), interventie("I2", "2025-11-10", 1, "T2")],
    )

    build_models("mart.steun_instelling")

    assert renumbered.execute(
        "select schooljaar, dagdelen_besteed, interventies from mart.steun_instelling where traject_id = 'T1'"
    ).fetchall() == [(schooljaar, 0, 0) for schooljaar in schooljaren]


def test_what_a_traject_got_is_missing_without_interventies_of_the_schooljaar(renumbered, build_models):
    landing(renumbered, "trajecten", [traject()])
    landing(renumbered, "interventies", [interventie("I1", "2025-03-10", 2)])

    build_models("mart.steun_instelling")

    assert renumbered.execute(
        "select schooljaar, geplande_dagdelen, dagdelen_besteed, interventies from mart.steun_instelling"
    ).fetchall() == [("2024-2025", 12, 2, 1), ("2025-2026", 12, None, None)]


def test_cancelled_traject_that_was_worked_on_keeps_its_dagdelen(renumbered, build_models):
    landing(renumbered, "trajecten", [traject(status="geannuleerd")])
    landing(renumbered, "interventies", [interventie("I1", "2025-03-10", 2)])

    build_models("mart.steun_instelling")

    assert renumbered.execute("select schooljaar, status, dagdelen_besteed from mart.steun_instelling").fetchall() == [
        ("2024-2025", "geannuleerd", 2)
    ]


def activity(con, startdatum, schooljaar, *participants):
    """Deliver one activiteit and who was enrolled: (person, instelling, present)."""
    landing(
        con,
        "activiteiten",
        [
            {
                "activiteit_id": "A1",
                "titel": "Samen rekenen",
                "strategie": "vorming",
                "startdatum": startdatum,
                "dagdelen": 1,
                "schooljaar": schooljaar,
            }
        ],
    )
    landing(
        con,
        "inschrijvingen",
        [
            {
                "inschrijving_id": f"R{n}",
                "activiteit_id": "A1",
                "persoon": person,
                "instellingsnummer": nummer,
                "ingeschreven_op": startdatum,
                "status": "ingeschreven",
                "aanwezig": present,
            }
            for n, (person, nummer, present) in enumerate(participants)
        ],
    )


def test_timeline_tells_all_in_order_and_follows_the_successor(renumbered, build_models):
    inspected(renumbered, "D1", "000001", "2025-01-15", "1B", uitspraak_gok="positief", uitspraak_llb="negatief")
    landing(renumbered, "trajecten", [traject()])
    landing(
        renumbered,
        "interventies",
        [
            interventie("I1", "2025-03-10", 1.5, deelnemers=1, bereikt=["directeur", "werkgroep"]),
            interventie("I2", "2025-11-10", 1),
            interventie("I3", "2026-07-01", 2),  # after the peildatum
        ],
    )
    activity(
        renumbered,
        "2025-10-01",
        "2025-2026",
        ("p1", "000002", "ja"),
        ("p2", "000002", "deels"),
        ("p3", "000002", "nee"),
    )

    build_models("mart.tijdlijn")

    told = renumbered.execute(
        "select volgnummer, datum, soort, titel, detail from mart.tijdlijn where instellingsnummer = '000002'"
    ).fetchall()
    assert told == [
        (
            1,
            dt.date(2025, 1, 15),
            "doorlichting",
            "Doorlichting: 1B",
            "GOK positief, leerlingenbegeleiding negatief",
        ),
        (2, dt.date(2025, 3, 1), "traject", "Start vt: wiskunde", "12 dagdelen gepland, lopend"),
        (
            3,
            dt.date(2025, 3, 10),
            "interventie",
            "Interventie vt: wiskunde",
            "1,5 dagdelen, 1 deelnemer, directeur, werkgroep",
        ),
        (4, dt.date(2025, 10, 1), "activiteit", "Samen rekenen", "vorming, 2 deelnemers"),
        (5, dt.date(2025, 11, 10), "interventie", "Interventie vt: wiskunde", "1 dagdeel"),
    ]
    # The old number ends where the new one takes over.
    assert renumbered.execute("select count(*) from mart.tijdlijn where instellingsnummer = '000001'").fetchall() == [
        (3,)
    ]


def test_timeline_tells_an_activiteit_once_of_schools_that_are_one_now(con, build_models):
    listed(con, "2024-2025", school("000001", opgevolgd_door="000002"), school("000002"), school("000003"))
    listed(con, "2025-2026", school("000002"), school("000003"))
    activity(
        con,
        "2025-03-01",
        "2024-2025",
        ("p1", "000001", "ja"),
        ("p2", "000001", "ja"),
        ("p2", "000002", "ja"),  # moved along, and is one person
        ("p4", "000003", "ja"),
    )

    build_models("mart.tijdlijn")

    assert con.execute("select instellingsnummer, volgnummer, detail from mart.tijdlijn order by all").fetchall() == [
        ("000001", 1, "vorming, 2 deelnemers"),
        ("000002", 1, "vorming, 2 deelnemers"),
        ("000003", 1, "vorming, 1 deelnemer"),
    ]


def test_timeline_knows_which_trajecten_run_and_of_tests_only_the_schooljaar(renumbered, build_models):
    landing(
        renumbered,
        "trajecten",
        [
            traject(traject_id="T1", startdatum="2025-09-10", einddatum="2025-12-01", status="afgerond"),
            traject(traject_id="T2", startdatum="2025-09-11", einddatum="2027-06-30"),
            traject(traject_id="T3", startdatum="2025-09-12"),
            traject(traject_id="T4", startdatum="2025-09-13", status="geannuleerd"),
        ],
    )
    test = {"toetsjaar": "2024-2025", "leerjaar": "2SO", "domein": "totaal", "deelnemers": 20}
    landing(
        renumbered,
        "vlaamse_toetsen",
        [
            {**test, "instellingsnummer": "000001", "stroom": "B", "vak": "wiskunde"},
            {**test, "instellingsnummer": "000001", "stroom": "B", "vak": "Nederlands"},
            # Two numbers that are one instelling now: the same test is one event.
            {**test, "instellingsnummer": "000002", "stroom": "B", "vak": "wiskunde"},
        ],
    )

    build_models("mart.tijdlijn")

    told = renumbered.execute(
        "select datum, einddatum, is_lopend, soort, titel, detail from mart.tijdlijn "
        "where instellingsnummer = '000002' order by volgnummer"
    ).fetchall()
    start, end = dt.date(2024, 9, 1), dt.date(2025, 8, 31)
    assert told[0] == (
        start, end, False, "toets", "Vlaamse toetsen in 2024-2025", "Nederlands 2SO B, wiskunde 2SO B",
    )  # fmt: skip
    assert [row[1:3] for row in told[1:]] == [
        (dt.date(2025, 12, 1), False),
        (dt.date(2027, 6, 30), True),
        (None, True),
        (None, False),
    ]
