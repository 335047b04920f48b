import logging
import sqlite3
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.command import upgrade
from alembic.config import Config
from alembic.migration import MigrationContext

from state.dialogue import Draft, add_remark, change_remark, history, remarks
from state.store import MIGRATIONS, StoreUnreachableError, open_store, store_url
from state.tables import metadata, remark, remark_log
from tests.state.writing import END, NOW

SIGNAL = Draft("signaal", "Directie wisselt", END)


def engine_of(url: str) -> sa.Engine:
    return sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))


def migrated_to(url: str, revision: str) -> None:
    engine = engine_of(url)
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(MIGRATIONS))
        upgrade(config, revision)
    engine.dispose()


def test_the_migrations_make_exactly_the_tables_of_the_code(store):
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_a_store_of_the_first_version_keeps_its_remarks(url):
    migrated_to(url, "0001")
    row = {
        "versie": 2,
        "instellingsnummer": "000011",
        "soort": "signaal",
        "reden": "Tweede tekst",
        "tot": END,
        "door": "An",
        "gemaakt_op": NOW,
        "gewijzigd_op": NOW,
        "gewijzigd_door": "An",
    }
    engine = engine_of(url)
    with engine.begin() as connection:
        connection.execute(sa.insert(remark), row)
        connection.execute(sa.insert(remark_log), row | {"remark_id": 1, "versie": 1, "reden": "Eerste tekst"})
    engine.dispose()
    store = open_store(url)
    assert [item.reden for item in history(store, "000011")] == ["Tweede tekst", "Eerste tekst"]
    changed = change_remark(store, 1, 2, SIGNAL, "Bo", now=NOW)
    assert [item.versie for item in history(store, "000011")] == [3, 2, 1]
    assert remarks(store) == [changed]
    store.close()


def test_opening_again_changes_nothing(url):
    first = open_store(url)
    kept = add_remark(first, "000011", SIGNAL, "An", now=NOW)
    first.close()
    second = open_store(url)
    assert remarks(second) == [kept]
    second.close()


@pytest.mark.parametrize(
    "statement",
    [
        sa.delete(remark),
        sa.delete(remark_log),
        sa.update(remark_log).values(reden="anders"),
    ],
)
def test_the_database_refuses_to_forget(store, statement):
    kept = add_remark(store, "000011", SIGNAL, "An", now=NOW)
    change_remark(store, kept.id, 1, SIGNAL, "An", now=NOW)
    with pytest.raises(sa.exc.DBAPIError, match="nothing is changed or deleted"), store.writing() as connection:
        connection.execute(statement)
    assert len(history(store, "000011")) == 2


def test_a_log_line_without_its_remark_is_refused(store):
    kept = add_remark(store, "000011", SIGNAL, "An", now=NOW)
    with store.reading() as connection:
        row = dict(connection.execute(sa.select(remark)).mappings().one())
    del row["id"]
    with pytest.raises(sa.exc.IntegrityError), store.writing() as connection:
        connection.execute(sa.insert(remark_log).values(remark_id=kept.id + 1, **row))


def test_a_moment_without_a_zone_does_not_reach_the_database(store):
    kept = add_remark(store, "000011", SIGNAL, "An", now=NOW)
    with pytest.raises(sa.exc.StatementError, match="time zone"), store.writing() as connection:
        connection.execute(sa.update(remark).values(ingetrokken_op=datetime(2026, 11, 21)))
    assert remarks(store) == [kept]


def test_a_block_that_fails_keeps_nothing(store):
    kept = add_remark(store, "000011", SIGNAL, "An", now=NOW)
    two = sa.update(remark).values(reden="half"), sa.update(remark).values(soort="onbekende soort")
    with pytest.raises(sa.exc.IntegrityError), store.writing() as connection:
        list(map(connection.execute, two))
    assert remarks(store) == [kept]


