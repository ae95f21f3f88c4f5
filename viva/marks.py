"""Pauses marked in a line that a persona says: "I would use [pause 4] a small model"."""

from __future__ import annotations

import re
from dataclasses import dataclass

PAUSE_LEAST_S = 0.2
PAUSE_MOST_S = 20.0

_MARK = re.compile(r"\[pause (\d+(?:\.\d+)?)\]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words said in one go, and the seconds of silence after them."""

    text: str
    pause_s: float = 0.0


def pieces(line: str) -> list[Piece]:
    """The pieces of `line`, in order. Raises ValueError for a mark that cannot be read, is too long
    or does not stand between words."""
    parts = _MARK.split(line)
    texts = [" ".join(part.split()) for part in parts[::2]]
    lengths = [float(part) for part in parts[1::2]]
    for text in texts:
        if "[" in text or "]" in text:
            raise ValueError(f"a mark is written [pause SECONDS]: {line!r}")
        if not text and lengths:
            raise ValueError(f"a pause stands between words: {line!r}")
    for seconds in lengths:
        if not PAUSE_LEAST_S <= seconds <= PAUSE_MOST_S:
            raise ValueError(
                f"a pause lasts {PAUSE_LEAST_S:g} to {PAUSE_MOST_S:g} seconds, not {seconds:g}"
            )
    return [Piece(text, seconds) for text, seconds in zip(texts, [*lengths, 0.0], strict=True)]
