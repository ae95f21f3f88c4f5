"""Reading the files of one session that somebody brings. A log that no engine can have written is
refused, and so is whatever does not fit to the log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from interview.errors import InterviewError
from interview.plan import make_plan
from interview.report import Report
from interview.scenario import Scenario, scenario_from_dict
from interview.wire import EventBody
from server.models import Interview
from server.moving import archive, sound
from server.moving.archive import KeptComment, KeptEvent, KeptScore, KeptSession
from server.moving.zip_reading import Archive, checked, read_json, refuse
from server.recordings.opus import NotOpus
from server.recordings.peaks import PER_SECOND
from server.sessions import fold
from server.sessions import log as event_log

MOST_COMMENTS = 1000
MOST_SCORES = 5000
_Loudness = Annotated[int, Field(ge=0, le=127, strict=True)]
_Time = Annotated[int, Field(ge=0, strict=True)]


class _Peaks(BaseModel):
    model_config = ConfigDict(extra="forbid")

    per_second: Literal[20]
    duration_ms: int
    candidate: list[_Loudness]
    interviewer: list[_Loudness]
    gaps: list[tuple[_Time, _Time]]


@dataclass
class BroughtSession:
    """A session that was read to its end and found sound. `interview` is not stored yet; `kept` is
    what its file says of it. Its events and its recording are read again when they are stored."""

    archive: Archive
    folder: str
    kept: KeptSession
    interview: Interview
    comments: list[KeptComment] = field(default_factory=list)
    scores: list[KeptScore] = field(default_factory=list)
    gaps: list[list[int]] = field(default_factory=list)

    def events(self) -> Iterator[tuple[KeptEvent, event_log.Entry]]:
        """The log, one event after the other, each checked by itself."""
        path = self.folder + archive.EVENTS
        for line in self.archive.lines(path):
            kept = checked(KeptEvent, read_json(line, path), path)
            body = EventBody(**kept.model_dump(include=set(EventBody.model_fields)))
            try:
                yield kept, event_log.read_entry(body)
            except InterviewError as error:
                refuse(f"{path!r}, event {kept.seq}: {error}.")

    def has(self, name: str) -> bool:
        return self.folder + name in self.archive.names


def read(opened: Archive, folder: str, scratch: Path, most_events: int) -> BroughtSession:
    """The session whose files have names that begin with `folder`. `scratch`: a directory for what
    has to be a file while it is looked at. Raises Problem."""
    path = folder + archive.SESSION
    kept = checked(KeptSession, opened.json(path), path)
    if kept.events > most_events:
        refuse(f"{path!r} tells of more events than can be taken in at once.", "import_too_large")
    raw = opened.json(folder + archive.SCENARIO)
    scenario = _scenario(kept, raw)
    brought = BroughtSession(opened, folder, kept, _new(kept, raw, scenario))
    _replay(brought, scenario)
    _read_written(brought, scenario)
    _read_sound(brought, scratch)
    if brought.has(archive.REPORT):
        checked(Report, opened.json(folder + archive.REPORT), folder + archive.REPORT)
    return brought


def _scenario(kept: KeptSession, raw: object) -> Scenario:
    plan = kept.plan
    try:
        scenario = scenario_from_dict(raw)  # type: ignore[arg-type]  # it says what it is not
        make_plan(
            *(plan.segment_seconds, plan.buffer_seconds, plan.difficulty, plan.tone),
            *(plan.voice, plan.speaking_rate),
        )
    except InterviewError as error:
        refuse(f"Session {kept.id!r}: {error}.")
    return scenario


def _new(kept: KeptSession, raw: object, scenario: Scenario) -> Interview:
    """The session as it was before its first event."""
    summary = fold.summarise(fold.new_engine(kept.plan, scenario, kept.candidate_name).view(0.0))
    return Interview(
        id=kept.id,
        candidate_name=kept.candidate_name,
        scenario_id=kept.scenario_id,
        scenario_title=kept.scenario_title,
        scenario=raw,
        plan=kept.plan.model_dump(mode="json"),
        audio_only=kept.audio_only,
        created_at=kept.created_at,
        state=summary.state,
        segments=summary.segments,
        buffer_s=summary.buffer_s,
        present=summary.present,
        last_seq=0,
        last_at=0.0,
        epoch=kept.epoch,
        rooms_made=kept.rooms_made,
        dispatches_unanswered=0,
    )


def _replay(brought: BroughtSession, scenario: Scenario) -> None:
    """Bring the interview to the end of its log."""
    kept, interview = brought.kept, brought.interview
    path = brought.folder + archive.EVENTS
    changes: list[fold.Change] = []
    uids: set[str] = set()
    for event, entry in brought.events():
        if event.seq != interview.last_seq + 1 or event.seq > kept.events:
            refuse(f"{path!r}: event {event.seq} does not follow {interview.last_seq}.")
        if event.at < interview.last_at or event.uid in uids or event.epoch > kept.epoch:
            refuse(f"{path!r}: event {event.seq} does not follow from the one before it.")
        uids.add(event.uid)
        interview.last_seq, interview.last_at = event.seq, event.at
        interview.last_wall = entry.wall
        changes.append(fold.Change(entry.event, entry.wall))
    if interview.last_seq != kept.events:
        refuse(f"{path!r} ends at event {interview.last_seq} of {kept.events}.")
    if not changes:
        return
    engine = fold.new_engine(kept.plan, scenario, kept.candidate_name)
    try:
        fold.advance(engine, interview, changes)
    except Exception as error:
        refuse(f"{path!r} cannot be replayed ({type(error).__name__}).", "import_log_broken")
    if interview.ended_at is not None:
        # Of one that may go on its new owner is asked again.
        interview.recording_consent = kept.recording_consent
        interview.consented_at = kept.consented_at
        if kept.abandoned:
            interview.state = "abandoned"


def _read_written(brought: BroughtSession, scenario: Scenario) -> None:
    opened, folder = brought.archive, brought.folder
    if brought.has(archive.COMMENTS):
        path = folder + archive.COMMENTS
        brought.comments = opened.items(path, KeptComment, MOST_COMMENTS)
        if any(comment.at_ms > event_log.AT_MOST * 1000 for comment in brought.comments):
            refuse(f"{path!r}: a comment is about a moment that no session has.")
    if brought.has(archive.SCORES):
        path = folder + archive.SCORES
        brought.scores = opened.items(path, KeptScore, MOST_SCORES)
        known = {criterion.id for criterion in scenario.rubric}
        seen: set[tuple[object, ...]] = set()
        for score in brought.scores:
            if score.criterion not in known:
                refuse(f"{path!r}: the scenario has no criterion {score.criterion!r}.")
            if score.done_at is None and not score.by_owner:
                refuse(f"{path!r}: scores are there that nobody was done with.")
            who = None if score.by_owner else (score.author_name, score.done_at)
            if (who, score.criterion) in seen:
                refuse(f"{path!r}: {score.criterion!r} is scored twice by one person.")
            seen.add((who, score.criterion))


def _read_sound(brought: BroughtSession, scratch: Path) -> None:
    recording, folder = brought.kept.recording, brought.folder
    path = folder + archive.RECORDING
    there = {brought.has(archive.RECORDING), brought.has(archive.PEAKS), recording is not None}
    if len(there) == 2:
        refuse(f"{path!r}, its outline and what is said of it are not all there.")
    if recording is None:
        return
    file = scratch / archive.RECORDING
    brought.archive.extract(path, file)
    try:
        length_ms, size = sound.length_ms(file), file.stat().st_size
    except NotOpus as error:
        refuse(f"{path!r} is no recording: {error}.")
    finally:
        file.unlink()
    if (length_ms, size) != (recording.duration_ms, recording.bytes):
        refuse(f"{path!r} is not as long as {folder + archive.SESSION!r} says.")
    path = folder + archive.PEAKS
    peaks = checked(_Peaks, brought.archive.json(path), path)
    points = -(-length_ms * PER_SECOND // 1000)
    if {len(peaks.candidate), len(peaks.interviewer)} != {points} or peaks.duration_ms != length_ms:
        refuse(f"{path!r} is not as long as the recording.")
    ends = [0, *(moment for gap in peaks.gaps for moment in gap), length_ms]
    if ends != sorted(ends):
        refuse(f"{path!r}: its gaps do not follow each other.")
    brought.gaps = [list(gap) for gap in peaks.gaps]
