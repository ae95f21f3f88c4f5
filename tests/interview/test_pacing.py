"""Nobody waits for nothing, no question is run over, and every part ends about when it should."""

from __future__ import annotations

import pytest

from interview.brevity import room_for_more
from interview.conversation import Conversation, Heard
from interview.events import SpeechStarted, UtteranceFinal
from tests.interview.example import SCENARIO
from tests.interview.room import Room

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


def test_a_terse_candidate_is_never_left_hanging() -> None:
    answer = "Gradient boosted trees."
    room = Room(answer=lambda say: answer if "?" in say.move.line else None).start().run()
    begun = [event.at for event in room.log if isinstance(event, SpeechStarted)]
    for event in room.log:
        if isinstance(event, UtteranceFinal):
            after = [at for at in begun if at > event.at]
            assert after
            assert after[0] - event.at < DEAD_AIR_S, event
