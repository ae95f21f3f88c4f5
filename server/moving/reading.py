"""Reading an export that somebody brings, none of which is believed before it was looked at.

Nothing is ever unpacked to disk. What is read is bounded by what is counted here, not by what the
archive says of itself."""

from __future__ import annotations

import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, NoReturn, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from interview.errors import InterviewError
from interview.plan import make_plan
from interview.scenario import Scenario, scenario_from_dict
from interview.wire import EventBody
from server.errors import Problem
from server.models import Interview
from server.moving import archive
from server.moving.archive import (
    KeptEvent,
    KeptNotice,
    KeptPreference,
    KeptSession,
    Manifest,
)
from server.sessions import fold
from server.sessions import log as event_log
from server.texts import storable

MIB = 1 << 20
MOST_SESSIONS = 1000
MOST_EVENTS = 300_000
MOST_UNPACKED = 512 * MIB
MOST_SMALL = 4 * MIB
MOST_LINE = 2 * MIB
MOST_NOTICES = 10_000
_ENCRYPTED = 0x1
_CHUNK = 1 << 16

# What the standard library raises for archives that are cut, changed or encrypted.
_DAMAGE = (
    zipfile.BadZipFile,
    NotImplementedError,
    EOFError,
    OSError,
    RuntimeError,
    struct.error,
    zlib.error,
)

B = TypeVar("B", bound=BaseModel)


@dataclass
class Brought:
    """An export that has been read to its end and found sound. `interviews` are not stored yet;
    `kept` is what their files say of them. Their events are read again by `events`."""

    zip: zipfile.ZipFile
    preferences: list[KeptPreference] = field(default_factory=list)
    notices: list[KeptNotice] = field(default_factory=list)
    interviews: list[tuple[KeptSession, Interview]] = field(default_factory=list)

    def events(self, session_id: str) -> Iterator[tuple[KeptEvent, event_log.Entry]]:
        yield from _events(self.zip, archive.session_path(session_id, archive.EVENTS))


def refuse(detail: str, code: str = "import_invalid") -> NoReturn:
    raise Problem(422, code, f"{detail} Nothing was taken in.")


def read(file: IO[bytes]) -> Brought:
    """Raises Problem for whatever is not a sound export. Blocks, for seconds when it is large."""
    try:
        try:
            opened = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError):
            refuse("This is no zip file. Send the file that an export gave.", "import_not_a_zip")
        return _read(opened)
    except _DAMAGE as error:
        refuse(f"The zip file is damaged ({type(error).__name__}). Export it again.")


def _read(opened: zipfile.ZipFile) -> Brought:
    names = _names(opened)
    manifest = _manifest(opened)
    listed = set(manifest.files)
    if odd := sorted(listed.symmetric_difference(names - {archive.MANIFEST})):
        refuse(f"The manifest and the zip file differ: {odd[0]!r} is in one of them alone.")
    for name, file in manifest.files.items():
        if _sha256(opened, name) != file.sha256:
            refuse(f"{name!r} does not have the checksum of the manifest. Export it again.")
    brought = Brought(opened)
    brought.preferences = _list(opened, archive.SETTINGS, KeptPreference, 200)
    brought.notices = _list(opened, archive.NOTICES, KeptNotice, MOST_NOTICES)
    left = MOST_EVENTS
    for session_id in _session_ids(names):
        kept, interview = _session(opened, session_id)
        left -= kept.events
        if left < 0:
            refuse(f"There are more than {MOST_EVENTS} events in it.", "import_too_large")
        _replay(opened, kept, interview)
        brought.interviews.append((kept, interview))
    return brought


def _names(opened: zipfile.ZipFile) -> set[str]:
    entries = opened.infolist()
    names = {entry.filename for entry in entries}
    if len(names) != len(entries):
        refuse("Two files of the zip file have the same name.")
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        refuse(f"Unpacked it has more than {MOST_UNPACKED // MIB} MiB.", "import_too_large")
    known = {archive.MANIFEST, archive.PROFILE, archive.SETTINGS, archive.NOTICES, archive.SIGN_INS}
    for entry in entries:
        name = entry.filename
        if name not in known and not archive.SESSION_PATH.fullmatch(name):
            refuse(f"{name[:80]!r} is no file of an export.")
        if entry.flag_bits & _ENCRYPTED:
            refuse(f"{name!r} is encrypted.")
        large = name.endswith(archive.EVENTS)
        if entry.file_size > (MOST_UNPACKED if large else MOST_SMALL):
            refuse(f"{name!r} is too large.", "import_too_large")
    if missing := sorted(known - names):
        refuse(f"{missing[0]!r} is missing.")
    return names


def _session_ids(names: set[str]) -> list[str]:
    parts: dict[str, int] = {}
    for name in names:
        if found := archive.SESSION_PATH.fullmatch(name):
            parts[found[1]] = parts.get(found[1], 0) + 1
    for session_id, count in parts.items():
        if count != 3:
            refuse(f"A file of session {session_id!r} is missing.")
    if len(parts) > MOST_SESSIONS:
        refuse(f"There are more than {MOST_SESSIONS} sessions in it.", "import_too_large")
    return sorted(parts)


