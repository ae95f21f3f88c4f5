import pytest

from interview.floor import DANGLING_HOLD_S, THINKING_HOLD_S, hold_seconds

FINISHED = [
    "I would start with a baseline.",
    "We retrain every night and watch the metrics",
    "How many users do we have?",
    "What is it for?",
    "That's what I'd go with.",
    "I think so.",
    "There are two options. First we rank by time, and second we learn a model.",
    "Yes.",
    "",
]
HELD = [
    "I would start with a baseline because",
    "so for the ranker I would use,",
    "I'd look at the, um",
    "and then we",
    "we could cache it or",
    "So",
    "It depends on the",
    "There are three things.",
    "There are three reasons. First the data is old, and second",
    "There are two options. One is to rank by time.",
    "well, you know",
    "features such as...",
]
THINKING = [
    "Let me think.",
    "Give me a minute.",
    "Hmm, let me think about that",
    "Good question, just a second please",
    "Hold on",
]


@pytest.mark.parametrize("text", FINISHED)
def test_finished(text: str) -> None:
    assert hold_seconds(text) == 0


@pytest.mark.parametrize("text", HELD)
def test_held(text: str) -> None:
    assert hold_seconds(text) == DANGLING_HOLD_S


@pytest.mark.parametrize("text", THINKING)
def test_thinking(text: str) -> None:
    assert hold_seconds(text) == THINKING_HOLD_S
