"""Nobody waits for nothing, no question is run over, and every part ends about when it should."""

from __future__ import annotations

import itertools

import pytest

from interview.brevity import room_for_more
from interview.commands import Say
from interview.conversation import Conversation, Heard
from interview.events import SpeechEnded, SpeechStarted, UtteranceFinal
from interview.language import normal
from interview.listening import ANSWER_FLOOR_S
from interview.plan import make_plan
from tests.interview.example import SCENARIO
from tests.interview.room import Room
from tests.shipped import SCENARIOS
from tests.viva.played import play
from viva.conduct import Conduct

QUESTION, FACT = "How many queries do we get?", SCENARIO.facts[0]
# Silence after an answer that a candidate takes for a break in the line, less recognition's share.
DEAD_AIR_S = 6.0


def _terse(*, roomy: bool = False) -> Conversation:
    talk = Conversation(SCENARIO)
    for number, text in enumerate(("Trees.", "Clicks.", "One store.", "A test.")):
        talk.turn_starts.append(number)
        talk.candidate.append(Heard("deep_dive", text, f"u{number}"))
    if roomy:
        talk.marks.add("roomy")
    return talk


@pytest.mark.parametrize("roomy", [False, True])
def test_room_after_a_short_answer_is_no_dead_air(roomy: bool) -> None:
    assert 2.0 <= room_for_more(_terse(roomy=roomy), "Gradient boosted trees.") < DEAD_AIR_S


def test_a_whole_sentence_is_taken_up_at_once() -> None:
    assert room_for_more(_terse(), "I would train it on clicks.") == 0.0


@pytest.mark.parametrize(
    "heard", ["I have work gone.", "So I worked.", "My part was.", "The label store.", "We train."]
)
def test_what_may_be_only_the_beginning_is_waited_for(heard: str) -> None:
    assert 2.0 <= room_for_more(Conversation(SCENARIO), heard) < DEAD_AIR_S


@pytest.mark.parametrize(
    "heard",
    [
        "I don't know.",
        "I have no idea.",
        "We did.",
        "I'm not sure.",
        "It depends.",
        "Is it new?",
        "Logistic regression.",
        "Yes.",
        "About two million.",
        "We train it on recent clicks.",
    ],
)
def test_a_short_whole_answer_is_taken_up_at_once(heard: str) -> None:
    assert room_for_more(Conversation(SCENARIO), heard) == 0.0


def test_who_thinks_after_a_misheard_beginning_is_not_cut_into() -> None:
    room = Room().start().run(until=30)
    while room.playing is not None:
        room.run(until=room.now + 0.5)
    before = len(room.lines)
    room.say("I have work gone.").run(until=room.now + 2.5)
    assert len(room.lines) == before
    room.say("On demand models, for five years.").run(until=room.now + 3)
    assert len(room.lines) == before + 1


def test_a_terse_candidate_is_never_left_hanging() -> None:
    answer = "Gradient boosted trees."
    room = Room(answer=lambda say: answer if "?" in say.move.line else None).start().run()
    begun = [event.at for event in room.log if isinstance(event, SpeechStarted)]
    for event in room.log:
        if isinstance(event, UtteranceFinal):
            after = [at for at in begun if at > event.at]
            assert after
            assert after[0] - event.at < DEAD_AIR_S, event


def _paced(wrap_up: float, persona: str = "average") -> Conduct:
    return play(persona, SCENARIOS["general-ml-system-design"], (45, 45, 45, 45, wrap_up))


@pytest.mark.parametrize("persona", ["strong", "rambler", "silent", "terse"])
@pytest.mark.parametrize("wrap_up", [25, 40, 60, 120])
def test_every_part_ends_within_half_a_minute_of_its_plan(wrap_up: float, persona: str) -> None:
    errors = _paced(wrap_up, persona).segment_errors_s
    assert all(abs(error) <= 30 for error in errors if error is not None), errors


def test_the_time_is_filled_when_there_is_plenty() -> None:
    conduct = play("average", SCENARIOS["feed-ranking"], (45, 45, 45, 45, 300))
    assert abs(conduct.segment_errors_s[-1] or 0.0) <= 30, conduct.segment_errors_s


@pytest.mark.parametrize("persona", ["average", "terse", "hostile", "anxious"])
def test_no_question_is_run_over_by_the_next(persona: str) -> None:
    conduct = _paced(40, persona)
    assert conduct.double_questions == 0, conduct.faults


@pytest.mark.parametrize("seconds", range(18, 42, 2))
def test_a_question_just_asked_leaves_the_floor_to_its_answer(seconds: int) -> None:
    """However the end of the part falls, as the candidate answers once and then not."""
    left = iter(["I built a ranking model for a shop."])
    room = Room(
        plan=make_plan((seconds, 60, 60, 60, 60)),
        answer=lambda say: next(left, None) if "?" in say.move.line else None,
    )
    room.start().run(until=seconds + 40)
    assert len(room.segments) == 2
    ended = {event.say_id: event.end_ms / 1000 for event in room.log if type(event) is SpeechEnded}
    begun = [event for event in room.log if isinstance(event, SpeechStarted)]
    for event, after in itertools.pairwise(begun):
        end = ended[event.say_id]
        answered = any(
            isinstance(other, UtteranceFinal) and end < other.at < after.at for other in room.log
        )
        if "?" in event.text and not answered:
            assert after.at - end >= ANSWER_FLOOR_S, (event.text, after.text)


def test_a_question_at_the_end_of_a_part_is_answered_before_the_bridge() -> None:
    room = Room(plan=make_plan((60, 60, 60, 60, 60))).start().run(until=100)
    while room.segments[-1] != "problem_framing" or room.view().remaining > 7:
        room.run(until=room.now + 0.5)
    before = len(room.of(Say))
    room.say(QUESTION).run(until=room.now + 30)
    bridge = room.of(Say)[before].move
    assert bridge.kind == "bridge"
    assert normal(bridge.line).startswith(normal(FACT.answer))
    assert room.segments[-1] == "solution_exploration"
