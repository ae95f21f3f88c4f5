"""The look back: what is taken up of a self-reflection, and what is praised for what."""

from dataclasses import replace

import pytest

from interview.closing import feedback
from interview.conversation import Conversation, Heard, Planned
from interview.language import words_of
from interview.praising import strengths
from interview.reflecting import reflected, regrets
from interview.rubric import Criterion
from interview.situation import Situation
from tests.interview.example import LEVELS, SCENARIO

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
