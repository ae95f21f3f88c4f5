"""What is in an export and in a bundle, by file: JSON in UTF-8 unless its name says otherwise, with
times in UTC. Both are zip files.

Both                          manifest.json: format, version, SHA-256 and size of every other file
An export ("viva-export")     all that is a user's, the sessions below sessions/ID/
  profile.json                the account; for reading, not taken back
  sign-ins.json               sign-ins, providers and API tokens, without their secrets; as above
  settings.json               every setting that was ever set
  notices.json                what the page told
  reviews.json                what the user wrote about others' sessions; for reading
A bundle ("viva-bundle")      one session, its files at the top

The files of a session; those in brackets are there if there is something to be in them:
  session.json                plan, notes of one's own, reviewers, and what else is not folded
  scenario.json               the scenario as it was then, the interviewer's side included
  events.jsonl                the whole event log, one event a line
  comments.json               by whoever wrote them, as far as the owner sees them
  scores.json                 levels that people gave, as above
  (recording.ogg)             Ogg Opus: the candidate left, the interviewer right
  (peaks.json)                the outline of the recording
  (report.json)               for reading: it is made anew from the log where it is taken in
  (transcript.json .vtt .md)  for reading, unless the log cannot be read by the version that wrote

Version 1 of an export had no reviews.json, and the first three files of a session; it is taken in.
What other people wrote keeps their names, and is nobody's where it is taken in. Links to a session
are not in it: of their secrets nothing is kept.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from interview.wire import EventBody, Plan
from server.accounts.schemas import Email
from server.comments.schemas import LONGEST as LONGEST_COMMENT
from server.drafts.schemas import LONGEST
from server.scoring.schemas import LONGEST_NOTE
from server.texts import PlainText

Format = Literal["viva-export", "viva-bundle"]
EXPORT: Format = "viva-export"
BUNDLE: Format = "viva-bundle"
# What is written; these and all before them are read.
VERSIONS: dict[Format, int] = {EXPORT: 2, BUNDLE: 1}
MANIFEST, SETTINGS, NOTICES = "manifest.json", "settings.json", "notices.json"
PROFILE, SIGN_INS, REVIEWS = "profile.json", "sign-ins.json", "reviews.json"
SESSION, SCENARIO, EVENTS = "session.json", "scenario.json", "events.jsonl"
COMMENTS, SCORES, REPORT = "comments.json", "scores.json", "report.json"
RECORDING, PEAKS = "recording.ogg", "peaks.json"
TRANSCRIPTS = ("transcript.json", "transcript.vtt", "transcript.md")

_MIB = 1 << 20
# The files of a session, and how many bytes each may have where it is taken in.
SESSION_FILES: dict[str, int] = {
    SESSION: 4 * _MIB,
    SCENARIO: 4 * _MIB,
    EVENTS: 512 * _MIB,
    COMMENTS: 64 * _MIB,
    SCORES: 64 * _MIB,
    REPORT: 16 * _MIB,
    RECORDING: 512 * _MIB,
    PEAKS: 64 * _MIB,
    **dict.fromkeys(TRANSCRIPTS, 64 * _MIB),
}
NEEDED = frozenset({SESSION, SCENARIO, EVENTS})
# An export has those of a session below its id.
SESSION_PATH = re.compile(
    rf"sessions/([0-9a-z]{{1,32}})/({'|'.join(map(re.escape, SESSION_FILES))})"
)
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)


def session_folder(session_id: str) -> str:
    """Where the files of a session are in an export, to be put before their names."""
    return f"sessions/{session_id}/"


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
Millis = Annotated[int, Field(ge=0, le=2**53 - 1)]
Name = Annotated[PlainText, Field(max_length=100)]
Text = Annotated[PlainText, Field(max_length=LONGEST)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class File(_Part):
    sha256: str
    size: int


class Manifest(_Part):
    format: Format
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
    blind: bool = False
    created_at: Moment


class KeptRecording(_Part):
    """Of a recording that is ready, whose files are there as well."""

    duration_ms: Millis
    bytes: Annotated[int, Field(ge=0)]
    started_at: Moment


class KeptComment(_Part):
    """`by_owner`: the owner of the session wrote it."""

    at_ms: Millis
    text: Annotated[PlainText, Field(min_length=1, max_length=LONGEST_COMMENT)]
    author_name: Name
    by_owner: bool
    created_at: Moment
    changed_at: Moment


class KeptScore(_Part):
    """What one person gave one criterion; of one person `author_name` and `done_at` are the same.
    `done_at` is null for what the owner has not said to be done with."""

    author_name: Name
    by_owner: bool
    criterion: Annotated[PlainText, Field(max_length=64)]
    level: Annotated[int, Field(ge=1, le=4)] | None
    note: Annotated[PlainText, Field(max_length=LONGEST_NOTE)]
    blind: bool
    done_at: Moment | None
    created_at: Moment
    changed_at: Moment


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
    recording_consent: bool | None = None
    consented_at: Moment | None = None
    recording: KeptRecording | None = None


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
