"""What of a turn asks for something, and what only begins as if it did."""

import pytest

from interview.answering import answer
from interview.asked import asked_indirectly, questions_in
from interview.conversation import Conversation
from interview.situation import Situation
from tests.shipped import SCENARIOS


@pytest.mark.parametrize(
    "said",
    [
        "I would ask somebody.",
        "I'd ask a colleague who knows the data.",
        "What I'd do is check the labels first.",
        "what i would do is ask the team",
        "what we do is we store features",
        "What matters is latency.",
        "What is important is the data.",
        "how we would do it is with a cache",
    ],
)
def test_a_statement_asks_for_nothing(said: str) -> None:
    assert questions_in(said) == []
    assert asked_indirectly(said) is None


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("What's the lead time, and how many articles are there?", 2),
        ("Who owns the data and how fresh is it?", 2),
        ("What is the latency budget", 1),
        ("Which kind of users do we have and what do they want?", 2),
        ("Do we have black and white lists?", 1),
    ],
)
def test_questions_of_one_sentence(said: str, count: int) -> None:
    assert len(questions_in(said)) == count


def test_asking_about_something_indirectly() -> None:
    assert asked_indirectly("I would ask how many users there are.")
    assert asked_indirectly("I'd like to know who the users are.")


def test_two_questions_of_one_sentence_get_both_facts() -> None:
    scenario = SCENARIOS["demand-forecasting"]
    s = Situation(
        scenario, scenario.segments[1], 1, 500, 600, "standard", "warm", Conversation(scenario)
    )
    planned = answer(s, "What's the lead time, and how many articles are there?")
    told = []
    while planned is not None:
        told += planned.facts
        planned = planned.rest
    assert len(set(told)) == 2
