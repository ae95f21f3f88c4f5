"""Bodies of the notice endpoints."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel


class NoticeOut(BaseModel):
    """`link`: an address in the page, such as /history. `read_at`: null until it is read."""

    id: str
    kind: str
    title: str
    text: str
    link: str | None
    created_at: datetime
    read_at: datetime | None


class NoticeList(BaseModel):
    items: list[NoticeOut]
    next: str | None
