"""Holding the floor, silence, long speeches and unclear words, on virtual time."""

import pytest

from interview.clarity import garbled
from interview.commands import EnterSegment, Hush, Move, Say, ShowState
from interview.events import (
    CandidateSilent,
    CandidateSpeaking,
    TurnEnded,
    UtteranceFinal,
)
from interview.patience import TABLE, patience
from interview.plan import make_plan
from interview.transcript import Word
from tests.interview.room import Room

ANSWER = "I built the ranking of a music app with boosted trees on click logs."
QUESTION = "which system did you build last?"


def _begun(**more) -> Room:
    return Room(**more).start().run(until=20)


def _kinds(room: Room) -> list[str]:
    return [say.move.kind for say in room.of(Say)]


def _moves(room: Room) -> list[Move]:
    return [say.move for say in room.of(Say)]


# -- time to think --------------------------------------------------------------------------------


def test_a_moment_to_think_is_granted_and_kept() -> None:
    room = _begun().say("Could I have a minute?")
    assert (room << Say).move.kind == "hold"
    assert (room << Say).move.line == "Take your time."
    room.run(until=room.now + 59)
    assert _kinds(room) == ["greet", "hold"]
    room.run(until=room.now + 5)
    assert _kinds(room) == ["greet", "hold", "nudge"]
    assert "time to think" in _moves(room)[-1].reason


def test_who_thinks_without_asking_first_hears_nothing() -> None:
    room = _begun().say("Let me think.")
    room.run(until=room.now + 59)
    assert _kinds(room) == ["greet"]
    assert room.view().holding
    room.run(until=room.now + 5)
    assert _kinds(room) == ["greet", "nudge"]


def test_the_time_asked_for_is_the_time_given() -> None:
    room = _begun().say("I need two minutes.")
    room.run(until=room.now + 119)
    assert _kinds(room) == ["greet"]
    room.run(until=room.now + 5)
    assert _kinds(room)[-1] == "nudge"


def test_after_one_offer_the_usual_ladder_goes_on() -> None:
    room = _begun().say("One second.").run(until=290)
    assert _kinds(room)[:4] == ["greet", "nudge", "nudge", "nudge"]
    reasons = [move.reason for move in _moves(room)[1:4]]
    assert "one gentle offer" in reasons[0]
    assert "other words" in reasons[1]
    assert "to go on or to pause" in reasons[2]


def test_who_speaks_is_answered_at_once_and_the_request_is_no_answer() -> None:
    room = _begun().say("Give me a minute to think.")
    room.run(until=room.now + 20).say(ANSWER)
    assert (room << Say).move.kind != "hold"
    talk = room.engine._state.talk
    assert [heard.text for heard in talk.candidate] == [ANSWER]


def test_the_first_half_of_an_answer_belongs_to_the_second() -> None:
    room = _begun().say("It was a ranking system. Let me think about the rest.")
    room.run(until=room.now + 30).say(ANSWER)
    assert len(room.engine._state.talk.candidate) == 2
    assert _kinds(room)[:2] == ["greet", "ask"]


def test_a_second_request_is_kept_but_not_acknowledged() -> None:
    room = _begun().say("May I have a second?")
    room.run(until=room.now + 10).say("Just a moment.")
    room.run(until=room.now + 29)
    assert _kinds(room) == ["greet", "hold"]
    room.run(until=room.now + 5)
    assert _kinds(room) == ["greet", "hold", "nudge"]


def test_what_was_broken_off_for_it_is_said_after_it() -> None:
    room = Room().start().run(until=4)
    room.interrupt("Hi Ana, I'm your interviewer today; good to meet you.").say("Hold on.")
    room.run(until=room.now + 29)
    assert _kinds(room) == ["greet"]
    room.run(until=room.now + 4)
    assert _kinds(room)[1] == "ask"
    assert "silence is fine" in _moves(room)[1].line


def test_noise_does_not_end_the_hold() -> None:
    room = _begun().say("Give me a minute.")
    room.run(until=room.now + 20) >> CandidateSpeaking(at=0) >> CandidateSilent(at=0)
    room.run(until=room.now + 30)
    assert _kinds(room) == ["greet"]


def test_the_page_shows_that_the_floor_is_held() -> None:
    room = _begun().say("Let me think.")
    assert (room << ShowState).holding
    room.run(until=room.now + 5).say(ANSWER)
    assert not room.of(ShowState)[-1].holding


