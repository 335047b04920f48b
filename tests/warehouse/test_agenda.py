import datetime as dt
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse.landing_tables import create_landing, landing
from warehouse.build import build
from warehouse.connection import open_for_writing
from warehouse.settings import load_settings

CATEGORIES = [
    {"categorie": "Schoolbezoek", "proces": "primair", "planningscategorie": "vt"},
    {"categorie": "Overleg", "proces": "secundair", "planningscategorie": "intern overleg"},
    {"categorie": "Verlof", "proces": "verlof"},
    {"categorie": "Privé", "proces": "geen werk"},
    {"categorie": "Allerlei", "proces": "secundair"},
]


def item(begin, einde, categorieen=None, **rest):
    """One agenda item of begeleider b1 on 2 March 2026 (a Monday), or on the days that the moments name."""
    (begindatum, begintijd), (einddatum, eindtijd) = (
        moment.split(" ") if " " in moment else ("2026-03-02", moment) for moment in (begin, einde)
    )
    return {
        "begeleider": "b1",
        "begindatum": begindatum,
        "begintijd": begintijd,
        "einddatum": einddatum,
        "eindtijd": eindtijd,
        "hele_dag": False,
        "categorieen": categorieen,
        "tijd_weergeven_als": "Bezet",
        **rest,
    }


@pytest.fixture
def spent(con, build_models):
    """Return a function: agenda items in, dagdelen per (month, category) out."""
    landing(con, "agenda_categorieen", CATEGORIES)

    def run(*items, peildatum="2026-06-30"):
        landing(con, "agenda", items)
        build_models("core.fct_agenda_dagdelen", peildatum=peildatum)
        rows = con.execute("select maand::varchar, categorie, dagdelen from core.fct_agenda_dagdelen").fetchall()
        return {(maand, categorie): dagdelen for maand, categorie, dagdelen in rows}

    return run


def test_four_hours_of_work_are_one_dagdeel(spent):
    assert spent(item("09:00", "13:00", "Schoolbezoek")) == {("2026-03-01", "vt"): 1.0}


def test_overlapping_time_goes_to_the_item_that_began_first(spent):
    # 9-12 to the visit; of the meeting 11-15 only 12-15 is left, of the one at 12-14 nothing
    outcome = spent(
        item("11:00", "15:00", "Overleg"),
        item("09:00", "12:00", "Schoolbezoek"),
        item("12:00", "14:00", "Schoolbezoek"),
    )

    assert outcome == {("2026-03-01", "vt"): 0.75, ("2026-03-01", "intern overleg"): 0.75}


def test_items_that_begin_together_are_counted_once_the_newest_delivery_first(spent):
    older = item("09:00", "13:00", "Overleg", _levering="oud", _volgorde=1)
    newer = item("09:00", "11:00", "Schoolbezoek", _levering="nieuw", _volgorde=2)

    assert spent(older, newer) == {("2026-03-01", "vt"): 0.5, ("2026-03-01", "intern overleg"): 0.5}


@pytest.mark.parametrize("shown_as", ["Vrij", "Free", "3", "TRANSPARENT"])
def test_free_time_is_no_work(spent, shown_as):
    assert spent(item("09:00", "13:00", "Schoolbezoek", tijd_weergeven_als=shown_as)) == {}


def test_leave_and_what_is_no_work_do_not_count_nor_hide_work(spent):
    outcome = spent(
        item("2026-03-02 00:00", "2026-03-03 00:00", "Verlof", hele_dag=True),
        item("08:00", "20:00", "Privé"),
        item("10:00", "12:00", "Schoolbezoek"),
    )

    assert outcome == {("2026-03-01", "vt"): 0.5}


def test_private_unmapped_and_unplanned_items_are_hours_without_category(spent):
    outcome = spent(
        item("09:00", "10:00", None, prive=True),
        item("10:00", "11:00", "Iets nieuws"),
        item("11:00", "13:00", "Allerlei"),
    )

    assert outcome == {("2026-03-01", "zonder categorie"): 1.0}


def test_of_several_categories_the_first_known_one_counts(spent):
    outcome = spent(
        item("09:00", "13:00", "Rood; Overleg;Schoolbezoek"), item("13:00", "17:00", "schoolbezoek, Overleg")
    )

    assert outcome == {("2026-03-01", "intern overleg"): 1.0, ("2026-03-01", "vt"): 1.0}


def test_all_day_work_is_two_dagdelen_on_weekdays(spent):
    # Friday 6 to Monday 9 March; Outlook ends at the midnight after. The meeting starts an hour before 9
    outcome = spent(
        item("2026-03-06 00:00", "2026-03-10 00:00", "Schoolbezoek", hele_dag=True),
        item("2026-03-06 08:00", "2026-03-06 10:00", "Overleg"),
        item("2026-03-11 00:00", "2026-03-12 00:00", None, hele_dag=True),  # a marker that names no work
    )

    assert outcome == {("2026-03-01", "vt"): 3.75, ("2026-03-01", "intern overleg"): 0.5}


