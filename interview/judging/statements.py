"""What of a candidate's answers states something, sentence by sentence, with the terms in it.

Left out is what could not be made out, leaves the subject, speaks to whoever judges, says a
question, a hint or a description of the rubric back, or was said before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from interview.judging.addressing import on_the_subject
from interview.judging.dossier import Answer, Dossier
from interview.judging.sense import (
    MOST_BROKEN_PART,
    broken_part,
    is_speech,
    is_vague,
    lists,
    says_back,
    strings_terms,
)
from interview.language import find_phrase, normal, words_of
from interview.observing.gaps import MANNER
from interview.scenario import Question, Scenario
from interview.straying import off_topic
from interview.substance import answer_sentences, claims, pieces

# A sentence longer than this, in words, is taken apart: a recogniser may write no full stops.
LONGEST_SENTENCE_WORDS = 45
PART_WORDS = 22
LEAST_WORDS = 3
# A sentence of so many words that is in the rubric was read there.
QUOTED_WORDS = 9
# A sentence without its terms is a form when so many words are left.
LEAST_FRAME_WORDS = 6


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of `answer`, verbatim. `signals`: the words of the rubric in it by the id of their
    criterion, forms of a word once; `terms`: those and the scenario's. `named_only`: it says
    nothing of them. `asks`: it is a question of the candidate's."""

    answer: Answer
    text: str
    signals: dict[str, tuple[str, ...]]
    terms: frozenset[str] = frozenset()
    named_only: bool = False
    asks: bool = False


def statements(dossier: Dossier) -> list[Statement]:
    """Those on the problem, neither on the candidate's past nor on how it went, in the order in
    which they were said."""
    scenario = dossier.scenario
    between = {segment.id for segment in scenario.segments[1:-1]}
    answers = [a for a in dossier.answers if a.segment in between and not a.garbled]
    if broken_part(". ".join(answer.text for answer in answers)) > MOST_BROKEN_PART:
        return []
    questions = {q.id: q for segment in scenario.segments for q in segment.questions}
    rubric = [text for c in scenario.rubric for text in (c.title, *c.levels)]
    seen: set[str] = set()
    found: list[Statement] = []
    for answer in answers:
        said = " ".join(on_the_subject(answer.text))
        if not said or not is_speech(said) or off_topic(scenario, said):
            continue
        heard = [answer.question, *_authored(questions.get(answer.ref or ""), answer.hints)]
        own = list(_read(scenario, answer, said))
        quoted = {s.text for s in own if says_back(s.text, rubric)}
        for statement in own:
            # One short sentence may be that of a level by chance.
            back = statement.text in quoted and (
                len(quoted) > 1 or len(words_of(statement.text)) >= QUOTED_WORDS
            )
            if normal(statement.text) in seen or back or says_back(statement.text, heard):
                continue
            seen.add(normal(statement.text))
            found.append(statement)
    return found


def without_forms(found: Sequence[Statement]) -> list[Statement]:
    """`found` without those that differ in their terms alone: who says them fills in a form."""
    frames = Counter(map(_frame, found))
    return [s for s in found if not _frame(s) or frames[_frame(s)] == 1]


def _frame(statement: Statement) -> str:
    """What is left of it without its terms, "" when that is next to nothing."""
    frame = statement.text.lower()
    for term in sorted(statement.terms, key=len, reverse=True):
        frame = frame.replace(term, " ")
    words = words_of(frame)
    return " ".join(words) if statement.terms and len(words) >= LEAST_FRAME_WORDS else ""


def _authored(question: Question | None, hints: int) -> tuple[str, ...]:
    """What the candidate has heard of the question."""
    return (question.ask, question.rephrase, *question.hints[:hints]) if question else ()


def _read(scenario: Scenario, answer: Answer, said: str) -> Iterator[Statement]:
    whole = normal(answer.text)
    for sentence, asks in _sentences(said):
        if len(words_of(sentence)) < LEAST_WORDS or not is_speech(sentence):
            continue
        if normal(sentence) not in whole:
            continue
        signals = {
            criterion.id: found
            for criterion in scenario.rubric
            if (found := distinct(criterion.signals, sentence))
        }
        terms = {word for id_, words in signals.items() if id_ not in MANNER for word in words}
        terms.update(distinct(scenario.terms, sentence))
        terms = {t for t in terms if not any(t != other and t in other for other in terms)}
        yield Statement(
            answer=answer,
            text=sentence,
            signals=signals,
            terms=frozenset(terms),
            named_only=lists(sentence) or strings_terms(sentence, terms) or is_vague(sentence),
            asks=asks,
        )


def _sentences(said: str) -> Iterator[tuple[str, bool]]:
    states = answer_sentences(said)
    for sentence in states:
        for part in _parts(sentence):
            if any(claims(piece) for piece in (part, *pieces(part))):
                yield part, False
    for part in said.split("?")[:-1]:
        asked = part.replace("!", ".").rsplit(". ", 1)[-1].strip()
        if asked and not any(asked in sentence for sentence in states):
            yield asked, True


def _parts(sentence: str) -> Iterable[str]:
    """The sentence, or where it is too long runs of its clauses, verbatim."""
    if len(words_of(sentence)) <= LONGEST_SENTENCE_WORDS:
        return (sentence,)
    parts: list[str] = []
    begin = 0
    for piece in pieces(sentence):
        end = sentence.find(piece, begin) + len(piece)
        if len(words_of(sentence[begin:end])) >= PART_WORDS:
            parts.append(sentence[begin:end].strip(" ,;:"))
            begin = end
    parts.append(sentence[begin:].strip(" ,;:"))
    return [part for part in parts if part]


@lru_cache(maxsize=65536)
def distinct(phrases: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Those of `phrases` that are in `text`, as they stand there: forms of one word count once, and
    so does a word inside a longer one."""
    found = {word.lower() for phrase in phrases if (word := find_phrase((phrase,), text))}
    return tuple(sorted(word for word in found if not any(word != o and word in o for o in found)))
