"""The tables. The event log is the truth about an interview; other columns of it are caches."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes in UTC, on databases that keep no zone as well."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class User(Base):
    """`email` is normalised and unique."""

    __tablename__ = "users"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    password_hash: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Login(Base):
    """A browser that is logged in. Only the SHA-256 of the cookie's token is kept."""

    __tablename__ = "logins"

    token_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Interview(Base):
    """One candidate's session.

    `scenario` and `plan` are copies made when it was created. `state`, `segments`, `present`,
    `buffer_s`, `last_seq`, `last_at`, `last_wall`, `started_at` and `ended_at` are folds over its
    events, written in the transaction that appends them. `epoch` counts the interviewers sent for,
    `heartbeat_wall` and `heartbeat_at` are the last sign of life of the one that holds it,
    `live_until` that of the one before."""

    __tablename__ = "interviews"
    __table_args__ = (
        Index("ix_interviews_owner_id_created_at_id", "owner_id", "created_at", "id"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    owner_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    candidate_name: Mapped[str] = mapped_column(String(100))
    scenario_id: Mapped[str] = mapped_column(String(100))
    scenario_title: Mapped[str] = mapped_column(Text)
    # Large, and seldom needed: `scenario_of` reads it.
    scenario: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True, deferred_raiseload=True)
    plan: Mapped[dict[str, Any]] = mapped_column(JSON)
    audio_only: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    state: Mapped[str] = mapped_column(String(16), index=True)
    segments: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    buffer_s: Mapped[float]
    present: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_seq: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[float] = mapped_column(default=0.0)
    last_wall: Mapped[datetime | None] = mapped_column(UtcDateTime)

    epoch: Mapped[int] = mapped_column(default=0)
    room: Mapped[str | None] = mapped_column(String(80))
    rooms_made: Mapped[int] = mapped_column(default=0)
    connected_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    dispatched_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    dispatches_unanswered: Mapped[int] = mapped_column(default=0)
    heartbeat_wall: Mapped[datetime | None] = mapped_column(UtcDateTime)
    heartbeat_at: Mapped[float | None]
    live_until: Mapped[float | None]


class LoggedEvent(Base):
    """One event of an interview. `seq` counts from 1 without gaps; `uid` is its writer's."""

    __tablename__ = "events"
    __table_args__ = (UniqueConstraint("interview_id", "uid"),)

    interview_id: Mapped[str] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    uid: Mapped[str] = mapped_column(String(64))
    epoch: Mapped[int]
    at: Mapped[float]
    wall: Mapped[datetime] = mapped_column(UtcDateTime)
    type: Mapped[str] = mapped_column(Text)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
