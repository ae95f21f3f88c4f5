"""Lists that are announced in speech: "there are three things"."""

from __future__ import annotations

import re
from typing import Literal

# "open": in the middle of something. "maybe": ends as often as not. "finished": a whole thought.
Reading = Literal["finished", "maybe", "open"]

_COUNT = r"(two|three|four|five|six|2|3|4|5|6|several|a few|a couple of|couple of|some)"
_LIST = re.compile(
    rf"\b{_COUNT} (?:main |key |big |different |possible |more |other |important |obvious )?"
    r"(things|reasons|options|ways|parts|steps|points|components|stages|approaches|issues|"
    r"questions|concerns|risks|problems|pieces|layers|ideas|signals|metrics|choices|cases|kinds|"
    r"types|candidates|models|sources)\b"
)
_ANNOUNCES = re.compile(
    r"\b(?:there are|there's|i see|i have|we have|i'd (?:do|try|look at|name|mention|consider)"
    r"|i would (?:do|try|look at|name|mention|consider)|i can think of|into|for|here are|in|are"
    r"|consists? of|has|of|think of)(?: \w+){0,2}$"
)
_ENUMERATED = re.compile(
    r"\b(first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth(?:ly)?|fifth(?:ly)?|one is|one would be|"
    r"the other|another(?: one)?(?: is)?|finally|lastly|last one|number (?:one|two|three|four)|"
    r"the last)\b"
)
_PLACES = {"first": 1, "one": 1, "second": 2, "two": 2, "third": 3, "three": 3, "fourth": 4,
           "four": 4, "fifth": 5}  # fmt: skip
_COUNTS = {"two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4, "five": 5, "5": 5, "six": 6,
           "6": 6}  # fmt: skip


def items_missing(joined: str, pauses: int = 0) -> Reading:
    """How the turn so far, in lower-case words, reads where a list was announced: "open" while it
    has fewer items than it was to have, "finished" where none was. After as many `pauses` as there
    were to be items, the mark of the last one may have been misheard: "maybe"."""
    announced = list(_LIST.finditer(joined))
    if announced and _ANNOUNCES.search(joined[: announced[-1].start()].rstrip()):
        match = announced[-1]
        after = joined[match.end() :]
        if len(after.split()) <= 2:
            return "open"
        expected = _COUNTS.get(match.group(1), 2)
        marked = _reached([mark.group(1) for mark in _ENUMERATED.finditer(after)], expected)
        if marked:
            if marked >= expected or match.group(1) not in _COUNTS:
                return "finished"
            return "maybe" if marked == expected - 1 and pauses >= expected else "open"
        if len(after.split()) < 3 * expected and " and " not in after and " or " not in after:
            return "maybe"
    return "finished"


def _reached(marks: list[str], expected: int) -> int:
    """The place in the list that the latest of `marks` stands at: "third" is the third also where
    the recogniser lost the word "first"."""
    places = [_PLACES.get(mark.removesuffix("ly").split()[-1], 0) for mark in marks]
    last = any(mark.startswith(("final", "last", "the last")) for mark in marks)
    return max(len(marks), *places, expected if last else 0) if marks else 0
