"""What is left of an interview to be looked at afterwards."""

from __future__ import annotations

from interview.engine import Engine
from interview.events import HintRequested, Observed
from interview.plan import make_plan
from interview.record import unflagged
from tests.interview.room import DEFAULT_LENGTHS, Room
from tests.shipped import SCENARIOS

SCENARIO = SCENARIOS["general-ml-system-design"]
STRONG = (
    "I'd take gradient boosted trees with about three hundred features, because they handle "
    "missing values and stay under fifty milliseconds at the peak."
)


def _played() -> Room:
    plan = make_plan(DEFAULT_LENGTHS)
    room = Room(plan=plan, scenario=SCENARIO, name="Ana").start().run(until=60)
    room.say("I build search systems.").run(until=120)
    while room.view().segment != "problem_framing":
        room.run(until=room.now + 10)
    room.run(until=room.now + 60)
    room.say("What is the latency budget?").run(until=room.now + 20)
    room >> HintRequested(at=0)
    room.run(until=room.now + 30)
    room.say(STRONG).run(until=room.now + 30)
    return room


def test_moments_hints_and_facts_are_folded_from_the_log() -> None:
    room = _played()
    record = room.engine.record
    (moment,) = [m for m in record.moments if m.flag == "strong"]
    assert moment.answer == STRONG
    assert (moment.question, moment.segment) != ("", "")
    assert moment.segment == "problem_framing"
    spoken = next(turn for turn in room.engine.turns if turn.text == STRONG)
    assert (moment.start_ms, moment.end_ms) == (spoken.start_ms, spoken.end_ms)
    assert "strong" in spoken.flags
    (hint,) = record.hints
    assert hint.level == 1
    assert hint.levels >= 1
    topics = [fact.topic for fact in SCENARIO.facts if fact.topic]
    assert sorted((*record.asked, *record.never_asked)) == sorted(topics)
    latency = next(f.topic for f in SCENARIO.facts if "latency" in f.about and f.topic)
    assert latency in record.asked
    replayed = Engine.replay(room.plan, SCENARIO, "Ana", room.log)
    assert replayed.record == record


def test_turns_can_be_shown_without_what_was_made_of_them() -> None:
    room = _played()
    assert any(isinstance(event, Observed) and event.flag for event in room.log)
    assert all("strong" not in turn.flags for turn in unflagged(room.engine.turns))
    assert [t.text for t in unflagged(room.engine.turns)] == [t.text for t in room.engine.turns]
