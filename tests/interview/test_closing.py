"""The look back: what is taken up of a self-reflection, and what is praised for what."""

from dataclasses import replace

import pytest

from interview.clarity import doubtful
from interview.closing import feedback, summary
from interview.commands import Finish, Say
from interview.conversation import Conversation, Heard, Planned
from interview.events import TimerFired, UtteranceFinal
from interview.language import words_of
from interview.plan import make_plan
from interview.praising import strengths
from interview.reflecting import reflected, regrets
from interview.rubric import Criterion
from interview.situation import Situation, acknowledge
from interview.standing import moments
from interview.transcript import Word
from tests.interview.example import LEVELS, SCENARIO
from tests.interview.room import Room

RUBRIC = (
    Criterion("framing", "Framing", LEVELS, ("goal", "metric", "metrics")),
    Criterion("labels", "Labels", LEVELS, ("label", "labels", "click")),
    Criterion("serving", "Serving", LEVELS, ("latency", "cache", "replica")),
    Criterion("communication", "Communication", LEVELS, ("because", "first")),
)


def looking_back(*said: str, own: tuple[str, ...] = ()) -> Situation:
    scenario = replace(SCENARIO, rubric=RUBRIC)
    talk = Conversation(scenario)
    talk.candidate += [Heard("solution_exploration", text, f"u{n}") for n, text in enumerate(said)]
    talk.candidate += [Heard("wrap_up", text, f"w{n}") for n, text in enumerate(own)]
    return Situation(
        scenario=scenario,
        segment=scenario.segments[-1],
        index=4,
        remaining=100.0,
        allotted=300.0,
        difficulty="standard",
        tone="neutral",
        talk=talk,
    )


def misheard(s: Situation, *words: str) -> Situation:
    """`s` with `words` recognised with little confidence, wherever they were said."""
    s.talk.candidate[:] = [replace(item, doubtful=frozenset(words)) for item in s.talk.candidate]
    return s


def test_who_speaks_slowly_has_time_for_less() -> None:
    said = (
        "I'd label clicks within a day as positives, because they are the only signal we have.",
        "The cache is filled at night so that the latency stays below fifty milliseconds.",
        "I would need labels for the rest too.",
    )
    s = replace(looking_back(*said), remaining=35.0)
    parts = [len(chain(feedback(replace(s, rate=rate)))) for rate in (0.75, 1.0, 1.5)]
    assert parts[0] < parts[1] < parts[2]


def chain(planned: Planned | None) -> list[Planned]:
    found = []
    while planned:
        found.append(planned)
        planned = planned.rest
    return found


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("I would have liked to spend more time on metrics.", "metrics"),
        ("I should have asked about the metrics.", "metrics"),
        ("Next time I would begin with the metric.", "metric"),
        ("The serving went well, but I never got to the metrics.", "metrics"),
        ("the serving went well and i should have asked about the metrics", "metrics"),
        ("I rushed it, especially the metrics.", "metrics"),
    ],
)
def test_a_weakness_is_taken_up(said: str, wanted: str) -> None:
    s = looking_back(own=(said,))
    assert wanted in " ".join(regrets(said))
    [line] = reflected(s, RUBRIC)
    assert wanted in line.parts[0]


@pytest.mark.parametrize(
    "said",
    [
        "The metrics were my strongest part.",
        "I think the metrics went well.",
        "I was happy with the metrics and the cache.",
        "I would not change anything about the metrics.",
        "We talked about metrics and labels.",
        "The metrics I named would still hold.",
        "The latency would be too high at the peak.",
        "I would do the metrics in the same way again.",
    ],
)
def test_what_is_no_weakness_is_not_taken_up(said: str) -> None:
    assert regrets(said) == []
    for line in reflected(looking_back(own=(said,)), RUBRIC):
        assert line.about is None
        assert "metric" not in line.parts[0]


def test_a_strength_is_tied_to_words_of_its_criterion() -> None:
    said = (
        "We have a goal for the year, because the board wants one.",
        "I would keep the latency low with a cache and two replicas, so that it holds.",
        "I would take every label from a click, because there are two million of them.",
    )
    s = looking_back(*said)
    found = [piece for piece in strengths(s, s.talk.candidate) if piece.about]
    assert [piece.ref for piece in found] == ["serving", "labels"]
    assert [piece.about for piece in found] == [
        "I would keep the latency low with a cache and two replicas",
        "I would take every label from a click",
    ]


def test_a_quote_is_not_praised_for_what_it_has_least_of() -> None:
    s = looking_back("I would cache the labels and keep the latency low, because it is cheap.")
    assert "labels" not in [piece.ref for piece in strengths(s, s.talk.candidate) if piece.about]