def test_at_the_end_of_a_segment_a_thought_is_waited_for_but_not_for_ever() -> None:
    room = _begun(plan=make_plan([60, 60, 60, 60, 60])).say("I need three minutes.")
    room.run(until=79)
    assert room.of(EnterSegment)[-1].segment == "warm_up"
    room.run(until=81)
    assert room.of(EnterSegment)[-1].segment == "problem_framing"
    assert not room.view().holding


@pytest.mark.parametrize("asked_at", [30, 50, 53, 57])
def test_a_thought_begun_at_any_moment_is_waited_for(asked_at: float) -> None:
    room = _begun(plan=make_plan([60] * 5)).run(until=asked_at).say("Let me think.")
    said = _kinds(room)
    room.run(until=79)
    assert room.of(EnterSegment)[-1].segment == "warm_up"
    assert _kinds(room) == said


def test_a_thought_that_comes_after_the_end_of_a_segment_is_heard_out() -> None:
    room = _begun(plan=make_plan([60] * 5)).run(until=50).say("Let me think.")
    room.run(until=70).say(ANSWER)
    room.run(until=90)
    heard = {heard.text: heard.segment for heard in room.engine._state.talk.candidate}
    assert heard[ANSWER] == "warm_up"
    assert room.of(EnterSegment)[-1].segment == "problem_framing"


def test_time_asked_for_across_the_end_of_a_segment_is_kept_until_the_landing_ends() -> None:
    room = _begun(plan=make_plan([60] * 5)).run(until=58.5)
    said = _kinds(room)
    room.say("Give me a minute to think.")
    room.run(until=79)
    assert room.of(EnterSegment)[-1].segment == "warm_up"
    assert _kinds(room) == said
    room.run(until=82)
    assert room.of(EnterSegment)[-1].segment == "problem_framing"


# -- an end that the recogniser may have made up --------------------------------------------------


@pytest.mark.parametrize(("confidence", "waits"), [(0.3, True), (0.9, False), (None, False)])
def test_a_last_word_of_little_confidence_leaves_the_floor_a_while(
    confidence: float | None, waits: bool
) -> None:
    room = _begun()
    text = "On demand models for about five years, and my part was done."
    words = tuple(
        Word(word, 20000 + 300 * i, 20300 + 300 * i, confidence if word == "done." else 0.95)
        for i, word in enumerate(text.split())
    )
    said = _kinds(room)
    final = UtteranceFinal(
        at=0, utterance_id="u", text=text, start_ms=20000, end_ms=23600, words=words
    )
    room >> CandidateSpeaking(at=0) >> CandidateSilent(at=0) >> final >> TurnEnded(at=0)
    hold = TABLE["warm_up"].maybe
    room.run(until=room.now + hold - 0.5)
    assert (_kinds(room) == said) is waits
    room.run(until=room.now + 1.0)
    assert _kinds(room) != said


# -- more than one wish, and the end --------------------------------------------------------------


def test_the_question_again_and_then_the_minute_that_was_asked_for() -> None:
    room = _begun().say("Sorry, can you repeat that, and then give me a minute?")
    assert (room << Say).move.kind == "repeat"
    room.run(until=room.now + 8)
    assert room.view().holding
    room.run(until=room.now + 54)
    assert _kinds(room) == ["greet", "repeat"]
    room.run(until=room.now + 8)
    assert _kinds(room) == ["greet", "repeat", "nudge"]
    assert "time to think" in _moves(room)[-1].reason


def test_two_wishes_are_granted_in_one_breath_and_one_question() -> None:
    room = _begun().say(ANSWER).run(until=60)
    room.say("Can you repeat the question and give me a hint?")
    move = (room << Say).move
    assert move.kind == "hint"
    assert "hear it again" in move.reason
    assert move.line.count("?") == 1
    assert move.line.endswith("?")


def test_more_time_and_a_hint() -> None:
    room = _begun()
    before = room.view().ends_at
    room.say("Could I get more time and a hint?")
    assert (room << Say).move.kind == "hint"
    assert "more time was asked for" in (room << Say).move.reason
    assert room.view().ends_at > before + 60


