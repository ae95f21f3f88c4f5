"""What a written line must be so that it can be said aloud and understood at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

SAID = "{said}"

_MARKUP = re.compile(
    r"[*#`_<>|\[\]~\\]|https?://|www\.|^[ \t]*(?:[-+\u2022]|\d+[.)])[ \t]", re.MULTILINE
)
_PLACEHOLDER = re.compile(r"\{[^{}]*\}|[{}]")


@dataclass(frozen=True, slots=True)
class LineRule:
    """`max_words`: a breath or two. `question`: may the line ask. `said`: may it hold {said}."""

    max_words: int
    question: bool
    said: bool = False


ASK = LineRule(max_words=35, question=True)
PROBE = LineRule(max_words=35, question=True, said=True)
ANSWER = LineRule(max_words=35, question=False)
OPENING = LineRule(max_words=60, question=False)
# A part of a sentence that the interviewer completes.
CLAUSE = LineRule(max_words=16, question=False)


def faults(text: str, rule: LineRule) -> Iterator[tuple[str, str]]:
    """(what is wrong, what to do) for everything in `text` that `rule` forbids."""
    count = len(text.split())
    if count > rule.max_words:
        yield (
            f"{count} words are too many to follow by ear",
            f"say it in {rule.max_words} words at most",
        )
    yield from _question_faults(text, rule)
    for match in _PLACEHOLDER.finditer(text):
        if match.group() != SAID:
            yield (
                f"unknown placeholder {match.group()!r}",
                f"only {SAID} exists, and only in a probe",
            )
        elif not rule.said:
            yield f"{SAID} has nothing to refer to here", "use it only in the `ask` of a probe"
    markup = _MARKUP.search(text)
    if markup:
        yield (
            f"{markup.group().strip()!r} is markup and would be read aloud",
            "write it as a person would say it",
        )


def _question_faults(text: str, rule: LineRule) -> Iterator[tuple[str, str]]:
    marks = text.count("?")
    if marks and not rule.question:
        yield "asks a question", "state it; the question that follows has the floor"
    elif marks > 1:
        yield f"{marks} questions in one breath", "ask one; make the other a probe"
    elif marks == 1 and not text.rstrip().endswith("?"):
        yield "goes on after its question", "put the question last, so that the floor passes"
