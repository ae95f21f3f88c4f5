"""Long moves: said in breaths, broken into, and made good."""

from dataclasses import replace

import pytest

from interview.commands import Say
from interview.conversation import OpenQuestion, Planned
from interview.events import (
    CandidateJoined,
    CandidateLeft,
    CandidateSilent,
    CandidateSpeaking,
    EndRequested,
    InterviewerJoined,
    NextRequested,
    PauseRequested,
    RepeatRequested,
    ResumeRequested,
)
from interview.owing import left_of, unheard
from interview.plan import make_plan
from tests.interview.room import Room

ANSWER = "I built the ranking of a music app with boosted trees on click logs."
PARTS = ("We run a harbour.", "Ships come at all hours.", "Where would you begin?")


def _chain(kind: str = "bridge") -> Planned:
    """Three breaths, the last of which asks."""
    third = Planned(
        kind=kind,
        reason="the question",
        parts=PARTS[2:],
        question=OpenQuestion(PARTS[2]),
    )
    second = Planned(kind=kind, reason="the problem, on", parts=PARTS[1:2], rest=third)
    return Planned(kind=kind, reason="the problem", parts=PARTS[:1], rest=second)


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    """Into the second segment in three breaths, the first of which is being said."""
    monkeypatch.setattr("interview.recall.bridge", lambda _s, cut: _chain())
    return (Room().start().run(until=20) >> NextRequested(at=0)).run(until=21)


def _lines(room: Room) -> list[str]:
    return room.lines[1:]


def test_the_parts_follow_each_other_after_a_breath(room: Room) -> None:
    room.run(until=30)
    assert _lines(room) == list(PARTS)
    starts = [turn.start_ms for turn in room.engine.turns[1:]]
    ends = [turn.end_ms for turn in room.engine.turns[1:]]
    for end, start in zip(ends, starts[1:], strict=False):
        assert start - end == pytest.approx(500, abs=50)  # a breath, and the voice's own delay


def test_what_was_said_into_it_is_answered_before_it_goes_on(room: Room) -> None:
    room.run(until=22.0).say("What's the latency budget?")
    room.run(until=40)
    kinds = [say.move.kind for say in room.of(Say)][1:]
    assert kinds[:2] == ["bridge", "answer"]
    assert _lines(room)[2:] == list(PARTS[1:])


def test_a_remark_is_taken_up_and_it_goes_on(room: Room) -> None:
    room.run(until=22.0).say("We had such a harbour at home, with many ships.")
    assert (room << Say).move.line.endswith(PARTS[1])
    assert room.run(until=40).lines[-1] == PARTS[2]


def test_a_backchannel_does_not_hold_it_up(room: Room) -> None:
    room.run(until=22.0).say("Okay.")
    assert (room << Say).move.line == PARTS[1]


def test_a_noise_does_not_lose_it(room: Room) -> None:
    room.run(until=21.98) >> CandidateSpeaking(at=0)
    room.run(until=23) >> CandidateSilent(at=0)
    assert room.run(until=40).lines[-1] == PARTS[2]


def test_what_was_broken_off_is_said_again_in_full(room: Room) -> None:
    room.run(until=23.1)
    room.interrupt("Ships come").say("Sorry, I coughed there.")
    assert PARTS[1] in (room << Say).move.line
    assert room.run(until=40).lines[-1] == PARTS[2]


def test_an_interruption_that_was_none_is_made_good(room: Room) -> None:
    room.run(until=23.1)
    room.interrupt("Ships come").run(until=30)
    assert _lines(room)[2].endswith(PARTS[1])


def test_a_question_that_was_broken_off_is_asked_in_other_words(room: Room) -> None:
    room.run(until=25.5).interrupt("Where").say("I know harbours rather well myself.")
    assert (room << Say).move.line.endswith("where would you begin?")


def test_nothing_counts_as_said_before_it_was(room: Room) -> None:
    talk = room.engine._state.talk
    assert talk.open is None
    assert talk.fresh(PARTS[1])
    room.run(until=30)
    assert talk.open.text == PARTS[2]


