"""How the interviewer behaves, over many played interviews with the interviews that ship.

The slow tests play a sample. `VIVA_TEST_EVERYONE=1 pytest tests/interview/test_conduct.py` plays
every candidate in every scenario instead, 532 interviews in about four minutes: do so after a
change to what the interviewer says."""

from __future__ import annotations

import itertools
import re
from collections import Counter

import pytest

from interview.commands import Say
from interview.events import SpeechStarted, UtteranceFinal
from interview.language import as_spoken, normal, sentences
from interview.quoting import well_formed
from interview.turn_phrasing import RESUMING
from tests.interview.playing import MORE, NAME, SAMPLE, Cast, play
from tests.interview.room import Room

MACHINERY = ("segment", "rubric", "criterion", "criteria", "score", "points", "state machine")
PRAISE = {"great", "excellent", "perfect", "impressive", "amazing", "wonderful", "brilliant"}
PRAISE |= {"fantastic", "correct", "wrong", "well done", "good"}
# Words in a breath, by kind, with up to ten on the time left.
MOST_WORDS = {"bridge": 62, "repeat": 62, "resume": 62, "farewell": 140}
MOST_WORDS_IN_A_TURN = 45
REPEATING = {"repeat", "resume", "redirect"}


def _authored(room: Room) -> list[str]:
    return [
        line
        for segment in room.scenario.segments
        for question in segment.questions
        for line in (
            *segment.opening,
            question.ask,
            question.rephrase,
            *question.hints,
            *(probe.ask for probe in question.probes),
        )
    ] + [fact.answer for fact in room.scenario.facts]


def _check_line(say: Say, line: str, authored: str) -> None:
    assert line.count("?") <= 1, line
    if "?" in line:
        assert line.rstrip().endswith("?"), line
    assert not set(line) & set("*#{}[]<>_|"), line
    most = MOST_WORDS.get(say.move.kind, MOST_WORDS_IN_A_TURN)
    if say.move.kind == "ask" and say.move.reason.startswith("into problem_framing"):
        most = MOST_WORDS["bridge"]
    assert len(line.split()) <= most, line
    if say.move.kind not in {"greet", "farewell"}:
        assert NAME not in line
    else:
        assert line.count(NAME) <= 1
    for sentence in sentences(line):
        # What an author writes on models may speak of scores and of right and wrong.
        own = normal(re.sub(r'"[^"]*"', "", sentence))
        if own in authored or normal(sentence.partition(": ")[2] or sentence) in authored:
            continue
        for word in MACHINERY:
            assert not re.search(rf"\b{word}s?\b", own), line
        if say.move.segment != "wrap_up" and say.move.kind in {"acknowledge", "bridge", "ask"}:
            assert not PRAISE & set(own.split()[:3]), line


def _check_own_words(room: Room) -> None:
    """What is said back was said, and makes sense alone."""
    said = ""
    said_by_event: dict[str, str] = {}
    for event in room.log:
        if isinstance(event, UtteranceFinal):
            said += " " + normal(as_spoken(event.text, room.scenario.spoken))
        elif isinstance(event, SpeechStarted):
            said_by_event[event.say_id] = said
    for say in room.of(Say):
        heard = said_by_event.get(say.say_id, said)
        for quote in re.findall(r'"([^"]*)"', say.move.line):
            assert normal(quote) in heard, say.move.line
            assert well_formed(quote), say.move.line
        if say.move.kind in {"probe", "reflect"} and say.move.about:
            about = as_spoken(say.move.about, room.scenario.spoken)
            assert normal(about) in heard, say.move.line


def _check_feedback(room: Room) -> None:
    """It rests on what was said of the problem: not on the past, not on the candidate's verdict."""
    # An answer to a late question may come when the last part has begun.
    between = {segment.id for segment in room.scenario.segments[1:]}
    said = normal(
        as_spoken(
            " ".join(
                turn.text
                for turn in room.engine.turns
                if turn.speaker == "candidate" and turn.segment in between
            ),
            room.scenario.spoken,
        )
    )
    told = [say.move.line for say in room.of(Say) if say.move.kind == "feedback"]
    for quote in re.findall(r'"([^"]*)"', " ".join(told)):
        assert normal(quote) in said, quote


def _check_nothing_twice(room: Room) -> None:
    lines = Counter(normal(line) for line in room.lines)
    assert not [line for line, count in lines.items() if count > 1]
    repeating = {say.say_id for say in room.of(Say) if say.move.kind in REPEATING}
    seen = Counter(
        normal(sentence)
        for event in room.log
        if isinstance(event, SpeechStarted)
        and event.say_id not in repeating
        and not event.text.startswith(RESUMING)
        for sentence in sentences(event.text)
    )
    assert not [sentence for sentence, count in seen.items() if count > 1]
    for one, other in itertools.pairwise(room.lines):
        first, second = sentences(one)[0], sentences(other)[0]
        if max(len(first.split()), len(second.split())) <= 4 and not first.startswith("You"):
            assert first.split()[0].strip(".,") != second.split()[0].strip(".,"), (one, other)


def _check(room: Room) -> None:
    authored = normal(" ".join(_authored(room)))
    lines = {e.say_id: e.text for e in room.log if isinstance(e, SpeechStarted)}
    for say in room.of(Say):
        if say.say_id in lines:
            _check_line(say, lines[say.say_id], authored)
    _check_own_words(room)
    _check_feedback(room)
    _check_nothing_twice(room)
    kinds = Counter(say.move.kind for say in room.of(Say))
    assert kinds["greet"] == kinds["farewell"] == 1
    assert len({say.move.segment for say in room.of(Say) if say.move.kind == "bridge"}) == 4


def _check_forty_five_minutes(cast: Cast) -> None:
    room = play(cast)
    _check(room)
    asking = {"ask", "probe", "reflect", "bridge"}
    moves = [say.move for say in room.of(Say) if say.move.kind in asking]
    asked = [move for move in moves if move.ref or move.kind == "probe"]
    assert all("?" in move.line for move in asked)


@pytest.mark.parametrize("cast", SAMPLE, ids="-".join)
def test_forty_five_minutes(cast: Cast) -> None:
    _check_forty_five_minutes(cast)


@pytest.mark.slow
@pytest.mark.parametrize("cast", MORE, ids="-".join)
def test_forty_five_minutes_of_more(cast: Cast) -> None:
    _check_forty_five_minutes(cast)


@pytest.mark.parametrize("cast", SAMPLE, ids="-".join)
def test_forty_seconds_a_part(cast: Cast) -> None:
    _check(play(cast, 40))


@pytest.mark.slow
@pytest.mark.parametrize("cast", MORE, ids="-".join)
def test_forty_seconds_a_part_of_more(cast: Cast) -> None:
    _check(play(cast, 40))


def test_a_question_of_the_candidate_is_mostly_answered() -> None:
    room = play(Cast("general-ml-system-design", "asks", "standard", "neutral"))
    facts = {fact.id for fact in room.scenario.facts}
    assert sum(say.move.ref in facts for say in room.of(Say)) >= 5
