"""What a report's values are called where it is read as a document."""

from __future__ import annotations

import json
import re
from pathlib import Path

from interview.report import CriterionScore, Evidence, Flag, HintsUsed, Measure, Point
from server.reports.schemas import ReportOut

IMPROVING = "A model is still judging this session; the levels may change."

# The page reads the same file.
_LEVELS: list[str] = json.loads((Path(__file__).parent / "level_names.json").read_text("utf-8"))
_NOT_SCORED = {
    "not_asked": "The interviewer never came to it.",
    "not_answered": "It was asked, and nothing that was said speaks to it.",
    "no_evidence": "No quote supports a level.",
    "failed": "The judge could not be heard on it.",
}
_FLAGS = {
    "strong": "a strong answer",
    "thin": "a thin answer",
    "contradictory": "a contradiction",
    "reflect": "worth a second look",
}


def byline(report: ReportOut) -> str:
    """Who, when, how hard and how long."""
    parts = [report.candidate_name]
    if report.started_at is not None:
        parts.append(f"{report.started_at.day} {report.started_at:%B %Y, %H:%M} UTC")
    parts += [report.difficulty, length(report.length_s)]
    return " · ".join(parts)


def length(seconds: float) -> str:
    """ "12:05", or "1:02:05"."""
    whole = round(max(seconds, 0))
    hours, rest = divmod(whole, 3600)
    minutes = f"{rest // 60:02}" if hours else f"{rest // 60}"
    return f"{hours}:{minutes}:{rest % 60:02}" if hours else f"{minutes}:{rest % 60:02}"


def moment(milliseconds: int) -> str:
    return length(milliseconds // 1000)


def level(given: int) -> str:
    return f"{given} of 4, {_LEVELS[given - 1].lower()}"


def standing(score: CriterionScore) -> str:
    return "not assessed" if score.level is None else f"level {level(score.level)}"


def meaning(report: ReportOut, score: CriterionScore) -> str:
    """What the rubric says of the level that was given; "" where none was."""
    texts = report.level_texts.get(score.id)
    return texts[score.level - 1] if texts and score.level is not None else ""


def remarks(score: CriterionScore) -> list[str]:
    """Why it has this level, or none, and what there is to know about that."""
    reason = score.reason or (_NOT_SCORED.get(score.standing, "") if score.level is None else "")
    return [text for text in (reason, assistance(score), spread(score)) if text]


def said_at(point: Point) -> tuple[str, list[Evidence]]:
    """When `point` was said, if its text is what was said, and what else it rests on."""
    text = _bare(point.text)
    same = [one for one in point.evidence if _bare(one.quote) == text]
    rest = [one for one in point.evidence if _bare(one.quote) != text]
    return (moment(same[0].start_ms) if same else "", rest)


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def assistance(score: CriterionScore) -> str:
    """Whether hints have helped; "" where they have not."""
    if score.level is None or not any(evidence.hints for evidence in score.evidence):
        return ""
    if score.unassisted is None:
        return "Reached with hints; nothing was shown without them."
    if score.unassisted == score.level:
        return "The same level without what followed a hint."
    return f"Without what followed a hint: level {level(score.unassisted)}."


def spread(score: CriterionScore) -> str:
    if score.spread is None:
        return ""
    if score.spread == 0:
        return "Judged several times, with the same level each time."
    return f"Judged several times; the levels lay {score.spread} apart."


def flag(flag_: Flag) -> str:
    return _FLAGS.get(flag_.flag, flag_.flag)


def hint(used: HintsUsed) -> str:
    if used.levels == 0:
        return f"{used.question} (asked for; there is none)"
    return f"{used.question} ({used.level} of {used.levels})"


def measure(measured: Measure) -> str:
    """The value with its unit, or why there is none; what there is to note stands behind it."""
    if measured.value is None:
        return f"not measured{': ' if measured.note else ''}{measured.note.rstrip('.')}"
    value = f"{measured.value:.1f}".removesuffix(".0")
    note = f" ({measured.note.rstrip('.')})" if measured.note else ""
    return f"{value} {measured.unit}".strip() + note
