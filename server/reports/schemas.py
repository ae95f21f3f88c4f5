"""Bodies of the report endpoints."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from interview.report import Report


class ReportOut(Report):
    """The report, and what it is of. `reflection`: what the owner wrote about it, for them alone;
    None for everybody else. `length_s`: the seconds spent in segments. `level_texts`: what the four
    levels of each criterion mean, weakest first, by its id."""

    scenario_id: str
    scenario_title: str
    candidate_name: str
    difficulty: str
    started_at: datetime | None
    ended_at: datetime | None
    length_s: float
    level_mean: float | None
    level_texts: dict[str, tuple[str, str, str, str]]
    reflection: str | None


class TrendItem(BaseModel):
    """One session that has a report. `levels` and `titles` by the id of the criterion; `pace_wpm`:
    words per minute, None where it was not measured."""

    session_id: str
    at: datetime
    scenario_id: str
    scenario_title: str
    difficulty: str
    level_mean: float | None
    levels: dict[str, int | None]
    titles: dict[str, str]
    pace_wpm: float | None


class Trend(BaseModel):
    """The oldest first; `next` is always null, since the latest hundred are all there are."""

    items: list[TrendItem]
    next: None = None
