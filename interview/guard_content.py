"""Compares what a wording says with what the move says: nothing lost, added or leaked.

Words are compared by their stems. What is public may be said: the line, what either side has said,
and the facts and hints that the candidate has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from interview.briefing import Briefing
from interview.guard_words import (
    AMOUNT,
    FUNCTION_WORDS,
    NEGATION,
    OPEN,
    PLAIN_WORDS,
    REQUEST,
    SYNONYMS,
)
from interview.language import as_spoken, normal, sentences
from interview.wordforms import counted, ngrams, numbers, stem, stems

# So many words in a row that are only in a secret give it away, two of them telling ones.
LEAK_WORDS = 4
# And so many, telling or not.
LEAK_VERBATIM = 6
ECHO_WORDS = 9
# Telling words that come from nowhere: beyond both, the wording says something of its own.
ADDED_MOST, ADDED_SHARE, ADDED_EVER = 1, 0.2, 4
# How much of what a statement and a question say has to be kept.
STATEMENT_KEPT, QUESTION_KEPT, QUESTION_ADDED = 0.5, 0.5, 0.34
# Statements with fewer telling words than this are remarks, which may be left out.
REMARK_WORDS = {"answer": 2, "hint": 2}
REMARK_WORDS_ELSE = 4
Gram = tuple[str, ...]
_FACTUAL = frozenset({"answer", "hint", "warn"})


@dataclass(frozen=True)
class Said:
    """A text with its sentences that ask and those that state."""

    text: str
    asks: tuple[str, ...]
    states: tuple[str, ...]

    @cached_property
    def stems(self) -> list[str]:
        return stems(self.text)

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(self.stems)


@dataclass(frozen=True)
class Public:
    """What may be said in a move: `line` is its own, `text` all the rest that is no secret."""

    line: Said
    text: str

    @cached_property
    def stems(self) -> frozenset[str]:
        return self.line.known | frozenset(self._text_stems)

    @cached_property
    def _text_stems(self) -> list[str]:
        return stems(self.text)

    def grams_of(self, size: int) -> set[Gram]:
        return ngrams(self.line.stems, size) | ngrams(self._text_stems, size)


def public(b: Briefing, line: Said) -> Public:
    spoken = b.scenario.spoken
    known = (b.said_by_candidate, b.said_by_interviewer, b.move.about or "")
    told = (*(fact.answer for fact in b.told), *b.hinted)
    return Public(line, " ".join((*known, *told, *(as_spoken(text, spoken) for text in told))))


def leaks(said: Said, b: Briefing, allowed: Public) -> Iterator[str]:
    """The kinds of secrets that `said` gives away."""
    kinds = {
        "leaks_fact": (fact.answer for fact in b.untold),
        "leaks_hint": (hint for hint in _hints(b) if hint not in b.hinted),
        "leaks_rubric": (
            text
            for criterion in b.scenario.rubric
            for text in (*criterion.levels, criterion.strength, criterion.missing)
        ),
    }
    for breach, secrets in kinds.items():
        if any(_gives_away(said, secret, b, allowed) for secret in secrets):
            yield breach
    if any(_names(said, phrase, b, allowed) for phrase in _answers(b)):
        yield "leaks_answer"


def adds_content(said: Said, allowed: Public, kind: str) -> bool:
    telling = {word for word in said.stems if word not in PLAIN_WORDS and not word.isdecimal()}
    added = {word for word in telling if word not in allowed.stems and word not in SYNONYMS}
    if kind in _FACTUAL:
        return bool(added)
    most = max(ADDED_MOST, ADDED_SHARE * len(telling))
    return len(added) > most or len(added) >= ADDED_EVER


def echoes(said: Said, b: Briefing, line: Said) -> bool:
    """True when it says after the candidate, at length, what the line does not."""
    heard = ngrams(stems(b.said_by_candidate), ECHO_WORDS)
    return bool((ngrams(said.stems, ECHO_WORDS) & heard) - ngrams(line.stems, ECHO_WORDS))


def number_breaches(said: Said, line: Said) -> Iterator[str]:
    wanted, found = numbers(line.text), numbers(said.text)
    if found - wanted:
        yield "number_added"
    if wanted - found:
        yield "number_lost"
    belongs = counted(line.text)
    if any(values - belongs[of] for of, values in counted(said.text).items() if of in belongs):
        yield "number_changed"


def statements_lost(said: Said, line: Said, kind: str) -> Iterator[str]:
    least = REMARK_WORDS.get(kind, REMARK_WORDS_ELSE)
    for statement in line.states:
        telling = _telling(statement)
        if len(telling) >= least and _kept(telling, said.known) < STATEMENT_KEPT:
            yield "loses_content"
            break
    if kind in _FACTUAL and bool(NEGATION.search(_joined(line.states))) != bool(
        NEGATION.search(_joined(said.states))
    ):
        yield "changes_fact"


def asks_otherwise(said: Said, line: Said) -> bool:
    """True when the question of `said` is another one than that of `line`."""
    if not (said.asks and line.asks):
        return False
    if _closes(said.asks[-1], line.asks[-1]) or _amounts(said) - _amounts(line):
        return True
    wanted = _telling(line.asks[-1]) or _content(line.asks[-1]) or set(stems(line.asks[-1]))
    kept = _kept(wanted, said.known)
    asked = {word for word in _content(said.asks[-1]) if word not in PLAIN_WORDS}
    added = {word for word in asked if not _matches(word, line.known)}
    if kept < QUESTION_KEPT or (added and kept == QUESTION_KEPT):
        return True
    return len(added) > max(1, QUESTION_ADDED * len(asked))


def _closes(ask: str, of: str) -> bool:
    """True when an open question has become one that a yes or no answers."""
    return bool(OPEN.search(of)) and not (OPEN.search(ask) or REQUEST.search(ask))


def _amounts(text: Said) -> set[str]:
    """What the questions ask the amount of: "how long" is another question than "how many"."""
    return {match[1].lower() for ask in text.asks for match in AMOUNT.finditer(ask)}


def _hints(b: Briefing) -> Iterator[str]:
    for segment in b.scenario.segments:
        for question in segment.questions:
            yield from question.hints


def _answers(b: Briefing) -> set[str]:
    """What a good answer names: the words that the questions and the rubric listen for."""
    scenario = b.scenario
    found = set(scenario.terms)
    for segment in scenario.segments:
        for question in segment.questions:
            found.update(question.listens_for)
    for criterion in scenario.rubric:
        found.update(criterion.signals)
    return {phrase for phrase in found if not phrase.startswith(("I ", "I'", "we ", "we'", "my "))}


def _names(said: Said, phrase: str, b: Briefing, allowed: Public) -> bool:
    for written in {phrase, as_spoken(phrase, b.scenario.spoken)}:
        words = _stems_of(written)
        new = [w for w in words if w not in PLAIN_WORDS and w not in SYNONYMS]
        if all(word in allowed.stems for word in new):
            continue
        if words in ngrams(said.stems, len(words)):
            return True
    return False


def _gives_away(said: Said, secret: str, b: Briefing, allowed: Public) -> bool:
    for sentence in sentences(as_spoken(secret, b.scenario.spoken)):
        words = _stems_of(sentence)
        telling = {w for w in words if w not in PLAIN_WORDS and w not in allowed.stems}
        common = telling & said.known
        if len(common) >= 3 or (len(common) >= 2 and 2 * len(common) >= len(telling)):
            return True
        # Both cheap: a secret that shares too few words with the wording shares no run of them.
        if len(said.known.intersection(words)) < min(LEAK_WORDS, len(set(words))):
            continue
        shared = _shared(words, said, allowed, LEAK_WORDS)
        if any(sum(word not in PLAIN_WORDS for word in gram) >= 2 for gram in shared):
            return True
        if _shared(words, said, allowed, min(LEAK_VERBATIM, max(LEAK_WORDS, len(words)))):
            return True
    return False


def _shared(words: tuple[str, ...], said: Said, allowed: Public, size: int) -> set[Gram]:
    """Runs of `size` words that the wording has from `words` and from nothing that is public."""
    shared = ngrams(words, size) & ngrams(said.stems, size)
    return shared - allowed.grams_of(size) if shared else shared


@lru_cache(maxsize=4096)
def _stems_of(sentence: str) -> tuple[str, ...]:
    return tuple(stems(sentence))


def _content(text: str) -> set[str]:
    return {word for word in stems(text) if word not in FUNCTION_WORDS}


def _telling(text: str) -> set[str]:
    return {word for word in stems(text) if word not in PLAIN_WORDS}


def _kept(wanted: set[str], known: Iterable[str]) -> float:
    there = frozenset(known)
    return sum(_matches(word, there) for word in wanted) / len(wanted) if wanted else 1.0


def _matches(word: str, known: frozenset[str]) -> bool:
    if word in known:
        return True
    groups = SYNONYMS.get(stem(word), SYNONYMS.get(word, frozenset()))
    return any(groups & SYNONYMS.get(other, frozenset()) for other in known)


def _joined(texts: Iterable[str]) -> str:
    return normal(" ".join(texts))
