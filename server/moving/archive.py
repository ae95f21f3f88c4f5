"""What is in an export, by file. All of it is JSON in UTF-8; times are UTC.

manifest.json                 format, version, and SHA-256 and size of every other file
profile.json                  the account; for reading, not taken back
sign-ins.json                 sign-ins, providers and API tokens, without their secrets; as above
settings.json                 every setting that was ever set
notices.json                  what the page told
sessions/ID/session.json      plan, notes of one's own, reviewers, and what else is not folded
sessions/ID/scenario.json     the scenario as it was then, the interviewer's side included
sessions/ID/events.jsonl      the whole event log, one event a line
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from interview.wire import EventBody, Plan
from server.accounts.schemas import Email
from server.drafts.schemas import LONGEST
from server.texts import PlainText

FORMAT = "viva-export"
VERSION = 1
MANIFEST, SETTINGS, NOTICES = "manifest.json", "settings.json", "notices.json"
PROFILE, SIGN_INS = "profile.json", "sign-ins.json"
SESSION, SCENARIO, EVENTS = "session.json", "scenario.json", "events.jsonl"

SESSION_PATH = re.compile(r"sessions/([0-9a-z]{1,32})/(session\.json|scenario\.json|events\.jsonl)")
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)


def session_path(session_id: str, name: str) -> str:
    return f"sessions/{session_id}/{name}"


def _kept_by_databases(value: datetime) -> datetime:
    try:
        moment = value.astimezone(UTC)
    except OverflowError:
        raise ValueError("this time is out of range") from None
    if moment > _LATEST:
        raise ValueError("this time is out of range")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_kept_by_databases)]
Count = Annotated[int, Field(ge=0, le=2**31 - 1)]
Text = Annotated[PlainText, Field(max_length=LONGEST)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class File(_Part):
    sha256: str
    size: int


class Manifest(_Part):
    format: Literal["viva-export"] = "viva-export"
    version: int
    made_at: datetime
    files: dict[str, File]


class KeptDraft(_Part):
    field: Literal["notes", "reflection"]
    text: Text
    replaced: Text | None
    version: Count
    changed_at: Moment


class KeptReviewer(_Part):
    email: Email
    created_at: Moment


class KeptSession(_Part):
    """`state`, `started_at` and `ended_at` are for reading: they follow from the log, but for
    `abandoned`, which says that nobody came back."""

    id: Annotated[str, Field(pattern=r"^[0-9a-z]{1,32}$")]
    candidate_name: Annotated[PlainText, Field(max_length=100)]
    scenario_id: Annotated[PlainText, Field(max_length=100)]
    scenario_title: Annotated[PlainText, Field(max_length=1000)]
    plan: Plan
    audio_only: bool
    created_at: Moment
    state: str
    abandoned: bool
    started_at: datetime | None
    ended_at: datetime | None
    epoch: Count
    rooms_made: Count
    events: Count
    drafts: Annotated[list[KeptDraft], Field(max_length=2)]
    reviewers: Annotated[list[KeptReviewer], Field(max_length=200)]


class KeptEvent(EventBody):
    seq: int
    epoch: Count


class KeptPreference(_Part):
    field: Annotated[str, Field(max_length=64)]
    value: Any
    version: Annotated[int, Field(ge=1, le=2**31 - 1)]
    changed_at: Moment


class KeptNotice(_Part):
    key: Annotated[PlainText, Field(max_length=200)]
    kind: Annotated[PlainText, Field(max_length=32)]
    data: dict[str, Any]
    created_at: Moment
    read_at: Moment | None
