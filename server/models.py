"""The tables. The event log is the truth about an interview; other columns of it are caches."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
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
    """`email` is normalised and unique. `role` is "candidate", "reviewer" or "admin". Who only ever
    signed in elsewhere has no password."""

    __tablename__ = "users"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(16), default="candidate")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Login(Base):
    """A browser that is logged in. Only the SHA-256 of the cookie's token is kept; `id` names the
    login to its owner. `seen_at` is kept to the hour."""

    __tablename__ = "logins"

    token_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), unique=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    browser: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Identity(Base):
    """A user as an OIDC provider knows them."""

    __tablename__ = "identities"

    issuer: Mapped[str] = mapped_column(String(255), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ApiToken(Base):
    """A personal token for scripts. Only its SHA-256 is kept."""

    __tablename__ = "api_tokens"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class OneTimeLink(Base):
    """A link that works once: a forgotten password, a new address, or an account to be made, whose
    user there is not yet. Only the SHA-256 of its token is kept. `data` is what the purpose needs,
    such as the new address."""

    __tablename__ = "one_time_links"

    token_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str | None] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    purpose: Mapped[str] = mapped_column(String(32))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Preference(Base):
    """One field of a user's settings that was ever set. `version` counts its writes."""

    __tablename__ = "preferences"

    user_id: Mapped[str] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    field: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
    version: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Draft(Base):
    """What a user writes for themself about a session: `field` is "notes" or "reflection".
    `replaced` is the text that the last write took the place of, without its writer having seen
    it; None when it had."""

    __tablename__ = "drafts"

    interview_id: Mapped[str] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE"), primary_key=True
    )
    field: Mapped[str] = mapped_column(String(32), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    replaced: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Notice(Base):
    """Something a user is told in the page. `key` keeps it from being told twice."""

    __tablename__ = "notices"
    __table_args__ = (UniqueConstraint("user_id", "key"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(32))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Job(Base):
    """Something to be done once, at `run_at` or later. `state`: "waiting", "done" or "given_up".
    While `leased_until` is ahead somebody is at it; `attempts` counts the leases taken. `key` keeps
    it from being asked for twice. `payload` is emptied when it is over."""

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_state_run_at", "state", "run_at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(32))
    user_id: Mapped[str | None] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(16), default="waiting")
    run_at: Mapped[datetime] = mapped_column(UtcDateTime)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease: Mapped[str | None] = mapped_column(String(32))
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    over_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Interview(Base):
    """One candidate's session.

    `scenario` and `plan` are copies made when it was created. `state`, `segments`, `present`,
    `buffer_s`, `last_seq`, `last_at`, `last_wall`, `started_at` and `ended_at` are folds over its
    events, written in the transaction that appends them. `epoch` counts the interviewers sent for,
    `heartbeat_wall` and `heartbeat_at` are the last sign of life of the one that holds it,
    `live_until` that of the one before. `recording_consent` is None until the candidate was asked;
    `consented_at` is when they last answered. What was said before session-clock second
    `recorded_from`, when they last agreed after a no, and has not come by then is never taken."""

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

    recording_consent: Mapped[bool | None]
    consented_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    recorded_from: Mapped[float | None]


class Reviewer(Base):
    """Who may see a session beside its owner: whoever has the account with this address, normalised
    as in `User`, now or later."""

    __tablename__ = "reviewers"
    __table_args__ = (UniqueConstraint("interview_id", "email"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    interview_id: Mapped[str] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(String(320), index=True)
    # Asked to score before seeing the report or anybody else's scores.
    blind: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


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


class Recording(Base):
    """The sound of an interview, which is kept in the store and not here. `state`: "recording"
    while segments may still come, then "joining", "ready" or "failed" (`problem` says why, in a
    sentence); "deleted" once it was removed and the session was not. `duration_ms` is the length on
    the session clock; `gaps` are the `[start_ms, end_ms]` of more than a second for which nothing
    was recorded. `bytes` is the size of the joined file."""

    __tablename__ = "recordings"

    interview_id: Mapped[str] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE"), primary_key=True
    )
    state: Mapped[str] = mapped_column(String(16), index=True)
    problem: Mapped[str] = mapped_column(String(200), default="")
    bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    duration_ms: Mapped[int] = mapped_column(BigInteger, default=0)
    gaps: Mapped[list[list[int]]] = mapped_column(JSON)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Whoever sweeps by age of the recording looks here.
    ready_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)


class StoredReport(Base):
    """The report of an interview that is over. `body` is `interview.report.Report` as JSON, without
    what the candidate wrote themself, and made from the first `last_seq` events. `brief` is what
    lists and trends show of it, so that they need not load it. `level_mean` is the mean of the
    levels that were given, None when none was; `judge_version` that of the built-in judge that
    made it."""

    __tablename__ = "reports"

    interview_id: Mapped[str] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE"), primary_key=True
    )
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    brief: Mapped[dict[str, Any]] = mapped_column(JSON)
    last_seq: Mapped[int]
    level_mean: Mapped[float | None]
    judge_version: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Judgement(Base):
    """A worker's model is asked to judge an interview. `state`: "waiting", "done" or "failed".
    While `leased_until` is ahead a worker is at it; `attempts` counts the leases taken. `scores` is
    a list of `interview.report.CriterionScore`, as far as they have come."""

    __tablename__ = "judgements"

    interview_id: Mapped[str] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE"), primary_key=True
    )
    state: Mapped[str] = mapped_column(String(16), index=True)
    model: Mapped[str] = mapped_column(String(100), default="")
    scores: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    problem: Mapped[str] = mapped_column(String(200), default="")
    lease: Mapped[str | None] = mapped_column(String(32))
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    over_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Comment(Base):
    """Somebody's note on a moment of an interview, `at_ms` on the session clock. `author_name` is
    their name as it was when they wrote."""

    __tablename__ = "comments"
    __table_args__ = (Index("ix_comments_interview_id_at_ms", "interview_id", "at_ms"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    interview_id: Mapped[str] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"))
    author_id: Mapped[str | None] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    author_name: Mapped[str] = mapped_column(String(100))
    at_ms: Mapped[int] = mapped_column(BigInteger)
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class HumanScore(Base):
    """The level that a person gave one criterion; `level` None is "not assessed". `blind`: they had
    not seen the report, nor anybody else's scores. `done_at`: when they said that they were done,
    None while only they see it. Without an author it was taken in with a session from elsewhere."""

    __tablename__ = "human_scores"
    __table_args__ = (UniqueConstraint("interview_id", "author_id", "criterion"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    interview_id: Mapped[str] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"))
    author_id: Mapped[str | None] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    author_name: Mapped[str] = mapped_column(String(100))
    criterion: Mapped[str] = mapped_column(String(64))
    level: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text, default="")
    blind: Mapped[bool]
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Share(Base):
    """A link that shows `parts` ("report", "transcript", "audio", "comments") of an interview to
    whoever holds it. Only the SHA-256 of its secret is kept. `may_comment`: who opens it signed in
    may become a reviewer, who is to score blind if `blind`. `opened` counts how often it was
    opened."""

    __tablename__ = "shares"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    interview_id: Mapped[str] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE"), index=True
    )
    secret_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(100), default="")
    parts: Mapped[list[str]] = mapped_column(JSON)
    may_comment: Mapped[bool] = mapped_column(default=False)
    blind: Mapped[bool] = mapped_column(default=False)
    opened: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