def test_time_over_the_turn_of_a_month_is_divided_at_midnight(spent):
    assert spent(item("2026-03-31 22:00", "2026-04-01 01:00", "Schoolbezoek")) == {
        ("2026-03-01", "vt"): 0.5,
        ("2026-04-01", "vt"): 0.25,
    }


def test_what_goes_on_over_the_turn_of_a_month_began_before_what_begins_at_that_midnight(spent):
    outcome = spent(
        item("2026-02-27 23:00", "2026-04-01 03:00", "Schoolbezoek"),
        item("2026-03-01 00:00", "2026-03-02 00:00", "Overleg", _levering="nieuw", _volgorde=2),
        item("2026-04-01 00:00", "2026-04-01 05:00", "Overleg"),
    )

    assert outcome == {
        ("2026-02-01", "vt"): 25 / 4,
        ("2026-03-01", "vt"): 31 * 24 / 4,
        ("2026-04-01", "vt"): 0.75,
        ("2026-04-01", "intern overleg"): 0.5,
    }


def test_what_lies_after_the_peildatum_is_not_spent(spent):
    outcome = spent(
        item("2026-03-02 22:00", "2026-03-03 02:00", "Schoolbezoek"),
        item("2026-03-03 09:00", "2026-03-03 13:00", "Schoolbezoek"),
        peildatum="2026-03-02",
    )

    assert outcome == {("2026-03-01", "vt"): 0.5}


def test_unmapped_categories_can_be_listed(spent, con):
    spent(item("09:00", "10:00", "Iets nieuws"), item("10:00", "11:00", "Overleg"))

    rows = con.execute("select categorieen from core.dim_agenda_categorie where is_onbekend").fetchall()
    assert rows == [("Iets nieuws",)]


def test_months_between_first_and_last_item_of_an_export_are_registered(con, build_models):
    landing(
        con,
        "agenda",
        [
            item("2025-10-06 09:00", "2025-10-06 10:00", _levering="najaar"),
            item("2025-12-01 09:00", "2025-12-01 10:00", _levering="najaar"),
            item("2026-03-02 09:00", "2026-03-02 10:00", _levering="lente"),
            item("2026-09-07 09:00", "2026-09-07 10:00", _levering="lente"),  # after the peildatum
        ],
    )

    build_models("core.fct_agenda_maanden", peildatum="2026-04-30")

    rows = con.execute("select maand::varchar from core.fct_agenda_maanden").fetchall()
    # nothing is known of January and February; November is covered and empty
    assert rows == [("2025-10-01",), ("2025-11-01",), ("2025-12-01",), ("2026-03-01",)]


ORIGIN = dt.datetime(2026, 2, 27)
ITEMS = st.lists(
    st.tuples(
        st.integers(0, 4 * 24 * 60),  # begin, minutes after the origin: over the turn of February
        st.integers(0, 36 * 60),  # length in minutes
        st.sampled_from([None, "Schoolbezoek", "Overleg", "Verlof", "Iets nieuws"]),
        st.sampled_from(["Bezet", "Vrij", "Voorlopig"]),
    ),
    max_size=8,
)


def minutes_by_hand(items):
    """Give each minute to the first item that covers it, one by one."""
    planned = {"Schoolbezoek": "vt", "Overleg": "intern overleg"}
    work = [
        (begin, planned.get(categorie, "zonder categorie"), begin + length)
        for begin, length, categorie, shown_as in items
        if shown_as != "Vrij" and categorie != "Verlof"
    ]
    # at the same moment: with a category first, in the order of its name
    work.sort(key=lambda row: (row[0], row[1] == "zonder categorie", row[1]))
    taken, spent = set(), Counter()
    for begin, categorie, end in work:
        for minute in set(range(begin, end)) - taken:
            month = (ORIGIN + dt.timedelta(minutes=minute)).strftime("%Y-%m-01")
            spent[month, categorie] += 1
            taken.add(minute)
    return spent


@settings(max_examples=10)
@given(agendas=st.lists(ITEMS, min_size=12, max_size=12))
def test_union_of_overlapping_items_is_that_of_a_set_of_minutes(agendas):
    """Twelve begeleiders a build, each with an agenda of its own."""
    con = open_for_writing()
    create_landing(con)
    landing(con, "agenda_categorieen", CATEGORIES)
    rows = []
    for number, items in enumerate(agendas):
        for start, length, categorie, shown_as in items:
            begin = ORIGIN + dt.timedelta(minutes=start)
            end = begin + dt.timedelta(minutes=length)
            moments = (begin.strftime("%Y-%m-%d %H:%M"), end.strftime("%Y-%m-%d %H:%M"))
            rows.append(item(*moments, categorie, begeleider=f"b{number}", tijd_weergeven_als=shown_as))
    landing(con, "agenda", rows)

    build(con, {}, load_settings(), dt.date(2026, 6, 30), only=["core.fct_agenda_dagdelen"])

    for number, items in enumerate(agendas):
        found = con.execute(
            "select maand::varchar, categorie, round(dagdelen * 240)::integer from core.fct_agenda_dagdelen "
            "where begeleider = ?",
            [f"b{number}"],
        ).fetchall()
        assert {(maand, categorie): minutes for maand, categorie, minutes in found} == dict(minutes_by_hand(items))
    con.close()
