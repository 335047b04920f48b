"""Remarks beside the ranking, and the log of their earlier versions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def _content() -> list[sa.Column]:
    return [
        sa.Column("versie", sa.Integer, nullable=False),
        sa.Column("instellingsnummer", sa.String(6), nullable=False),
        sa.Column("soort", sa.String(20), nullable=False),
        sa.Column("trap_voorstel", sa.String(20)),
        sa.Column("reden", sa.Text, nullable=False),
        sa.Column("tot", sa.Date, nullable=False),
        sa.Column("door", sa.String(80), nullable=False),
        sa.Column("gemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gewijzigd_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gewijzigd_door", sa.String(80), nullable=False),
        sa.Column("ingetrokken_op", sa.DateTime(timezone=True)),
        sa.Column("ingetrokken_door", sa.String(80)),
    ]


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "remark",
        sa.Column("id", NUMBER, primary_key=True),
        *_content(),
        sa.CheckConstraint("soort in ('signaal', 'afwijking')", name="ck_remark_soort"),
        sa.CheckConstraint("(soort = 'afwijking') = (trap_voorstel is not null)", name="ck_remark_trap"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_remark_instellingsnummer", "remark", ["instellingsnummer"])
    op.create_index("ix_remark_tot", "remark", ["tot"])
    op.create_table(
        "remark_log",
        sa.Column("log_id", NUMBER, primary_key=True),
        sa.Column("remark_id", NUMBER, sa.ForeignKey("remark.id"), nullable=False),
        *_content(),
        sa.UniqueConstraint("remark_id", "versie", name="uq_remark_log_versie"),
        sqlite_autoincrement=True,
    )
