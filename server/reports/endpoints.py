"""/sessions/{id}/report as JSON, Markdown and PDF, and /me/trend."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy import select

from interview.scenario import scenario_from_dict
from server.accounts.callers import CurrentUser
from server.context import Context, Ctx
from server.models import Draft, Interview, User
from server.reports import brief, pdf, service, trend
from server.reports.markdown import markdown
from server.reports.schemas import ReportOut, Trend
from server.sessions import repository as sessions
from server.sessions.service import sighted
from server.texts import PlainText

router = APIRouter(tags=["reports"])


@router.get("/sessions/{session_id}/report")
async def show(context: Ctx, user: CurrentUser, session_id: str) -> ReportOut:
    """What the session came to; made on the spot if that has not happened yet. `status` is
    "improving" while a model is still judging it."""
    interview = await sighted(context, user, session_id)
    return await out_of(context, interview, user)


@router.get("/sessions/{session_id}/report.json")
async def as_json(
    context: Ctx, user: CurrentUser, session_id: str, response: Response
) -> ReportOut:
    response.headers.update(_attached(session_id, "json"))
    return await show(context, user, session_id)


@router.get("/sessions/{session_id}/report.md", response_class=Response)
async def as_markdown(context: Ctx, user: CurrentUser, session_id: str) -> Response:
    text = markdown(await show(context, user, session_id))
    media = "text/markdown; charset=utf-8"
    return Response(text, media_type=media, headers=_attached(session_id, "md"))


@router.get("/sessions/{session_id}/report.pdf", response_class=Response)
async def as_pdf(context: Ctx, user: CurrentUser, session_id: str) -> Response:
    made = await pdf.typeset(await show(context, user, session_id))
    return Response(made, media_type="application/pdf", headers=_attached(session_id, "pdf"))


@router.get("/me/trend")
async def trend_(
    context: Ctx,
    user: CurrentUser,
    scenario_id: Annotated[PlainText, Query(max_length=100)] | None = None,
) -> Trend:
    """The levels of one's sessions that have a report, the oldest first; the last hundred."""
    return await trend.of(context, user, scenario_id)


def _attached(session_id: str, extension: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="viva-{session_id}-report.{extension}"'}


async def out_of(context: Context, interview: Interview, user: User | None) -> ReportOut:
    """The report as `user` may read it, or somebody who is not known; what the owner wrote for
    themself is in theirs alone."""
    report = await service.report_of(context, interview)
    reflection = None
    async with context.database.read() as db:
        scenario = scenario_from_dict(await sessions.scenario_of(db, interview.id))
    if user is not None and user.id == interview.owner_id:
        async with context.database.read() as db:
            draft = await db.scalar(
                select(Draft).where(Draft.interview_id == interview.id, Draft.field == "reflection")
            )
        reflection = draft.text if draft is not None else ""
    return ReportOut.model_validate(
        {
            **report.model_dump(),
            "scenario_id": interview.scenario_id,
            "scenario_title": interview.scenario_title,
            "candidate_name": interview.candidate_name,
            "difficulty": interview.plan["difficulty"],
            "started_at": interview.started_at,
            "ended_at": interview.ended_at,
            "length_s": round(sum(segment["spent_s"] for segment in interview.segments), 3),
            "level_mean": brief.level_mean(report),
            "level_texts": {one.id: one.levels for one in scenario.rubric},
            "reflection": reflection,
        }
    )
