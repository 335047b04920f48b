import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse.landing_tables import create_landing, landing
from warehouse.build import build
from warehouse.connection import open_for_writing
from warehouse.settings import load_settings


def planned(begeleider, categorie, dagdelen, **rest):
    return {
        "schooljaar": "2025-2026",
        "begeleider": begeleider,
        "categorie": categorie,
        "dagdelen": dagdelen,
        **rest,
    }


def visit(begeleider, day, hours, categorie="Schoolbezoek"):
    return {
        "begeleider": begeleider,
        "begindatum": day,
        "begintijd": "08:00",
        "einddatum": day,
        "eindtijd": f"{8 + hours:02d}:00",
        "categorieen": categorie,
        "tijd_weergeven_als": "Bezet",
    }


CATEGORIES = [
    {"categorie": "Schoolbezoek", "proces": "primair", "planningscategorie": "vt"},
    {"categorie": "Overleg", "proces": "secundair", "planningscategorie": "intern overleg"},
]


def test_planning_is_spread_over_the_working_days_of_its_months(con, build_models):
    landing(
        con,
        "planning",
        [planned("b1", "vt", 216, scholengroep_nummer="1"), planned("b1", "ontwikkelwerk", 30)],
    )

    build_models("mart.werkdruk")

    rows = con.execute("select categorie, month(maand), dagdelen_gepland from mart.werkdruk").fetchall()
    spread = {(categorie, month): dagdelen for categorie, month, dagdelen in rows}
    assert len(rows) == 24
    # 216 working days from September 2025 to June 2026: 22 23 20 23 22 20 22 22 21 22 = 217
    assert spread["vt", 9] == pytest.approx(216 * 22 / 217)
    assert spread["vt", 11] == pytest.approx(216 * 20 / 217)
    assert spread["vt", 7] == 0
    # development work from June to August 2026: 22 + 23 + 21 = 66 working days
    assert spread["ontwikkelwerk", 8] == pytest.approx(30 * 21 / 66)
    assert spread["ontwikkelwerk", 5] == 0
    assert sum(dagdelen for (categorie, _), dagdelen in spread.items() if categorie == "vt") == pytest.approx(216)


def test_month_without_agenda_is_not_registered_and_month_without_work_is_zero(con, build_models):
    landing(con, "agenda_categorieen", CATEGORIES)
    landing(con, "planning", [planned("b1", "vt", 217), planned("b2", "vt", 217)])
    landing(con, "agenda", [visit("b1", "2025-09-01", 6), visit("b1", "2025-11-03", 4, "Overleg")])

    build_models("mart.werkdruk")

    rows = con.execute(
        "select begeleider, categorie, month(maand), dagdelen_gepland, dagdelen_besteed, is_geregistreerd "
        "from mart.werkdruk where month(maand) between 9 and 12 order by 1, 2, 3"
    ).fetchall()
    assert rows == [
        ("b1", "intern overleg", 9, 0.0, 0.0, True),
        ("b1", "intern overleg", 10, 0.0, 0.0, True),
        ("b1", "intern overleg", 11, 0.0, 1.0, True),
        ("b1", "intern overleg", 12, 0.0, None, False),
        ("b1", "vt", 9, 22.0, 1.5, True),
        ("b1", "vt", 10, 23.0, 0.0, True),
        ("b1", "vt", 11, 20.0, 0.0, True),
        ("b1", "vt", 12, 23.0, None, False),
        ("b2", "vt", 9, 22.0, None, False),
        ("b2", "vt", 10, 23.0, None, False),
        ("b2", "vt", 11, 20.0, None, False),
        ("b2", "vt", 12, 23.0, None, False),
    ]


def test_begeleider_without_planning_has_no_planned_dagdelen(con, build_models):
    landing(con, "agenda", [visit("b1", "2025-09-01", 4, None)])

    build_models("mart.werkdruk")

    rows = con.execute("select categorie, dagdelen_gepland, dagdelen_besteed from mart.werkdruk limit 1").fetchall()
    assert rows == [("zonder categorie", None, 1.0)]


def month(
    con,
    maand,
    columns="categorie, begeleiders, dagdelen_gepland, dagdelen_besteed, aandeel_geregistreerd, reden",
):
    return con.execute(f"select {columns} from mart.werkdruk_maand where maand = ? order by 1", [maand]).fetchall()


def test_month_is_counted_anew_over_all_categories(con, build_models):
    landing(con, "agenda_categorieen", CATEGORIES)
    people = [f"b{number}" for number in range(10)]
    landing(con, "planning", [planned(person, categorie, 217) for person in people for categorie in ("vt", "plg")])
    landing(con, "agenda", [visit(person, "2025-09-01", 4) for person in people[:5]])

    build_models("mart.werkdruk_maand")

    # of ten begeleiders five delivered September, one visit each; nobody delivered October
    assert month(con, "2025-09-01") == [
        ("alle", 10, 440.0, 5.0, 0.5, None),
        ("plg", 10, 220.0, 0.0, 0.5, None),
        ("vt", 10, 220.0, 5.0, 0.5, None),
    ]
    assert month(con, "2025-10-01", "categorie, dagdelen_besteed, is_geregistreerd, reden") == [
        ("alle", None, False, "ontbreekt"),
        ("plg", None, False, "ontbreekt"),
        ("vt", None, False, "ontbreekt"),
    ]


