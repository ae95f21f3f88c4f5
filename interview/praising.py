"""What went well: the moments that hold up, each with the criterion they speak for.

A quote speaks for a criterion by the words in it; where another criterion has more, it is not
praised for this one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interview import assessing, closing_phrasing
from interview.conversation import Heard, Planned
from interview.language import count_phrases, find_phrase, normal, words_of
from interview.quoting import NounPhrase, clauses
from interview.rubric import Criterion
from interview.situation import Situation
from interview.standing import COMMUNICATION, has_number, has_reason, judged
from interview.substance import answer_sentences

LONGEST_PRAISED_WORDS = 12
# A word of the rubric alone is no strength: there has to be a reason, a number, a decision, or
# another word of it.
LEAST_WEIGHT = 2


@dataclass(frozen=True, slots=True)
class _Evidence:
    misheard: bool
    weight: int
    signals: int
    quote: str
    what: str
    question: str | None


def strengths(s: Situation, items: Sequence[Heard]) -> list[Planned]:
    """Two pieces of feedback at most; honest where there is less."""
    found: list[Planned] = []
    quoted: list[str] = []
    told: set[str] = set()
    ranked = sorted(
        (
            (evidence.misheard, -evidence.signals, -evidence.weight, order, criterion, evidence)
            for order, criterion in enumerate(s.scenario.rubric)
            for evidence in _evidence(s, criterion, items)
        ),
        key=lambda entry: (entry[4].id == COMMUNICATION, *entry[:4]),
    )
    for *_, criterion, evidence in ranked:
        what = assessing.strength(criterion)
        if len(found) == 2 or evidence.quote in quoted or what in told:
            continue
        form = closing_phrasing.STRENGTH_SECOND if found else closing_phrasing.STRENGTH_FIRST
        line = s.pick(form, quote=evidence.quote, what=what)
        if line:
            at = f", at the question {evidence.question!r}" if evidence.question else ""
            reason = f'strength: {criterion.title!r} in "{evidence.quote}" ({evidence.what}){at}'
            found.append(_piece(line, reason, criterion.id, evidence.quote))
            quoted.append(evidence.quote)
            told.add(what)
    for criterion in s.scenario.rubric:
        phrase = _named(s, criterion, items)
        if len(found) == 2 or criterion.id == COMMUNICATION or phrase is None:
            continue
        if any(normal(phrase.said) in normal(quote) for quote in quoted):
            continue
        first, second = (
            closing_phrasing.STRENGTH_NAMED_FIRST,
            closing_phrasing.STRENGTH_NAMED_SECOND,
        )
        line = s.pick(second if found else first, x=phrase.named)
        if line:
            reason = f"strength: {criterion.title!r} was at least named, {phrase.said!r}"
            found.append(_piece(line, reason, criterion.id, phrase.said))
            quoted.append(phrase.said)
    if len(found) < 2:
        pool = closing_phrasing.STRENGTH_SOLE if found else closing_phrasing.STRENGTH_NONE
        line = s.pick(pool)
        if line:
            reason = "there is not enough to name more strengths; says so"
            found.append(Planned(kind="feedback", reason=reason, parts=(line,)))
    return found


def _piece(line: str, reason: str, criterion: str, about: str) -> Planned:
    return Planned(kind="feedback", reason=reason, parts=(line,), ref=criterion, about=about)


def _evidence(s: Situation, criterion: Criterion, items: Sequence[Heard]) -> list[_Evidence]:
    """The moments that speak for `criterion`. Thin answers do not."""
    thin = {part for flag in s.coverage.thin() for part in flag.turn}
    strong = {part for flag in s.coverage.strong() for part in flag.turn}
    decided = {normal(note.finding.quote) for note in s.coverage.decisions()}
    found: list[_Evidence] = []
    for item in items:
        if item.id in thin:
            continue
        for said in answer_sentences(item.text):
            for quote in clauses(said):
                if len(words_of(quote)) > LONGEST_PRAISED_WORDS:
                    continue
                signals = _signals(s, criterion, quote, said)
                if not signals:
                    continue
                marks = {
                    "with a reason": has_reason(said),
                    "with a number": has_number(quote),
                    "a decision": any(normal(quote) in w or w in normal(quote) for w in decided),
                    "a strong answer": item.id in strong,
                    "several points of it": signals > 1,
                }
                weight = 1 + sum(marks.values()) + marks["a strong answer"]
                if weight >= LEAST_WEIGHT:
                    what = ", ".join(mark for mark, true in marks.items() if true)
                    question = _question_of(s, item)
                    misheard = s.talk.misheard(quote, {item.id})
                    found.append(_Evidence(misheard, weight, signals, quote, what, question))
    return found


def _signals(s: Situation, criterion: Criterion, quote: str, sentence: str) -> int:
    """How many distinct signals of `criterion` the quote has; 0 where it has more of another's.
    How something is said shows in the whole sentence, which the quote may leave out."""
    if criterion.id == COMMUNICATION:
        return distinct(criterion, sentence) if has_reason(sentence) else 0
    own = distinct(criterion, quote)
    others = (distinct(c, quote) for c in judged(s) if c.id != criterion.id)
    return own if own >= max(others, default=0) else 0


def distinct(criterion: Criterion, text: str) -> int:
    """How many different words of `criterion` are in `text`: forms of one word count once, and so
    does a word inside a longer one."""
    found = {normal(word) for signal in criterion.signals if (word := find_phrase([signal], text))}
    return sum(not any(word != other and word in other for other in found) for word in found)


def _question_of(s: Situation, item: Heard) -> str | None:
    index = s.talk.candidate.index(item)
    asked = [question for question, begin in s.talk.answers_from if begin <= index]
    return (asked[-1] or None) if asked else None


def _named(s: Situation, criterion: Criterion, items: Sequence[Heard]) -> NounPhrase | None:
    for item in items:
        for phrase in s.phrases(item.text):
            if count_phrases(criterion.signals, phrase.said):
                return phrase
    return None
