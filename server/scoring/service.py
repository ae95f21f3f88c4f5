"""People's scores of a session that is over, by the copy of the scenario that it was held with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from operator import itemgetter

from sqlalchemy.ext.asyncio import AsyncSession

from interview.rubric import Criterion
from interview.scenario import scenario_from_dict
from server.accounts.tokens import new_id
from server.context import Context
from server.errors import Problem, not_found
from server.models import HumanScore, Interview, User
from server.notices import service as notices
from server.reviewers import blinding
from server.scoring import repository
from server.scoring.schemas import (
    CriterionOut,
    OthersScores,
    PutScoring,
    Score,
    ScoreOut,
    ScoringOut,
)
from server.sessions import presence, service
from server.sessions import repository as sessions

NOTICE = "scored"


async def show(context: Context, user: User, interview_id: str) -> ScoringOut:
    interview = await _over(context, user, interview_id)
    async with context.database.read() as db:
        return await _shown(db, interview, user)


async def put(context: Context, user: User, interview_id: str, body: PutScoring) -> ScoringOut:
    """Put `body` in the place of one's own scores. The owner is told when a reviewer is done."""
    interview = await _over(context, user, interview_id)
    async with context.database.write() as db:
        if await sessions.locked(db, interview_id) is None:
            raise not_found()
        criteria = await _criteria(db, interview)
        wanted = _checked(body, criteria)
        blind = await blinding.is_blind(db, interview, user)
        here = {row.criterion: row for row in await repository.by_author(db, interview_id, user.id)}
        # Who was done once has seen the rest, and cannot undo that.
        done_at = next((row.done_at for row in here.values() if row.done_at is not None), None)
        newly_done = body.done and done_at is None
        if newly_done:
            done_at = context.clock()
        if done_at is not None:
            missing = [one.id for one in criteria if one.id not in wanted]
            wanted |= {id_: Score(criterion=id_, level=None) for id_ in missing}
        for criterion in here.keys() - wanted.keys():
            await db.delete(here[criterion])
        for criterion, score in wanted.items():
            row = here.get(criterion) or _row(interview_id, user, criterion, context.clock())
            _write(row, score, blind, done_at, context.clock())
            db.add(row)
        if newly_done and interview.owner_id != user.id:
            await _tell(db, interview, user, context.clock())
        await db.flush()
        out = await _shown(db, interview, user)
    return out


async def _over(context: Context, user: User, interview_id: str) -> Interview:
    interview = await service.visible(context, user, interview_id)
    if not presence.is_over(interview):
        detail = "This session is not over. Score it when it has ended."
        raise Problem(409, "session_not_over", detail)
    return interview


async def _criteria(db: AsyncSession, interview: Interview) -> Sequence[Criterion]:
    return scenario_from_dict(await sessions.scenario_of(db, interview.id)).rubric


def _checked(body: PutScoring, criteria: Sequence[Criterion]) -> dict[str, Score]:
    """The scores by criterion. Raises Problem for one that there is not, or is there twice."""
    wanted = {score.criterion: score for score in body.scores}
    if unknown := wanted.keys() - {one.id for one in criteria}:
        detail = f"This session has no criterion {min(unknown)!r}."
        raise Problem(422, "criterion_unknown", detail)
    if len(wanted) < len(body.scores):
        raise Problem(422, "criterion_twice", "A criterion is scored twice. Give each one level.")
    return wanted


def _row(interview_id: str, user: User, criterion: str, now: datetime) -> HumanScore:
    return HumanScore(
        id=new_id(),
        interview_id=interview_id,
        author_id=user.id,
        author_name=user.name,
        criterion=criterion,
        level=None,
        note="",
        blind=True,
        created_at=now,
        changed_at=now,
    )


def _write(
    row: HumanScore, score: Score, blind: bool, done_at: datetime | None, now: datetime
) -> None:
    """`blind` stays with a level that was given blind, for as long as the level does."""
    if row.level != score.level or row.done_at is None:
        row.blind = blind
    if (row.level, row.note) != (score.level, score.note):
        row.changed_at = now
    row.level, row.note, row.done_at = score.level, score.note, done_at


async def _tell(db: AsyncSession, interview: Interview, user: User, now: datetime) -> None:
    await notices.tell(
        db,
        user_id=interview.owner_id,
        kind=NOTICE,
        key=f"{NOTICE}@{interview.id}/{user.id}",
        data={
            "session_id": interview.id,
            "scenario_title": interview.scenario_title,
            "name": user.name,
        },
        now=now,
    )


async def _shown(db: AsyncSession, interview: Interview, user: User) -> ScoringOut:
    criteria = await _criteria(db, interview)
    order = [one.id for one in criteria]
    blind = await blinding.is_blind(db, interview, user)
    rows = await repository.of(db, interview.id)
    own = [row for row in rows if row.author_id == user.id]
    return ScoringOut(
        blind=blind,
        done=any(row.done_at is not None for row in own),
        criteria=[
            CriterionOut(id=one.id, title=one.title, levels=list(one.levels)) for one in criteria
        ],
        own=_scores(own, order),
        others=None if blind else _others([r for r in rows if r.author_id != user.id], order),
    )


def _scores(rows: Sequence[HumanScore], order: Sequence[str]) -> list[ScoreOut]:
    known = sorted(
        (row for row in rows if row.criterion in order), key=lambda row: order.index(row.criterion)
    )
    return [
        ScoreOut(criterion=row.criterion, level=row.level, note=row.note, blind=row.blind)
        for row in known
    ]


def _others(rows: Sequence[HumanScore], order: Sequence[str]) -> list[OthersScores]:
    """By person, as far as they are done. Of people from elsewhere name and time are all that
    tells them apart."""
    people: dict[tuple[datetime, str, str], list[HumanScore]] = {}
    for row in rows:
        if row.done_at is not None:
            person = (row.done_at, row.author_name, row.author_id or "")
            people.setdefault(person, []).append(row)
    found = []
    for (done_at, author_name, author_id), theirs in sorted(people.items(), key=itemgetter(0)):
        scores = _scores(theirs, order)
        found.append(
            OthersScores(
                author_name=author_name,
                blind=all(score.blind for score in scores),
                imported=not author_id,
                done_at=done_at,
                scores=scores,
            )
        )
    return found
