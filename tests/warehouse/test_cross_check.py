import pytest

from tests.warehouse.institution_rows import listed, school
from tests.warehouse.landing_tables import landing
from tests.warehouse.reach_network import deliver_activity, deliver_registrations
from tests.warehouse.test_workload import CATEGORIES, planned, visit
from warehouse.cross_check import COMPARED, compare_sources

READ = (*COMPARED, "mart.personeel_verschil")


def told(con):
    return [(row["bron"], row["geslaagd"], row["waargenomen"]) for row in compare_sources(con)]


@pytest.fixture
def registered(con):
    """Three schools of 6, 6 and 3 staff; 7, 6 and 4 different people of them took part, one of them twice."""
    listed(
        con,
        "2025-2026",
        school("000001", personeelsleden=6),
        school("000002", personeelsleden=6),
        school("000003", personeelsleden=3),
    )
    deliver_activity(con, "A1", "vorming")
    deliver_activity(con, "A2", "vorming")
    deliver_registrations(con, "A1", *((f"a{place}", "000001", "ja") for place in range(7)))
    deliver_registrations(con, "A2", ("a0", "000001", "ja"), ("b9", "000002", "nee"))
    for school_letter, number, people in (("b", "000002", 6), ("c", "000003", 4)):
        activity = f"A-{school_letter}"
        deliver_activity(con, activity, "vorming")
        deliver_registrations(con, activity, *((f"{school_letter}{place}", number, "ja") for place in range(people)))
    return con


def test_more_participants_than_staff_is_told(registered, build_models):
    build_models(*READ)

    assert told(registered) == [("inschrijvingen", False, "2 van 3 afwijkend")]
    columns = "instellingsnummer, aantal_personeelsleden, aantal_deelnemers"
    assert registered.execute(f"select {columns} from mart.personeel_verschil order by all").fetchall() == [
        ("000001", 6, 7),
        ("000003", 3, 4),  # as mart.bereik_intensiteit counts them too
    ]


def test_agendas_and_planning_are_held_against_each_other(con, build_models):
    listed(con, "2025-2026", school("000001"))
    landing(con, "agenda_categorieen", CATEGORIES)
    landing(con, "planning", [planned("b1", "vt", 10), planned("b2", "vt", 10), planned("b3", "vt", 10)])
    landing(con, "agenda", [visit("b1", "2025-10-01", 3), visit("b4", "2025-10-01", 3)])

    build_models(*READ)

    # b4 has an agenda and no planning; b2 and b3 have a planning and no agenda.
    assert told(con)[:2] == [("agenda", False, "1 van 2 afwijkend"), ("agenda", False, "2 van 3 afwijkend")]


def test_an_unmapped_category_is_named_where_enough_begeleiders_use_it(con, build_models):
    landing(con, "agenda_categorieen", CATEGORIES)
    visits = [visit(f"b{number}", "2025-10-01", 3) for number in range(5)]
    landing(
        con,
        "agenda",
        [
            *visits,
            *({**item, "categorieen": "Iets nieuws; Nog iets"} for item in visits),
            *({**item, "categorieen": "Afspraak met Jan"} for item in visits[:4]),
        ],
    )
    build_models(*READ)
    expected = "2 van 3 afwijkend: „Iets nieuws; Nog iets”; 1 bij te weinig begeleiders om te noemen"
    assert told(con)[-1] == ("agenda", False, expected)


def test_without_the_list_of_categories_none_is_called_unmapped(con, build_models):
    landing(con, "agenda_categorieen", [])
    landing(con, "agenda", [{**visit("b1", "2025-10-01", 3), "categorieen": "Iets nieuws"}])
    build_models(*READ)
    assert told(con) == []


def test_nothing_is_told_of_a_year_for_which_one_of_the_two_is_not_there(con, build_models):
    listed(con, "2025-2026", school("000001"))
    landing(con, "planning", [planned("b1", "vt", 10)])

    build_models(*READ)

    assert told(con) == []
