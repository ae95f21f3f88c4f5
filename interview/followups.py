"""The questions that lean on nothing said, for when no authored one is left."""

from __future__ import annotations

from functools import lru_cache

from interview.followup_pool import Pool
from interview.followups_basics import BASICS
from interview.followups_design import DESIGN
from interview.followups_stories import STORIES
from interview.language import words_of
from interview.scenario import Talk

# Two questions are alike when they share this part of their content words.
ALIKE = 0.66

POOLS: dict[Talk, dict[str, Pool]] = {"design": DESIGN, "basics": BASICS, "stories": STORIES}

_GLUE = frozenset(
    """
a an and are as at be been by can could did do does for from had has have how i if in is it its me
my of on one or so that the there they this to was were what what's when where which who why will
with would you you'd your yours
""".split()  # noqa: SIM905
)


def _content(line: str) -> frozenset[str]:
    return frozenset(word.rstrip("s") for word in words_of(line) if word not in _GLUE)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """True when two questions share most of their content words."""
    shared = len(one & other)
    return shared >= 2 and shared >= ALIKE * min(len(one), len(other))


def _asks_one_of(content: frozenset[str], taken: list[frozenset[str]]) -> bool:
    return any(_alike(content, other) for other in taken)


@lru_cache(maxsize=64)
def plain(segment: str, authored: tuple[str, ...] = (), talk: Talk = "design") -> tuple[str, ...]:
    """All questions of `segment` that lean on nothing said, in order, without those that ask what
    one of `authored` asks; neighbours differ in every part."""
    pool = POOLS[talk].get(segment)
    if pool is None:
        return ()
    leads, questions = pool.leads, pool.questions
    mixed = [
        f"{leads[(row + shift) % len(leads)]} {situation}: "
        f"{questions[(row + shift) % len(questions)]}"
        for shift in range(len(questions))
        for row, situation in enumerate(pool.situations)
    ]
    taken = [_content(line) for line in authored]
    return tuple(line for line in (*pool.plain, *mixed) if not _asks_one_of(_content(line), taken))
