"""Storing sessions that were brought and found sound: all of them or none, sound and rows."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from interview.wire import encode_event
from server.accounts.tokens import new_id
from server.context import Context
from server.errors import Problem
from server.models import (
    Comment,
    Draft,
    HumanScore,
    Interview,
    LoggedEvent,
    Recording,
    Reviewer,
    User,
)
from server.moving import archive
from server.moving.session_reading import BroughtSession
from server.moving.zip_reading import refuse
from server.recordings import keys
from server.reports import asking
from server.sessions import presence
from server.sessions import repository as sessions

log = logging.getLogger(__name__)

_BATCH = 500


def renamed(user_id: str, session_id: str) -> str:
    """The id of a session of `user_id` whose own is taken: the same one each time."""
    return hashlib.sha256(f"{user_id}/{session_id}".encode()).hexdigest()[:24]


class Storing:
    """Entered, it has put the recordings of those `brought` that `user` does not have yet into the
    store; `write` stores the rest. What it put is removed again when the block ends with an error.
    `reviewers`: whoever was named for a session is named again."""

    def __init__(
        self,
        context: Context,
        user: User,
        brought: Sequence[BroughtSession],
        *,
        reviewers: bool,
    ) -> None:
        self._context, self._user, self._brought = context, user, brought
        self._reviewers = reviewers
        self._fresh: list[tuple[str, BroughtSession]] = []
        self.already_here: list[str] = []
        self.renamed: dict[str, str] = {}

    @property
    def new(self) -> list[str]:
        """The ids of the sessions that are stored."""
        return [id_ for id_, _ in self._fresh]

    async def __aenter__(self) -> Self:
        async with self._context.database.read() as db:
            for session in self._brought:
                await self._place(db, session)
        try:
            for id_, session in self._fresh:
                await self._put(id_, session)
        except BaseException:
            await self._remove()
            raise
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            await self._remove()

    async def _place(self, db: AsyncSession, session: BroughtSession) -> None:
        own = session.kept.id
        for id_ in (own, renamed(self._user.id, own)):
            owner = await db.scalar(select(Interview.owner_id).where(Interview.id == id_))
            if owner == self._user.id:
                self.already_here.append(id_)
                return
            if owner is None:
                self._fresh.append((id_, session))
                if id_ != own:
                    self.renamed[own] = id_
                return
        # Only somebody who reckons with hashes gets here.
        refuse(f"Session {own!r} cannot be given an id.")

    async def _put(self, id_: str, session: BroughtSession) -> None:
        if session.kept.recording is None:
            return
        opened, storage = session.archive, self._context.storage
        with TemporaryDirectory(prefix="viva-import-") as directory:
            path = Path(directory) / archive.RECORDING
            await asyncio.to_thread(opened.extract, session.folder + archive.RECORDING, path)
            await storage.put(keys.recording(id_), path)
        peaks = await asyncio.to_thread(opened.content, session.folder + archive.PEAKS)
        await storage.put(keys.peaks(id_), peaks)

    async def _remove(self) -> None:
        async with self._context.database.read() as db:
            # Taken meanwhile by another server, which has put the same there.
            taken = await sessions.existing(db, self.new)
        for id_, session in self._fresh:
            if session.kept.recording is None or id_ in taken:
                continue
            try:
                await self._context.storage.delete_below(keys.below(id_))
            except Problem as error:
                log.warning("what was put for session %s stays: %s", id_, error.code)

    async def write(self, db: AsyncSession) -> None:
        """Store the rows, in the transaction of the caller."""
        for id_, session in self._fresh:
            await self._write(db, id_, session)

    async def _write(self, db: AsyncSession, id_: str, session: BroughtSession) -> None:
        interview, now = session.interview, self._context.clock()
        interview.id, interview.owner_id = id_, self._user.id
        db.add(interview)
        # With an id that was given to another one meanwhile, this is where it ends.
        await db.flush()
        db.add_all(_rows(session, id_, self._user))
        if self._reviewers:
            db.add_all(_named(session, id_))
        if (recording := session.kept.recording) is not None:
            db.add(
                Recording(
                    interview_id=id_,
                    state="ready",
                    bytes=recording.bytes,
                    duration_ms=recording.duration_ms,
                    gaps=session.gaps,
                    started_at=recording.started_at,
                    changed_at=now,
                    # Whoever brings an old one does not mean to have it swept away at once.
                    ready_at=now,
                )
            )
        await db.flush()
        events = _events(session, id_)
        while batch := await asyncio.to_thread(lambda: list(islice(events, _BATCH))):
            await db.execute(insert(LoggedEvent), batch)
        if presence.is_over(interview):
            await asking.ask(db, interview, now)
        # It is large, and nobody needs it any more.
        db.expunge(interview)


def _rows(session: BroughtSession, id_: str, user: User) -> Iterator[Draft | Comment | HumanScore]:
    """What people wrote. Of what others wrote nobody is the author any more."""
    for draft in session.kept.drafts:
        yield Draft(interview_id=id_, **draft.model_dump())
    for kept in session.comments:
        yield Comment(**_authored(kept, id_, user))
    for score in session.scores:
        yield HumanScore(**_authored(score, id_, user))


def _authored(
    kept: archive.KeptComment | archive.KeptScore, id_: str, user: User
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "interview_id": id_,
        "author_id": user.id if kept.by_owner else None,
        **kept.model_dump(exclude={"by_owner"}),
    }


def _named(session: BroughtSession, id_: str) -> Iterator[Reviewer]:
    for kept in {kept.email: kept for kept in session.kept.reviewers}.values():
        yield Reviewer(id=new_id(), interview_id=id_, **kept.model_dump())


def _events(session: BroughtSession, id_: str) -> Iterator[dict[str, Any]]:
    for kept, entry in session.events():
        type_, at, data = encode_event(entry.event)
        yield {
            "interview_id": id_,
            "seq": kept.seq,
            "uid": entry.uid,
            "epoch": kept.epoch,
            "at": at,
            "wall": entry.wall,
            "type": type_,
            "data": data,
        }
