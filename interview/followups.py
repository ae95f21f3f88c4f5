"""The questions that lean on nothing said, for when no authored one is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from zlib import crc32

from interview.followup_pool import Pool
from interview.followups_basics import BASICS
from interview.followups_design import DESIGN
from interview.followups_stories import STORIES
from interview.language import words_of
from interview.scenario import Talk

# Words of so few letters tie nothing to anything.
SHORT_WORD = 3
# Words that fit nearly any question: sharing one of them ties nothing to what was said.
GENERIC = frozenset(
    """
about action again answer around ask become before better between big both bring build call care
case change check come consider could data day depend different else end every example exact fact
feature find first follow give good handle happen have help here idea into just keep kind know
last learn least let like likely little long look make many matter maybe mean measure metric model
more most move much need never new next number other over part people perhaps piece place point
probable problem project put quality question quite rather really result right said same say
second see set show simple some something start still such suppose sure system take team tell test
than them then these thing think those three time today train training try turn two under use user
very wait want way week well while within without work world worry wrong year
""".split()  # noqa: SIM905
)
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


def stem(word: str) -> str:
    """`word` without its usual endings, for comparing: "caches", "cached" and "cache" are one."""
    for end in ("ing", "ies", "ed", "es", "s", "ly"):
        if word.endswith(end) and len(word) - len(end) >= SHORT_WORD:
            return word[: -len(end)].rstrip("e")
    return word.rstrip("e")


_GENERIC_STEMS = frozenset(stem(word) for word in GENERIC)


def telling(text: str) -> frozenset[str]:
    """The stems of the words of `text` that say what it is about."""
    stems = {stem(w) for w in words_of(text) if w not in _GLUE and len(w) > SHORT_WORD}
    return frozenset(stems) - _GENERIC_STEMS


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


def turned(lines: Sequence[str], segment: str, talk: Talk, seed: str) -> tuple[str, ...]:
    """`lines` of `plain` for one interview: those that stand as they are before those that are put
    together, each beginning where `seed` says. The same seed gives the same order."""
    pool = POOLS[talk].get(segment)
    if pool is None:
        return tuple(lines)
    own = [line for line in lines if line in pool.plain]
    mixed = [line for line in lines if line not in pool.plain]
    start = crc32(f"{segment}/{seed}".encode())
    return tuple(_from(own, start) + _from(mixed, start))


def _from(lines: list[str], start: int) -> list[str]:
    at = start % len(lines) if lines else 0
    return lines[at:] + lines[:at]


def nearest_first(lines: Iterable[str], said: str) -> list[str]:
    """`lines`, those first that share a telling word with `said`; else in their order."""
    wanted = telling(said)
    return sorted(lines, key=lambda line: -len(wanted & telling(line)))