def test_a_break_comes_before_the_way_on_which_is_remembered() -> None:
    room = _begun().say("Can we move on, and then take a short break?")
    assert room.view().state == "paused"
    room.run(until=room.now + 30).say("Okay, I'm back.")
    room.run(until=room.now + 4)
    assert room.view().segment == "problem_framing"


@pytest.mark.parametrize(
    "words", ["Let's move on, no wait, stay here.", "Let's end the interview. No, never mind."]
)
def test_who_takes_it_back_stays(words: str) -> None:
    room = _begun().say(words)
    assert (room << Say).move.kind == "hold"
    assert room.view().segment == "warm_up"
    assert room.view().state == "live"


@pytest.mark.parametrize("words", ["I want to stop.", "I have to go.", "Can we stop here?"])
def test_an_end_that_may_be_none_is_asked_back(words: str) -> None:
    room = _begun().say(words)
    assert (room << Say).move.line == "Do you want to end the interview here?"
    assert room.view().state == "live"
    room.run(until=room.now + 5).say("Yes.")
    assert (room << Say).move.kind == "farewell"


def test_it_is_said_twice_over() -> None:
    room = _begun().say("I have to go.").run(until=30).say("Sorry, I really have to leave.")
    assert (room << Say).move.kind == "farewell"


@pytest.mark.parametrize("words", ["No.", "No, let's continue.", "Wait, no.", "Let's go on."])
def test_and_is_not_one(words: str) -> None:
    room = _begun().say("I want to stop.").run(until=30).say(words)
    assert (room << Say).move.kind == "hold"
    assert room.view().state == "live"


def test_a_yes_is_waited_for_before_what_was_broken_off_goes_on() -> None:
    room = Room().start().run(until=4)
    room.interrupt("Hi Ana, I'm your interviewer today; good to meet you.").say("I have to go.")
    assert "end the interview" in (room << Say).move.line
    room.run(until=room.now + 7)
    assert len(room.of(Say)) == 2
    room.say("Yes, please.")
    assert (room << Say).move.kind == "farewell"


def test_an_answer_to_it_is_an_answer() -> None:
    room = _begun().say("I have to go.").run(until=30).say(ANSWER)
    assert (room << Say).move.kind in {"ask", "probe"}
    room.run(until=room.now + 10).say("Yes.")
    assert room.view().state == "live"


def test_an_unmistakable_end_is_granted_at_once() -> None:
    room = _begun().say("Can we end the interview here?")
    assert (room << Say).move.kind == "farewell"


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("Give me a minute.", 60),
        ("give me two minutes", 120),
        ("Give me 2 minutes.", 120),
        ("give me thirty seconds", 30),
        ("Give me 45 seconds.", 45),
        ("Give me a sec.", 30),
        ("could you give me a couple of minutes", 120),
    ],
)
def test_silence_is_as_long_as_was_asked_and_then_one_offer(words: str, seconds: int) -> None:
    room = _begun(plan=make_plan([600] * 5)).say(words)
    room.run(until=room.now + seconds - 1)
    granted = ["hold"] if words.startswith(("can", "could")) else []
    assert [kind.lower() for kind in _kinds(room)] == ["greet", *granted]
    room.run(until=room.now + 7)
    assert _kinds(room) == ["greet", *granted, "nudge"]
    assert "one gentle offer" in _moves(room)[-1].reason


# -- pauses inside a turn -------------------------------------------------------------------------


@pytest.mark.parametrize("seconds", [2.0, 8.0, 19.0])
def test_a_pause_in_a_sentence_is_not_cut(seconds: float) -> None:
    room = _begun().say("For the model I would use, because of the latency, the")
    room.run(until=room.now + seconds).say("smallest one that works.")
    assert _kinds(room) == ["greet", _kinds(room)[-1]]


def test_after_a_very_long_one_they_are_asked_to_go_on_and_nothing_is_lost() -> None:
    room = _begun().say("I built the ranking of a music app because")
    room.run(until=room.now + 24)
    assert [move.line for move in _moves(room)][1:] == ["Go on, I'm with you."]
    assert "middle of a sentence" in _moves(room)[-1].reason
    room.say("people could not find what they liked.")
    talk = room.engine._state.talk
    assert len(talk.candidate) == 2
    assert _kinds(room)[-1] in {"ask", "probe"}


