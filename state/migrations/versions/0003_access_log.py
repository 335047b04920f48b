"""The access log; the database refuses to change a line, whoever asks."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the table and its trigger; deleting stays possible, for lines whose time is over."""
    op.create_table(
        "access_log",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("wie", sa.String(320), nullable=False),
        sa.Column("rollen", sa.String(200), nullable=False),
        sa.Column("actie", sa.String(20), nullable=False),
        sa.Column("pagina", sa.String(40), nullable=False),
        sa.Column("detail", sa.String(120), nullable=False),
        sa.Column("instellingsnummer", sa.String(6)),
        sa.Column("versie", sa.Integer),
        sa.CheckConstraint("actie in ('bekeken', 'gedownload')", name="ck_access_log_actie"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_access_log_moment", "access_log", ["moment"])
    head = "create trigger access_log_no_update before update on access_log for each row"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"{head} execute function refuse_change()")
    else:
        op.execute(f"{head} begin select raise(abort, 'nothing is changed in access_log'); end")
