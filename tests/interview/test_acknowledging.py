"""The remark that takes up what was said names what the candidate is for."""

import re

import pytest

from interview.ack_phrasing import ACK_SAID
from interview.asks import IN_A_STORY, ON_ANYTHING
from interview.conversation import Conversation, Heard
from interview.language import affirmed
from interview.situation import Situation, acknowledge
from interview.topics import ABOUT
from tests.interview.example import SCENARIO


def remark(text: str, tone: str = "neutral") -> str | None:
    talk = Conversation(SCENARIO)
    talk.candidate.append(Heard("solution_exploration", text, "u0"))
    s = Situation(
        scenario=SCENARIO,
        segment=SCENARIO.segments[2],
        index=2,
        remaining=300.0,
        allotted=300.0,
        difficulty="standard",
        tone=tone,
        talk=talk,
    )
    return acknowledge(s, text)


@pytest.mark.parametrize(
    "said",
    [
        "I replaced boosted trees by a linear model.",
        "I would replace boosted trees with a linear model.",
        "We swapped boosted trees for a linear model.",
        "Instead of boosted trees, I'd use a linear model.",
        "I'd use a linear model instead of boosted trees.",
        "I'd use a linear model rather than boosted trees.",
        "Rather than boosted trees, I'd use a linear model.",
        "We moved from boosted trees to a linear model.",
        "Boosted trees were replaced by a linear model.",
        "Rather than boosted trees we took a linear model.",
    ],
)
def test_what_took_the_place_is_named(said: str) -> None:
    for text in (said, re.sub(r"[.,]", "", said).lower()):
        line = remark(text)
        assert line is not None
        assert "linear model" in line, (text, line, affirmed(text))
        assert "trees" not in line


LINES = sorted(
    {ask.line for asks in (*ABOUT.values(), ON_ANYTHING, IN_A_STORY) for ask in asks}
    | {line for tone in ("warm", "neutral", "direct") for line in ACK_SAID.own(tone)}
)
_AGREES = re.compile(
    r"\b(?:does|is|was|has|doesn't|isn't) \{x\}"
    r"|\{x\} (?:does|is|was|has|it is|goes|makes|comes|takes)\b"
    r"|\{x\}[^,;?]* (?:it|its|them|their|they)\b"
)


@pytest.mark.parametrize("line", [line for line in LINES if "{x}" in line])
def test_no_line_agrees_with_what_may_be_one_or_many(line: str) -> None:
    assert not _AGREES.search(line)
