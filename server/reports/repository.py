"""SQL of reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from interview.report import Report
from server.models import Interview, Judgement, StoredReport
from server.reports import brief

_AT_ONCE = 200


async def stored(
    db: AsyncSession, interview_id: str
) -> tuple[StoredReport | None, Judgement | None]:
    return await db.get(StoredReport, interview_id), await db.get(Judgement, interview_id)


async def keep(
    db: AsyncSession,
    interview: Interview,
    report: Report,
    *,
    last_seq: int,
    judge_version: int,
    now: datetime,
) -> bool:
    """Keep `report`, made from the first `last_seq` events of `interview`, which is locked; False
    when one that was made from more is there, which stays."""
    row = await db.get(StoredReport, interview.id)
    if row is None:
        row = StoredReport(interview_id=interview.id, made_at=now)
        db.add(row)
    elif (row.last_seq, row.judge_version) > (last_seq, judge_version):
        return False
    row.body = report.model_dump(mode="json")
    row.brief = brief.of(report).model_dump(mode="json")
    row.level_mean = brief.level_mean(report)
    row.last_seq, row.judge_version, row.changed_at = last_seq, judge_version, now
    if interview.state == "ended":
        interview.state = "scored"
    return True


async def briefs(db: AsyncSession, interview_ids: Sequence[str]) -> dict[str, brief.Brief]:
    """Those of `interview_ids` that have a report, with what lists show of it."""
    query = select(StoredReport.interview_id, StoredReport.brief).where(
        StoredReport.interview_id.in_(interview_ids)
    )
    rows = (await db.execute(query)).all()
    return {id_: brief.Brief.model_validate(value) for id_, value in rows}


async def history(
    db: AsyncSession, owner_id: str, scenario_id: str | None, limit: int
) -> Sequence[tuple[Interview, dict[str, Any]]]:
    """The last `limit` sessions of `owner_id` that have a report, the oldest first."""
    query = (
        select(Interview, StoredReport.brief)
        .join(StoredReport, StoredReport.interview_id == Interview.id)
        .where(Interview.owner_id == owner_id, Interview.ended_at.is_not(None))
        .order_by(Interview.ended_at.desc(), Interview.id.desc())
        .limit(limit)
    )
    if scenario_id is not None:
        query = query.where(Interview.scenario_id == scenario_id)
    rows = (await db.execute(query)).all()
    return [(interview, value) for interview, value in reversed(rows)]


async def without(db: AsyncSession, judge_version: int) -> Sequence[Interview]:
    """Some sessions that are over and have no report, or one by an older built-in judge."""
    query = (
        select(Interview)
        .outerjoin(StoredReport, StoredReport.interview_id == Interview.id)
        .where(
            Interview.ended_at.is_not(None),
            or_(
                StoredReport.interview_id.is_(None),
                StoredReport.judge_version < judge_version,
                StoredReport.last_seq < Interview.last_seq,
            ),
        )
        .order_by(Interview.ended_at.desc())
        .limit(_AT_ONCE)
    )
    return (await db.scalars(query)).all()
