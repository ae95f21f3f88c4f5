"""Where reports are made: from the folded log, with what a model said of it, if one did."""

from __future__ import annotations

from datetime import datetime

from interview import reporting
from interview.engine import Engine
from interview.report import CriterionScore, Judge, Report
from server.models import Interview, Judgement

VERSION = reporting.VERSION
MODEL_JUDGE = "model"
_LIMITS = (
    "A language model. It can be wrong, and fluent words can sway it. Each of its quotes was found "
    "in what was said."
)
_INTERRUPTED = "It was interrupted, and begins again when a worker has time for it."


def make(interview: Interview, engine: Engine, judgement: Judgement | None) -> Report:
    """The report of `interview`, whose whole log `engine` has seen and is only looked at. Blocks
    for as long as it takes."""
    if judgement is None or not (judgement.scores or judgement.problem):
        return reporting.make_report(interview.id, engine, at=interview.last_at)
    return reporting.make_report(
        interview.id,
        engine,
        at=interview.last_at,
        judge=_about(judgement, "making" if judgement.state == "waiting" else judgement.state),
        scores=[CriterionScore.model_validate(score) for score in judgement.scores],
    )


def as_of(report: Report, judgement: Judgement | None, now: datetime) -> Report:
    """`report` as was kept, with how far the model's judge is at `now`."""
    if judgement is None:
        return report
    busy = is_at_it(judgement, now)
    if judgement.state != "waiting":
        judge = _about(judgement, judgement.state)
    elif busy:
        judge = _about(judgement, "making")
    else:
        judge = _about(judgement, "failed", _INTERRUPTED)
    others = tuple(one for one in report.judges if one.id != MODEL_JUDGE)
    status = "improving" if busy else "complete"
    return report.model_copy(update={"status": status, "judges": (*others, judge)})


def is_at_it(judgement: Judgement, now: datetime) -> bool:
    """Whether a worker has the session to judge right now."""
    until = judgement.leased_until
    return judgement.state == "waiting" and until is not None and until > now


def _about(judgement: Judgement, state: str, problem: str = "") -> Judge:
    label = f"A model's judge ({judgement.model})" if judgement.model else "A model's judge"
    return Judge.model_validate(
        {
            "id": MODEL_JUDGE,
            "label": label,
            "limits": _LIMITS,
            "state": state,
            "problem": problem or judgement.problem,
        }
    )
