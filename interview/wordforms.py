"""Words as a guard compares them: without endings, and numbers by their value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from interview.language import words_of

_IRREGULAR = {
    form: base
    for base, forms in {
        "be": "is are was were been being am i'm you're it's that's we're they're there's",
        "begin": "began begun",
        "break": "broke broken",
        "bring": "brought",
        "build": "built",
        "buy": "bought",
        "catch": "caught",
        "choose": "chose chosen choice choices",
        "come": "came",
        "decide": "decision decisions",
        "do": "did done does",
        "fail": "failure failures",
        "fall": "fell fallen",
        "feel": "felt",
        "find": "found",
        "get": "got gotten",
        "give": "gave given",
        "go": "went gone",
        "hear": "heard",
        "keep": "kept",
        "know": "knew known",
        "lead": "led",
        "leave": "left",
        "lose": "lost loss losses",
        "make": "made",
        "mean": "meant",
        "measure": "measurement measurements",
        "pay": "paid payment payments",
        "person": "people",
        "retrieve": "retrieval",
        "run": "ran",
        "say": "said",
        "see": "saw seen",
        "sell": "sold sale sales",
        "send": "sent",
        "show": "shown",
        "speak": "spoke spoken",
        "split": "splits",
        "take": "took taken",
        "teach": "taught",
        "tell": "told",
        "think": "thought thoughts",
        "train": "trained training",
        "understand": "understood",
        "win": "won",
        "write": "wrote written",
    }.items()
    for form in forms.split()
}
_ENDING = re.compile(r"(?:'s|'d|'ll|'ve|'re)$")
_UNITS = {
    word: value
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen""".split()  # noqa: SIM905
    )
}
_TENS = {
    word: 10 * (value + 2)
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
    )
}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "dozen": 12}
_SUFFIXES = {"k": 1000, "m": 10**6, "b": 10**9, "bn": 10**9}
_PARTS = {
    "half": 0.5,
    "third": 1 / 3,
    "quarter": 0.25,
    "twice": 2.0,
    "double": 2.0,
    "doubles": 2.0,
    "ninetieth": 90.0,
    "ninety-fifth": 95.0,
    "ninety-ninth": 99.0,
}
_TOKEN = re.compile(r"\d+(?:\.\d+)?[a-z%]*|[a-z]+(?:-[a-z]+)*")
_FIGURE = re.compile(r"^(\d+(?:\.\d+)?)(k|m|b|bn|ms|s|x|%|th|st|nd|rd)?$")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """A lower-case word without its ending, the same for most forms of one word."""
    word = _ENDING.sub("", word)
    word = _IRREGULAR.get(word, word)
    if word.endswith(("ies", "ied")) and len(word) > 4:
        word = f"{word[:-3]}y"
    for ending in ("ations", "ation", "ings", "ing", "ers", "er", "ed", "ly", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
                word = word[:-1]
            break
    return word[:-1] if len(word) > 3 and word[-1] in "ey" else word


def stems(text: str) -> list[str]:
    """The stem of every word of `text`, in order; hyphenated words count as several."""
    return [stem(part) for word in words_of(text) for part in re.split(r"[-/]", word) if part]


def ngrams(words: Iterable[str], size: int) -> set[tuple[str, ...]]:
    listed = list(words)
    return {tuple(listed[at : at + size]) for at in range(len(listed) - size + 1)}


def numbers(text: str) -> set[float]:
    """The values named in `text`, as figures or words. A single "one" is no number, nor "second":
    both are said too often for something else."""
    return {value for value, _ in _numbers(text)}


def counted(text: str) -> dict[str, set[float]]:
    """The values named in `text` by the stem of the word that follows each."""
    found: dict[str, set[float]] = {}
    for value, of in _numbers(text):
        if of:
            found.setdefault(stem(of), set()).add(value)
    return found


def _numbers(text: str) -> Iterator[tuple[float, str]]:
    words = [
        part
        for word in _TOKEN.findall(_THOUSANDS.sub("", text.lower()))
        for part in ([word] if word in _PARTS else word.split("-"))
    ]
    at = 0
    while at < len(words):
        value, used = _number_at(words, at)
        if used and not (words[at] == "one" and used == 1):
            yield value, words[at + used] if at + used < len(words) else ""
        at += max(1, used)


def _number_at(words: list[str], at: int) -> tuple[float, int]:
    """The value of the longest number that begins at `at`, and how many words it takes."""
    total, group, used = 0.0, 0.0, 0
    while at + used < len(words):
        word = words[at + used]
        figure = _FIGURE.match(word)
        if figure and not used:
            group = float(figure[1]) * _SUFFIXES.get(figure[2] or "", 1)
        elif word in _UNITS and group % 10 == 0 and (not used or group):
            group += _UNITS[word]
        elif word in _TENS and group % 100 == 0:
            group += _TENS[word]
        elif word in _SCALES and used:
            if word == "hundred":
                group *= 100
            else:
                total, group = total + group * _SCALES[word], 0.0
        elif word in _SCALES or word.removesuffix("s") in _SCALES:
            if used:
                break
            return float(_SCALES[word.removesuffix("s")]), 1
        elif (
            word == "and"
            and used
            and at + used + 1 < len(words)
            and words[at + used - 1] in _SCALES
            and words[at + used + 1] in {**_UNITS, **_TENS}
        ):
            pass
        elif word in _PARTS and not used:
            return _PARTS[word], 1
        else:
            break
        used += 1
    return total + group, used
