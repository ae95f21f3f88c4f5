"""Asking for a job. It is stored with whatever else the same transaction stores."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.models import Job


async def add(
    db: AsyncSession,
    *,
    kind: str,
    key: str,
    now: datetime,
    run_at: datetime | None = None,
    payload: dict[str, Any] | None = None,
    user_id: str | None = None,
) -> bool:
    """Have a job of `kind` done once, at `run_at` or, without it, at once; False when `key` was
    asked for before. What belongs to `user_id` goes when they do."""
    if await db.scalar(select(Job.id).where(Job.key == key)) is not None:
        return False
    db.add(
        Job(
            id=secrets.token_hex(12),
            key=key,
            kind=kind,
            user_id=user_id,
            payload=payload or {},
            state="waiting",
            run_at=run_at or now,
            attempts=0,
            created_at=now,
        )
    )
    await db.flush()
    return True
