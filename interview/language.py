"""Small, deterministic readings of English speech: sentences, phrases, matches, numbers aloud."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'\u2019@%+/-]*")
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_ONES = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen
""".split()  # noqa: SIM905
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


@lru_cache(maxsize=16384)
def _words(text: str) -> tuple[str, ...]:
    return tuple(word.lower().replace("\u2019", "'") for word in _WORD.findall(text))


def words_of(text: str) -> list[str]:
    """Lower-case words, in order."""
    return list(_words(text))


def word_spans(text: str) -> list[tuple[int, int]]:
    """Where each of `words_of(text)` begins and ends in `text`."""
    return [match.span() for match in _WORD.finditer(text)]


@lru_cache(maxsize=8192)
def normal(text: str) -> str:
    """The form in which two lines are compared: lower-case words, nothing else."""
    return " ".join(words_of(text))


def sentences(text: str) -> list[str]:
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


_REJECTS = re.compile(r"\b(?:not|never|cannot|nor|alone|avoid|against)\b|n't\b", re.IGNORECASE)
_REJECTS_REST = re.compile(
    r"\b(?:instead of|rather than|without|no longer|no|other than|except)\b"
    # Until the subject that what was chosen comes with, where nobody wrote a comma.
    r"(?:(?!\s(?:i|we|i'd|we'd|let's)\b).)*",
    re.IGNORECASE | re.DOTALL,
)
# What gives way comes first, and then what takes its place.
_GIVES_WAY = re.compile(
    r"\b(?:replac(?:e[ds]?|ing)|swap(?:s|ped|ping)?|exchang(?:e[ds]?|ing))\b(?:(?!\bby\b|\bwith\b"
    r"|\bfor\b).)+\b(?:by|with|for)\b"
    r"|\b(?:switch(?:ed|ing)?|mov(?:e[ds]?|ing)|migrat(?:e[ds]?|ing)|went|go(?:ing)?|chang(?:e[ds]?"
    r"|ing)) (?:away )?from\b(?:(?!\bto\b).)+\bto\b",
    re.IGNORECASE | re.DOTALL,
)
_GAVE_WAY = re.compile(
    r"(?:(?!\b(?:i|we)\b).)*\b(?:is|are|was|were|be|been|gets?|got) (?:replaced|swapped"
    r"|superseded) (?:by|with|for)\b",
    re.IGNORECASE | re.DOTALL,
)
_CLAUSES = re.compile(
    r"[.,;:?!]+|\b(?:but|because|so|although|whereas|while)\b"
    r"|\band (?=(?:i|we|then|it|they|i'd|we'd)\b)",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def affirmed(text: str) -> str:
    """`text` without what it rejects: clauses with a negation, what follows "instead of", and
    what is replaced by something else."""
    clauses = [clause for clause in _CLAUSES.split(text) if not _REJECTS.search(clause)]
    for gone in (_GAVE_WAY, _GIVES_WAY, _REJECTS_REST):
        clauses = [gone.sub(" ; ", clause) for clause in clauses]
    return " ; ".join(clauses)


@lru_cache(maxsize=4096)
def _pattern(phrase: str) -> re.Pattern[str]:
    body = r"[\s-]+".join(re.escape(part) for part in re.split(r"[\s-]+", phrase.strip()))
    return re.compile(rf"(?<![A-Za-z0-9]){body}(?:s|es|'s|ed|d|ing)?(?![A-Za-z0-9])", re.IGNORECASE)


def find_phrase(phrases: Iterable[str], text: str) -> str | None:
    """The first of `phrases` that occurs in `text` as whole words, as it stands in `text`."""
    for phrase in phrases:
        if phrase.strip() and (match := _pattern(phrase).search(text)):
            return match.group(0)
    return None


def count_phrases(phrases: Iterable[str], text: str) -> int:
    """How many of `phrases` occur in `text`."""
    return _count(tuple(phrases), text)


@lru_cache(maxsize=32768)
def _count(phrases: tuple[str, ...], text: str) -> int:
    return sum(1 for phrase in phrases if find_phrase((phrase,), text))


@lru_cache(maxsize=64)
def names_in(texts: tuple[str, ...]) -> frozenset[str]:
    """The words that `texts` write with a capital in the middle of a sentence."""
    inside = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+\b")
    return frozenset(word for text in texts for word in inside.findall(text))


def lower_first(text: str, names: Collection[str] = ()) -> str:
    """`text` to be said after a colon: "What ..." becomes "what ...", "I ...", "NDCG" and what
    begins with one of `names` stay."""
    first = text.split(" ", 1)[0] if text else ""
    if first.rstrip(",.;:").removesuffix("'s") in names:
        return text
    keeps = first in {"I", "I'd", "I'm", "I've", "I'll"} or not first[1:].islower()
    return text if keeps and first != "A" else text[:1].lower() + text[1:]


def number_aloud(value: int) -> str:
    """0 to 99 in words, larger numbers as digits."""
    if not 0 <= value <= 99:
        return str(value)
    if value < 20:
        return _ONES[value]
    tens, ones = divmod(value, 10)
    return _TENS[tens - 2] + (f"-{_ONES[ones]}" if ones else "")


def duration_aloud(seconds: float) -> str:
    """ "two minutes", "half a minute": what a colleague would say, to the nearest half minute."""
    if seconds < 20:
        return f"{number_aloud(max(1, round(seconds)))} seconds"
    if seconds < 45:
        return "half a minute"
    halves = round(seconds / 30)
    if halves == 2:
        return "a minute"
    if halves == 3:
        return "a minute and a half"
    return f"{number_aloud(halves // 2)} minutes"


@lru_cache(maxsize=64)
def _any_of(forms: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(
        "|".join(rf"(?<![A-Za-z0-9]){re.escape(form)}(?![A-Za-z0-9])" for form in longest_first)
    )


def as_spoken(text: str, spoken: Mapping[str, str]) -> str:
    """`text` with every written form of `spoken` replaced, longest first, whole words only."""
    if not spoken:
        return text
    return _any_of(tuple(spoken)).sub(lambda match: spoken[match.group(0)], text)
