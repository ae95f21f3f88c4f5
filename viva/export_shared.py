"""`viva export-shared`: the anonymised transcripts of those who agreed, one JSON object a line."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from pydantic import BaseModel, SecretStr

from server.settings import Settings
from server.sharing import service
from server.sharing.schemas import Header
from viva import keys
from viva.database import check_there, opened, settings_for
from viva.errors import CommandError


def run(arguments: argparse.Namespace) -> int:
    """Writes to `arguments.out`, or to standard output. Raises CommandError."""
    settings = settings_for(arguments.data_dir)
    check_there(settings)
    if settings.secret_key is None and (arguments.data_dir / keys.FILE_NAME).exists():
        own = keys.load_or_make(arguments.data_dir, os.environ)["VIVA_SECRET_KEY"]
        settings = settings.model_copy(update={"secret_key": SecretStr(own)})
    lines = asyncio.run(_lines(settings))
    with ExitStack() as stack:
        _write(stack.enter_context(_opened(arguments.out)) if arguments.out else sys.stdout, lines)
    removed = Counter[str]()
    for record in lines[1:]:
        removed.update(getattr(record, "removed", {}))
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(removed.items())) or "nothing"
    print(f"{len(lines) - 1} sessions; removed: {told}", file=sys.stderr)
    return 0


def _write(into: TextIO, lines: list[BaseModel]) -> None:
    for line in lines:
        into.write(line.model_dump_json() + "\n")


def _opened(path: Path) -> TextIO:
    try:
        # For its owner alone, also when it was there before.
        return open(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        )
    except OSError as error:
        raise CommandError(f"{path} cannot be written ({error.strerror})") from error


async def _lines(settings: Settings) -> list[BaseModel]:
    async with opened(settings) as database:
        users = await service.opted_in(database)
        found = [r async for r in service.records_of(database, service.key_of(settings), users)]
    return [Header(records=len(found)), *found]