def test_category_of_few_begeleiders_is_hidden_with_the_smallest_other(con, build_models):
    rows = [planned(f"b{number}", "vt", 217) for number in range(10)]
    rows += [planned(f"b{number}", "plg", 217) for number in range(6)]
    rows += [planned(f"b{number}", "spoc", 217) for number in range(4)]
    landing(con, "planning", rows)

    build_models("mart.werkdruk_maand")

    assert month(con, "2025-09-01", "categorie, begeleiders, dagdelen_gepland, reden") == [
        ("alle", 10, 440.0, "ontbreekt"),  # nobody's agenda came in
        ("plg", 6, None, "beschermd"),
        ("spoc", None, None, "beschermd"),
        ("vt", 10, 220.0, "ontbreekt"),
    ]


def test_total_is_hidden_in_the_months_of_a_category_that_nothing_can_be_hidden_with(con, build_models):
    # development work is planned from June to August, the rest from September to June. Were plg hidden with it, the
    # total of May would give plg, the calendar then plg in June, and the total of June development work
    rows = [planned(f"b{number}", categorie, 217) for number in range(10) for categorie in ("vt", "plg")]
    rows += [planned(f"b{number}", "ontwikkelwerk", 30) for number in range(3)]
    landing(con, "planning", rows)

    build_models("mart.werkdruk_maand")

    columns = "categorie, begeleiders, dagdelen_gepland"
    assert month(con, "2026-05-01", columns) == [
        ("alle", 10, pytest.approx(420.0)),
        ("ontwikkelwerk", None, 0.0),  # zero by the calendar, for everyone: nothing to hide
        ("plg", 10, pytest.approx(210.0)),
        ("vt", 10, pytest.approx(210.0)),
    ]
    for day in ("2026-06-01", "2026-07-01"):
        shown = {row[0]: row[2] for row in month(con, day, columns)}
        assert shown["alle"] is None
        assert shown["ontwikkelwerk"] is None
        assert shown["plg"] is not None


def test_planned_category_is_hidden_with_one_of_the_same_months(con, build_models):
    # development work (5) is smaller than vt (10), but shows in July alone: then the calendar tells what it is in June
    rows = [planned(f"b{number}", "vt", 217) for number in range(10)]
    rows += [planned(f"b{number}", "plg", 217) for number in range(3)]
    rows += [planned(f"b{number}", "ontwikkelwerk", 30) for number in range(5)]
    landing(con, "planning", rows)

    build_models("mart.werkdruk_maand")

    columns = "categorie, dagdelen_gepland"
    assert month(con, "2025-10-01", columns) == [
        ("alle", 299.0),
        ("ontwikkelwerk", 0.0),
        ("plg", None),
        ("vt", None),
    ]
    in_june = dict(month(con, "2026-06-01", columns))
    assert in_june["ontwikkelwerk"] == pytest.approx(5 * 30 * 22 / 66)
    assert in_june["alle"] == pytest.approx(10 * 22 + 3 * 22 + 5 * 30 * 22 / 66)


def test_agendas_of_a_few_show_nothing_not_even_zero(con, build_models):
    landing(con, "agenda_categorieen", CATEGORIES)
    landing(con, "planning", [planned(f"b{number}", "vt", 217) for number in range(10)])
    # two agendas for September, without any internal meeting; five for October
    landing(con, "agenda", [visit(f"b{number}", "2025-09-01", 4) for number in range(2)])
    landing(con, "agenda", [visit(f"b{number}", "2025-10-01", 4) for number in range(5)])
    landing(con, "agenda", [visit(f"b{number}", "2025-10-02", 4, "Overleg") for number in range(5)])

    build_models("mart.werkdruk_maand")

    columns = "categorie, dagdelen_besteed, reden"
    assert month(con, "2025-09-01", columns) == [
        ("alle", None, "beschermd"),
        ("intern overleg", None, "beschermd"),
        ("vt", None, "beschermd"),
    ]
    assert month(con, "2025-10-01", columns) == [
        ("alle", 10.0, None),
        ("intern overleg", 5.0, None),
        ("vt", 5.0, None),
    ]


@settings(max_examples=10)
@given(
    plans=st.sets(
        st.tuples(st.integers(0, 12), st.sampled_from(["vt", "plg", "spoc", "ontwikkelwerk"])),
        min_size=1,
        max_size=40,
    )
)
def test_no_planned_figure_of_few_begeleiders_follows_from_the_shown_ones(plans):
    con = open_for_writing()
    create_landing(con)
    landing(con, "planning", [planned(f"b{number}", categorie, 10) for number, categorie in sorted(plans)])

    build(con, {}, load_settings(), dt.date(2026, 6, 30), only=["mart.werkdruk_maand"])

    months = con.execute("select distinct maand from mart.werkdruk_maand").fetchall()
    for (maand,) in months:
        shown = dict(month(con, maand, "categorie, dagdelen_gepland"))
        contributors = con.execute(
            "select categorie, list(begeleider) from mart.werkdruk where maand = ? and dagdelen_gepland > 0 group by 1",
            [maand],
        ).fetchall()
        people = {categorie: set(names) for categorie, names in contributors}
        hidden = set().union(*(names for categorie, names in people.items() if shown[categorie] is None))
        for categorie, names in people.items():
            assert shown[categorie] is None or len(names) >= 5
        if shown["alle"] is not None:
            # the total minus the shown categories is what the hidden ones hold together
            assert not 0 < len(hidden) < 5
    con.close()
