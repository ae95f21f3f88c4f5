"""Where reports are made: from the folded log, with what a model said of it, if one did."""

from __future__ import annotations

from datetime import datetime

from interview.engine import Engine
from interview.report import Report
from server.models import Judgement

VERSION = 1


def make(interview_id: str, engine: Engine, judgement: Judgement | None) -> Report:
    """Blocks for as long as it takes; `engine` is only looked at."""
    from interview import reporting  # type: ignore[attr-defined]

    report: Report = reporting.make_report(interview_id, engine)
    return report


def is_at_it(judgement: Judgement, now: datetime) -> bool:
    """Whether a worker has the session to judge right now."""
    until = judgement.leased_until
    return judgement.state == "waiting" and until is not None and until > now
