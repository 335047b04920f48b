"""The database refuses to delete a remark, and to change or delete a line of the log, whoever asks."""

from alembic import op

revision = "0002"
down_revision = "0001"

FORBIDDEN = (("remark", "delete"), ("remark_log", "delete"), ("remark_log", "update"))


def upgrade() -> None:
    """Add a trigger for each thing that must not happen."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "create function refuse_change() returns trigger language plpgsql as "
            "$$ begin raise exception 'nothing is changed or deleted in %', tg_table_name; end $$"
        )
    for table, action in FORBIDDEN:
        op.execute(_trigger(table, action))


def _trigger(table: str, action: str) -> str:
    head = f"create trigger {table}_no_{action} before {action} on {table} for each row"
    if op.get_bind().dialect.name == "postgresql":
        return f"{head} execute function refuse_change()"
    return f"{head} begin select raise(abort, 'nothing is changed or deleted in {table}'); end"
