"""Lines that say the same in three tones."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Toned:
    """Variants of one line by tone, each in the order of preference. A tone colours the words and
    nothing else: what one of them says, the others say too."""

    warm: tuple[str, ...]
    neutral: tuple[str, ...]
    direct: tuple[str, ...]

    def of(self, tone: str) -> tuple[str, ...]:
        """The lines of `tone` first, then the others as a reserve."""
        own: tuple[str, ...] = getattr(self, tone)
        others = (self.neutral, self.warm, self.direct)
        return own + tuple(line for lines in others if lines is not own for line in lines)

    def own(self, tone: str) -> tuple[str, ...]:
        """The lines of `tone` alone."""
        lines: tuple[str, ...] = getattr(self, tone)
        return lines


Lines = Toned | tuple[str, ...]
"""A pool with or without tones."""


def lines_of(pool: Lines, tone: str) -> tuple[str, ...]:
    return pool.of(tone) if isinstance(pool, Toned) else pool
