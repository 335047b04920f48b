"""The tables of the store as they are now; `state/migrations` holds how they came to be."""

from datetime import UTC, datetime

import sqlalchemy as sa

#: SQLite numbers rows by itself only in a column of exactly this type.
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


class Moment(sa.TypeDecorator[datetime]):
    """A moment in UTC; SQLite knows no time zones, so both ends are converted here.

    Raises ValueError for a moment without a time zone: nobody knows which moment that is.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Return the moment as it goes into the database, in UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"a moment needs a time zone: {value}")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Return the moment as it came out of the database, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = sa.MetaData()


def _content() -> list[sa.Column]:
    """Return the columns that one version of a remark has, in force or earlier."""
    return [
        sa.Column("versie", sa.Integer, nullable=False),
        sa.Column("instellingsnummer", sa.String(6), nullable=False),
        sa.Column("soort", sa.String(20), nullable=False),
        sa.Column("trap_voorstel", sa.String(20)),
        sa.Column("reden", sa.Text, nullable=False),
        sa.Column("tot", sa.Date, nullable=False),
        sa.Column("door", sa.String(80), nullable=False),
        sa.Column("gemaakt_op", Moment, nullable=False),
        sa.Column("gewijzigd_op", Moment, nullable=False),
        sa.Column("gewijzigd_door", sa.String(80), nullable=False),
        sa.Column("ingetrokken_op", Moment),
        sa.Column("ingetrokken_door", sa.String(80)),
    ]


#: One row per remark: its newest version.
remark = sa.Table(
    "remark",
    metadata,
    sa.Column("id", NUMBER, primary_key=True),
    *_content(),
    sa.CheckConstraint("soort in ('signaal', 'afwijking')", name="ck_remark_soort"),
    sa.CheckConstraint("(soort = 'afwijking') = (trap_voorstel is not null)", name="ck_remark_trap"),
    sa.Index("ix_remark_instellingsnummer", "instellingsnummer"),
    sa.Index("ix_remark_tot", "tot"),
    sqlite_autoincrement=True,
)

#: One row per earlier version of a remark; the database itself refuses to change or delete one.
remark_log = sa.Table(
    "remark_log",
    metadata,
    sa.Column("log_id", NUMBER, primary_key=True),
    sa.Column("remark_id", NUMBER, sa.ForeignKey("remark.id"), nullable=False),
    *_content(),
    sa.UniqueConstraint("remark_id", "versie", name="uq_remark_log_versie"),
    sqlite_autoincrement=True,
)

#: One row per time that somebody saw or exported a detail; the database itself refuses to change one.
access_log = sa.Table(
    "access_log",
    metadata,
    sa.Column("id", NUMBER, primary_key=True),
    sa.Column("moment", Moment, nullable=False),
    sa.Column("subject", sa.String(255), nullable=False),
    sa.Column("wie", sa.String(320), nullable=False),
    sa.Column("rollen", sa.String(200), nullable=False),
    sa.Column("actie", sa.String(20), nullable=False),
    sa.Column("pagina", sa.String(40), nullable=False),
    sa.Column("detail", sa.String(120), nullable=False),
    sa.Column("instellingsnummer", sa.String(6)),
    sa.Column("versie", sa.Integer),
    sa.CheckConstraint("actie in ('bekeken', 'gedownload')", name="ck_access_log_actie"),
    sa.Index("ix_access_log_moment", "moment"),
    sqlite_autoincrement=True,
)

#: One row per sign-in that somebody ended; `merk` is a hash and tells nobody who it was.
ended_session = sa.Table(
    "ended_session",
    metadata,
    sa.Column("id", NUMBER, primary_key=True),
    sa.Column("merk", sa.String(64), nullable=False),
    sa.Column("tot", Moment, nullable=False),
    sa.Index("ix_ended_session_tot", "tot"),
    sqlite_autoincrement=True,
)
