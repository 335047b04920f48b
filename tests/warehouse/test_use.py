"""Use without participants: added up over nothing, and hidden, missing and zero kept apart."""

import datetime as dt

from tests.warehouse.landing_tables import landing


def used(con, aantal, maand="2025-10-01", **rest):
    row = {"maand": maand, "kanaal": "materialenbank", "thema": "taal", "doelgroep": "leraren", "aantal": aantal}
    landing(con, "gebruik", [{**row, **rest}])


def test_hidden_missing_and_zero_stay_three_things(con, build_models):
    used(con, 0, "2025-09-01")
    used(con, None, "2025-10-01")
    used(con, None, "2025-11-01", _klein=["aantal"])
    used(con, 1250, "2026-08-01")

    build_models("mart.gebruik")

    rows = con.execute("select maand, schooljaar, aantal, reden from mart.gebruik order by maand").fetchall()
    assert rows == [
        (dt.date(2025, 9, 1), "2025-2026", 0, None),
        (dt.date(2025, 10, 1), "2025-2026", None, "ontbreekt"),
        (dt.date(2025, 11, 1), "2025-2026", None, "beschermd"),
        (dt.date(2026, 8, 1), "2025-2026", 1250, None),
    ]


def test_row_without_theme_or_target_group_is_shown_as_such(con, build_models):
    used(con, 3, thema=None)
    used(con, 4, thema="zonder thema")
    used(con, 7, kanaal="nieuwsbrief", thema=None, doelgroep=None)

    build_models("mart.gebruik")

    rows = con.execute("select kanaal, thema, doelgroep, aantal from mart.gebruik order by kanaal").fetchall()
    assert rows == [
        ("materialenbank", "zonder thema", "leraren", 7),
        ("nieuwsbrief", "zonder thema", "zonder doelgroep", 7),
    ]
