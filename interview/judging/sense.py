"""Tells statements from words that only look like some: lists, loops, shuffled words, other
languages, strings of terms, and text said back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from interview.language import normal, words_of

# English speech has about half of its words from this list; other languages have next to none.
FUNCTION_WORDS = frozenset(
    """
a about after again all also an and any are as at be because been before being but by can can't
could did didn't do does doesn't don't each even every few first for from get gets had has have he
her here his how i i'd i'll i'm i've if in instead into is isn't it it's its just less let's like
made make makes many me more most much my need needs never new no not now of on once one only or
other our out over own rather same say see she should since so some something still such take than
that that's the their them then there there's these they they're this those though to too two
under until up us use used very was we we'd we'll we're we've well were what when where whether
which while who whose why will with without would you you'd your yes
""".split()  # noqa: SIM905
)
LEAST_FUNCTION_PART = 0.25
# A text shorter than this, in words, is not held to that.
SHORT_WORDS = 6
# Of the runs of three words in a text that says something, this part at least are said once.
LEAST_NEW_PART = 0.6
LOOP_WORDS = 14
# Of the neighbouring function words, this part at most cannot stand side by side in a sentence.
MOST_BROKEN_PART = 0.06
# Terms of the rubric are at most so many of a sentence's words where it says something of them.
MOST_TERMS_PART = 0.45
TERMS_PART_OF_MANY = 0.3
MANY_TOPICS = 3
# A sentence whose words are to this part those of another text says that text back.
ECHO = 0.75
LEAST_ECHO_WORDS = 3
# Between commas, a list has so few words on average, and so many parts at least.
LIST_WORDS = 2.6
LIST_PARTS = 4

_ARTICLE = frozenset("a an the my our your their its his her every each".split())  # noqa: SIM905
_LINK = frozenset("and or but because since than if although though whether".split())  # noqa: SIM905
_PREPOSITION = frozenset("of for with from at into by under over without".split())  # noqa: SIM905
_AUXILIARY = frozenset(
    "is are was were be been being would will can could should has have had do does did".split()  # noqa: SIM905
)
_SUBJECT = frozenset("i he she they we".split())  # noqa: SIM905
_PARTS = re.compile(r"[,;:.]|\band\b|\bor\b|\s-\s")


@lru_cache(maxsize=4096)
def is_speech(text: str) -> bool:
    """False for text in another language, of words in no order, or going round in circles."""
    words = words_of(text)
    if len(words) < SHORT_WORDS:
        return bool(words)
    common = sum(word in FUNCTION_WORDS for word in words)
    return common >= LEAST_FUNCTION_PART * len(words) and not _loops(words) and not _broken(words)


def _loops(words: list[str]) -> bool:
    runs = list(zip(words, words[1:], words[2:], strict=False))
    return len(words) >= LOOP_WORDS and len(set(runs)) < LEAST_NEW_PART * len(runs)


def _broken(words: list[str]) -> bool:
    pairs = list(pairwise(words))
    known = [pair for pair in pairs if pair[0] in FUNCTION_WORDS and pair[1] in FUNCTION_WORDS]
    wrong = sum(not _side_by_side(*pair) for pair in known)
    if words[-1] in _ARTICLE | _PREPOSITION - {"over", "under"} and len(words) < 40:
        wrong += 1
    return wrong >= 2 and wrong > MOST_BROKEN_PART * len(words)


def _side_by_side(first: str, second: str) -> bool:
    if first in _ARTICLE:
        return second not in _ARTICLE | _LINK | _PREPOSITION | _AUXILIARY | _SUBJECT - {"i"}
    if first in _PREPOSITION:
        return second not in _LINK - {"whether"} | _AUXILIARY - {"being"} | _SUBJECT
    if first in _LINK:
        return second not in _LINK - {"if", "because", "although", "though", "since", "than"}
    if first in _AUXILIARY:
        return second not in {"of", "because", "and", "or", "but"} or first in {"do", "is", "are"}
    return True


def lists(sentence: str) -> bool:
    """True when `sentence` only names things, one after the other."""
    parts = [part.split() for part in _PARTS.split(sentence) if part.strip()]
    if len(parts) < LIST_PARTS:
        return False
    tail = parts[1:]
    return sum(len(part) for part in tail) <= LIST_WORDS * len(tail)


def strings_terms(sentence: str, terms: Iterable[tuple[str, str]]) -> bool:
    """True when `sentence` has more terms in it than it could say something of. `terms`: each that
    is in it, as it stands there, with the topic it belongs to."""
    found = dict(terms)
    length = len(words_of(sentence))
    taken = sum(len(words_of(term)) for term in found)
    topics = len(set(found.values()))
    if len(found) < 3 or not length:
        return False
    most = TERMS_PART_OF_MANY if topics >= MANY_TOPICS and len(found) >= 4 else MOST_TERMS_PART
    return taken > most * length


def says_back(sentence: str, texts: Iterable[str]) -> bool:
    """True when `sentence` has hardly a word of its own beside those of one of `texts`."""
    own = _content(sentence)
    return len(own) >= LEAST_ECHO_WORDS and any(
        sum(word in _content(text) for word in own) >= ECHO * len(own) for text in texts
    )


@lru_cache(maxsize=8192)
def _content(text: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in normal(text).split() if word not in FUNCTION_WORDS)


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    for end in ("ing", "ies", "ed", "es", "s"):
        if word.endswith(end) and len(word) - len(end) >= 4:
            return word[: -len(end)].rstrip("e")
    return word.rstrip("e")
