"""Makes the report of an interview; one always comes, however little was said.

The built-in judge is asked here; what other judges say is handed in, and verified like its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from interview.delivery import delivery
from interview.engine import Engine
from interview.judging import builtin
from interview.judging.dossier import Dossier
from interview.judging.evidence import verified
from interview.judging.gathering import dossier_of
from interview.report import CriterionScore, Flag, HintsUsed, Judge, Report, SegmentTime
from interview.rubric import Criterion
from interview.summing_up import summary

__all__ = ["dossier_of", "improved", "make_report"]

# Raised with every change that may change a report that was made before.
VERSION = builtin.VERSION
# A model that was heard on this part of the rubric or less is not the one that is shown.
HEARD_PART = 0.5
_UNHEARD = "The judge could not be heard on this one."


def make_report(
    session_id: str,
    engine: Engine,
    *,
    at: float | None = None,
    judge: Judge | None = None,
    scores: Sequence[CriterionScore] = (),
) -> Report:
    """The report of what was said so far. `at`: seconds on the session clock, None for that of the
    last event. `judge` and its `scores` so far: another judge than the built-in one, if there is
    one. `engine` is only looked at."""
    dossier = dossier_of(engine)
    own = builtin.BuiltIn()
    criteria = own.score_all(dossier)
    segments = _segments(engine, 0.0 if at is None else at)
    report = Report(
        session_id=session_id,
        status="complete",
        shown_judge=own.about.id,
        judges=(own.about,),
        criteria=criteria,
        delivery=delivery(engine.turns),
        flags=_flags(engine),
        hints_used=_hints(engine),
        summary=summary(dossier, criteria, segments, engine.record.never_asked),
    )
    return report if judge is None else improved(report, dossier, scores, judge)


def improved(
    report: Report, dossier: Dossier, scores: Sequence[CriterionScore], judge: Judge
) -> Report:
    """`report` with all that `judge` has said so far, in place of what it said before. It is shown
    once it is done and was heard on enough; what it was not heard on is marked as failed. Scores of
    criteria that the rubric does not have are dropped."""
    own = tuple(s for s in (*report.criteria, *report.others) if s.judge == builtin.ID)
    said = {score.id: score for score in scores}
    given = {
        criterion.id: _taken(dossier, criterion, said[criterion.id], judge)
        for criterion in dossier.scenario.rubric
        if criterion.id in said
    }
    heard = [score for score in given.values() if score.standing != "failed"]
    rubric = dossier.scenario.rubric
    shown = judge.state != "making" and len(heard) > HEARD_PART * len(rubric)
    if shown:
        criteria = tuple(given.get(c.id) or _failed(c, judge) for c in rubric)
        others = own
    else:
        criteria, others = own, tuple(given.values())
    kept = report.summary
    return report.model_copy(
        update={
            "status": "improving" if judge.state == "making" else "complete",
            "shown_judge": judge.id if shown else builtin.ID,
            "judges": (builtin.ABOUT, judge),
            "criteria": criteria,
            "others": others,
            "summary": summary(dossier, criteria, kept.segments, kept.never_asked),
        }
    )


def _taken(
    dossier: Dossier, criterion: Criterion, score: CriterionScore, judge: Judge
) -> CriterionScore:
    named = score.model_copy(update={"title": criterion.title, "judge": judge.id})
    return verified(dossier, named)


def _failed(criterion: Criterion, judge: Judge) -> CriterionScore:
    return CriterionScore(
        id=criterion.id,
        title=criterion.title,
        judge=judge.id,
        standing="failed",
        reason=_UNHEARD,
    )


def _segments(engine: Engine, at: float) -> tuple[SegmentTime, ...]:
    """A segment lies from its first turn to that of the next one."""
    turns = engine.turns
    begins: dict[str, int] = {}
    ends: dict[str, int] = {}
    for turn in turns:
        begins.setdefault(turn.segment, turn.start_ms)
        ends[turn.segment] = max(ends.get(turn.segment, 0), turn.end_ms)
    for before, after in pairwise(list(begins)):
        ends[before] = max(begins[before], begins[after])
    return tuple(
        SegmentTime(
            id=segment.id,
            title=segment.title,
            planned_s=segment.planned_s,
            spent_s=round(segment.spent_s, 1),
            start_ms=begins.get(segment.id),
            end_ms=ends.get(segment.id),
        )
        for segment in engine.view(at).segments
    )


def _flags(engine: Engine) -> tuple[Flag, ...]:
    return tuple(
        Flag(
            flag=moment.flag,
            segment=moment.segment,
            question=moment.question,
            answer=moment.answer,
            reason=moment.reason,
            start_ms=moment.start_ms,
            end_ms=moment.end_ms,
        )
        for moment in engine.record.moments
    )


def _hints(engine: Engine) -> tuple[HintsUsed, ...]:
    """In the order in which they were heard."""
    record = engine.record
    asks = {q.id: q.ask for segment in engine.scenario.segments for q in segment.questions}
    last = {asks[h.question]: h.at for h in engine.hints_heard if h.question in asks}
    used = [(hint.question, hint.level, hint.levels) for hint in record.hints]
    used += [(question, 0, 0) for question in record.without_hint]
    return tuple(
        HintsUsed(
            question=question,
            level=level,
            levels=levels,
            at_ms=round(1000 * last[question]) if question in last else None,
        )
        for question, level, levels in sorted(used, key=lambda hint: last.get(hint[0], 0.0))
    )
