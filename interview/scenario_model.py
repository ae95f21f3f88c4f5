"""The authored interview as frozen values. Import these from `interview.scenario`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from interview.rubric import Criterion

Difficulty = Literal["guided", "standard", "senior", "staff"]
Tone = Literal["warm", "neutral", "direct"]
ProbeKind = Literal["depth", "trade_off", "number", "failure", "contradiction"]

# What the interview is about: a system to design, the basics of models and data, or what somebody
# did among people.
Talk = Literal["design", "basics", "stories"]

SEGMENT_IDS = ("warm_up", "problem_framing", "solution_exploration", "deep_dive", "wrap_up")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the interviewer knows and tells only when asked. `about`: words that ask for it.
    `topic`: what a thorough candidate would have asked for, as it completes "you never asked "; ""
    for a fact that nobody needs to ask for."""

    id: str
    about: tuple[str, ...]
    answer: str
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Probe:
    """A follow-up. Fits when the candidate's turn has one of `when` (any turn, if empty) and none
    of `unless`. `ask` may contain {said}: the words of the candidate that matched."""

    id: str
    kind: ProbeKind
    when: tuple[str, ...]
    unless: tuple[str, ...]
    ask: str


@dataclass(frozen=True, slots=True)
class Question:
    """`rephrase` says the same in other words. `hints` are the ladder, mildest first, at most
    three. `listens_for`: words that show the question to be answered already. `difficulties`: empty
    is all."""

    id: str
    ask: str
    rephrase: str
    listens_for: tuple[str, ...]
    probes: tuple[Probe, ...]
    hints: tuple[str, ...]
    difficulties: tuple[Difficulty, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """`purpose` is shown to the candidate, `goal` only to the interviewer. `opening` is said on
    entry before the first question: in Problem Framing it is the problem itself, in parts."""

    id: str
    title: str
    seconds: float
    purpose: str
    goal: str
    opening: tuple[str, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Resource:
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """`terms` are words the recogniser should expect. `spoken` maps a written form to the way it is
    said aloud. Always five segments, in the order of SEGMENT_IDS. `talk` chooses the questions that
    no author wrote."""

    id: str
    title: str
    summary: str
    default: bool
    difficulties: tuple[Difficulty, ...]
    terms: tuple[str, ...]
    spoken: dict[str, str]
    facts: tuple[Fact, ...]
    segments: tuple[Segment, ...]
    rubric: tuple[Criterion, ...]
    resources: tuple[Resource, ...]
    talk: Talk = "design"
