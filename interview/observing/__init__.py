"""The built-in observer: reads a finished turn by the rubric's signals, without a model.

Pure and deterministic; the same Observe with the same coverage gives the same Observed. Findings
stand in the order of the words, and each quote is a verbatim part of the turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from interview.commands import Observe
from interview.coverage import Coverage, Note, quoted
from interview.events import Finding, Observed
from interview.language import count_phrases
from interview.observing.contradictions import contradictions
from interview.observing.decisions import CONDITIONAL, decisions
from interview.observing.flags import flag
from interview.observing.gaps import MANNER, gaps
from interview.observing.numbers import numbers
from interview.observing.stances import stances
from interview.quoting import clauses
from interview.rubric import Criterion
from interview.scenario import Question, Scenario
from interview.substance import answer_sentences, on_condition, pieces

__all__ = ["observe"]

# Of a turn that never ends, the first so many.
MOST_OF_A_KIND = 12
CLAIMS_A_CRITERION = 3
CRITERIA_A_CLAUSE = 2


def observe(turn: Observe, scenario: Scenario, coverage: Coverage, at: float) -> Observed:
    """What is in `turn`; `coverage` is that of the turns before it, `at` the session clock.

    Never raises, whatever the words. A turn that answers nothing (a wish, a clarifying question, an
    order to the interviewer, a courtesy) has no findings and no flag."""
    seen = Observed(at=at, turn=turn.turn, question=turn.question, ref=turn.ref)
    if not answer_sentences(turn.text):
        return seen
    ids = [segment.id for segment in scenario.segments]
    index = ids.index(turn.segment) if turn.segment in ids else 0
    on_the_problem = 0 < index < len(ids) - 1
    base = _question(scenario, turn.ref)
    decided = decisions(turn.text) if on_the_problem else ()
    chosen = [
        Finding(kind="decision", quote=d.quote, criterion=_best(scenario, d.quote), note=d.note)
        for d in decided[:MOST_OF_A_KIND]
    ]
    findings = [*chosen, *islice(_numbers(scenario, turn.text), MOST_OF_A_KIND)]
    claims = dict.fromkeys(_claims(scenario, turn.text, chosen, stand=on_the_problem))
    findings += islice(claims, MOST_OF_A_KIND)
    if on_the_problem:
        findings += contradictions(turn.text, _comparable(turn, coverage, ids))
        findings += gaps(turn.text, base, scenario, coverage)
    kept = tuple(f for f in findings if quoted(f.quote, turn.text))
    raised, reason = flag(scenario, index, turn.text, turn.question, base, decided, kept)
    if raised == "thin" and _thin_already(turn, coverage):
        raised, reason = None, ""
    return Observed(
        at=at,
        turn=turn.turn,
        question=turn.question,
        ref=turn.ref,
        findings=kept,
        flag=raised,
        reason=reason,
    )


def _thin_already(turn: Observe, coverage: Coverage) -> bool:
    """Once a question is enough: the next thin answer to it is no news."""
    return any(
        (known.ref, known.question) == (turn.ref, turn.question)
        or (turn.ref is not None and known.ref == turn.ref)
        for known in coverage.thin()
        if not set(known.turn) & set(turn.turn)
    )


def _comparable(turn: Observe, coverage: Coverage, ids: list[str]) -> list[Note]:
    """What was said of the problem in other turns."""
    return [
        note
        for note in coverage.notes
        if note.segment in ids[1:-1] and not set(note.turn) & set(turn.turn)
    ]


def _question(scenario: Scenario, ref: str | None) -> Question | None:
    return next(
        (q for segment in scenario.segments for q in segment.questions if ref and q.id == ref), None
    )


def _touching(scenario: Scenario, words: str) -> list[Criterion]:
    """The criteria that `words` has signals of, most first."""
    hits = [(count_phrases(c.signals, words), i, c) for i, c in enumerate(scenario.rubric)]
    spoken = [c for count, _, c in sorted(hits, key=lambda hit: (-hit[0], hit[1])) if count]
    # How it is said counts where nothing else does.
    return [c for c in spoken if c.id not in MANNER] or spoken


def _best(scenario: Scenario, words: str) -> str:
    return next((criterion.id for criterion in _touching(scenario, words)), "")


def _numbers(scenario: Scenario, text: str) -> Iterator[Finding]:
    for sentence in answer_sentences(text):
        for number in numbers(sentence):
            around = next((p for p in pieces(sentence) if number.said in p), sentence)
            yield Finding(
                kind="number",
                quote=number.said,
                criterion=_best(scenario, around),
                note=number.dimension,
            )


def _claims(
    scenario: Scenario, text: str, decided: Sequence[Finding], *, stand: bool
) -> Iterator[Finding]:
    """Clauses with a signal of the rubric and, when `stand`, those that take a stand. What is a
    decision already is only a claim for the other criteria that it touches."""
    taken: Counter[str] = Counter()
    for sentence in answer_sentences(text):
        condition = on_condition(sentence)
        for piece in pieces(sentence):
            said = [d.quote for d in decided if quoted(d.quote, piece)]
            for quote in clauses(piece) or (piece,):
                for criterion in _touching(scenario, quote)[:CRITERIA_A_CLAUSE]:
                    known = any((d.quote, d.criterion) == (quote, criterion.id) for d in decided)
                    if not known and taken[criterion.id] < CLAIMS_A_CRITERION:
                        taken[criterion.id] += 1
                        said.append(quote)
                        note = CONDITIONAL if condition else ""
                        yield Finding(kind="claim", quote=quote, criterion=criterion.id, note=note)
            stood = set(stances(piece)) if stand and not condition else set()
            if stood and not any(stood <= set(stances(quote)) for quote in said):
                yield Finding(kind="claim", quote=piece, note="takes a stand")
