"""Keys that the parts share. Made on the first run, kept in <data-dir>/secrets.json, mode 0600."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from viva.errors import CommandError

FILE_NAME = "secrets.json"
_NEW: dict[str, Callable[[], str]] = {
    "LIVEKIT_API_KEY": lambda: "viva" + secrets.token_hex(6),
    "LIVEKIT_API_SECRET": lambda: secrets.token_urlsafe(32),
    "VIVA_AGENT_TOKEN": lambda: secrets.token_urlsafe(32),
    "VIVA_SECRET_KEY": lambda: secrets.token_urlsafe(32),
}
# Files of the first release lack these.
_LATER = frozenset({"VIVA_SECRET_KEY"})


def load_or_make(data_dir: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Every key by its variable's name. A variable that is set wins over the file.

    Raises CommandError when the file cannot be read or lacks a key.
    """
    path = data_dir / FILE_NAME
    stored = _read(path) if path.exists() else _make(path)
    return {name: environment.get(name) or stored[name] for name in _NEW}


def _read(path: Path) -> dict[str, str]:
    try:
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
        stored = json.loads(path.read_text())
        known = {name: str(stored[name]) for name in _NEW if name in stored or name not in _LATER}
        added = {name: _NEW[name]() for name in _LATER - known.keys()}
        if added:
            _replace(path, stored | added)
        return known | added
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandError(
            f"{path} cannot be used ({type(error).__name__}); "
            "restore it, or remove it to have new keys made"
        ) from error


def _make(path: Path) -> dict[str, str]:
    made = {name: new() for name, new in _NEW.items()}
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(path, made)
    return made


def _replace(path: Path, stored: dict[str, str]) -> None:
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    _write(beside, stored)
    beside.replace(path)


def _write(path: Path, stored: dict[str, str]) -> None:
    # Created with its final mode: at no moment can another user read it.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(stored, file, indent=2)
        file.write("\n")
