"""Lends finished sessions to workers whose model can judge them, and takes in what it says.

A judgement is leased while a worker is at it, and each part of it that comes renews the lease. The
lease of one that died runs out, and the next one that asks begins anew. What a model says is held
against the words of the turns here, whatever the worker has done."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from interview.report import CriterionScore
from interview.rubric import Criterion
from interview.scenario import scenario_from_dict
from interview.wire import JudgementScores, JudgementWanted, Plan
from server.context import Context
from server.errors import Problem
from server.internal.service import numbered
from server.models import Interview, Judgement, LoggedEvent, StoredReport
from server.reports import making, repository, service
from server.sessions import log as event_log
from server.sessions import repository as sessions
from server.texts import storable

log = logging.getLogger(__name__)

# Longer than three calls of a minute each, after which the first part has come.
LEASE = timedelta(seconds=240)
MOST_ATTEMPTS = 3
# Whoever sets a model up does not want years of practice judged.
_NOT_OLDER = timedelta(days=7)
_GIVEN_UP = f"The model's judge was interrupted {MOST_ATTEMPTS} times and was not asked again."


async def lease(context: Context) -> JudgementWanted | None:
    """The session that ended last of those that no model has judged; None when there is none. Its
    report by the built-in judge is there already, and somebody has spoken in it."""
    now = context.clock()
    async with context.database.read() as db:
        # Without this SQLite's write lock would be taken for each worker that asks.
        if await db.scalar(_unjudged(now)) is None:
            return None
    async with context.database.write() as db:
        while interview := await db.scalar(
            _unjudged(now).with_for_update(of=Interview, skip_locked=True)
        ):
            judgement = await db.get(Judgement, interview.id)
            if judgement is None:
                judgement = Judgement(interview_id=interview.id, created_at=now)
                judgement.state, judgement.scores, judgement.attempts = "waiting", [], 0
                db.add(judgement)
            elif judgement.attempts >= MOST_ATTEMPTS:
                _end(judgement, "failed", now, _GIVEN_UP)
                await db.flush()
                log.warning("session %s: its judgement was given up", interview.id)
                continue
            judgement.attempts += 1
            judgement.lease, judgement.leased_until = secrets.token_hex(12), now + LEASE
            return await _wanted(db, interview, judgement.lease)
    return None


def _unjudged(now: datetime) -> Select[Interview]:
    spoken = (
        select(LoggedEvent.seq)
        .where(LoggedEvent.interview_id == Interview.id, LoggedEvent.type == "utterance_final")
        .exists()
    )
    free = or_(Judgement.leased_until.is_(None), Judgement.leased_until <= now)
    return (
        select(Interview)
        .join(StoredReport, StoredReport.interview_id == Interview.id)
        .outerjoin(Judgement, Judgement.interview_id == Interview.id)
        .where(
            Interview.ended_at.is_not(None),
            Interview.ended_at >= now - _NOT_OLDER,
            StoredReport.last_seq == Interview.last_seq,
            or_(Judgement.interview_id.is_(None), and_(Judgement.state == "waiting", free)),
            spoken,
        )
        .order_by(Interview.ended_at.desc(), Interview.id)
        .limit(1)
    )


async def _wanted(db: AsyncSession, interview: Interview, lease_: str) -> JudgementWanted:
    events = await sessions.events_after(db, interview.id, 0)
    return JudgementWanted(
        session_id=interview.id,
        lease=lease_,
        candidate_name=interview.candidate_name,
        plan=Plan.model_validate(interview.plan),
        scenario=await sessions.scenario_of(db, interview.id),
        events=[numbered(event) for event in events[: interview.last_seq]],
    )


async def take_in(context: Context, interview_id: str, body: JudgementScores) -> None:
    """Keep what the model of the worker that holds `body.lease` says, and improve the report by it.
    Scores of criteria that the rubric does not have are dropped."""
    async with context.locks.of(f"report-{interview_id}"):
        async with context.database.read() as db:
            interview = await sessions.by_id(db, interview_id)
            if interview is None:
                raise event_log.gone()
            held = _held(await db.get(Judgement, interview_id), body)
            rubric = scenario_from_dict(await sessions.scenario_of(db, interview_id)).rubric
            said = _merged(held.scores, body, rubric)
            seen = interview.last_seq
            engine = await event_log.engine_of(context, db, interview, seen)
        now = context.clock()
        report = await asyncio.to_thread(
            making.make, interview, engine, _after(held, body, said, now)
        )
        context.folds.put(interview_id, seen, engine)
        async with context.database.write() as db:
            current = await sessions.locked(db, interview_id)
            if current is None:
                raise event_log.gone()
            judgement = _held(await db.get(Judgement, interview_id), body)
            _note(judgement, body, said, now)
            kept = await repository.keep(
                db, current, report, last_seq=seen, judge_version=making.VERSION, now=now
            )
    if not kept:
        # Another server made one of a longer log meanwhile, which knows nothing of this.
        await service.remake(context, interview_id, anyway=True)


def _held(judgement: Judgement | None, body: JudgementScores) -> Judgement:
    """`judgement`, if it is lent to whoever sent `body`. A lease that ran out is good for as long
    as nobody else has taken it."""
    if judgement is None or judgement.state != "waiting" or judgement.lease != body.lease:
        detail = "Somebody else judges this session by now, or it has been judged. Leave it."
        raise Problem(409, "judgement_lease_lost", detail)
    return judgement


def _merged(
    earlier: Sequence[dict[str, Any]], body: JudgementScores, rubric: Sequence[Criterion]
) -> list[dict[str, Any]]:
    """`earlier` with the scores of `body` in the place of those of the same criteria. Raises
    Problem for what is no score."""
    known = {criterion.id for criterion in rubric}
    by_id = {score["id"]: score for score in earlier}
    for raw in body.scores:
        try:
            score = CriterionScore.model_validate(storable(raw))
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(part) for part in first["loc"])[:80]
            detail = f"A score is not one: field {where!r}: {first['msg']}. Nothing was kept."
            raise Problem(422, "judgement_invalid", detail) from error
        if score.id in known:
            by_id[score.id] = score.model_dump(mode="json")
    return list(by_id.values())


def _after(
    held: Judgement, body: JudgementScores, said: list[dict[str, Any]], now: datetime
) -> Judgement:
    """What `held` is once `body` is kept; not a row of the database."""
    after = Judgement(
        interview_id=held.interview_id, attempts=held.attempts, created_at=held.created_at
    )
    after.state = held.state
    _note(after, body, said, now)
    return after


def _note(
    judgement: Judgement, body: JudgementScores, said: list[dict[str, Any]], now: datetime
) -> None:
    judgement.scores = said
    judgement.model, judgement.problem = body.model, body.problem
    judgement.lease, judgement.leased_until = body.lease, now + LEASE
    if body.over:
        _end(judgement, "done" if said else "failed", now, body.problem)


def _end(judgement: Judgement, state: str, now: datetime, problem: str) -> None:
    judgement.state, judgement.problem, judgement.over_at = state, problem, now
    judgement.lease = judgement.leased_until = None
