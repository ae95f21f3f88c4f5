"""Bodies of the comment endpoints. `at_ms`: milliseconds on the session clock, as everywhere."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from server.texts import PlainText

LONGEST = 4000
AT_MOST_MS = 2**53 - 1


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("write something")
    return value


CommentText = Annotated[PlainText, Field(min_length=1, max_length=LONGEST)]
_Written = Annotated[CommentText, AfterValidator(_not_blank)]
AtMs = Annotated[int, Field(ge=0, le=AT_MOST_MS, strict=True)]


class WriteComment(BaseModel):
    model_config = ConfigDict(extra="forbid")

    at_ms: AtMs
    text: _Written


class ChangeComment(BaseModel):
    """What is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    at_ms: AtMs | None = None
    text: _Written | None = None


class CommentOut(BaseModel):
    """`own`: the caller wrote it. `may_delete`: they did, or it is about their session."""

    id: str
    at_ms: int
    text: str
    author_name: str
    own: bool
    may_delete: bool
    created_at: datetime
    changed_at: datetime


class CommentList(BaseModel):
    """In the order of the moments that they are about. `others_hidden`: there may be others'
    comments, which the caller sees once they have scored."""

    items: list[CommentOut]
    others_hidden: bool
    next: str | None = None
