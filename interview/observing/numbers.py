"""Numbers in speech, as figures or as words, with what they count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Dimension = Literal["time", "share", "rate", "size", "money", "times", "count"]

_ONES = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen
""".split()  # noqa: SIM905
_UNITS = {word: float(value) for value, word in enumerate(_ONES)}
_TENS = {
    "twenty": 20.0,
    "thirty": 30.0,
    "forty": 40.0,
    "fifty": 50.0,
    "sixty": 60.0,
    "seventy": 70.0,
    "eighty": 80.0,
    "ninety": 90.0,
}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
# Said before a unit: "half a percent", "a second".
_PARTS = {"half a": 0.5, "half an": 0.5, "a quarter of a": 0.25, "one and a half": 1.5}
_SUFFIX = {"k": 1e3, "m": 1e6, "b": 1e9}

_SECONDS = {
    "microsecond": 1e-6,
    "millisecond": 1e-3,
    "milli": 1e-3,
    "ms": 1e-3,
    "second": 1.0,
    "sec": 1.0,
    "minute": 60.0,
    "hour": 3600.0,
    "day": 86400.0,
    "night": 86400.0,
    "week": 604800.0,
    "month": 2629800.0,
    "quarter": 7889400.0,
    "year": 31557600.0,
}
_BYTES = {
    "byte": 1.0,
    "kilobyte": 1e3,
    "kb": 1e3,
    "megabyte": 1e6,
    "meg": 1e6,
    "mb": 1e6,
    "gigabyte": 1e9,
    "gig": 1e9,
    "gb": 1e9,
    "terabyte": 1e12,
    "tb": 1e12,
    "petabyte": 1e15,
    "pb": 1e15,
}
_MONEY = {"dollar": 1.0, "euro": 1.0, "pound": 1.0, "cent": 0.01, "usd": 1.0, "eur": 1.0}
_SHARE = {"percent": 0.01, "per cent": 0.01, "%": 0.01, "percentage point": 0.01, "pct": 0.01}
_COUNTED = frozenset(
    """
user people person customer buyer seller merchant driver reader viewer member account employee
engineer reviewer moderator analyst annotator item product listing post video photo image document
page article ad creative campaign order transaction payment purchase click impression view session
query search request call event message notification email row example sample label record
candidate feature dimension parameter weight layer tree token word passage chunk shard replica
machine server node gpu cpu core worker class category topic language country model epoch
experiment bucket point store warehouse sku frame pixel neighbour neighbor embedding interaction
friend follower connection
""".split()  # noqa: SIM905
)
_RATE = frozenset("qps rps tps".split())  # noqa: SIM905

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORD_NUMBER = "|".join(sorted((*_UNITS, *_TENS, *_SCALES), key=len, reverse=True))
_SPOKEN = (
    rf"(?:(?:half an?|an?|a (?:few|couple(?: of)?)|several|the) (?=(?:{'|'.join(_SCALES)})\b))?"
    rf"(?:{_WORD_NUMBER})(?:(?:[\s-]+(?:and[\s-]+)?)(?:{_WORD_NUMBER})(?!\s+of\b))*"
    r"(?:[\s]+point(?:[\s]+(?:zero|one|two|three|four|five|six|seven|eight|nine))+)?"
)
_PART = (
    r"(?:half an?|a quarter of an?|one and a half)"
    r"(?=\s(?:percent|point|second|minute|hour|day|year|week))"
)
_FIGURES = (
    rf"[$\u20ac\u00a3]?(?:{_DIGITS})(?:[kmb](?![a-z]))?"
    r"(?:\s+(?:hundred|thousand|million|billion)\b)?"
)
_UNIT_WORDS = (
    "|".join(
        rf"{re.escape(word)}{'s?' if word not in {'%', 'ms', 'person'} else ''}"
        for word in sorted(
            (*_SECONDS, *_BYTES, *_MONEY, *_SHARE, *_COUNTED, *_RATE, "time", "fold", "x"),
            key=len,
            reverse=True,
        )
    )
    + "|quer(?:y|ies)|categor(?:y|ies)|countr(?:y|ies)|classes|searches|boxes"
)
_NUMBER = re.compile(
    rf"(?<![\w./-])(?P<number>{_PART}|{_FIGURES}|{_SPOKEN})"
    rf"(?P<unit>[\s-]?(?:of (?:the|our|all|those|these) )?(?:\w+(?:[\s-]\w+)?\s)??"
    rf"(?:{_UNIT_WORDS})(?![\w-]))?"
    r"(?P<per>\s(?:a|an|per|each|every)\s"
    r"(?:second|minute|hour|day|week|month|year|user|query|request|item|person)\b)?",
    re.IGNORECASE,
)
_ODDS = re.compile(
    rf"(?<![\w-])(?:one|1) (?:in|out of) (?:a |every )?(?P<of>{_FIGURES}|{_SPOKEN})(?![\w-])",
    re.IGNORECASE,
)
_HALF = re.compile(r"^half an? ")
# After a number: it names a kind of thing, or is part of an ordinal.
_NO_AMOUNT = re.compile(
    r"^[\s-](?:towers?|stages?|steps?|phases?|sided|way|tier|fifths?|firsts?"
    r"|seconds?\b(?= place)|thirds?"
    r"|fourth|sixth|seventh|eighth|ninth|tenth|hundredth|th|st|nd|rd|things?|of)\b",
    re.IGNORECASE,
)
# A small number alone counts parts of the talk rather than anything measured.
TELLING_ALONE = 20.0


