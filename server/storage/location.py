"""`VIVA_STORAGE_URL`: which places there are to keep recordings in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")


@dataclass(frozen=True)
class Directory:
    """On this machine, or on a file system that is mounted here."""

    path: Path


@dataclass(frozen=True)
class Bucket:
    """`options` are obstore's names of the AWS_* variables that were given."""

    name: str
    prefix: str
    allow_http: bool = False
    options: dict[str, str] = field(default_factory=dict, repr=False)


Location = Directory | Bucket


def read_url(value: str) -> Location:
    """The place that `value` names, without credentials. Raises ValueError, saying what was
    expected."""
    parts = urlsplit(value)
    path = unquote(parts.path)
    plain = not (parts.query or parts.fragment or "\0" in path)
    if parts.scheme == "file" and not parts.netloc and plain and path.strip("/"):
        return Directory(Path(path))
    prefix = path.strip("/")
    whole = not prefix or all(part not in {"", ".", ".."} for part in prefix.split("/"))
    if parts.scheme == "s3" and _BUCKET.fullmatch(parts.netloc) and plain and whole:
        return Bucket(parts.netloc, prefix)
    raise ValueError("file:///an/absolute/directory or s3://bucket/prefix")