def test_a_store_of_a_newer_version_is_not_touched(url):
    store = open_store(url)
    store.close()
    engine = engine_of(url)
    with engine.begin() as connection:
        connection.execute(sa.text("update alembic_version set version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreUnreachableError, match="newer version"):
        open_store(url)


def test_sqlite_writes_ahead_so_that_readers_go_on(tmp_path):
    open_store(f"sqlite:///{tmp_path / 'toestand.sqlite'}").close()
    with closing(sqlite3.connect(tmp_path / "toestand.sqlite")) as connection:
        assert connection.execute("pragma journal_mode").fetchone() == ("wal",)


def test_the_default_is_a_file_in_the_data_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("STERRENWACHT_STATE_URL", raising=False)
    folder = tmp_path / "map met spatie en % en ?"
    store = open_store(store_url(folder))
    add_remark(store, "000011", SIGNAL, "An", now=NOW)
    store.close()
    assert (folder / "toestand.sqlite").exists()


def test_the_environment_names_another_database(monkeypatch):
    monkeypatch.setenv("STERRENWACHT_STATE_URL", " postgresql://jan@db/sterrenwacht ")
    assert store_url(Path("data")) == "postgresql://jan@db/sterrenwacht"
    monkeypatch.setenv("STERRENWACHT_STATE_URL", " ")
    assert store_url(Path("data")).endswith("/data/toestand.sqlite")


@pytest.mark.parametrize(
    "url",
    [
        "geen url met geheim",
        "",
        "mysql://jan:geheim@127.0.0.1/x",
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql://jan:geheim@127.0.0.1:1/x",
        "postgresql://jan:geheim@127.0.0.1:poort/x",
        "sqlite:////dev/null/toestand.sqlite",
    ],
)
def test_an_address_that_leads_nowhere_is_one_error_without_a_password(url):
    with pytest.raises(StoreUnreachableError) as caught:
        open_store(url)
    assert "geheim" not in str(caught.value)


def test_a_file_that_is_no_database_is_unreachable(tmp_path):
    (tmp_path / "toestand.sqlite").write_text("geen database, maar een gewone tekst van meer dan zestien tekens")
    with pytest.raises(StoreUnreachableError):
        open_store(f"sqlite:///{tmp_path / 'toestand.sqlite'}")


def test_a_wrong_password_is_named_nowhere(postgresql, caplog):
    caplog.set_level(logging.DEBUG)
    url = sa.make_url(postgresql).set(password="heel-geheim").render_as_string(hide_password=False)
    with pytest.raises(StoreUnreachableError) as caught:
        open_store(url)
    assert "heel-geheim" not in str(caught.value) + caplog.text
    assert "***" in str(caught.value)


def test_an_open_store_shows_no_password(store):
    assert "geheim" not in repr(store)


def test_what_people_wrote_is_in_no_log(store, caplog):
    caplog.set_level(logging.DEBUG)
    kept = add_remark(store, "000011", Draft("signaal", "Vertrouwelijke tekst", date(2027, 6, 30)), "An", now=NOW)
    with pytest.raises(sa.exc.IntegrityError) as caught, store.writing() as connection:
        connection.execute(sa.update(remark).where(remark.c.id == kept.id).values(soort="Vertrouwelijke soort"))
    assert "Vertrouwelijke" not in caplog.text
    assert "[SQL parameters hidden due to hide_parameters=True]" in str(caught.value)


def test_a_closed_store_opens_its_connections_again(store):
    add_remark(store, "000011", SIGNAL, "An", now=NOW)
    store.close()
    assert len(remarks(store)) == 1


def test_a_connection_that_the_server_ended_is_replaced(postgresql_url):
    store = open_store(postgresql_url)
    assert remarks(store) == []
    with psycopg.connect(postgresql_url) as connection:
        ended = connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where datname = current_database() and pid <> pg_backend_pid()"
        ).fetchall()
    assert ended
    assert remarks(store) == []
    store.close()


def test_a_file_that_was_damaged_meanwhile_is_unreachable(tmp_path):
    path = tmp_path / "toestand.sqlite"
    store = open_store(f"sqlite:///{path}")
    store.close()
    path.write_bytes(b"geen database meer" * 100)
    with pytest.raises(StoreUnreachableError):
        remarks(store)
    store.close()


def test_a_database_in_which_nothing_may_be_made_is_unreachable(postgresql_url):
    with psycopg.connect(postgresql_url) as connection:
        connection.execute("create role lezer login password 'geheim-van-de-lezer'")
        connection.execute("revoke create on schema public from public")
    url = sa.make_url(postgresql_url).set(username="lezer", password="geheim-van-de-lezer")
    with pytest.raises(StoreUnreachableError, match="permission denied"):
        open_store(url.render_as_string(hide_password=False))
