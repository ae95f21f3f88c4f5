"""What an interview leaves to be looked at afterwards, folded from its log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

from interview.conversation import NO_HINT, Conversation
from interview.coverage import Coverage
from interview.events import FlagKind
from interview.scenario import Scenario
from interview.state import State
from interview.transcript import Turn
from interview.turns import TurnLog

NOTEWORTHY = frozenset(get_args(FlagKind))


@dataclass(frozen=True, slots=True)
class Moment:
    """A noteworthy answer: where on the session clock it is, in milliseconds, and why."""

    flag: FlagKind
    segment: str
    question: str
    answer: str
    reason: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class HintUsed:
    """The hints heard on one authored question: the first `level` of `levels`."""

    question: str
    level: int
    levels: int


@dataclass(frozen=True, slots=True)
class Exchange:
    """A turn of the candidate's with what it answered. `turns`: the indices in the transcript that
    its words are in; `ref`: the id of the authored question that was open, if any."""

    utterances: tuple[str, ...]
    turns: tuple[int, ...]
    segment: str
    question: str
    ref: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """`asked`, `never_asked`: what a thorough candidate asks for, in the words of the scenario, by
    whether this one did. `without_hint`: the questions on which a hint was asked for where none is
    authored; what was said there instead helped nobody and counts as no hint."""

    moments: tuple[Moment, ...]
    hints: tuple[HintUsed, ...]
    asked: tuple[str, ...]
    never_asked: tuple[str, ...]
    without_hint: tuple[str, ...] = ()


def record(scenario: Scenario, talk: Conversation, coverage: Coverage, turns: TurnLog) -> Record:
    """The record of the interview so far; moments in the order of the answers."""
    asks = {q.id: q for segment in scenario.segments for q in segment.questions}
    moments = []
    for flagged in coverage.flags:
        start, end = turns.span_of(flagged.turn)
        moments.append(
            Moment(
                flag=flagged.flag,
                segment=flagged.segment,
                question=flagged.question,
                answer=flagged.answer,
                reason=flagged.reason,
                start_ms=start,
                end_ms=end,
            )
        )
    topics = [(fact.topic, fact.id in talk.facts) for fact in scenario.facts if fact.topic]
    return Record(
        moments=tuple(sorted(moments, key=lambda moment: moment.start_ms)),
        hints=tuple(
            HintUsed(asks[id_].ask, level, len(asks[id_].hints))
            for id_, level in talk.hints.items()
            if id_ in asks
        ),
        asked=tuple(topic for topic, told in topics if told),
        never_asked=tuple(topic for topic, told in topics if not told),
        without_hint=tuple(
            asks[id_].ask for id_ in talk.asked if id_ in asks and f"{NO_HINT}:{id_}" in talk.marks
        ),
    )


def exchanges(state: State) -> list[Exchange]:
    """The candidate's turns so far, in order, the running one with them."""
    where = state.turns.turn_of()
    said = [(t.turn, t.segment, t.question, t.ref) for t in state.finished]
    if state.turn_ids:
        asked = state.talk.open
        ref = asked.base.id if asked and asked.base else None
        segment = state.turns.segment_of(state.turn_ids[0])
        said.append((tuple(state.turn_ids), segment, asked.text if asked else "", ref))
    return [
        Exchange(ids, tuple(dict.fromkeys(where[id_] for id_ in ids)), segment, question, ref)
        for ids, segment, question, ref in said
    ]


def unflagged(turns: Sequence[Turn]) -> list[Turn]:
    """`turns` without what the observer made of them."""
    return [
        replace(turn, flags=tuple(flag for flag in turn.flags if flag not in NOTEWORTHY))
        for turn in turns
    ]
