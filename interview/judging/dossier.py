"""What a judge gets to read of an interview, the same for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from interview.events import Finding
from interview.report import CriterionScore, Judge
from interview.rubric import Criterion
from interview.scenario import Scenario
from interview.transcript import Word


@dataclass(frozen=True, slots=True)
class Answer:
    """One turn of the candidate's. `turn`: its index in the transcript; `question`: what it
    answers, as it was asked; `ref`: the id of the authored question that this belongs to, if any.
    `hints`: how many hints had been heard on that question by then. `garbled`: it could not be made
    out, and is not judged. `findings`: what an observer read in it, every quote of them verified.
    Spans are milliseconds on the session clock."""

    turn: int
    segment: str
    question: str
    ref: str | None
    text: str
    start_ms: int
    end_ms: int
    hints: int = 0
    garbled: bool = False
    words: tuple[Word, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """`asked`: the ids of the authored questions that were asked; `entered`: those of the segments
    that were entered. Answers are in the order of the transcript."""

    scenario: Scenario
    difficulty: str
    answers: tuple[Answer, ...]
    asked: frozenset[str]
    entered: frozenset[str]


class Judging(Protocol):
    """A judge that answers at once. One that asks a model has the same shape, but waits."""

    @property
    def about(self) -> Judge: ...

    def score(self, dossier: Dossier, criterion: Criterion) -> CriterionScore: ...
