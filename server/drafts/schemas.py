"""Bodies of the draft endpoints."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from server.texts import PlainText

LONGEST = 20_000
DraftField = Literal["notes", "reflection"]


class WriteDraft(BaseModel):
    """`base`: the version that `text` was written upon; 0 when none was seen."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[PlainText, Field(max_length=LONGEST)]
    base: Annotated[int, Field(ge=0, strict=True)] = 0


class DraftOut(BaseModel):
    """`replaced`: the text that the last write took the place of without its writer having seen
    it, for whoever wants it back."""

    text: str
    version: int
    changed_at: datetime
    replaced: str | None


class DraftsOut(BaseModel):
    notes: DraftOut | None
    reflection: DraftOut | None
