"""Whether what was said can be an answer at all, read from all of it together.

Single sentences may each look like something and together be nothing: terms strung into sentences,
sentences that would do for any problem, talk of something else, good sentences under the wrong
questions. The bars below were set on one half of the transcripts in bench/judge, with room to those
that are meant to be answers; what the other half has is in bench/README.md."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from interview.judging.homes import homes
from interview.judging.sense import meanings, specific, strings_terms, vague_part
from interview.judging.statements import Statement
from interview.observing.gaps import MANNER
from interview.scenario import Question, Scenario

Misfit = Literal["terms", "of anything", "off the subject", "other questions"]

# So many sentences, and this part of those with several terms, are strings of terms: so is all.
LEAST_STRINGS = 3
STRINGS_PART = 0.4
# Of so many words with a meaning at most this part are terms, or a statement has fewer of them than
# this. In answers at four levels 3 to 49 % are, 0.1 to 2.3 a statement; where terms are put into
# sentences 45 % and 4.8.
LEAST_MEANINGS = 40
MOST_TERMS_PART = 0.34
CROWDING_TERMS = 3
# From so many terms, and so many in a sentence, at least this part belongs to what was asked. Of
# the terms in answers written at four levels 48 to 100 % do, of terms drawn at random 14 to 30 %.
LEAST_TERMS = 12
TERMS_A_STATEMENT = 1.5
AIMED_PART = 0.35
# Whoever answers something else than was asked is still on one thing: in an answer with so many
# terms, this part are of one criterion. Of those written 50 to 72 % are, of those drawn 37 to 45 %.
CROWDED_TERMS = 4
ON_ONE_PART = 0.48
# At most this part of so many words could be said of any problem. From level 2 up 13 to 41 % can,
# of many words without content 58 to 70 %.
MOST_VAGUE_PART = 0.5
# Off the subject is who uses so many words that are not of any problem, fewer than this part of
# them words of this one, and a term of it in fewer than this part of the sentences. From level 2 up
# they are 66 % and 25 % at least.
LEAST_SPECIFIC = 20
SUBJECT_PART = 0.5
TERMS_IN_PART = 0.25
# To other questions is what fits those that were asked no better than chance would, 0.5, with this
# for luck. Of six to ten answers drawn from one interview of level 3 or 4 none was so low, of level
# 2 one in 140 with six; of answers given to each other's questions 86 % were.
LEAST_ANSWERS = 6
LEAST_FIT = 0.55
LEAST_ANSWER_MEANINGS = 3


def misfit(scenario: Scenario, said: Sequence[Statement]) -> Misfit | None:
    """Why none of `said`, all that was stated, shows anything; None where it may."""
    text = ". ".join(statement.text for statement in said)
    own, content = specific(text)
    if _strings(said) or _aimless(scenario, said) or _crowded(said, len(content)):
        return "terms"
    vague, words = vague_part(text)
    if words >= LEAST_MEANINGS and vague > MOST_VAGUE_PART:
        return "of anything"
    if _off_the_subject(scenario, said, own):
        return "off the subject"
    found = fit(scenario, said)
    if found.answers >= LEAST_ANSWERS and found.rank < LEAST_FIT:
        return "other questions"
    return None


def _strings(said: Sequence[Statement]) -> bool:
    """Much of what has terms in it has too many of them."""
    several = [statement for statement in said if len(statement.terms) > 1]
    strings = sum(strings_terms(statement.text, statement.terms) for statement in several)
    return strings >= LEAST_STRINGS and strings >= STRINGS_PART * len(several)


def _crowded(said: Sequence[Statement], meant: int) -> bool:
    """Of the words with a meaning, `meant` in all, too many are terms, and of a statement."""
    each = [term for statement in said for term in statement.terms]
    return (
        meant >= LEAST_MEANINGS
        and len(each) >= CROWDING_TERMS * len(said)
        and sum(len(specific(term)[1]) for term in each) > MOST_TERMS_PART * meant
    )


def _aimless(scenario: Scenario, said: Sequence[Statement]) -> bool:
    """Many terms, hardly one where the question asked for it, and of all criteria in one answer."""
    home = homes(scenario)
    asked = [statement for statement in said if statement.answer.ref]
    by_answer: dict[int, Counter[str]] = {}
    aimed = 0
    for statement in asked:
        for id_, words in statement.signals.items():
            if id_ not in MANNER:
                by_answer.setdefault(statement.answer.turn, Counter())[id_] += len(words)
                aimed += len(words) * (id_ in home.get(statement.answer.ref or "", ()))
    total = sum(count.total() for count in by_answer.values())
    if total < max(LEAST_TERMS, TERMS_A_STATEMENT * len(asked)) or aimed >= AIMED_PART * total:
        return False
    crowded = [count for count in by_answer.values() if count.total() >= CROWDED_TERMS]
    on_one = sum(max(count.values()) for count in crowded)
    return on_one < ON_ONE_PART * sum(count.total() for count in crowded)


def _off_the_subject(scenario: Scenario, said: Sequence[Statement], stems: Sequence[str]) -> bool:
    if len(stems) < LEAST_SPECIFIC:
        return False
    with_terms = sum(bool(statement.terms) for statement in said)
    subject = _vocabulary(scenario).subject
    on_it = sum(stem in subject for stem in stems)
    return on_it < SUBJECT_PART * len(stems) and with_terms < TERMS_IN_PART * len(said)


@dataclass(frozen=True, slots=True)
class Fit:
    """How well `answers`, as many as have enough words, fit the questions that they were given to.

    `rank` is the mean over them of the part of the other answered questions, 0 to 1, that the
    answer fits less than its own, ties counting half: 0.5 by chance. The fit to a question is the
    sum of log(N / n) over the words that the answer shares with what its author wrote for it (N:
    the questions of the scenario; n: those with the word), over the norm of that text's own."""

    rank: float
    answers: int


