"""What a candidate says of themself: kept in their own words, and never made up."""

import pytest

from interview.background import background
from interview.commands import Say
from interview.conversation import Conversation, Heard
from interview.plan import make_plan
from tests.interview.example import SCENARIO
from tests.interview.room import DEFAULT_LENGTHS, Room


def _said(*texts: str) -> Conversation:
    talk = Conversation(SCENARIO)
    talk.candidate += [Heard("warm_up", text, f"u{n}") for n, text in enumerate(texts)]
    return talk


@pytest.mark.parametrize(
    ("text", "role", "goal", "experience"),
    [
        (
            "I'm preparing for a senior machine learning engineer role at a large company.",
            "a senior machine learning engineer role",
            None,
            None,
        ),
        ("I want to become a research scientist.", "a research scientist", None, None),
        (
            "we built a recommender for a news app and i'm after a staff role",
            "a staff role",
            None,
            "you built a recommender for a news app",
        ),
        (
            "I'd like to practise system design because I get lost in details.",
            None,
            "you'd like to practise system design",
            None,
        ),
        (
            "I want to get better at structuring my answers.",
            None,
            "you'd like to get better at structuring your answers",
            None,
        ),
        ("I usually struggle with metrics.", None, "you struggle with metrics", None),
        ("For three years I have worked on ranking.", None, None, "you worked on ranking"),
        ("I don't know, nothing special.", None, None, None),
        ("Which role is this for?", None, None, None),
    ],
)
def test_it_is_read_from_their_words(
    text: str, role: str | None, goal: str | None, experience: str | None
) -> None:
    known = background(SCENARIO, _said(text))
    found = [said and said.told for said in (known.role, known.goal, known.experience)]
    assert found == [role, goal, experience]
    for said in (known.role, known.goal, known.experience):
        assert said is None or said.words in text


def test_what_they_want_is_used_later_and_only_then() -> None:
    told = iter(
        (
            "I worked on ranking for an online shop, and I'm after a staff role.",
            "I'd like to get better at evaluation.",
        )
    )
    room = Room(
        plan=make_plan(DEFAULT_LENGTHS, tone="neutral"),
        answer=lambda say: next(told, "I would train a two tower model on clicks, with a cache."),
    )
    lines = [say.move for say in room.start().run().of(Say)]
    bridge = next(m for m in lines if m.kind == "bridge" and m.segment == "problem_framing")
    assert "you'd like to get better at evaluation" in bridge.line
    bridge = next(m for m in lines if m.kind == "bridge" and m.segment == "deep_dive")
    assert "a staff role" in bridge.line
    feedback = " ".join(m.line for m in lines if m.kind == "feedback")
    assert "get better at evaluation" in feedback


def test_who_said_nothing_is_told_nothing() -> None:
    room = Room(plan=make_plan([60] * 5), answer=lambda _: "Yes, I see.").start().run()
    text = " ".join(room.lines)
    assert "you're after" not in text
    assert "you'd like to" not in text