def test_a_quote_without_a_word_of_it_is_no_strength() -> None:
    s = looking_back("I would begin with something simple, because it is quick to build.")
    assert {piece.ref for piece in strengths(s, s.talk.candidate)} <= {None, "communication"}


def test_no_part_of_the_feedback_is_long() -> None:
    s = looking_back(
        "I would keep the latency low with a cache and two replicas, so that it holds.",
        "I would take every label from a click, because there are two million of them.",
        own=("I would have liked to spend more time on metrics.",),
    )
    pieces = chain(feedback(s))
    assert len(pieces) > 3
    assert all(len(words_of(" ".join(piece.parts))) <= 60 for piece in pieces)


CLEAR = "I would take every label from a click, because it is cheap."
UNCLEAR = "I would keep the latency low with a cache and two replicas, because it is cheap."


def test_what_may_have_been_misheard_is_quoted_last() -> None:
    s = misheard(looking_back(UNCLEAR, CLEAR), "replicas", "latency")
    [first, *_] = strengths(s, s.talk.candidate)
    assert first.ref == "labels"
    two = (
        "I would use boosted trees for the first step.",
        "I would use a linear model for the last.",
    )
    s = looking_back(*two, "And so on.")
    s.talk.turn_starts[:] = range(3)
    assert [moment.quote for moment in moments(s)] == [line.rstrip(".") for line in two]
    misheard(s, "boosted")
    assert [moment.quote for moment in moments(s)] == [line.rstrip(".") for line in two[::-1]]
    s = looking_back(" ".join(two))
    assert summary(s).about == "I would use boosted trees for the first step"
    assert summary(misheard(s, "boosted")).about == "I would use a linear model for the last"


def test_a_word_that_may_have_been_misheard_is_not_said_back() -> None:
    s = looking_back("I'd use boosted trees and a linear model.")
    assert "boosted trees" in (acknowledge(s, s.talk.candidate[-1].text) or "")
    line = acknowledge(misheard(s, "boosted"), s.talk.candidate[-1].text)
    assert line is None or "boosted" not in line


def test_words_of_little_confidence_are_remembered() -> None:
    words = (Word("two", 0, 1, 0.9), Word("Replicas.", 1, 2, 0.3), Word("there", 2, 3))
    said = UtteranceFinal(
        at=0, utterance_id="u", text="two Replicas. there", start_ms=0, end_ms=3, words=words
    )
    assert doubtful(said) == {"replicas"}
    assert doubtful(replace(said, source="typed")) == frozenset()


def test_feedback_is_given_once() -> None:
    """The timer for it may have been set before it was given for another reason."""
    room = Room(plan=make_plan((30, 30, 30, 30, 200))).start()
    while not any(say.move.kind == "feedback" for say in room.of(Say)):
        room.run(until=room.now + 1)
    room.run(until=room.now + 15)
    room.engine._state.wakes.arm([], "feedback", room.now)
    room >> TimerFired(at=0, name="feedback")
    assert [command for command in room.last if isinstance(command, Say)] == []


def talked_through(wrap_up: float = 120) -> Room:
    """A room at the end of the time, in which the candidate has not stopped talking."""
    said = iter(
        ["I would keep the latency low with a cache, because we have two million users."] * 9
    )
    room = Room(
        plan=make_plan((30, 60, 60, 60, wrap_up)), answer=lambda _: next(said, None)
    ).start()
    while room.segments[-1:] != ["wrap_up"] or room.playing:
        room.run(until=room.now + 0.5)
    room._speak_at(room.now, "and then the labels " * 200, wrap_up + 200)
    return room


def test_feedback_at_the_end_of_the_time_comes_in_parts() -> None:
    room = talked_through()
    room.run()
    kinds = [say.move.kind for say in room.of(Say)]
    assert kinds[-4:] == ["redirect", "feedback", "feedback", "farewell"]
    assert kinds.count("farewell") == 1
    assert all(len(words_of(say.move.line)) <= 60 for say in room.of(Say)[-4:])
    assert any(isinstance(command, Finish) for command in room.done)


def test_who_breaks_into_the_last_feedback_still_hears_the_goodbye() -> None:
    room = talked_through()
    for _ in range(2000):
        if room.playing and room.playing.move.kind == "feedback":
            break
        room.run(until=room.now + 0.2)
    room.run(until=room.now + 1).interrupt("When you").run()
    kinds = [say.move.kind for say in room.of(Say)]
    assert kinds[-2:] == ["feedback", "farewell"]
    assert any(isinstance(command, Finish) for command in room.done)
