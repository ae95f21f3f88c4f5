"""Writing a zip with a manifest: every file is hashed as it is written."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import IO, Any

from pydantic import BaseModel

from server.moving import archive
from server.moving.archive import File, Manifest


class Writer:
    """A zip on its way. Every file is hashed as it is written."""

    def __init__(self, file: IO[bytes], made_at: datetime, format_: archive.Format) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self._made_at = made_at
        self._format = format_
        self._files: dict[str, File] = {}

    def add(self, path: str, value: Any) -> None:
        self.add_parts(path, [as_json(value)])

    def add_parts(self, path: str, parts: Iterable[bytes]) -> None:
        with self.file(path) as write:
            for part in parts:
                write(part)

    def file(self, path: str, *, packed: bool = True) -> OpenFile:
        """`packed`: compressed; sound is so already."""
        return OpenFile(self._zip, path, self._made_at, self._files, packed)

    def finish(self) -> None:
        manifest = Manifest(
            format=self._format,
            version=archive.VERSIONS[self._format],
            made_at=self._made_at,
            files=self._files,
        )
        self.add(archive.MANIFEST, manifest)
        self._zip.close()


class OpenFile:
    """One file of the zip, for as long as the block lasts."""

    def __init__(
        self,
        into: zipfile.ZipFile,
        path: str,
        made_at: datetime,
        files: dict[str, File],
        packed: bool,
    ) -> None:
        info = zipfile.ZipInfo(path, made_at.timetuple()[:6])
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
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


def as_json(value: Any) -> bytes:
    plain = value
    if isinstance(value, BaseModel):
        plain = value.model_dump(mode="json")
    elif isinstance(value, list):
        plain = [
            item.model_dump(mode="json") if isinstance(item, BaseModel) else item for item in value
        ]
    return json.dumps(plain, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"
