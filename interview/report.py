"""The report of an interview: what judges, the delivery and the log say about it.

Turns are indices of the transcript, spans milliseconds on the session clock, which is the time of
the recording. Levels are 1 to 4, the rubric's four descriptions, weakest first."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Level = Annotated[int, Field(ge=1, le=4)]
# "not_asked": the interviewer never came to it. "not_answered": it was asked, and nothing that was
# said speaks to it. "no_evidence": a judge gave a level without a quote that can be verified.
# "failed": the judge could not be heard on this criterion; the others stand.
Standing = Literal["scored", "not_asked", "not_answered", "no_evidence", "failed"]
JudgeState = Literal["done", "making", "failed"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Evidence(_Part):
    """`quote` is verbatim in that turn of the candidate's, and `start_ms` to `end_ms` is where it
    is said. `hints`: how many hints had been heard on the question that it answers."""

    turn: int
    quote: str
    start_ms: int
    end_ms: int
    hints: int = 0


class CriterionScore(_Part):
    """What one judge says of one criterion. `level` is None unless `standing` is "scored", and then
    there is evidence. `unassisted` is the level that the evidence without hints alone would have
    given, None when there is none. `spread`: the highest less the lowest level of repeated
    judgements, None when it was judged once. `judge` is the id of a `Judge`."""

    id: str
    title: str
    judge: str
    standing: Standing
    level: Level | None = None
    unassisted: Level | None = None
    assessed: bool = False
    reason: str = ""
    missing: str = ""
    next_step: str = ""
    spread: int | None = None
    evidence: tuple[Evidence, ...] = ()


class Judge(_Part):
    """`label` names it to a reader and `limits` says in a sentence what it cannot do. `problem`:
    what went wrong, in a sentence, when some or all of it failed."""

    id: str
    label: str
    limits: str
    state: JudgeState
    problem: str = ""


class Measure(_Part):
    """One figure of the delivery. `value` is None when it was not measured, and `note` says why."""

    id: str
    label: str
    value: float | None
    unit: str
    note: str = ""
    start_ms: int | None = None
    end_ms: int | None = None


class Delivery(_Part):
    """How it was said, apart from what. `limits`: what these figures do not tell."""

    measures: tuple[Measure, ...]
    limits: str


class Flag(_Part):
    """A noteworthy answer. `flag`: strong, thin, contradictory or reflect."""

    flag: str
    segment: str
    question: str
    answer: str
    reason: str
    start_ms: int
    end_ms: int


class HintsUsed(_Part):
    """The first `level` of the `levels` hints on `question` were heard; 0 of 0 where one was asked
    for and none is authored. `at_ms`: when the last one was given, None if that is not known."""

    question: str
    level: int
    levels: int
    at_ms: int | None = None


class Point(_Part):
    """A sentence of the summary, with what it rests on."""

    text: str
    evidence: tuple[Evidence, ...] = ()


class SegmentTime(_Part):
    """Seconds. `start_ms`, `end_ms`: where it lies on the session clock; None when not entered."""

    id: str
    title: str
    planned_s: float
    spent_s: float
    start_ms: int | None = None
    end_ms: int | None = None


class Resource(_Part):
    title: str
    note: str


class Summary(_Part):
    """`text`: two or three sentences to begin with. `never_asked`: what a thorough candidate asks
    for and this one did not. `decisions` are the candidate's, in their order."""

    text: str
    went_well: tuple[Point, ...] = ()
    work_on: tuple[Point, ...] = ()
    decisions: tuple[Point, ...] = ()
    never_asked: tuple[str, ...] = ()
    segments: tuple[SegmentTime, ...] = ()
    resources: tuple[Resource, ...] = ()


class Report(_Part):
    """`criteria` holds one score for each criterion of the rubric, in its order, by the judge whose
    id is `shown_judge`; `others` what the other judges say, apart. `status` is "improving" while a
    judge is still at it."""

    session_id: str
    status: Literal["complete", "improving"]
    shown_judge: str
    judges: tuple[Judge, ...]
    criteria: tuple[CriterionScore, ...]
    others: tuple[CriterionScore, ...] = ()
    delivery: Delivery
    flags: tuple[Flag, ...] = ()
    hints_used: tuple[HintsUsed, ...] = ()
    summary: Summary
