"""Reading and writing drafts. The last writer wins, and is told what it replaced."""

from __future__ import annotations

from sqlalchemy import select

from server.context import Context
from server.drafts.schemas import DraftField, DraftOut, DraftsOut, WriteDraft
from server.errors import not_found
from server.models import Draft, User
from server.sessions import repository, service


def _to_out(draft: Draft) -> DraftOut:
    return DraftOut(
        text=draft.text,
        version=draft.version,
        changed_at=draft.changed_at,
        replaced=draft.replaced,
    )


async def show(context: Context, user: User, interview_id: str) -> DraftsOut:
    await service.owned(context, user, interview_id)
    async with context.database.read() as db:
        rows = await db.scalars(select(Draft).where(Draft.interview_id == interview_id))
        found = {draft.field: _to_out(draft) for draft in rows}
    return DraftsOut(notes=found.get("notes"), reflection=found.get("reflection"))


async def write(
    context: Context, user: User, interview_id: str, field: DraftField, body: WriteDraft
) -> DraftOut:
    """Put `body` in the place of what is there. The same text again is no write."""
    await service.owned(context, user, interview_id)
    async with context.database.write() as db:
        if await repository.locked(db, interview_id) is None:
            raise not_found()
        draft = await db.get(Draft, (interview_id, field))
        now = context.clock()
        if draft is None:
            draft = Draft(
                interview_id=interview_id,
                field=field,
                text=body.text,
                replaced=None,
                version=1,
                changed_at=now,
            )
            db.add(draft)
        elif draft.text != body.text:
            draft.replaced = draft.text if body.base < draft.version else None
            draft.text, draft.version, draft.changed_at = body.text, draft.version + 1, now
        out = _to_out(draft)
    return out
