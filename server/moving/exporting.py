"""Writing an export. One session is in memory at a time, and of its log a page."""

from __future__ import annotations

import asyncio
import hashlib
import json
import tempfile
import zipfile
from collections.abc import AsyncIterator, Iterable
from datetime import datetime
from typing import IO, Any

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.context import Context
from server.models import (
    ApiToken,
    Draft,
    Identity,
    Interview,
    Login,
    Notice,
    Preference,
    Reviewer,
    User,
)
from server.moving import archive
from server.moving.archive import (
    File,
    KeptDraft,
    KeptNotice,
    KeptPreference,
    KeptReviewer,
    KeptSession,
    Manifest,
)
from server.sessions import repository

_PAGE = 500
_CHUNK = 1 << 18


class _Writer:
    """A zip on its way. Every file is hashed as it is written."""

    def __init__(self, file: IO[bytes], made_at: datetime) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self._made_at = made_at
        self._files: dict[str, File] = {}

    def add(self, path: str, value: Any) -> None:
        self.add_parts(path, [_json(value)])

    def add_parts(self, path: str, parts: Iterable[bytes]) -> None:
        with self.file(path) as write:
            for part in parts:
                write(part)

    def file(self, path: str) -> _OpenFile:
        return _OpenFile(self._zip, path, self._made_at, self._files)

    def finish(self) -> None:
        manifest = Manifest(version=archive.VERSION, made_at=self._made_at, files=self._files)
        self.add(archive.MANIFEST, manifest)
        self._zip.close()


class _OpenFile:
    """One file of the zip, for as long as the block lasts."""

    def __init__(
        self, into: zipfile.ZipFile, path: str, made_at: datetime, files: dict[str, File]
    ) -> None:
        info = zipfile.ZipInfo(path, made_at.timetuple()[:6])
        info.compress_type = zipfile.ZIP_DEFLATED
        self._file = into.open(info, "w", force_zip64=True)
        self._path, self._files = path, files
        self._hash, self._size = hashlib.sha256(), 0

    def __enter__(self) -> Any:
        return self.write

    def write(self, data: bytes) -> None:
        self._file.write(data)
        self._hash.update(data)
        self._size += len(data)

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._files[self._path] = File(sha256=self._hash.hexdigest(), size=self._size)


def _json(value: Any) -> bytes:
    plain = value
    if isinstance(value, BaseModel):
        plain = value.model_dump(mode="json")
    elif isinstance(value, list):
        plain = [
            item.model_dump(mode="json") if isinstance(item, BaseModel) else item for item in value
        ]
    return json.dumps(plain, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


async def export(context: Context, user: User) -> IO[bytes]:
    """All that is `user`'s, as a zip in a file without a name, at its beginning."""
    file = tempfile.TemporaryFile()  # noqa: SIM115
    try:
        writer = _Writer(file, context.clock())
        async with context.database.read() as db:
            await _account(db, writer, user)
            mine = select(Interview.id).where(Interview.owner_id == user.id)
            ids = (await db.scalars(mine.order_by(Interview.created_at, Interview.id))).all()
        for interview_id in ids:
            # One transaction each: a long one would keep the write-ahead log from being emptied.
            async with context.database.read() as db:
                await _session(db, writer, interview_id)
        await asyncio.to_thread(writer.finish)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


async def _account(db: AsyncSession, writer: _Writer, user: User) -> None:
    profile = {
        "id": user.id,
        "email": user.email,
        "name": user.name,
        "role": user.role,
        "created_at": user.created_at.isoformat(),
    }
    writer.add(archive.PROFILE, profile)
    preferences = await db.scalars(
        select(Preference).where(Preference.user_id == user.id).order_by(Preference.field)
    )
    kept = [KeptPreference.model_validate(row, from_attributes=True) for row in preferences]
    writer.add(archive.SETTINGS, kept)
    notices = await db.scalars(
        select(Notice).where(Notice.user_id == user.id).order_by(Notice.created_at, Notice.key)
    )
    told = [KeptNotice.model_validate(row, from_attributes=True) for row in notices]
    writer.add(archive.NOTICES, told)
    writer.add(archive.SIGN_INS, await _sign_ins(db, user))


async def _sign_ins(db: AsyncSession, user: User) -> dict[str, Any]:
    def plain(row: object, *names: str) -> dict[str, Any]:
        values = {name: getattr(row, name) for name in names}
        return {k: v.isoformat() if isinstance(v, datetime) else v for k, v in values.items()}

    logins = await db.scalars(select(Login).where(Login.user_id == user.id))
    tokens = await db.scalars(select(ApiToken).where(ApiToken.user_id == user.id))
    identities = await db.scalars(select(Identity).where(Identity.user_id == user.id))
    return {
        "logins": [plain(row, "browser", "created_at", "seen_at", "expires_at") for row in logins],
        "tokens": [plain(row, "name", "created_at", "used_at", "expires_at") for row in tokens],
        "identities": [plain(row, "issuer", "subject", "created_at") for row in identities],
    }


async def _session(db: AsyncSession, writer: _Writer, interview_id: str) -> None:
    interview = await repository.by_id(db, interview_id)
    if interview is None:
        return
    scenario = await repository.scenario_of(db, interview_id)
    path = archive.session_path
    writer.add(path(interview_id, archive.SESSION), await _kept(db, interview))
    writer.add(path(interview_id, archive.SCENARIO), scenario)
    with writer.file(path(interview_id, archive.EVENTS)) as write:
        after = 0
        while after < interview.last_seq:
            page = await repository.events_after(db, interview_id, after, _PAGE)
            # A database may show what was appended meanwhile; the columns know nothing of it yet.
            events = [event for event in page if event.seq <= interview.last_seq]
            if not events:
                break
            lines = [
                {
                    "seq": event.seq,
                    "uid": event.uid,
                    "epoch": event.epoch,
                    "at": event.at,
                    "wall": event.wall.isoformat(),
                    "type": event.type,
                    "data": event.data,
                }
                for event in events
            ]
            after = events[-1].seq
            db.expunge_all()
            await asyncio.to_thread(_write_lines, write, lines)


def _write_lines(write: Any, lines: list[dict[str, Any]]) -> None:
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    write(text.encode("utf-8", "replace"))


async def _kept(db: AsyncSession, interview: Interview) -> KeptSession:
    drafts = await db.scalars(
        select(Draft).where(Draft.interview_id == interview.id).order_by(Draft.field)
    )
    reviewers = await db.scalars(
        select(Reviewer).where(Reviewer.interview_id == interview.id).order_by(Reviewer.email)
    )
    return KeptSession.model_validate(
        {
            "id": interview.id,
            "candidate_name": interview.candidate_name,
            "scenario_id": interview.scenario_id,
            "scenario_title": interview.scenario_title,
            "plan": interview.plan,
            "audio_only": interview.audio_only,
            "created_at": interview.created_at,
            "state": interview.state,
            "abandoned": interview.state == "abandoned",
            "started_at": interview.started_at,
            "ended_at": interview.ended_at,
            "epoch": interview.epoch,
            "rooms_made": interview.rooms_made,
            "events": interview.last_seq,
            "drafts": [KeptDraft.model_validate(row, from_attributes=True) for row in drafts],
            "reviewers": [
                KeptReviewer.model_validate(row, from_attributes=True) for row in reviewers
            ],
        }
    )


async def chunks(file: IO[bytes]) -> AsyncIterator[bytes]:
    """The content of `file`, which is closed at the end."""
    try:
        while data := await asyncio.to_thread(file.read, _CHUNK):
            yield data
    finally:
        file.close()
