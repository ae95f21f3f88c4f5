"""What the next interviewer is asked for when the one before died."""

import pytest

from interview.commands import Observe
from interview.engine import Engine
from interview.events import EndRequested, InterviewerJoined, Observed, PauseRequested
from interview.observing import observe
from tests.interview.room import Room

ANSWER = "I built the ranking of a music app with boosted trees on click logs."


def _answered() -> Room:
    """Two turns are finished."""
    room = Room().start().run(until=20)
    for _ in range(2):
        room.say(ANSWER).run(until=room.now + 15)
    assert len(room.of(Observe)) == 2
    return room


def _taken_over(engine: Engine, epoch: int, at: float) -> list[Observe]:
    commands = engine.handle(InterviewerJoined(at=at, epoch=epoch, live_until=at))
    return [command for command in commands if isinstance(command, Observe)]


@pytest.mark.parametrize("end", [None, PauseRequested, EndRequested])
def test_a_turn_that_was_not_observed_before_the_crash_is_observed_after_it(end: type) -> None:
    room = _answered()
    if end is not None:
        (room >> end(at=0)).run(until=room.now + 30)
    turns, seen = room.of(Observe), [e for e in room.log if isinstance(e, Observed)]
    log = [event for event in room.log if not isinstance(event, Observed)]
    unseen = Engine.replay(room.plan, room.scenario, "Ana", log)
    assert _taken_over(unseen, 2, room.now) == turns

    half = Engine.replay(room.plan, room.scenario, "Ana", [e for e in room.log if e is not seen[1]])
    assert _taken_over(half, 2, room.now) == turns[1:]
    half.handle(observe(turns[1], room.scenario, half.coverage, room.now))
    assert _taken_over(half, 3, room.now) == []


def test_a_turn_is_not_observed_twice() -> None:
    room = _answered()
    assert _taken_over(room.engine, 2, room.now) == []
