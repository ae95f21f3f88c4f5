"""A zip that somebody brings, none of which is believed before it was looked at.

What is read is bounded by what is counted here, not by what the archive says of itself. Names in it
are compared with those that there may be, and never become names of files."""

from __future__ import annotations

import hashlib
import json
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NoReturn, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from server.errors import Problem
from server.moving import archive
from server.moving.archive import Manifest
from server.texts import storable

MIB = 1 << 20
# All but recordings, which are bounded one by one and by the size of the archive.
MOST_UNPACKED = 512 * MIB
MOST_SMALL = 4 * MIB
MOST_LINE = 2 * MIB
# A log of much the same packs thirty to one; what packs a thousand to one is nothing.
_DENSEST = 400
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


def refuse(detail: str, code: str = "import_invalid") -> NoReturn:
    raise Problem(422, code, f"{detail} Nothing was taken in.")


@contextmanager
def damage_refused() -> Iterator[None]:
    """Whatever a damaged archive makes the standard library raise is a Problem."""
    try:
        yield
    except _DAMAGE as error:
        refuse(f"The zip file is damaged ({type(error).__name__}). Export it again.")


def has(file: IO[bytes], name: str) -> bool:
    """Whether `file` is a zip with a file of that name."""
    try:
        with zipfile.ZipFile(file) as opened:
            return name in opened.namelist()
    except (zipfile.BadZipFile, ValueError):
        return False


class Archive:
    """An archive of `format_` whose files are those that `limit` knows, by name, with the most
    bytes that each may have, and have the checksums of its manifest. Raises Problem, or what
    `damage_refused` turns into one, for any other. Blocks, for seconds when it is large."""

    def __init__(
        self, file: IO[bytes], format_: archive.Format, limit: Callable[[str], int | None]
    ) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError):
            refuse("This is no zip file. Send the file that an export gave.", "import_not_a_zip")
        self._limit = limit
        self.names = self._named()
        self.manifest = self._read_manifest(format_)
        listed = set(self.manifest.files)
        if odd := sorted(listed.symmetric_difference(self.names - {archive.MANIFEST})):
            refuse(f"The manifest and the zip file differ: {odd[0]!r} is in one of them alone.")
        for name, told in self.manifest.files.items():
            if self._summed(name) != (told.sha256, told.size):
                refuse(f"{name!r} does not have the checksum of the manifest. Export it again.")

    def _named(self) -> set[str]:
        entries = self._zip.infolist()
        names = {entry.filename for entry in entries}
        if len(names) != len(entries):
            refuse("Two files of the zip file have the same name.")
        sound = archive.RECORDING
        most = sum(entry.file_size for entry in entries if not entry.filename.endswith(sound))
        if most > MOST_UNPACKED:
            refuse(f"Unpacked it has more than {MOST_UNPACKED // MIB} MiB.", "import_too_large")
        for entry in entries:
            self._check(entry)
        if archive.MANIFEST not in names:
            refuse(f"{archive.MANIFEST!r} is missing.")
        return names

    def _check(self, entry: zipfile.ZipInfo) -> None:
        name = entry.filename
        limit = self._limit_of(name)
        if limit is None:
            refuse(f"{name[:80]!r} is no file of an export.")
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in {0, stat.S_IFREG}:
            refuse(f"{name!r} is no plain file.")
        if entry.flag_bits & _ENCRYPTED:
            refuse(f"{name!r} is encrypted.")
        if entry.file_size > limit:
            refuse(f"{name!r} is too large.", "import_too_large")
        if entry.file_size > MIB and entry.file_size > _DENSEST * entry.compress_size:
            refuse(f"{name!r} is packed more tightly than anything real.", "import_too_large")

    def _limit_of(self, name: str) -> int | None:
        return MOST_SMALL if name == archive.MANIFEST else self._limit(name)

    def _read_manifest(self, format_: archive.Format) -> Manifest:
        raw = self.json(archive.MANIFEST)
        manifest = checked(Manifest, raw, archive.MANIFEST)
        if manifest.format != format_:
            refuse(f"This is a {manifest.format!r}, and not a {format_!r}.", "import_wrong_format")
        newest = archive.VERSIONS[format_]
        if not 1 <= manifest.version <= newest:
            refuse(
                f"This export is of version {str(manifest.version)[:20]!r}, and this Viva reads "
                f"those up to {newest}. Bring it to a Viva of the version that made it.",
                "import_version_unknown",
            )
        return manifest

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content of `name`; an archive may say less of its size than there is."""
        limit = self._limit_of(name) or 0
        read = 0
        with self._zip.open(name) as file:
            while data := file.read(_CHUNK):
                read += len(data)
                if read > limit:
                    refuse(f"{name!r} is too large.", "import_too_large")
                yield data

    def _summed(self, name: str) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        for data in self.chunks(name):
            digest.update(data)
            size += len(data)
        return digest.hexdigest(), size

    def extract(self, name: str, path: Path) -> None:
        """Write the content of `name` to `path`, which is a name of ours."""
        with path.open("wb") as file:
            for data in self.chunks(name):
                file.write(data)

    def content(self, name: str) -> bytes:
        return b"".join(self.chunks(name))

    def json(self, name: str) -> Any:
        return read_json(self.content(name), name)

    def items(self, name: str, kind: type[B], most: int) -> list[B]:
        """The items of a JSON array, each checked; at most so many."""
        try:
            found = TypeAdapter(list[kind]).validate_python(self.json(name))  # type: ignore[valid-type]
        except ValidationError as error:
            _refuse_first(error, name)
        if len(found) > most:
            refuse(f"{name!r} is too long.", "import_too_large")
        return found

    def lines(self, name: str) -> Iterator[bytes]:
        with self._zip.open(name) as file:
            while line := file.readline(MOST_LINE + 1):
                if len(line) > MOST_LINE:
                    refuse(f"{name!r} has a line that is too long.", "import_too_large")
                yield line


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def read_json(data: bytes, name: str) -> Any:
    """`data` of the file `name` as JSON."""
    try:
        return storable(json.loads(data, parse_constant=_no_constant))
    except (ValueError, RecursionError):
        refuse(f"{name!r} is not JSON.")


def checked(kind: type[B], value: Any, name: str) -> B:
    """`value` of the file `name` as a `kind`."""
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        _refuse_first(error, name)


def _refuse_first(error: ValidationError, name: str) -> NoReturn:
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"])[:80]
    refuse(f"{name!r}: field {where!r}: {first['msg'].removeprefix('Value error, ')}.")
