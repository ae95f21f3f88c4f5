"""Rows that are added unless they are there already, however many servers try at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from server.models import Base


async def add(
    db: AsyncSession,
    model: type[Base],
    unique: Sequence[InstrumentedAttribute[str]],
    values: dict[str, Any],
) -> bool:
    """Add a row of `values`, all columns without a default of Python's; False, with nothing
    changed, when there is one with the same values of the `unique` columns."""
    dialect = postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
    key = inspect(model).primary_key[0]
    statement = dialect.insert(model).values(**values)
    statement = statement.on_conflict_do_nothing(index_elements=list(unique))
    return await db.scalar(statement.returning(key)) is not None