def test_a_pause_and_a_way_out_lose_nothing(room: Room) -> None:
    (room.run(until=21.98) >> PauseRequested(at=0)).run(until=60)
    assert len(_lines(room)) == 2
    room >> ResumeRequested(at=0)
    assert (room << Say).move.line.endswith(PARTS[1])
    (room.run(until=60.2) >> CandidateLeft(at=0)).run(until=90) >> CandidateJoined(at=0)
    assert PARTS[1] in (room << Say).move.line
    assert room.run(until=120).lines[-2] == PARTS[2]


def test_a_crash_loses_nothing(room: Room) -> None:
    room.run(until=22.6)
    room.drop()
    room.wakes.clear()
    room >> InterviewerJoined(at=0, epoch=2, live_until=22.6)
    assert PARTS[1] in (room << Say).move.line
    assert room.run(until=40).lines[-1] == PARTS[2]


def test_the_last_part_said_can_be_heard_again(room: Room) -> None:
    room.run(until=21.98) >> RepeatRequested(at=0)
    assert (room << Say).move.line == "Of course: we run a harbour."
    assert room.run(until=40).lines[-1] == PARTS[2]


def test_the_next_segment_drops_it(room: Room) -> None:
    room.run(until=21.98) >> NextRequested(at=0)
    room.run(until=23)
    assert room.engine._state.owed is None


def test_feedback_that_is_cut_by_the_end_is_said_with_the_goodbye(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    marked = replace(_chain("feedback"), marks=frozenset({"feedback"}))
    monkeypatch.setattr("interview.recall.feedback", lambda _s: marked)
    room = Room(plan=make_plan([40, 40, 40, 40, 60])).start().run(until=180)
    while "We run a harbour." not in room.lines:
        room.run(until=room.now + 0.5)
    room.run(until=room.now + 0.3)
    room >> NextRequested(at=0)
    room.run()
    assert any("Ships come at all hours." in line for line in room.lines[-3:])
    assert "goodbye" in room.lines[-1]
    assert PARTS[2] not in room.lines[-1]


def test_ending_early_drops_it(room: Room) -> None:
    room.run(until=21.98) >> EndRequested(at=0)
    assert PARTS[1] not in (room << Say).move.line


def test_a_greeting_broken_off_at_once_is_made_good() -> None:
    room = Room().start().run(until=0.8)
    room.interrupt("Hi").say("Hello there, I can hear you well.")
    line = (room << Say).move.line
    assert "I'm your interviewer" in line
    assert "silence is fine" in line
    assert line.endswith("What did you work on last?")


def test_a_hint_and_a_fact_that_were_not_heard_do_not_count() -> None:
    room = (Room().start().run(until=20) >> NextRequested(at=0)).run(until=60)
    room.say("What's the latency budget?").run(until=room.now + 0.6)
    assert room.engine._state.talk.facts == ["latency"]
    room.interrupt("Two")
    assert room.engine._state.talk.facts == []


def test_unheard_sentences() -> None:
    text = "One two three four. Five six seven eight. Nine ten?"
    assert unheard(text, "") == ["One two three four.", "Five six seven eight.", "Nine ten?"]
    assert unheard(text, "One two") == ["Five six seven eight.", "Nine ten?"]
    assert unheard(text, "One two three four. Five") == ["Five six seven eight.", "Nine ten?"]
    assert unheard(text, text) == []


def test_a_plain_question_owes_nothing() -> None:
    asked = replace(_chain("probe").rest.rest, parts=("Okay.", "Why?"))
    assert left_of(asked, "Okay. Why?", "", asks=True, opening=()) is None


def test_a_greeting_without_its_question_can_be_followed_by_the_next_part() -> None:
    """Who is asked for the next part before anything was asked has answered nothing."""
    room = Room().start().run(until=1.5)
    room.interrupt("Hi Ana,").say("Could we move on?")
    assert room.run(until=60).segments[-1] == "problem_framing"