@dataclass(frozen=True, slots=True)
class Number:
    """`said`: verbatim, with its unit; `value` in the base unit of its dimension (seconds, bytes,
    parts of one); `unit`: the noun counted, in the singular, "" where none was said."""

    said: str
    value: float
    dimension: Dimension
    unit: str
    start: int
    end: int


def value_of(words: str) -> float | None:
    """The value of a number in figures or English words; None when it is none."""
    text = words.lower().strip().lstrip("$\u20ac\u00a3").replace(",", "")
    if not text:
        return None
    figures = re.match(r"^(\d+(?:\.\d+)?)([kmb])?(?:\s+(\w+))?$", text)
    if figures:
        scale = _SCALES.get(figures.group(3) or "", 1.0)
        return float(figures.group(1)) * _SUFFIX.get(figures.group(2) or "", 1.0) * scale
    half = 0.5 if _HALF.match(text) else 1.0
    if text in _PARTS:
        return _PARTS[text]
    text = re.sub(r"^(?:half an?|an?|the) ", "", text)
    text = re.sub(r"^(?:a )?(?:few|couple(?: of)?|several) ", "three ", text)
    whole, _, fraction = text.partition(" point ")
    total = current = 0.0
    seen = False
    for word in re.split(r"[\s-]+", whole):
        if word == "and":
            continue
        if word in _UNITS or word in _TENS:
            current += _UNITS.get(word, _TENS.get(word, 0.0))
        elif word == "hundred":
            current = (current or 1.0) * 100.0
        elif word in _SCALES:
            total += (current or 1.0) * _SCALES[word]
            current = 0.0
        else:
            return None
        seen = True
    for place, word in enumerate(fraction.split(), start=1):
        if word not in _UNITS:
            return None
        current += _UNITS[word] / 10.0**place
    return half * (total + current) if seen else None


def _unit(said: str) -> tuple[Dimension, str, float]:
    word = said.lower().split()[-1].strip("-") if said.strip() else ""
    if said.strip().lower().endswith(("per cent", "percentage point", "percentage points")):
        word = "percent"
    single = word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s") or word
    single = {"classe": "class", "searche": "search", "m": "ms"}.get(single, single)
    tables: tuple[tuple[Dimension, dict[str, float]], ...] = (
        ("time", _SECONDS),
        ("size", _BYTES),
        ("money", _MONEY),
        ("share", _SHARE),
    )
    for dimension, table in tables:
        for form in (word, single):
            if form in table:
                return dimension, form, table[form]
    if word in _RATE or single in _RATE:
        return "rate", "request", 1.0
    if single in {"time", "fold", "x"}:
        return "times", "", 1.0
    return "count", single, 1.0


@lru_cache(maxsize=2048)
def numbers(text: str) -> tuple[Number, ...]:
    """The numbers of `text` that measure or count something, in order."""
    found: list[Number] = []
    for match in _ODDS.finditer(text):
        of = value_of(match.group("of"))
        if of:
            found.append(Number(match.group(0), 1 / of, "share", "", *match.span()))
    for match in _NUMBER.finditer(text):
        if any(match.start() < n.end and n.start < match.end() for n in found):
            continue
        value = value_of(match.group("number"))
        if value is None or _NO_AMOUNT.match(text[match.end("number") :]):
            continue
        unit, per = match.group("unit") or "", match.group("per") or ""
        money = match.group("number")[0] in "$\u20ac\u00a3"
        dimension, noun, factor = _unit("dollar" if money else unit)
        if not unit and text[match.end() : match.end() + 1].isalnum():
            continue
        if per and dimension == "count":
            dimension = "rate"
            factor = factor / _SECONDS.get(per.split()[-1].lower(), 1.0)
        if not unit and not per and not money and value < TELLING_ALONE and value == int(value):
            continue
        if dimension == "count" and noun and value < 2:
            continue
        found.append(Number(match.group(0).strip(), value * factor, dimension, noun, *match.span()))
    return tuple(sorted(found, key=lambda number: number.start))
