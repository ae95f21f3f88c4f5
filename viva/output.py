"""Lines of several processes on one terminal, each with the name of the part it comes from."""

from __future__ import annotations

import contextlib
import re
import sys
from collections import deque
from collections.abc import Callable
from typing import Any, TextIO

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_WIDTH = 7
# A line longer than this is printed in pieces, so that a part cannot fill the memory.
_LINE_MAX = 16_384


class PrefixedLines:
    """A stream for circus: called with {"data": bytes, "pid": int, "name": "stdout" | "stderr"}.

    Joins the chunks of each process and stream to lines. `on_line(line)` sees every line without
    colours, before it is printed.
    """

    def __init__(
        self, part: str, on_line: Callable[[str], None] | None = None, out: TextIO | None = None
    ) -> None:
        self._part = part
        self._on_line = on_line
        self._out = out or sys.stdout
        self._colours = self._out.isatty()
        self._rest: dict[tuple[int, str], bytes] = {}
        self.last: deque[str] = deque(maxlen=20)

    def __call__(self, chunk: dict[str, Any]) -> None:
        source = (chunk["pid"], chunk["name"])
        *lines, rest = (self._rest.pop(source, b"") + chunk["data"]).split(b"\n")
        if len(rest) > _LINE_MAX:
            lines, rest = [*lines, rest], b""
        if rest:
            self._rest[source] = rest
        for line in lines:
            self._print(line.decode(errors="replace").rstrip())

    def close(self) -> None:
        """Prints what was left without an end of line."""
        rests, self._rest = list(self._rest.values()), {}
        for rest in rests:
            self._print(rest.decode(errors="replace").rstrip())

    def _print(self, line: str) -> None:
        plain = _ESCAPES.sub("", line)
        self.last.append(plain)
        if self._on_line:
            self._on_line(plain)
        shown = line if self._colours else plain
        # Whoever read this may be gone, which must not stop the part that wrote it.
        with contextlib.suppress(OSError):
            self._out.write(f"{self._part:<{_WIDTH}}| {shown}\n")
            self._out.flush()