def fit(scenario: Scenario, said: Sequence[Statement]) -> Fit:
    questions = _vocabulary(scenario).questions
    answers: dict[str, set[str]] = defaultdict(set)
    for statement in said:
        if statement.answer.ref in questions:
            answers[statement.answer.ref or ""] |= meanings(statement.text)
    answers = {id_: own for id_, own in answers.items() if len(own) >= LEAST_ANSWER_MEANINGS}
    if len(answers) < 2:
        return Fit(1.0, 0)
    ranks = []
    for id_, own in answers.items():
        at_home = questions[id_].fit(own)
        others = [questions[other].fit(own) for other in answers if other != id_]
        better = sum(at_home > one for one in others) + sum(at_home == one for one in others) / 2
        ranks.append(better / len(others))
    return Fit(sum(ranks) / len(ranks), len(ranks))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was written for one question: the weights of its words, by their stems."""

    weights: Mapping[str, float]
    norm: float

    def fit(self, own: Iterable[str]) -> float:
        return sum(self.weights.get(stem, 0.0) for stem in own) / self.norm


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """`subject`: all stems of the scenario's questions, rubric and terms that are not of any
    problem."""

    questions: Mapping[str, _Asked]
    subject: frozenset[str]


_KEPT = 32
_VOCABULARIES: dict[int, tuple[Scenario, _Vocabulary]] = {}


def _vocabulary(scenario: Scenario) -> _Vocabulary:
    """Read once for a scenario."""
    known = _VOCABULARIES.get(id(scenario))
    if known is None:
        if len(_VOCABULARIES) >= _KEPT:
            _VOCABULARIES.clear()
        known = _VOCABULARIES[id(scenario)] = (scenario, _read(scenario))
    return known[1]


def _read(scenario: Scenario) -> _Vocabulary:
    texts = {q.id: _written(q) for segment in scenario.segments for q in segment.questions}
    stems = {id_: meanings(text) for id_, text in texts.items()}
    counts = Counter(stem for own in stems.values() for stem in own)
    weights = {stem: math.log((len(stems) + 1) / (n + 0.5)) for stem, n in counts.items()}
    rubric = (word for c in scenario.rubric for word in (c.title, *c.signals, *c.levels))
    whole = ". ".join((*texts.values(), *rubric, *scenario.terms))
    return _Vocabulary(
        questions={
            id_: _Asked(
                weights={stem: weights[stem] for stem in own},
                norm=math.sqrt(sum(weights[stem] ** 2 for stem in own)) or 1.0,
            )
            for id_, own in stems.items()
        },
        subject=frozenset(specific(whole)[0]),
    )


def _written(question: Question) -> str:
    probes = (word for probe in question.probes for word in (probe.ask, *probe.when))
    return ". ".join(
        (question.ask, question.rephrase, *question.listens_for, *question.hints, *probes)
    )