def test_they_are_asked_to_go_on_only_once() -> None:
    room = _begun().say("I built the ranking of a music app because")
    room.run(until=room.now + 60)
    assert [move.line for move in _moves(room)].count("Go on, I'm with you.") == 1
    assert _kinds(room)[2] in {"ask", "probe"}


def test_patience_differs_by_segment_and_difficulty() -> None:
    assert len({(p.nudge, p.open, p.unended) for p in TABLE.values()}) >= 3
    assert all(p.open > 20 > p.maybe for p in TABLE.values())
    standard, guided, staff = (patience(2, d) for d in ("standard", "guided", "staff"))
    assert guided.nudge < standard.nudge < staff.nudge
    first = []
    for difficulty in ("guided", "staff"):
        room = _begun(plan=make_plan([300] * 5, 300, difficulty))
        room.run(until=60)
        first.append(next(turn.start_ms for turn in room.engine.turns[1:]))
    assert first[0] < first[1]


# -- silence --------------------------------------------------------------------------------------


def test_a_nudge_other_words_the_way_on_and_then_quiet() -> None:
    room = _begun().run(until=230)
    assert _kinds(room) == ["greet", "nudge", "nudge", "nudge"]
    assert len({move.reason for move in _moves(room)}) == 4


@pytest.mark.parametrize("words", ["Yes please.", "Let's move on.", "Skip it.", "go on"])
def test_the_offer_to_go_on_brings_the_next_question(words: str) -> None:
    room = _begun().run(until=85).say(words)
    assert (room << Say).move.ref == "role"
    assert room.view().segment == "warm_up"


@pytest.mark.parametrize("words", ["A break, please.", "Let's pause.", "I'd rather take a break"])
def test_the_offer_of_a_break_is_taken(words: str) -> None:
    room = _begun().run(until=85).say(words)
    assert room.view().state == "paused"


def test_the_offer_to_go_on_is_declined() -> None:
    room = _begun().run(until=85).say("No, not yet.")
    assert (room << Say).move.kind == "hold"


# -- long speeches --------------------------------------------------------------------------------


def _rambles(room: Room, seconds: float) -> Room:
    """Speech without a pause; its words arrive every 20 s."""
    room >> CandidateSpeaking(at=0)
    until = room.now + seconds
    number = 0
    while room.now < until:
        room.run(until=room.now + 20)
        number += 1
        words = f"and number {number} we had boosted trees for the ranking of songs " * 5
        room >> UtteranceFinal(
            at=0,
            utterance_id=f"r{number}-{room.now}",
            text=words,
            start_ms=round(room.now * 1000) - 20000,
            end_ms=round(room.now * 1000),
        )
    return room


def test_a_rambler_is_interrupted_once_with_a_question_on_their_words() -> None:
    room = _rambles(_begun(plan=make_plan([600] * 5)), 181)
    redirects = [say for say in room.of(Say) if say.move.kind == "redirect"]
    assert len(redirects) == 1
    assert not redirects[0].interruptible
    assert redirects[0].move.reason
    assert redirects[0].move.line.endswith("?")
    assert redirects[0].move.about in "and number 9 we had boosted trees for the ranking of songs"
    said = len(room.of(Say))
    room.run(until=room.now + 15)
    over = int(1000 * room.now) - 14000
    room >> UtteranceFinal(at=0, utterance_id="o", text="and so on", start_ms=over, end_ms=over)
    room >> CandidateSilent(at=0) >> TurnEnded(at=0)
    assert len(room.of(Say)) == said
    assert not room.of(Hush)
    room.run(until=room.now + 1).say(ANSWER)
    assert len(room.of(Say)) == said + 1


def test_a_slow_thinker_is_not() -> None:
    room = _begun(plan=make_plan([600] * 5))
    for _ in range(14):
        room.say("and the thing that we then did was to use the", 3).run(until=room.now + 12)
    assert "redirect" not in _kinds(room)


def test_the_limit_is_a_setting_and_shorter_in_a_short_segment() -> None:
    plan = make_plan([600] * 5).model_copy(update={"rambling_seconds": 60.0})
    assert "redirect" in _kinds(_rambles(_begun(plan=plan), 70))
    assert "redirect" in _kinds(_rambles(_begun(plan=make_plan([120] * 5)), 80))


