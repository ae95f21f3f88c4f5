"""Reading an export or a bundle that somebody brings, to its end, before anything is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from pydantic import BaseModel

from server.moving import archive, session_reading
from server.moving.archive import KeptNotice, KeptPreference
from server.moving.session_reading import BroughtSession
from server.moving.zip_reading import MIB, Archive, checked, damage_refused, has, refuse

MOST_SESSIONS = 1000
MOST_EVENTS = 300_000
MOST_NOTICES = 10_000
_MOST_ACCOUNT = 4 * MIB
_ACCOUNT = (archive.PROFILE, archive.SETTINGS, archive.NOTICES, archive.SIGN_INS)


@dataclass
class Brought:
    """An export that has been read to its end and found sound, or a bundle, which has sessions
    only: one."""

    preferences: list[KeptPreference] = field(default_factory=list)
    notices: list[KeptNotice] = field(default_factory=list)
    sessions: list[BroughtSession] = field(default_factory=list)
    bundle: bool = False


@contextmanager
def _scratch() -> Iterator[Path]:
    with TemporaryDirectory(prefix="viva-import-") as directory:
        yield Path(directory)


def read(file: IO[bytes]) -> Brought:
    """An export or a bundle. Raises Problem for whatever is neither, or not sound. Blocks, for
    seconds when it is large."""
    with damage_refused(), _scratch() as scratch:
        if has(file, archive.SESSION):
            return Brought(sessions=[read_bundle(file)], bundle=True)
        opened = Archive(file, archive.EXPORT, _limit_in_export)
        if missing := sorted(set(_ACCOUNT) - opened.names):
            refuse(f"{missing[0]!r} is missing.")
        brought = Brought(
            preferences=opened.items(archive.SETTINGS, KeptPreference, 200),
            notices=opened.items(archive.NOTICES, KeptNotice, MOST_NOTICES),
        )
        left = MOST_EVENTS
        for session_id in _session_ids(opened.names):
            folder = archive.session_folder(session_id)
            session = session_reading.read(opened, folder, scratch, left)
            if session.kept.id != session_id:
                refuse(f"{folder + archive.SESSION!r} is that of another session.")
            left -= session.kept.events
            brought.sessions.append(session)
    return brought


def read_bundle(file: IO[bytes]) -> BroughtSession:
    """Raises Problem for whatever is not a sound bundle. Blocks, as `read` does."""
    with damage_refused(), _scratch() as scratch:
        opened = Archive(file, archive.BUNDLE, archive.SESSION_FILES.get)
        _require_files(opened.names, "")
        return session_reading.read(opened, "", scratch, MOST_EVENTS)


def _limit_in_export(name: str) -> int | None:
    if name in _ACCOUNT or name == archive.REVIEWS:
        return _MOST_ACCOUNT
    found = archive.SESSION_PATH.fullmatch(name)
    return None if found is None else archive.SESSION_FILES[found[2]]


def _session_ids(names: set[str]) -> list[str]:
    found = {match[1] for match in map(archive.SESSION_PATH.fullmatch, names) if match}
    for session_id in found:
        _require_files(names, archive.session_folder(session_id))
    if len(found) > MOST_SESSIONS:
        refuse(f"There are more than {MOST_SESSIONS} sessions in it.", "import_too_large")
    return sorted(found)


def _require_files(names: set[str], folder: str) -> None:
    if missing := sorted(name for name in archive.NEEDED if folder + name not in names):
        refuse(f"{folder + missing[0]!r} is missing.")


def problems_of(values: Mapping[str, Any], known: type[BaseModel]) -> None:
    """Raises Problem unless each of `values` is one that a setting may have."""
    checked(known, dict(values), archive.SETTINGS)
