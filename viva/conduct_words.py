"""Readings of what was said, made for judging an interviewer and independent of its own."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from interview.language import find_phrase, normal, sentences, words_of
from interview.scenario import Fact, Scenario

# A sentence of fewer words may come twice: "Go ahead."
_SAME_LINE_WORDS = 3
_NUMBERS = frozenset(
    """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred
thousand million billion half third quarter
""".split()  # noqa: SIM905
)
# A fact is told when so much of what is particular to it is said in one line.
_TOLD_SHARE = 0.6
_TOLD_WORDS = 3

_QUOTED = re.compile(r'"[^"]*"')
_QUESTION_START = re.compile(
    r"^(?:(?:and|but|so|well|okay|ok|um|uh|sorry|right|now|then|first|before i(?: \w+){1,3}) )*"
    r"(?:how|what|which|who|whose|when|where|why|is|are|was|were|do|does|did|can|could|should"
    r"|would|will|may|have|has|am)\b"
)
_WANTS_TO_KNOW = re.compile(
    r"\b(?:(?:like|want|need) to (?:know|ask|understand|find out|clarify)|tell me|i wonder"
    r"|wondering|let me ask|i'd ask|i would ask)\b"
)
_ASKS_FOR_TIME = re.compile(
    r"\b(?:let me think|let me (?:just )?(?:have|take) (?:a|one|another) \w+"
    r"|(?:give|need|take) (?:me )?(?:just )?(?:a|one|another|some) (?:\w+ )?"
    r"(?:moment|minute|second|sec|time)|bear with me|hold on|one (?:moment|second|minute)"
    r"|i(?:'m| am) (?:still )?thinking|more time)\b"
)
_REFERS = re.compile(
    r"\b(?:you|you'd|you've|you were|you are|you're) (?:just |also |had |have |first |earlier )*"
    r"(?:said|say|mention|mentioned|chose|choose|picked|want|wanted|talked|described|call|called"
    r"|named|proposed|suggested|brought up|argued|plan|planned|would|use|used|rely|relied|put"
    r"|left|started|began|went|named|spoke|ask|asked|bring|leaned|lean|at)\b"
    r"|\b(?:earlier|you said|before that|a moment ago|a while ago|back to|your)\b"
)
_STOP = frozenset(
    """
a about above actually after again all already also although am an and another any anything are
around as ask asked at away back be because been before being between both but by can come comes
could did do does doing done down each either else even every everything few find first for from
further get gets give given go goes going good got had has have having here how i if in into is it
its just keep kind know last later least less let like likely little long look lot made make makes
making many may maybe me mean might more most much must my need new next no nor not nothing now of
off often on once one only or other our out over own part per perhaps please put quite rather really
right roughly said same say see should since so some something somewhere still such take tell than
thank thanks that the their them then there these they thing things think this those though through
time to today told too under until up upon us use used using usually very want was way we well were
what when where whether which while who why will with within without would yes yet you your
""".split()  # noqa: SIM905
)


def content_words(text: str) -> frozenset[str]:
    """Its words that carry meaning, without plural endings."""
    return frozenset(_stem(word) for word in words_of(text) if _carries(word))


def _carries(word: str) -> bool:
    bare = word.split("'")[0]
    return bare not in _STOP and (len(bare) > 2 or bare.isdigit())


def _stem(word: str) -> str:
    bare = word.split("'")[0]
    return bare[:-1] if bare.endswith("s") and len(bare) > 3 else bare


def questions_in(text: str) -> list[str]:
    """Its questions, each once; what stands in quotation marks asks nothing."""
    asked = [s for s in sentences(_QUOTED.sub("it", text)) if s.endswith("?")]
    return list({normal(question): question for question in asked}.values())


def lines_in(text: str) -> list[str]:
    """The sentences that must not come twice, in the form in which they are compared."""
    found = (normal(sentence) for sentence in sentences(text))
    return [line for line in found if len(line.split()) >= _SAME_LINE_WORDS]


def last_question(text: str) -> str | None:
    """The question that the candidate's words end with; None when they end otherwise, or only in
    the tone of one ("a classifier, maybe?")."""
    parts = sentences(text)
    if not parts or not parts[-1].endswith("?"):
        return None
    return parts[-1] if _QUESTION_START.match(normal(parts[-1])) else None


def asks_for_time(text: str) -> bool:
    """Whether the last words ask for time to think."""
    return bool(_ASKS_FOR_TIME.search(" ".join(words_of(text)[-12:])))


def asks_for(fact: Fact, text: str) -> bool:
    """Whether one of the candidate's sentences asks for `fact`."""
    return any(
        find_phrase(fact.about, sentence)
        for sentence in sentences(text)
        if sentence.endswith("?")
        or _WANTS_TO_KNOW.search(normal(sentence))
        or _QUESTION_START.match(normal(sentence))
    )


def particulars(text: str) -> frozenset[str]:
    """What `text` tells: its content words, and its numbers with what they count, since a number
    alone may be that of anything."""
    words = words_of(text)
    told = {_stem(word) for word in words if _carries(word) and not _counts(word)}
    for at, word in enumerate(words):
        if _counts(word):
            counted = next((_stem(w) for w in words[at + 1 :] if _carries(w) or _counts(w)), "")
            told.add(f"{word} {counted}")
    return frozenset(told)


def _counts(word: str) -> bool:
    return word in _NUMBERS or word[0].isdigit()


def known_to_all(scenario: Scenario) -> frozenset[str]:
    """The particulars of what every candidate is told."""
    openings = (part for segment in scenario.segments for part in segment.opening)
    return particulars(" ".join((scenario.title, scenario.summary, *openings)))


def tells(fact: Fact, line: str, known: frozenset[str]) -> bool:
    """Whether `line` gives away `fact`, to somebody who knows, or has said, what is `known`."""
    particular = particulars(fact.answer) - known
    told = particular & particulars(line)
    return len(told) >= max(_TOLD_WORDS, _TOLD_SHARE * len(particular))


def refers_back(line: str, earlier: str, authored: Sequence[str]) -> bool:
    """Whether `line` takes up the candidate's own words `earlier`: by quoting them, by saying that
    they were said, or in a run of words that the scenario's lines `authored` do not have."""
    said = f" {normal(earlier)} "
    if any(f" {normal(quote)} " in said for quote in _QUOTED.findall(line) if normal(quote)):
        return True
    if _REFERS.search(normal(line)) and content_words(line) & content_words(earlier):
        return True
    written = f" {' '.join(normal(line) for line in authored)} "
    return any(f" {run} " in said and f" {run} " not in written for run in _runs(line))


def _runs(line: str) -> Iterable[str]:
    words = words_of(line)
    for one, other in itertools.pairwise(words):
        if _carries(one) and _carries(other):
            yield f"{one} {other}"
