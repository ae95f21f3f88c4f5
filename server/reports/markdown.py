"""A report as Markdown, in which what was said is text, whatever characters are in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from interview.report import CriterionScore, Evidence, Measure, Point, SegmentTime
from server.reports import words
from server.reports.schemas import ReportOut
from server.transcripts.formats import plain


def markdown(report: ReportOut) -> str:
    """Ends in one line break."""
    blocks = [
        f"# {plain(report.scenario_title)}",
        plain(words.byline(report)),
        *_summary(report),
        "## Scores",
        *_scores(report),
        "## Time",
        _table(("Part", "Planned", "Spent"), (_segment(s) for s in report.summary.segments)),
        "## Delivery",
        _table(("Measure", "Value"), (_measure(m) for m in report.delivery.measures)),
        plain(report.delivery.limits),
        *_rest(report),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _summary(report: ReportOut) -> Iterator[str]:
    summary = report.summary
    yield plain(summary.text)
    yield from _points("What went well", summary.went_well)
    yield from _points("What to work on", summary.work_on)
    yield from _points("Decisions", summary.decisions)


def _points(title: str, points: Iterable[Point]) -> Iterator[str]:
    lines = []
    for point in points:
        at, rest = words.said_at(point)
        lines.append(f"- {plain(point.text)}" + (f" ({at})" if at else ""))
        lines += [f"  - {_quote(evidence)}" for evidence in rest]
    if lines:
        yield f"## {title}"
        yield "\n".join(lines)


def _quote(evidence: Evidence) -> str:
    hinted = ", after a hint" if evidence.hints else ""
    return f"“{plain(evidence.quote)}” ({words.moment(evidence.start_ms)}{hinted})"


def _scores(report: ReportOut) -> Iterator[str]:
    shown = next(judge for judge in report.judges if judge.id == report.shown_judge)
    yield f"Judged by: {plain(shown.label)}. {plain(shown.limits)}"
    for judge in report.judges:
        if judge.problem:
            yield f"{plain(judge.label)}: {plain(judge.problem)}"
    if report.status == "improving":
        yield plain(words.IMPROVING)
    for score in report.criteria:
        yield f"### {plain(score.title)}: {plain(words.standing(score))}"
        if meaning := words.meaning(report, score):
            yield f"This level means: {plain(meaning)}"
        yield from _score(score)


def _score(score: CriterionScore) -> Iterator[str]:
    yield from map(plain, words.remarks(score))
    if score.evidence:
        yield "\n".join(f"- {_quote(evidence)}" for evidence in score.evidence)
    if score.missing:
        yield f"Missing: {plain(score.missing)}"
    if score.next_step:
        yield f"Next step: {plain(score.next_step)}"


def _rest(report: ReportOut) -> Iterator[str]:
    if report.flags:
        yield "## Moments to look at again"
        yield "\n".join(
            f"- {words.moment(flag.start_ms)}, {plain(words.flag(flag))}: {plain(flag.reason)}"
            for flag in report.flags
        )
    if report.hints_used:
        yield "## Hints used"
        yield "\n".join(f"- {plain(words.hint(hint))}" for hint in report.hints_used)
    if report.summary.never_asked:
        yield "## Never asked for"
        yield "\n".join(f"- {plain(topic)}" for topic in report.summary.never_asked)
    if report.summary.resources:
        yield "## To read and practise"
        yield "\n".join(f"- {plain(r.title)}: {plain(r.note)}" for r in report.summary.resources)
    if report.reflection:
        yield "## Own reflection"
        yield "\n\n".join(plain(part) for part in report.reflection.split("\n\n") if part.strip())


def _segment(segment: SegmentTime) -> tuple[str, str, str]:
    return (segment.title, words.length(segment.planned_s), words.length(segment.spent_s))


def _measure(measure: Measure) -> tuple[str, str]:
    return (measure.label, words.measure(measure))


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *(tuple(map(plain, row)) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
