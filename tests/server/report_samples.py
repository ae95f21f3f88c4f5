"""A report with something of everything, written by hand: nobody judged it."""

from __future__ import annotations

from datetime import UTC, datetime

from interview.report import (
    CriterionScore,
    Delivery,
    Evidence,
    Flag,
    HintsUsed,
    Judge,
    Measure,
    Point,
    Report,
    Resource,
    SegmentTime,
    Summary,
)
from server.reports.schemas import ReportOut

LEVELS = ("Names no goal.", "Names a goal.", "Ties goal and metric.", "Weighs two goals.")
HOSTILE = '#panic("no") $x^2$ "quoted" \\ *bold* _it_ `code` <label> @ref // gone /* gone */ #{1+1}'


def evidence(quote: str, start_ms: int = 65_000, hints: int = 0) -> Evidence:
    return Evidence(turn=3, quote=quote, start_ms=start_ms, end_ms=start_ms + 4_000, hints=hints)


def score(number: int, level: int | None, quote: str) -> CriterionScore:
    return CriterionScore(
        id=f"criterion_{number}",
        title=("Framing the problem", "Data and labels", "Model choice", "Evaluation")[number % 4],
        judge="built-in",
        standing="scored" if level is not None else "not_asked",
        level=level,
        unassisted=level - 1 if level is not None and level > 1 else None,
        reason="It names the goal and what is traded for it." if level is not None else "",
        missing="What happens when the labels are late.",
        next_step="Say for one system which labels come late, and what that does to training.",
        evidence=() if level is None else (evidence(quote), evidence("about two hundred", hints=1)),
    )


def report(quote: str = "we rank by expected watch time", status: str = "complete") -> Report:
    return Report(
        session_id="a" * 24,
        status=status,
        shown_judge="built-in",
        judges=(
            Judge(
                id="built-in",
                label="Built-in judge",
                limits="It knows the words of the rubric and not what they mean.",
                state="done",
            ),
        ),
        criteria=tuple(score(n, level, quote) for n, level in enumerate((3, 2, None, 4))),
        delivery=Delivery(
            measures=(
                Measure(id="words_per_minute", label="Pace", value=141.25, unit="words a minute"),
                Measure(
                    id="pauses",
                    label="Pauses over two seconds",
                    value=None,
                    unit="",
                    note="too few words were made out",
                ),
            ),
            limits="These figures say how it was said, not how good it was.",
        ),
        flags=(
            Flag(
                flag="thin",
                segment="deep_dive",
                question="How would you measure it?",
                answer=quote,
                reason="The answer names no figure.",
                start_ms=605_000,
                end_ms=640_000,
            ),
        ),
        hints_used=(HintsUsed(question="Which labels are there?", level=1, levels=3),),
        summary=Summary(
            text="A clear frame and a sound evaluation. The data were left open.",
            went_well=(Point(text="You named the metric first.", evidence=(evidence(quote),)),),
            work_on=(Point(text="Say where the labels come from."),),
            decisions=(Point(text="Two stages: retrieval, then ranking."),),
            never_asked=("How fresh the results must be",),
            segments=(
                SegmentTime(id="warm_up", title="Warm-up", planned_s=300, spent_s=280),
                SegmentTime(id="framing", title="Problem framing", planned_s=600, spent_s=700),
                SegmentTime(id="deep_dive", title="Deep dive", planned_s=900, spent_s=1100),
                SegmentTime(id="wrap_up", title="Wrap-up", planned_s=300, spent_s=0),
            ),
            resources=(Resource(title="Delayed feedback", note="Chapelle 2014, section 3."),),
        ),
    )


def report_out(quote: str = "we rank by expected watch time", reflection: str = "") -> ReportOut:
    return ReportOut.model_validate(
        {
            **report(quote).model_dump(),
            "scenario_id": "ml-system-design",
            "scenario_title": "General ML System Design",
            "candidate_name": "Ada Lovelace",
            "difficulty": "standard",
            "started_at": datetime(2026, 3, 1, 12, 0, tzinfo=UTC),
            "ended_at": datetime(2026, 3, 1, 12, 45, tzinfo=UTC),
            "length_s": 2080.0,
            "level_mean": 3.0,
            "level_texts": {f"criterion_{n}": LEVELS for n in range(4)},
            "reflection": reflection,
        }
    )
