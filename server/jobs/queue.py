"""Asking for a job. It is stored with whatever else the same transaction stores."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server import once
from server.models import Job

_LONGEST_KEY = 200


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
    asked for before, by whatever server. What belongs to `user_id` goes when they do. Raises
    ValueError for a key of more than 200 characters."""
    if len(key) > _LONGEST_KEY:
        raise ValueError(f"a job's key has at most {_LONGEST_KEY} characters, not {len(key)}")
    values = {
        "id": secrets.token_hex(12),
        "key": key,
        "kind": kind,
        "user_id": user_id,
        "payload": payload or {},
        "state": "waiting",
        "run_at": run_at or now,
        "attempts": 0,
        "created_at": now,
    }
    return await once.add(db, Job, [Job.key], values)
