"""How the levels went, from session to session."""

from __future__ import annotations

from server.context import Context
from server.models import User
from server.reports import repository
from server.reports.brief import Brief
from server.reports.schemas import Trend, TrendItem

_MOST = 100


async def of(context: Context, user: User, scenario_id: str | None) -> Trend:
    """The user's last sessions with a report, on one scenario or on all."""
    async with context.database.read() as db:
        rows = await repository.history(db, user.id, scenario_id, _MOST)
    items = []
    for interview, kept in rows:
        brief = Brief.model_validate(kept)
        items.append(
            TrendItem(
                session_id=interview.id,
                at=interview.started_at or interview.created_at,
                scenario_id=interview.scenario_id,
                scenario_title=interview.scenario_title,
                difficulty=interview.plan["difficulty"],
                **brief.model_dump(),
            )
        )
    return Trend(items=items)
