"""Whoever is lost, and whenever: who comes back goes on in the same part, with the same time left,
at the same question, and is not greeted again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from interview import turn_phrasing
from interview.commands import Finish, Say
from interview.conversation import OpenQuestion
from interview.engine import RESUME_WINDOW_S, Engine
from interview.events import (
    AnyEvent,
    CandidateJoined,
    CandidateLeft,
    InterviewerJoined,
    SpeechEnded,
    SpeechStarted,
)
from interview.language import normal, sentences
from interview.plan import make_plan
from tests.interview.room import Room
from tests.shipped import SCENARIOS

PLAN = make_plan([60.0, 90.0, 120.0, 90.0, 90.0], 60.0)
WHOLE_S = 420.0
ANSWERS = (
    "I would use boosted trees on click logs, because the labels are cheap and plentiful.",
    "We would measure it with a test on five percent of the users for two weeks.",
    "I don't know.",
    None,
)
Way = Literal["leaves", "crashes", "leaves, then it crashes", "crashes, then leaves"]
WAYS: tuple[Way, ...] = ("leaves", "crashes", "leaves, then it crashes", "crashes, then leaves")


@dataclass(frozen=True)
class Absence:
    """From `at`, for `seconds`; `lag` seconds pass before the interviewer's death is known."""

    way: Way
    at: float
    seconds: float
    lag: float


ABSENCES = st.builds(
    Absence,
    way=st.sampled_from(WAYS),
    at=st.floats(0.5, WHOLE_S),
    seconds=st.sampled_from([0.5, 5.0, 60.0, 3600.0, RESUME_WINDOW_S - 60.0]),
    lag=st.floats(0.0, 8.0),
)


def _talkative(scenario: str, answers: list[str | None]) -> Room:
    given = iter(answers * 40)
    return Room(
        plan=PLAN, scenario=SCENARIOS[scenario], answer=lambda _: next(given, ANSWERS[0])
    ).start()


def _died(room: Room) -> None:
    """Nobody hears what is said any more, and what was being said is not heard."""
    room.drop()
    room.wakes.clear()
    room.queue.clear()


def _leaves(room: Room, seconds: float) -> None:
    room >> CandidateLeft(at=0)
    room.queue = [item for item in room.queue if isinstance(item[2], SpeechEnded)]
    room.run(until=room.now + seconds)


def _away_and_back(room: Room, absence: Absence, epoch: int) -> None:
    match absence.way:
        case "leaves":
            _leaves(room, absence.seconds)
            room >> CandidateJoined(at=0)
        case "crashes":
            alive = room.now
            _died(room)
            room.now += absence.lag
            room >> InterviewerJoined(at=0, epoch=epoch, live_until=alive)
        case "leaves, then it crashes":
            _leaves(room, absence.seconds)
            alive = room.now
            _died(room)
            room.now += absence.lag
            room >> InterviewerJoined(at=0, epoch=epoch, live_until=alive)
            room >> CandidateJoined(at=0)
        case "crashes, then leaves":
            alive = room.now
            _died(room)
            room.now += absence.seconds
            room >> InterviewerJoined(at=0, epoch=epoch, live_until=alive)
            room >> CandidateLeft(at=0, reason="not_in_the_room")
            room.run(until=room.now + absence.lag)
            room >> CandidateJoined(at=0)


def _greetings(room: Room) -> int:
    kinds = {say.say_id: say.move.kind for say in room.of(Say)}
    return sum(
        isinstance(event, SpeechStarted) and kinds[event.say_id] == "greet" for event in room.log
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    scenario=st.sampled_from(sorted(SCENARIOS)),
    answers=st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=5),
    absences=st.lists(ABSENCES, min_size=1, max_size=4),
)
def test_who_comes_back_goes_on_where_they_were(
    scenario: str, answers: list[str | None], absences: list[Absence]
) -> None:
    room = _talkative(scenario, answers)
    shift = 0.0
    for epoch, absence in enumerate(sorted(absences, key=lambda one: one.at), start=2):
        room.run(until=absence.at + shift)
        before = room.view()
        assume(before.state == "live" and room.engine._state.phase != "closing")
        landing = room.engine._state.phase == "landing"
        began = room.now
        question = room.engine._state.talk.open
        said = len(room.of(Say))
        _away_and_back(room, absence, epoch)
        after = room.view()
        if landing and after.segment != before.segment:
            # With the time of a segment used up, the way is on to the next one, and to no other.
            assert before.remaining == 0.0
            assert after.segment_index == before.segment_index + 1
            shift += room.now - began
            continue
        assert after.segment == before.segment
        assert after.remaining == pytest.approx(before.remaining, abs=1.0)
        assert after.state == "live"
        shift += room.now - began
        if before.remaining > 2.0:
            [*_, back] = room.of(Say)[said:]
            assert _takes_it_up(back.move.line, question), (back.move, question)
    room.run()
    assert _greetings(room) <= 1
    assert room.view().state == "ended"
    again = Engine(room.plan, room.scenario, room.name)
    events: list[AnyEvent] = room.log
    assert [command for event in events for command in again.handle(event)] == room.done


def _takes_it_up(line: str, question: OpenQuestion | None) -> bool:
    """Whether `line` asks `question`, in one of its wordings, or says what was broken off."""
    if line.startswith((*turn_phrasing.OWED_RETURNED, *turn_phrasing.OWED_REJOINED)):
        return True
    if question is None:
        # Nothing was asked so far: now it is.
        return "?" in line
    base = question.base
    wordings = [question.text, *((base.ask, base.rephrase) if base else ())]
    lasts = [normal(sentences(wording)[-1]) for wording in wordings if wording]
    return any(last in normal(line) for last in lasts)


@pytest.mark.parametrize("late_s", [-1.0, 1.0])
def test_nobody_is_waited_for_past_the_window(late_s: float) -> None:
    room = _talkative("feed-ranking", [ANSWERS[0]]).run(until=30.0)
    before = room.view()
    _leaves(room, RESUME_WINDOW_S + late_s)
    room >> CandidateJoined(at=0)
    after = room.view()
    if late_s < 0:
        assert (after.state, after.segment) == ("live", before.segment)
        assert after.remaining == pytest.approx(before.remaining, abs=1.0)
    else:
        assert after.state == "ended"
        assert room.of(Finish)[-1].reason == "abandoned"


def test_what_was_lost_before_it_was_noticed_is_given_back() -> None:
    room = _talkative("feed-ranking", [None]).run(until=40.0)
    lost = room.view()
    room.run(until=52.0)
    spent = room.view()
    assert spent.remaining == pytest.approx(lost.remaining - 12.0, abs=0.01)
    room >> CandidateLeft(at=0, since=40.0)
    assert room.view().remaining == pytest.approx(lost.remaining, abs=0.01)
    assert room.view().away_s == pytest.approx(12.0, abs=0.01)
    room.run(until=room.now + 3600.0)
    room >> CandidateJoined(at=0)
    assert room.view().remaining == pytest.approx(lost.remaining, abs=0.01)
    assert room.view().segment == lost.segment
