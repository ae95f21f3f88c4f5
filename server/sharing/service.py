"""Anonymised records of sessions that have ended."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence

from sqlalchemy import select

from interview.anonymise import anonymise
from interview.scenario import scenario_from_dict
from interview.transcript import Turn
from server.context import Context
from server.db import Database
from server.models import Interview, LoggedEvent, Preference, User
from server.sessions import fold, repository
from server.sessions.presence import FINISHED
from server.settings import Settings
from server.sharing.lexicon import lexicon_of
from server.sharing.schemas import Preview, SharedSegment, SharedSession, SharedTurn

log = logging.getLogger(__name__)

_OPTED_IN = "share_anonymised"
_ONCE = secrets.token_bytes(32)


def key_of(settings: Settings) -> bytes:
    """What the ids of records are made with: the server's own key, so that a record keeps its id,
    or, where there is none, one that lasts as long as this process."""
    own = settings.secret_key or settings.agent_token
    return own.get_secret_value().encode() if own is not None else _ONCE


async def preview(context: Context, user: User) -> Preview:
    records = [r async for r in records_of(context.database, key_of(context.settings), [user.id])]
    removed = Counter[str]()
    for record in records:
        removed.update(record.removed)
    return Preview(records=records, removed=dict(removed))


async def opted_in(database: Database) -> list[str]:
    """The ids of the users who agreed to share."""
    async with database.read() as db:
        rows = await db.scalars(
            select(Preference).where(Preference.field == _OPTED_IN).order_by(Preference.user_id)
        )
        return [row.user_id for row in rows if row.value is True]


async def records_of(
    database: Database, key: bytes, user_ids: Iterable[str]
) -> AsyncIterator[SharedSession]:
    """A record of each session of theirs that came to its end and in which they spoke, in an order
    that tells nothing. One log is in memory at a time."""
    async with database.read() as db:
        people = (await db.execute(select(User.name, User.email))).all()
        found = await db.execute(
            select(Interview.id).where(
                Interview.owner_id.in_(list(user_ids)), Interview.state.in_(FINISHED)
            )
        )
        ids = sorted((_shared_id(key, id_), id_) for id_ in found.scalars())
    known = [part for person in people for part in person]
    for shared_id, interview_id in ids:
        async with database.read() as db:
            interview = await repository.by_id(db, interview_id)
            if interview is None:
                continue
            scenario = await repository.scenario_of(db, interview_id)
            events = await repository.events_after(db, interview_id, 0)
        try:
            record = await asyncio.to_thread(
                _record, shared_id, interview, scenario, events[: interview.last_seq], known
            )
        except Exception as error:
            # Type only: the message may quote the candidate. What cannot be read does not leave.
            log.error("session %s is not shared: %s", interview_id, type(error).__name__)
            continue
        if record is not None:
            yield record


def _shared_id(key: bytes, interview_id: str) -> str:
    return hmac.new(key, b"shared " + interview_id.encode(), hashlib.sha256).hexdigest()[:24]


def _record(
    shared_id: str,
    interview: Interview,
    scenario: dict[str, object],
    events: Sequence[LoggedEvent],
    known: Sequence[str],
) -> SharedSession | None:
    turns = fold.turns(fold.replay(interview, scenario, events))
    if not any(turn.speaker == "candidate" for turn in turns):
        return None
    lexicon = lexicon_of([scenario_from_dict(scenario)], [*known, interview.candidate_name])
    clean = anonymise([turn.text for turn in turns], lexicon)
    return SharedSession(
        id=shared_id,
        scenario_id=interview.scenario_id,
        difficulty=interview.plan["difficulty"],
        tone=interview.plan["tone"],
        segments=[SharedSegment.model_validate(segment) for segment in interview.segments],
        turns=[_turn(turn, text) for turn, text in zip(turns, clean.texts, strict=True)],
        removed={str(kind): count for kind, count in clean.removed.items()},
    )


def _turn(turn: Turn, text: str) -> SharedTurn:
    return SharedTurn(
        speaker=turn.speaker,
        segment=turn.segment,
        start_s=round(turn.start_ms / 1000, 1),
        end_s=round(turn.end_ms / 1000, 1),
        text=text,
        interrupted=turn.interrupted,
        move=turn.move,
        flags=list(turn.flags),
    )
