"""Putting, reading and removing whole objects by key, by obstore.

Keys are slash-separated and made by the server alone. What was put is durable when `put` returns.
Every method raises `StorageUnavailable` when the store does not answer as it should, and
`Problem` 507 when it is full."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError, PreconditionError
from obstore.store import LocalStore, S3Store

from server.errors import Problem, disk_full
from server.storage.location import Bucket, Directory, Location

if TYPE_CHECKING:
    from obstore import GetOptions

log = logging.getLogger(__name__)

# One request for each, so that a slow reader holds no connection to the store.
_CHUNK = 512 * 1024
_NO_SPACE = "(os error 28)"


class StorageUnavailable(Problem):
    """503: the store did not answer, or refused."""

    def __init__(self) -> None:
        detail = (
            "The place where recordings are kept is out of reach. Nothing that was kept there is "
            "lost. Try again in a moment; whoever runs this server finds the reason in its log."
        )
        super().__init__(503, "storage_unavailable", detail, headers={"Retry-After": "5"})


class Missing(Exception):
    """There is no object with that key, or not the version that was asked for."""


@dataclass(frozen=True)
class Found:
    """`size` in bytes; `etag` changes with the content."""

    size: int
    etag: str


@contextmanager
def _translated(*, reading: bool = False) -> Iterator[None]:
    """What is not there is `Missing` to who reads; to who writes it is the bucket that is not."""
    try:
        yield
    except (BaseError, OSError, TimeoutError) as error:
        if reading and isinstance(error, FileNotFoundError | PreconditionError):
            raise Missing from error
        if _NO_SPACE in str(error) or getattr(error, "errno", None) == 28:
            log.error("the disk that recordings are kept on is full")
            detail = (
                "The disk that recordings are kept on is full. What was kept before is safe. "
                "Free some space and try again."
            )
            raise disk_full(detail) from error
        # The first line names the request; keys hold ids only, and credentials are never in it.
        log.error("storage: %s: %s", type(error).__name__, str(error).partition("\n")[0][:200])
        raise StorageUnavailable from error


def _sync(path: Path, upto: Path) -> None:
    """Make `path` durable, and its name in every directory up to `upto`."""
    for place in (path, *path.parents):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if place == upto:
            return


class Storage:
    """`location`: a directory, which is made for this user alone if it is missing, or a bucket,
    which must be there. Raises OSError for a directory that cannot be made."""

    def __init__(self, location: Location) -> None:
        self._root: Path | None = None
        self._store: LocalStore | S3Store
        if isinstance(location, Directory):
            self._root = location.path.resolve()
            self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._store = LocalStore(self._root)
        else:
            self._store = _bucket(location)

    async def put(self, key: str, data: bytes | Path) -> None:
        """Store `data`, or the content of a file, under `key`, in the place of what is there."""
        with _translated():
            await obstore.put_async(self._store, key, data)
            if self._root is not None:
                await asyncio.to_thread(_sync, self._root / key, self._root)

    async def get(self, key: str) -> bytes:
        """All of an object. Raises Missing."""
        with _translated(reading=True):
            result = await obstore.get_async(self._store, key)
            return bytes(await result.bytes_async())

    async def find(self, key: str) -> Found | None:
        """What is known of an object without reading it; None when there is none."""
        try:
            with _translated(reading=True):
                meta = await obstore.head_async(self._store, key)
        except Missing:
            return None
        return Found(meta["size"], meta["e_tag"] or f'"{meta["size"]}"')

    async def read(
        self, key: str, start: int, end: int, etag: str | None = None
    ) -> AsyncIterator[bytes]:
        """The bytes from `start` to before `end`, in pieces. Raises Missing, in the middle too,
        when the object is not (any more) the one with `etag`."""
        wanted: GetOptions = {} if etag is None else {"if_match": etag}
        for first in range(start, end, _CHUNK):
            wanted["range"] = (first, min(first + _CHUNK, end))
            with _translated(reading=True):
                result = await obstore.get_async(self._store, key, options=wanted)
                piece = bytes(await result.bytes_async())
            yield piece

    async def keys(self, prefix: str) -> list[str]:
        """The keys below `prefix`, a whole path, in their order."""
        found: list[str] = []
        with _translated():
            async for batch in obstore.list(self._store, prefix):
                found += [meta["path"] for meta in batch]
        return sorted(found)

    async def delete(self, keys: list[str]) -> None:
        """Remove objects; those that are not there are no error."""
        if self._root is not None:
            with _translated():
                await asyncio.to_thread(_unlink, [self._root / key for key in keys])
            return
        with _translated():
            for first in range(0, len(keys), 1000):
                await obstore.delete_async(self._store, keys[first : first + 1000])

    async def delete_below(self, prefix: str) -> None:
        """Remove all that is below `prefix`, a whole path, also what a crash has left half
        written."""
        if self._root is not None:
            with _translated():
                await asyncio.to_thread(_remove_tree, self._root / prefix)
            return
        if keys := await self.keys(prefix):
            await self.delete(keys)


def _unlink(paths: list[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _remove_tree(path: Path) -> None:
    try:
        shutil.rmtree(path)
    except FileNotFoundError:
        # Somebody else was faster, or there is nothing.
        if path.exists():
            shutil.rmtree(path)


def _bucket(location: Bucket) -> S3Store:
    return S3Store(
        location.name,
        prefix=location.prefix or None,
        config=location.options,  # type: ignore[arg-type]  # its names are read_aws's
        client_options={
            "allow_http": location.allow_http,
            "connect_timeout": timedelta(seconds=5),
            "timeout": timedelta(seconds=30),
        },
        retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=20)},
    )
