"""The one place where the server folds an event log: into state, segments and transcript."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from interview.engine import Engine
from interview.events import AnyEvent, CandidateLeft, EndRequested
from interview.scenario import Scenario, scenario_from_dict
from interview.transcript import Turn
from interview.view import View
from interview.wire import Plan, decode_event
from server.models import Interview, LoggedEvent

# The engine waits for somebody to join; to an owner that is a session which was only created.
_STATES = {"waiting": "created"}
_KEPT = 64
# States that no fold tells: others write them once the log says that the interview has ended.
_AFTER_THE_END = frozenset({"scored", "abandoned"})


@dataclass(frozen=True)
class Change:
    """An event that is to be stored, and the wall time that it was written at."""

    event: AnyEvent
    wall: datetime


@dataclass(frozen=True)
class Summary:
    """The columns of an interview that are folds. `segments` are plain JSON."""

    state: str
    segments: list[dict[str, Any]]
    buffer_s: float
    present: bool


def new_engine(plan: Plan, scenario: Scenario, candidate_name: str) -> Engine:
    return Engine(plan, scenario, candidate_name)


def summarise(view: View) -> Summary:
    return Summary(
        state=_STATES.get(view.state, view.state),
        segments=[
            {
                "id": segment.id,
                "title": segment.title,
                "planned_s": round(segment.planned_s, 3),
                "allotted_s": round(segment.allotted_s, 3),
                "spent_s": round(segment.spent_s, 3),
                "state": segment.state,
            }
            for segment in view.segments
        ],
        buffer_s=round(view.buffer_s, 3),
        present=view.present,
    )


def advance(engine: Engine, interview: Interview, changes: Sequence[Change]) -> None:
    """Feed `changes` to `engine` and write what follows from them into `interview`.

    When the engine cannot digest an event the columns stay as they are after the ones before it.
    What became of a session after its end is not undone by what is delivered late."""
    for change in changes:
        engine.handle(change.event)
        state = engine.view(change.event.at).state
        if state != "waiting" and interview.started_at is None:
            interview.started_at = change.wall
        if state == "ended" and interview.ended_at is None:
            interview.ended_at = change.wall
    summary = summarise(engine.view(changes[-1].event.at))
    if interview.state not in _AFTER_THE_END:
        interview.state = summary.state
    interview.segments = summary.segments
    interview.buffer_s = summary.buffer_s
    interview.present = summary.present


def replay(interview: Interview, scenario: dict[str, Any], events: Sequence[LoggedEvent]) -> Engine:
    """The engine after `events`, the whole log in its order, of an interview on `scenario`."""
    return Engine.replay(
        Plan.model_validate(interview.plan),
        scenario_from_dict(scenario),
        interview.candidate_name,
        [decode_event(event.type, event.at, event.data) for event in events],
    )


def closing_events(at: float) -> list[AnyEvent]:
    """What ends an interview that nobody conducts any more, at session-clock second `at`.

    No interviewer is there, so that nobody can say goodbye: with the candidate gone the engine ends
    at once, whatever its interviewer was in the middle of."""
    return [CandidateLeft(at=at, reason="ended_by_the_server"), EndRequested(at=at, by="api")]


class Folds:
    """Engines of the sessions touched last, each with the length of log that it has seen.

    Whoever feeds one takes it out first and puts it back once the events are durable."""

    def __init__(self) -> None:
        self._engines: OrderedDict[str, tuple[int, Engine]] = OrderedDict()

    def take(self, interview_id: str, seq: int) -> Engine | None:
        """The engine that has seen exactly `seq` events, if kept; no longer kept afterwards."""
        seen, engine = self._engines.pop(interview_id, (0, None))
        return engine if seen == seq else None

    def look(self, interview_id: str, seq: int) -> Engine | None:
        """The same, left in its place; it must only be looked at."""
        seen, engine = self._engines.get(interview_id, (0, None))
        return engine if seen == seq else None

    def put(self, interview_id: str, seq: int, engine: Engine) -> None:
        """Keep `engine`, unless one that has seen more is kept."""
        if self._engines.get(interview_id, (0, None))[0] > seq:
            return
        self._engines[interview_id] = (seq, engine)
        self._engines.move_to_end(interview_id)
        while len(self._engines) > _KEPT:
            self._engines.popitem(last=False)

    def drop(self, interview_id: str) -> None:
        self._engines.pop(interview_id, None)


def turns(engine: Engine) -> list[Turn]:
    return list(engine.turns)
