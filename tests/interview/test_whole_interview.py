"""Whole interviews on virtual time."""

import itertools
from collections.abc import Iterator
from functools import cache

import pytest

from interview.commands import EnterSegment, Finish, Say
from interview.engine import Engine
from interview.events import SpeechStarted
from interview.language import normal
from interview.plan import make_plan
from interview.scenario import SEGMENT_IDS
from tests.interview.room import DEFAULT_LENGTHS, Room

TALK = (
    "I led a team that built a ranking model for a music app with forty million users.",
    "The goal is to show relevant listings quickly and I would measure purchases a search.",
    "How many queries do we get?",
    "I'd start with BM25 for retrieval and then boosted trees for ranking.",
    "I would use a two tower model to add recall for the tail, because",
    "Position bias is a problem, so I'd estimate propensity from randomised results.",
    "What's the latency budget?",
    "Can you repeat that?",
    "Give me a hint.",
    "We retrain every day and watch for drift in the embedding space.",
    "It's cheaper.",
    "Yes.",
    "I'd cache the results of the head queries near the edge of the network.",
    "Would you tell me the answer?",
)


def _talkative(texts: tuple[str, ...] = TALK):
    turns: Iterator[str] = itertools.cycle(texts)
    return lambda say: None if say.move.kind == "farewell" else next(turns)


@cache
def _talked_through() -> Room:
    """The usual plan with a talkative candidate, to its end. Shared: feed it nothing."""
    return Room(answer=_talkative()).start().run()


def _check(room: Room) -> None:
    assert room.segments == list(SEGMENT_IDS)
    assert room.of(Finish) == [Finish(reason="completed")]
    said = [normal(line) for line in room.lines]
    assert len(said) == len(set(said))
    assert sum(say.move.kind == "greet" for say in room.of(Say)) == 1
    assert sum(say.move.kind == "farewell" for say in room.of(Say)) == 1
    view = room.view()
    idle = view.waiting_s + view.paused_s + view.away_s + view.outage_s
    assert view.total_spent_s + idle == pytest.approx(room.now, abs=1e-6)
    allotted = sum(segment.allotted_s for segment in view.segments)
    total = sum(room.plan.segment_seconds) + room.plan.buffer_seconds
    assert allotted + view.buffer_s == pytest.approx(total + view.overtime_s, abs=1e-6)


@pytest.mark.parametrize("tone", ["warm", "neutral", "direct"])
@pytest.mark.parametrize("difficulty", ["guided", "standard", "senior", "staff"])
def test_forty_five_minutes(tone: str, difficulty: str) -> None:
    plan = make_plan(DEFAULT_LENGTHS, difficulty=difficulty, tone=tone)
    room = Room(plan=plan, answer=_talkative()).start().run()
    _check(room)
    assert room.now == pytest.approx(45 * 60, abs=120)
    for segment in room.view().segments[:-1]:
        assert segment.spent_s == pytest.approx(segment.planned_s, abs=30)


def test_a_candidate_who_never_speaks_goes_through_all_five() -> None:
    room = Room().start().run()
    _check(room)
    kinds = [say.move.kind for say in room.of(Say)]
    assert kinds.count("bridge") == 4
    assert "too little" in room.of(Say)[-2].move.reason


def test_one_word_answers() -> None:
    _check(Room(answer=_talkative(("Yes.", "No.", "Maybe."))).start().run())


def test_a_candidate_who_talks_through_every_end() -> None:
    _check(Room(answer=_talkative((" ".join(["we look at the data again"] * 40),))).start().run())


@pytest.mark.parametrize("length", [5, 12, 30, 60])
def test_short_plans_reach_the_end_in_order(length: float) -> None:
    room = Room(plan=make_plan([length] * 5, 0), answer=_talkative()).start().run()
    _check(room)


def test_lines_are_fit_to_be_spoken() -> None:
    room = _talked_through()
    for say in room.of(Say):
        line = say.move.line
        assert line.count("?") <= 1, line
        assert not set(line) & set("*#{}[]<>_|"), line
        for word in ("segment", "rubric", "score", "criterion"):
            assert word not in line.lower()
        if say.move.kind not in {"greet", "bridge", "feedback", "farewell"}:
            assert len(line.split()) <= 40, line
        if say.move.kind not in {"greet", "farewell"}:
            assert "Ana" not in line
        assert say.move.reason
        if say.move.segment != "wrap_up":
            assert not {"great", "excellent", "perfect", "impressive"} & set(normal(line).split())


def test_what_was_said_earlier_is_taken_up_again() -> None:
    room = _talked_through()
    reasons = [say.move.reason for say in room.of(Say) if say.move.segment == "deep_dive"]
    assert any("returns to" in reason for reason in reasons)


def test_feedback_rests_on_what_was_said() -> None:
    talk = tuple(line for line in TALK if not line.endswith("because"))
    room = Room(answer=_talkative(talk)).start().run()
    feedback = [say.move for say in room.of(Say) if say.move.kind == "feedback"]
    said = normal(" ".join(t.text for t in room.engine.turns if t.speaker == "candidate"))
    told = [move.about for move in feedback if move.about]
    assert len(told) >= 2
    assert all(normal(words) in said for words in told)


def test_replaying_the_log_gives_the_same_state_and_commands() -> None:
    room = _talked_through()
    again = Engine(room.plan, room.scenario, room.name)
    assert [c for event in room.log for c in again.handle(event)] == room.done
    assert again.turns == room.engine.turns
    assert again.view(room.now) == room.view()
    replayed = Engine.replay(room.plan, room.scenario, room.name, room.log)
    assert replayed.view(room.now) == room.view()


def test_both_sides_are_in_the_transcript_in_order() -> None:
    room = Room(plan=make_plan([60] * 5), answer=_talkative()).start().run()
    turns = room.engine.turns
    assert [turn.index for turn in turns] == list(range(len(turns)))
    starts = [turn.start_ms for turn in turns]
    assert starts == sorted(starts)
    heard = {turn.text for turn in turns if turn.speaker == "interviewer"}
    assert heard == set(room.lines)
    order = [SEGMENT_IDS.index(turn.segment) for turn in turns]
    assert order == sorted(order)


def test_never_two_segments_at_once() -> None:
    room = Room(answer=_talkative()).start()
    while room.view().state != "ended":
        room.run(until=room.now + 30)
        assert sum(s.state == "live" for s in room.view().segments) == (
            room.view().state != "ended"
        )
    indexes = [command.index for command in room.of(EnterSegment)]
    assert indexes == [0, 1, 2, 3, 4]


def test_who_stops_in_the_middle_again_and_again_is_not_left_hanging() -> None:
    texts = tuple(
        f"I'd keep cache number {n} near the edge of the network, because" for n in range(9)
    )
    room = Room(plan=make_plan([200] * 5), answer=_talkative(texts)).start().run()
    starts = [event.at for event in room.log if isinstance(event, SpeechStarted)]
    assert max(after - before for before, after in itertools.pairwise(starts)) < 75
