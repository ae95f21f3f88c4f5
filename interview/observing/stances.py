"""Where the candidate stands: statements that a later one can be held against.

Few forms are read, and only where nothing in the clause takes them back: a stance that is not read
costs a question, a contradiction that is none costs the candidate's trust."""

from __future__ import annotations

from functools import lru_cache

from interview.observing.ratings import figure, often, order, quality, slot
from interview.observing.stance import TAKES_BACK, Stance, conflict, reduced
from interview.observing.wants import timing, use

__all__ = ["conflict", "stances"]


@lru_cache(maxsize=4096)
def stances(clause: str) -> tuple[Stance, ...]:
    """The stances of one clause; mostly none."""
    text = reduced(clause)
    found = [*timing(text), *order(text), *slot(text), *figure(text, clause)]
    plain = text.replace("most important", "key")
    if not TAKES_BACK.search(plain):
        found += [*use(plain), *quality(plain), *often(plain)]
    return tuple(found)