def test_two_turns_are_not_one_long_one() -> None:
    room = _begun(plan=make_plan([600] * 5))
    _rambles(room, 100) >> CandidateSilent(at=0) >> TurnEnded(at=0)
    room.run(until=room.now + 12)
    _rambles(room, 100)
    assert "redirect" not in _kinds(room)


# -- backchannels


@pytest.mark.parametrize("late", [0.2, 12.0])
def test_a_backchannel_is_no_answer_however_late_its_words_come(late: float) -> None:
    room = Room().start().run(until=5)
    room >> CandidateSpeaking(at=0)
    room.run(until=5.4) >> CandidateSilent(at=0)
    room.run(until=5.4 + late)
    room >> UtteranceFinal(at=0, utterance_id="b", text="Right.", start_ms=5000, end_ms=5400)
    room >> TurnEnded(at=0)
    room.run(until=22)
    assert _kinds(room) == ["greet"]
    assert not room.engine._state.turn
    assert room.engine.turns[1].text == "Right."


def test_the_same_word_after_the_question_is_an_answer() -> None:
    room = _begun().say("Right.")
    room.run(until=room.now + 6)
    assert len(room.of(Say)) == 2


# -- unclear words --------------------------------------------------------------------------------


def _mumbles(room: Room, text: str = "the bird of the rain king trees", sure: float = 0.2) -> Room:
    at = round(room.now * 1000)
    room >> CandidateSpeaking(at=0) >> CandidateSilent(at=0)
    room >> UtteranceFinal(
        at=0, utterance_id=f"m{at}", text=text, start_ms=at, end_ms=at, confidence=sure
    )
    return room >> TurnEnded(at=0)


def test_unclear_words_are_asked_for_again_and_never_judged() -> None:
    room = _mumbles(_begun())
    assert (room << Say).move.line == "I didn't catch that; could you say it again?"
    room.run(until=room.now + 6)
    assert room.engine.turns[1].flags == ("garbled",)
    state = room.engine._state
    assert not state.talk.candidate
    assert not room.engine.coverage.notes
    assert state.talk.open.base.id == "project"
    assert not [c for c in room.done if type(c).__name__ == "Observe"]


def test_twice_in_a_row_and_then_gently_on() -> None:
    room = _begun()
    for _ in range(3):
        _mumbles(room).run(until=room.now + 8)
    assert _kinds(room)[:3] == ["greet", "repeat", "repeat"]
    assert _kinds(room)[3] in {"ask", "probe"}
    assert len(set(room.lines)) == len(room.lines)
    assert room.say(ANSWER).of(Say)[-1].move.kind != "repeat"


def test_one_unclear_piece_of_a_long_answer_is_let_go() -> None:
    room = _begun() >> CandidateSpeaking(at=0)
    room >> UtteranceFinal(
        at=0, utterance_id="m", text="a bird", start_ms=20000, end_ms=20500, confidence=0.2
    )
    room >> CandidateSilent(at=0)
    room.say(ANSWER)
    assert (room << Say).move.kind in {"ask", "probe"}
    assert [(t.text, t.flags) for t in room.engine.turns[1:]] == [
        ("a bird", ("garbled",)),
        (ANSWER, ()),
    ]


def test_a_cough_is_nothing() -> None:
    room = _mumbles(_begun(), "You.")
    assert _kinds(room) == ["greet"]


def test_clear_words_are_taken() -> None:
    room = _mumbles(_begun(), ANSWER, sure=0.8)
    assert (room << Say).move.kind in {"ask", "probe"}


@pytest.mark.parametrize(
    ("text", "confidence", "source", "unclear"),
    [
        ("I would train the ranker on purchases.", 0.91, "voice", False),
        ("About 200 milliseconds.", 0.68, "voice", False),
        ("Then the feature store is down, we pull the pass values.", 0.44, "voice", True),
        ("the bird of the rain king trees", 0.21, "voice", True),
        ("Oh, " * 40, 0.91, "voice", True),
        ("I would train the ranker on purchases.", None, "voice", False),
        ("a a a a a a a a a a a a a", None, "typed", False),
    ],
)
def test_what_is_believed(text: str, confidence: float | None, source: str, unclear: bool) -> None:
    event = UtteranceFinal(
        at=0,
        utterance_id="u",
        text=text,
        start_ms=0,
        end_ms=0,
        confidence=confidence,
        source=source,
    )
    assert garbled(event) is unclear
