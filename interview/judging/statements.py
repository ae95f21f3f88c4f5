"""What of a candidate's answers states something, sentence by sentence, with the terms in it.

Left out is what could not be made out, leaves the subject, speaks to whoever judges, says a
question, a hint or a description of the rubric back, or was said before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from interview.judging.addressing import on_the_subject
from interview.judging.dossier import Answer, Dossier
from interview.judging.sense import is_speech, lists, says_back, strings_terms
from interview.language import find_phrase, normal, words_of
from interview.observing.gaps import MANNER
from interview.scenario import Question, Scenario
from interview.straying import off_topic
from interview.substance import answer_sentences, claims, pieces

# A sentence longer than this, in words, is taken apart: a recogniser may write no full stops.
LONGEST_SENTENCE_WORDS = 45
PART_WORDS = 22
LEAST_WORDS = 3
# Of an answer's sentences this part is a string of terms: so is the rest of it.
STRINGS_PART = 0.5


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of `answer`, verbatim. `signals`: the words of the rubric in it by the id of their
    criterion, forms of a word once. `named_only`: it says nothing of them. `asks`: it is a question
    of the candidate's."""

    answer: Answer
    text: str
    signals: dict[str, tuple[str, ...]]
    named_only: bool = False
    asks: bool = False


def statements(dossier: Dossier) -> list[Statement]:
    """In the order in which they were said."""
    scenario = dossier.scenario
    questions = {q.id: q for segment in scenario.segments for q in segment.questions}
    levels = [level for criterion in scenario.rubric for level in criterion.levels]
    seen: set[str] = set()
    found: list[Statement] = []
    for answer in dossier.answers:
        said = " ".join(on_the_subject(answer.text))
        if answer.garbled or not said or not is_speech(said) or off_topic(scenario, said):
            continue
        heard = [answer.question, *levels, *_authored(questions.get(answer.ref or ""))]
        own = [Statement(answer, *parts) for parts in _read(scenario, said, answer.text)]
        strings = sum(s.named_only and len(s.signals) > 1 for s in own)
        if own and strings >= STRINGS_PART * len(own) and strings > 1:
            continue
        for statement in own:
            key = normal(statement.text)
            if key in seen or says_back(statement.text, heard):
                continue
            seen.add(key)
            found.append(statement)
    return found


def _authored(question: Question | None) -> tuple[str, ...]:
    return (question.ask, question.rephrase, *question.hints) if question else ()


def _read(
    scenario: Scenario, said: str, text: str
) -> Iterator[tuple[str, dict[str, tuple[str, ...]], bool, bool]]:
    for sentence, asks in _sentences(said):
        if len(words_of(sentence)) < LEAST_WORDS or not is_speech(sentence):
            continue
        if normal(sentence) not in normal(text):
            continue
        signals = {
            criterion.id: found
            for criterion in scenario.rubric
            if (found := distinct(criterion.signals, sentence))
        }
        terms = [
            (word, id_) for id_, words in signals.items() if id_ not in MANNER for word in words
        ]
        terms += [
            (word, "") for word in distinct(scenario.terms, sentence) if word not in dict(terms)
        ]
        yield sentence, signals, lists(sentence) or strings_terms(sentence, terms), asks


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
