"""Which follow-up comes when nothing authored is next, and which words it is tied to."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from interview import director, followups, requests
from interview.background import asks_for_goal, asks_for_role
from interview.conversation import Heard, OpenQuestion, Planned
from interview.coverage import Coverage
from interview.record import record
from interview.turns import TurnLog
from interview.tying import common_ground, tie
from tests.interview.example import SCENARIO
from tests.interview.test_director import DEEP, DESIGN, SAID, situated


@pytest.mark.parametrize(
    ("said", "common"),
    [
        ("I'd correct the position bias with random swaps", 1),
        ("the user data goes into the model in time", 0),
        ("I'd wait at the position of the door", 0),
        ("we would look at embeddings", 1),
        ("a reembeddingsist", 0),
    ],
)
def test_an_authored_question_is_tied_only_to_words_on_its_subject(said: str, common: int) -> None:
    question = replace(
        SCENARIO.segments[DEEP].questions[0],
        listens_for=("data", "user", "model", "time", "wait", "position bias", "embedding"),
    )
    assert common_ground(situated(DEEP, *SAID, "-"), question, said) == common


def test_a_question_of_general_words_is_tied_to_nothing() -> None:
    question = replace(SCENARIO.segments[DEEP].questions[0], listens_for=("model", "budget"))
    s = situated(DEEP, "The ranking model comes first.", "-")
    assert tie(s, question) is None
    s = situated(DEEP, "I would keep the latency budget at two hundred milliseconds.", "-")
    lead, words, _ = tie(s, question)
    assert words in "I would keep the latency budget at two hundred milliseconds"
    assert words in lead


def _plain_asked(scenario: str, first: str) -> list[str]:
    s = situated(DESIGN, first, "-")
    s = replace(s, scenario=replace(SCENARIO, id=scenario))
    return list(s.plain_questions())


def test_questions_that_lean_on_nothing_begin_elsewhere_in_every_interview() -> None:
    starts = {
        (scenario, first): _plain_asked(scenario, first)
        for scenario in ("one", "two", "three")
        for first in ("I built a feed.", "I teach.", "Search, mostly.")
    }
    assert len({lines[0] for lines in starts.values()}) >= 6
    orders = [tuple(sorted(lines)) for lines in starts.values()]
    assert len(set(orders)) == 1, "the same questions, in another order"
    assert _plain_asked("one", "I teach.") == starts["one", "I teach."]
    pool = followups.POOLS["design"]["solution_exploration"]
    for lines in starts.values():
        stands = [line in pool.plain for line in lines]
        assert stands == sorted(stands, reverse=True), "what stands as it is comes first"


def test_what_leans_on_nothing_said_is_still_near_to_it() -> None:
    s = situated(DESIGN, "-")
    lines = followups.nearest_first(s.plain_questions(), "We'd be caching the popular ones.")
    assert lines[0] == "What would you cache, and for how long?"


def test_an_authored_follow_up_that_was_passed_over_comes_before_a_plain_one() -> None:
    s = situated(DESIGN, *SAID, "I'd train boosted trees on click data.")
    for text in ("It depends.", "No idea.", "Hard to say."):
        s.talk.begun(
            Planned(kind="ask", reason="-", parts=("x",), question=OpenQuestion(f"{text}?")), ("x",)
        )
        s.talk.candidate.append(Heard("solution_exploration", text, text))
    s.talk.asked.append("labels")
    planned = director.reply(s, "Hard to say.")
    assert planned.ref == "why"
    assert planned.about == "boosted trees"
    assert "passed over" in planned.reason


def test_advice_where_no_hint_is_authored_counts_as_none() -> None:
    s = situated(DEEP, "-")
    planned = requests.hint(s)
    assert planned.hint is None
    assert "none is authored" in planned.reason
    assert requests.hint_of(planned.ref) is None
    s.talk.begun(planned, (" ".join(planned.parts),))
    made = record(SCENARIO, s.talk, Coverage(), TurnLog())
    assert made.hints == ()
    assert made.without_hint == (SCENARIO.segments[DEEP].questions[0].ask,)


@pytest.mark.parametrize(
    ("asks", "role", "goal"),
    [
        ("Is it trust and safety work that you're preparing for?", True, False),
        ("Which part of it do you want to be more at ease with?", False, True),
        ("Which corner would you like to feel surer about?", False, True),
        ("What do you hope to do better by the end of this?", False, True),
        ("What should get better for you today?", False, True),
        ("How did you tell whether people were better off with it?", False, False),
    ],
)
def test_an_authored_question_for_role_or_goal_is_known_as_one(
    asks: str, role: bool, goal: bool
) -> None:
    question = replace(SCENARIO.segments[0].questions[0], ask=asks)
    assert (asks_for_role(question), asks_for_goal(question)) == (role, goal)


def test_the_design_has_one_follow_up_however_little_time_there_is() -> None:
    said = "I'd use a two tower network."
    late = situated(DESIGN, *SAID, said, remaining=60.0)
    assert director.reply(late, said).about == "two tower network"
    early = situated(DESIGN, *SAID, said, remaining=130.0, allotted=200.0)
    assert director.reply(early, said).kind == "ask"


def test_outside_the_deep_dive_no_two_questions_in_a_row_quote_what_was_said() -> None:
    s = situated(DESIGN, *SAID, "I'd look at it.", remaining=300.0)
    s.talk.asked += [question.id for question in SCENARIO.segments[DESIGN].questions]
    backs = []
    for n in range(8):
        text = ("It depends.", "Hard to say.")[n % 2]
        s.talk.candidate.append(Heard("solution_exploration", text, f"t{n}"))
        planned = director.follow_up(s, text)
        s.talk.begun(planned, (" ".join(planned.parts),))
        backs.append("back" in planned.marks)
    assert any(backs)
    assert not any(one and other for one, other in itertools.pairwise(backs))
