"""Bodies of the reviewer endpoints."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from server.accounts.schemas import Email


class NameReviewer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    email: Email


class ReviewerOut(BaseModel):
    id: str
    email: str
    created_at: datetime


class ReviewerList(BaseModel):
    items: list[ReviewerOut]
    next: str | None = None
