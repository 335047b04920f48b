"""The sign-ins that somebody ended before their cookie did."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the table; a mark is a hash and goes once its time is over."""
    op.create_table(
        "ended_session",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("merk", sa.String(64), nullable=False),
        sa.Column("tot", sa.DateTime(timezone=True), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_ended_session_tot", "ended_session", ["tot"])
