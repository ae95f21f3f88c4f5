"""Holding the interviews that were cast, and storing what a server and a worker would have."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from interview.events import AnyEvent, CandidateLeft, EndRequested, PauseRequested
from interview.plan import make_plan
from interview.scenario import Scenario
from interview.wire import Plan, encode_event
from server.models import Comment, Draft, Interview, LoggedEvent, StoredReport
from server.reports import making
from server.reports import repository as reports
from server.sessions import fold, planning
from server.sessions import repository as sessions
from viva.persona import load
from viva.seeding.casting import Part, Person
from viva.seeding.room import SilentRoom

_AT_ONCE = 500
_MOST_COMMENTS = 3
_REMARKS = {
    "strong": "This is the answer to keep: the choice, and what it costs.",
    "thin": "I lost you here. A number or an example would have told me what you mean.",
    "contradictory": "Earlier you said the opposite. Which of the two holds?",
    "reflect": "Good that you saw this yourself. Say next time what you would do about it.",
}


def played(part: Part, plan: Plan, scenario: Scenario, name: str) -> list[AnyEvent]:
    """The log of the interview: all of it, or as far as its state says."""
    if part.state == "created":
        return []
    dice = random.Random(part.id)  # noqa: S311
    room = SilentRoom(fold.new_engine(plan, scenario, name), load(part.persona), plan, dice)
    room.start()
    if part.state == "ended":
        room.run()
        return room.log
    room.run(until=round(part.share * sum(part.lengths), 3))
    match part.state:
        case "ended_early":
            room.feed(EndRequested(at=room.now, by="page"))
            room.run()
        case "paused":
            room.feed(PauseRequested(at=room.now, by="page"))
            room.run(until=room.now + 20)
            room.feed(CandidateLeft(at=room.now, reason="closed"))
        case "live":
            # Both were there when the machine went down.
            pass
        case _:
            room.feed(CandidateLeft(at=room.now, reason="lost"))
            for event in fold.closing_events(room.now + 1):
                room.feed(event)
    return room.log


async def store(
    db: AsyncSession, person: Person, part: Part, scenario: Scenario, now: datetime
) -> int:
    """Add the interview `part` of `person`; how many events it has."""
    plan = make_plan(part.lengths, 300.0, part.difficulty, part.tone)
    events = played(part, plan, scenario, person.name)
    created_at = now - timedelta(days=part.days_ago)
    began = created_at + timedelta(seconds=40)
    interview = Interview(
        id=part.id,
        owner_id=person.id,
        candidate_name=person.name,
        created_at=created_at,
        last_seq=len(events),
        last_at=0.0,
        epoch=1 if events else 0,
        rooms_made=1 if events else 0,
        dispatches_unanswered=0,
    )
    planning.put(interview, scenario, plan, audio_only=False)
    changes = [fold.Change(event, began + timedelta(seconds=event.at)) for event in events]
    if changes:
        fold.advance(fold.new_engine(plan, scenario, person.name), interview, changes)
        interview.last_at, interview.last_wall = changes[-1].event.at, changes[-1].wall
        interview.connected_at = interview.dispatched_at = created_at
    if part.state == "abandoned":
        interview.state = "abandoned"
    db.add(interview)
    await db.flush()
    rows = [_row(part.id, seq, change) for seq, change in enumerate(changes, start=1)]
    for first in range(0, len(rows), _AT_ONCE):
        await db.execute(insert(LoggedEvent), rows[first : first + _AT_ONCE])
    return len(events)


async def write_notes(db: AsyncSession, part: Part) -> None:
    """Add what the candidate wrote about the interview, where nothing is written."""
    interview = await db.get_one(Interview, part.id)
    written_at = (interview.last_wall or interview.created_at) + timedelta(minutes=9)
    for field, text in (("notes", part.notes), ("reflection", part.reflection)):
        if text is not None and await db.get(Draft, (part.id, field)) is None:
            row = Draft(interview_id=part.id, field=field, text=text, version=1)
            row.changed_at = written_at
            db.add(row)


async def write_report(db: AsyncSession, part: Part) -> None:
    """Add the report of the interview if it is over and has none, as the server makes it."""
    interview = await db.get_one(Interview, part.id)
    if interview.ended_at is None or await db.get(StoredReport, part.id) is not None:
        return
    scenario = await sessions.scenario_of(db, part.id)
    events = await sessions.events_after(db, part.id, 0)
    engine = fold.replay(interview, scenario, events)
    await reports.keep(
        db,
        interview,
        making.make(interview, engine, None),
        last_seq=interview.last_seq,
        judge_version=making.VERSION,
        now=interview.ended_at + timedelta(seconds=2),
    )


async def write_comments(db: AsyncSession, part: Part, author: Person) -> None:
    """Add a comment of `author` at each moment that the report flags, where there is none."""
    report = await db.get(StoredReport, part.id)
    if report is None:
        return
    interview = await db.get_one(Interview, part.id)
    written_at = (interview.ended_at or interview.created_at) + timedelta(hours=5)
    for number, flag in enumerate(report.body["flags"][:_MOST_COMMENTS]):
        id_ = f"{part.id[:20]}c{number}"
        if await db.get(Comment, id_) is None:
            db.add(
                Comment(
                    id=id_,
                    interview_id=part.id,
                    author_id=author.id,
                    author_name=author.name,
                    at_ms=flag["start_ms"],
                    text=_REMARKS.get(flag["flag"], _REMARKS["reflect"]),
                    created_at=written_at,
                    changed_at=written_at,
                )
            )


def _row(interview_id: str, seq: int, change: fold.Change) -> dict[str, Any]:
    type_, at, data = encode_event(change.event)
    return {
        "interview_id": interview_id,
        "seq": seq,
        "uid": f"1-{seq}",
        "epoch": 1,
        "at": at,
        "wall": change.wall,
        "type": type_,
        "data": data,
    }
