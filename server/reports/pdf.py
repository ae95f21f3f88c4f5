"""A report as PDF, set by Typst from the template beside this file.

The report reaches the template as JSON and is shown as strings: nothing in it is ever read as
Typst. Nothing is fetched: the template imports no package, and the fonts are those that come with
the typesetter, with the machine's for what they lack."""

from __future__ import annotations

import asyncio
import json
from functools import cache
from pathlib import Path
from textwrap import shorten
from typing import Any

import typst

from interview.report import Evidence, Point
from server.reports import words
from server.reports.schemas import ReportOut

_TEMPLATE = Path(__file__).with_name("report.typ")
# It takes a core while it runs.
_ONE_AT_A_TIME = asyncio.Semaphore(1)


async def typeset(report: ReportOut) -> bytes:
    """The report as a PDF file."""
    async with _ONE_AT_A_TIME:
        return await asyncio.to_thread(_compile, report)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)


def _compile(report: ReportOut) -> bytes:
    made: bytes = typst.compile(
        _TEMPLATE.read_bytes(),
        font_paths=_fonts(),
        format="pdf",
        # The same report gives the same file.
        timestamp=int(report.ended_at.timestamp()) if report.ended_at else 0,
        sys_inputs={"report": json.dumps(_data(report), ensure_ascii=False)},
    )
    return made


def _data(report: ReportOut) -> dict[str, Any]:
    """What the template shows, put into words."""
    summary = report.summary
    shown = next(judge for judge in report.judges if judge.id == report.shown_judge)
    return {
        "title": report.scenario_title,
        "short_title": shorten(report.scenario_title, 80, placeholder=" …"),
        "byline": words.byline(report),
        "mean": None if report.level_mean is None else f"{report.level_mean:.1f}",
        "summary": summary.text,
        "lists": [
            {
                "title": title,
                "points": [_point(point) for point in points],
            }
            for title, points in (
                ("What went well", summary.went_well),
                ("What to work on", summary.work_on),
                ("Decisions", summary.decisions),
            )
            if points
        ],
        "judged_by": f"Judged by: {shown.label}. {shown.limits}",
        "notes": [f"{judge.label}: {judge.problem}" for judge in report.judges if judge.problem]
        + ([words.IMPROVING] if report.status == "improving" else []),
        "criteria": [
            {
                "title": score.title,
                "level": score.level,
                "standing": "" if score.level is None else words.level(score.level),
                "meaning": words.meaning(report, score),
                "remarks": words.remarks(score),
                "missing": score.missing,
                "next_step": score.next_step,
                "quotes": [_quote(evidence) for evidence in score.evidence],
            }
            for score in report.criteria
        ],
        "segments": [
            {
                "title": segment.title,
                "planned_s": max(segment.planned_s, 0),
                "spent_s": max(segment.spent_s, 0),
                "planned": words.length(segment.planned_s),
                "spent": words.length(segment.spent_s),
            }
            for segment in summary.segments
        ],
        "measures": [[m.label, words.measure(m)] for m in report.delivery.measures],
        "delivery_limits": report.delivery.limits,
        "flags": [
            {"at": words.moment(f.start_ms), "flag": words.flag(f), "reason": f.reason}
            for f in report.flags
        ],
        "plain_lists": [
            {"title": title, "items": items}
            for title, items in (
                ("Hints used", [words.hint(used) for used in report.hints_used]),
                ("Never asked for", list(summary.never_asked)),
            )
            if items
        ],
        "resources": [[r.title, r.note] for r in summary.resources],
        "reflection": [p.strip() for p in (report.reflection or "").split("\n\n") if p.strip()],
    }


def _point(point: Point) -> dict[str, Any]:
    at, rest = words.said_at(point)
    return {"text": point.text, "at": at, "quotes": [_quote(evidence) for evidence in rest]}


def _quote(evidence: Evidence) -> dict[str, str]:
    hinted = ", after a hint" if evidence.hints else ""
    return {"text": evidence.quote, "at": words.moment(evidence.start_ms) + hinted}
