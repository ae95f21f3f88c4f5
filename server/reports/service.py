"""The report of a session: kept, or made on the spot from its log, and kept."""

from __future__ import annotations

import asyncio
import logging

from interview.report import Report
from server.context import Context
from server.errors import Problem, not_found
from server.jobs.tasks import Task
from server.models import Interview, Judgement, StoredReport
from server.reports import asking, making, repository
from server.sessions import log as event_log
from server.sessions import presence
from server.sessions import repository as sessions

SWEEP = "reports_missing"
log = logging.getLogger(__name__)


async def report_of(context: Context, interview: Interview) -> Report:
    """The report of `interview` as read. Raises Problem before the session is over, and for a log
    that this version cannot read."""
    if not presence.is_over(interview):
        detail = "This session is not over. Its report is made when it ends."
        raise Problem(409, "session_not_over", detail)
    async with context.database.read() as db:
        row, judgement = await repository.stored(db, interview.id)
    if row is None or _is_old(row, interview):
        try:
            await remake(context, interview.id)
        except Problem:
            raise
        except Exception as error:
            log.error("session %s: no report: %s", interview.id, type(error).__name__)
            detail = (
                "No report can be made of this session: its log cannot be read by this version. "
                "Nothing of it is lost; export the session, and update the server."
            )
            raise Problem(500, "report_failed", detail) from error
        async with context.database.read() as db:
            row, judgement = await repository.stored(db, interview.id)
    if row is None:
        raise not_found()
    return making.as_of(Report.model_validate(row.body), judgement, context.clock())


async def remake(context: Context, interview_id: str, *, anyway: bool = False) -> None:
    """Make the report anew from the log and keep it, if it is older than log or judge, or `anyway`;
    nothing is done for a session that is gone or not over. Raises what folding its log does."""
    # The same one is not made twice at once.
    async with context.locks.of(f"report-{interview_id}"):
        while True:
            async with context.database.read() as db:
                interview = await sessions.by_id(db, interview_id)
                row, judgement = await repository.stored(db, interview_id)
            if interview is None or not presence.is_over(interview):
                return
            if row is not None and not (anyway or _is_old(row, interview)):
                return
            if await _make(context, interview, judgement):
                return


async def _make(context: Context, interview: Interview, judgement: Judgement | None) -> bool:
    """False when a model has said something meanwhile, which another server took in."""
    seen = interview.last_seq
    async with context.database.read() as db:
        # Nobody feeds it meanwhile: it is not kept until it is put back.
        engine = await event_log.engine_of(context, db, interview, seen)
    report = await asyncio.to_thread(making.make, interview, engine, judgement)
    context.folds.put(interview.id, seen, engine)
    now = context.clock()
    async with context.database.write() as db:
        current = await sessions.locked(db, interview.id)
        if current is None:
            return True
        if _said(await db.get(Judgement, interview.id)) != _said(judgement):
            return False
        await repository.keep(
            db, current, report, last_seq=seen, judge_version=making.VERSION, now=now
        )
    return True


def _said(judgement: Judgement | None) -> object:
    return judgement and (judgement.state, judgement.scores, judgement.problem)


def _is_old(row: StoredReport, interview: Interview) -> bool:
    return row.last_seq < interview.last_seq or row.judge_version < making.VERSION


async def job(context: Context, task: Task) -> None:
    """Make the report that was asked for."""
    await remake(context, task.payload["interview_id"])


async def ask_for_missing(context: Context, _: Task) -> None:
    """Have reports made of sessions that have none, or one by an older judge."""
    async with context.database.write() as db:
        for interview in await repository.without(db, making.VERSION):
            await asking.ask(db, interview, context.clock())
