"""In the deep dive at least every second question takes up what the candidate said before.

The slow test plays a sample; with VIVA_TEST_EVERYONE=1 every candidate in every scenario."""

from __future__ import annotations

import itertools

import pytest

from interview.commands import Move, Say
from interview.events import SpeechStarted, UtteranceFinal
from interview.language import as_spoken, normal
from interview.plan import make_plan
from interview.quoting import noun_phrases
from interview.straying import strays
from tests.interview.candidates import CANDIDATES
from tests.interview.playing import MORE, SAMPLE, Cast
from tests.interview.room import Room
from tests.shipped import SCENARIOS

# The deep dive has its full length, what comes before it only enough to say something.
LENGTHS = (60.0, 120.0, 240.0, 600.0, 60.0)
NEW_QUESTIONS = {"ask", "probe", "bridge"}


def new_questions(room: Room) -> list[tuple[Move, str, list[str], list[str]]]:
    """Each new question of the deep dive with all that was said in the same turn, and what the
    candidate had said before the turn that it answers: on the problem, and of themself."""
    moves = {say.say_id: say.move for say in room.of(Say)}
    said: list[str] = []
    turn: list[str] = []
    of_themself: list[str] = []
    found = []
    segment = spoken = ""
    for event in room.log:
        if isinstance(event, UtteranceFinal):
            spoken = ""
            if segment not in {"", "wrap_up"}:
                told = as_spoken(event.text, room.scenario.spoken)
                (of_themself if segment == "warm_up" else turn).append(told)
        elif isinstance(event, SpeechStarted):
            move = moves[event.say_id]
            segment = move.segment
            spoken += " " + event.text
            new = move.kind in NEW_QUESTIONS or "; then " in move.reason
            if segment == "deep_dive" and new and move.line.endswith("?"):
                found.append((move, spoken, list(said), of_themself))
            said += turn
            turn = []
    return found


def substantive(room: Room, said: list[str]) -> bool:
    """True when something was named on the problem that can be taken up."""
    return any(
        noun_phrases(text, room.scenario.terms) and not strays(room.scenario, text) for text in said
    )


def goes_back(room: Room, move: Move, spoken: str, said: list[str], of_themself: list[str]) -> bool:
    """True when the interviewer's turn has words in it that were said before."""
    words = normal(as_spoken(move.about or "", room.scenario.spoken))
    earlier = normal(" ; ".join((*of_themself, *said)))
    return bool(words) and words in earlier and words in normal(spoken)


def _check(cast: Cast) -> None:
    plan = make_plan(LENGTHS, 0, cast.difficulty, "warm")
    answer = CANDIDATES[cast.candidate]()
    room = Room(plan=plan, scenario=SCENARIOS[cast.scenario], answer=answer).start().run()
    for one, other in itertools.pairwise(new_questions(room)):
        if substantive(room, one[2]):
            assert goes_back(room, *one) or goes_back(room, *other), (one[0], other[0])


@pytest.mark.parametrize("cast", SAMPLE, ids="-".join)
def test_every_second_question_goes_back(cast: Cast) -> None:
    _check(cast)


@pytest.mark.slow
@pytest.mark.parametrize("cast", MORE, ids="-".join)
def test_every_second_question_goes_back_with_more(cast: Cast) -> None:
    _check(cast)