def _manifest(opened: zipfile.ZipFile) -> Manifest:
    raw = _json(_small(opened, archive.MANIFEST), archive.MANIFEST)
    version = raw.get("version") if isinstance(raw, dict) else None
    if isinstance(raw, dict) and raw.get("format") == archive.FORMAT and version != archive.VERSION:
        refuse(
            f"This export is of version {str(version)[:20]!r}, and this Viva reads "
            f"{archive.VERSION}. Bring it to a Viva of the version that made it.",
            "import_version_unknown",
        )
    return _checked(Manifest, raw, archive.MANIFEST)


def _chunks(opened: zipfile.ZipFile, name: str, most: int) -> Iterator[bytes]:
    """The content of `name`; an archive may say less of its size than there is."""
    read = 0
    with opened.open(name) as file:
        while data := file.read(_CHUNK):
            read += len(data)
            if read > most:
                refuse(f"{name!r} is too large.", "import_too_large")
            yield data


def _sha256(opened: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    for data in _chunks(opened, name, opened.getinfo(name).file_size):
        digest.update(data)
    return digest.hexdigest()


def _small(opened: zipfile.ZipFile, name: str) -> bytes:
    return b"".join(_chunks(opened, name, MOST_SMALL))


def _lines(opened: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with opened.open(name) as file:
        while line := file.readline(MOST_LINE + 1):
            if len(line) > MOST_LINE:
                refuse(f"{name!r} has a line that is too long.", "import_too_large")
            yield line


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _json(data: bytes, name: str) -> Any:
    try:
        return storable(json.loads(data, parse_constant=_no_constant))
    except (ValueError, RecursionError):
        refuse(f"{name!r} is not JSON.")


def _checked(kind: type[B], value: Any, name: str) -> B:
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        _refuse_first(error, name)


def _refuse_first(error: ValidationError, name: str) -> NoReturn:
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"])[:80]
    refuse(f"{name!r}: field {where!r}: {first['msg'].removeprefix('Value error, ')}.")


def _list(opened: zipfile.ZipFile, name: str, kind: type[B], most: int) -> list[B]:
    try:
        found = TypeAdapter(list[kind]).validate_python(_json(_small(opened, name), name))  # type: ignore[valid-type]
    except ValidationError as error:
        _refuse_first(error, name)
    if len(found) > most:
        refuse(f"{name!r} is too long.", "import_too_large")
    return found


def _session(opened: zipfile.ZipFile, session_id: str) -> tuple[KeptSession, Interview]:
    """The session as it was before its first event."""
    path = archive.session_path(session_id, archive.SESSION)
    kept = _checked(KeptSession, _json(_small(opened, path), path), path)
    if kept.id != session_id:
        refuse(f"{path!r} is that of another session.")
    path = archive.session_path(session_id, archive.SCENARIO)
    raw = _json(_small(opened, path), path)
    try:
        scenario = scenario_from_dict(raw)
        plan = kept.plan
        make_plan(
            *(plan.segment_seconds, plan.buffer_seconds, plan.difficulty, plan.tone),
            *(plan.voice, plan.speaking_rate),
        )
    except InterviewError as error:
        refuse(f"Session {session_id!r}: {error}.")
    summary = fold.summarise(fold.new_engine(plan, scenario, kept.candidate_name).view(0.0))
    interview = Interview(
        id=kept.id,
        candidate_name=kept.candidate_name,
        scenario_id=kept.scenario_id,
        scenario_title=kept.scenario_title,
        scenario=raw,
        plan=plan.model_dump(mode="json"),
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
    return kept, interview


def _scenario_of(interview: Interview) -> Scenario:
    return scenario_from_dict(interview.scenario)


def _events(opened: zipfile.ZipFile, path: str) -> Iterator[tuple[KeptEvent, event_log.Entry]]:
    """The log, one event after the other, each checked by itself."""
    for line in _lines(opened, path):
        kept = _checked(KeptEvent, _json(line, path), path)
        body = EventBody(**kept.model_dump(include=set(EventBody.model_fields)))
        try:
            yield kept, event_log.read_entry(body)
        except InterviewError as error:
            refuse(f"{path!r}, event {kept.seq}: {error}.")


def _replay(opened: zipfile.ZipFile, kept: KeptSession, interview: Interview) -> None:
    """Bring `interview` to the end of its log. A log that no engine can have written is refused."""
    path = archive.session_path(kept.id, archive.EVENTS)
    changes: list[fold.Change] = []
    uids: set[str] = set()
    for event, entry in _events(opened, path):
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
    engine = fold.new_engine(kept.plan, _scenario_of(interview), kept.candidate_name)
    try:
        fold.advance(engine, interview, changes)
    except Exception as error:
        refuse(f"{path!r} cannot be replayed ({type(error).__name__}).", "import_log_broken")
    if kept.abandoned and interview.ended_at is not None:
        interview.state = "abandoned"


def problems_of(values: Mapping[str, Any], known: type[BaseModel]) -> None:
    """Raises Problem unless each of `values` is one that a setting may have."""
    _checked(known, dict(values), archive.SETTINGS)
