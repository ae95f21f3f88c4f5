"""Bodies of the reviewer endpoints."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from server.accounts.schemas import Email


class NameReviewer(BaseModel):
    """`blind`: to score before seeing report, flags and what others wrote."""

    model_config = ConfigDict(extra="forbid")

    email: Email
    blind: bool = False


class ReviewerOut(BaseModel):
    id: str
    email: str
    blind: bool
    created_at: datetime


class ReviewerList(BaseModel):
    items: list[ReviewerOut]
    next: str | None = None
