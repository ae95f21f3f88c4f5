"""Makes the dossier that judges read: of an interview, or of answers written by hand."""

from __future__ import annotations

from collections.abc import Sequence

from interview.commands import Observe
from interview.coverage import Coverage, quoted
from interview.engine import Engine
from interview.judging.dossier import Answer, Dossier
from interview.language import normal, words_of
from interview.observing import observe
from interview.record import Exchange
from interview.scenario import Question, Scenario
from interview.transcript import Word

# How fast both sides of a dossier written by hand speak.
WORDS_A_SECOND = 2.5
# Between two turns of such a dossier.
BETWEEN_TURNS_MS = 800


def dossier_of(engine: Engine) -> Dossier:
    """What was said so far. `hints` of an answer are those that had begun to be heard before it.
    Words that answer nothing, such as those said in a pause, have no question."""
    answered = dict[int, Exchange]()
    for one in engine.exchanges:
        answered.update(dict.fromkeys(one.turns, one))
    answers = []
    for turn in engine.turns:
        if turn.speaker != "candidate":
            continue
        exchange = answered.get(turn.index)
        ref = exchange.ref if exchange else None
        said = set(exchange.utterances) if exchange else set()
        answers.append(
            Answer(
                turn=turn.index,
                segment=turn.segment,
                question=exchange.question if exchange else "",
                ref=ref,
                text=turn.text,
                start_ms=turn.start_ms,
                end_ms=turn.end_ms,
                hints=max(
                    (
                        heard.level
                        for heard in engine.hints_heard
                        if heard.question == ref and 1000 * heard.at <= turn.start_ms
                    ),
                    default=0,
                ),
                garbled="garbled" in turn.flags,
                words=turn.words,
                findings=tuple(
                    note.finding
                    for note in engine.coverage.notes
                    if said & set(note.turn) and quoted(note.finding.quote, turn.text)
                ),
            )
        )
    at = max((turn.end_ms for turn in engine.turns), default=0) / 1000
    return Dossier(
        scenario=engine.scenario,
        difficulty=engine.difficulty,
        answers=tuple(answers),
        asked=engine.asked,
        entered=frozenset(
            s.id for s in engine.view(at).segments if s.state not in {"pending", "skipped"}
        ),
    )


def dossier_from(
    scenario: Scenario, said: Sequence[tuple[str, str]], difficulty: str = "standard"
) -> Dossier:
    """The dossier of `said`: pairs of a question, as its id or in words, and the answer. Turns of
    the interviewer and of the candidate alternate, from 0; words last equally long, and the
    findings are those of the built-in observer. Nobody was given a hint."""
    questions = {q.id: (s.id, q) for s in scenario.segments for q in s.questions}
    by_text = {
        normal(text): id_
        for id_, (_, q) in questions.items()
        for text in (q.id, q.ask, q.rephrase, *(probe.ask for probe in q.probes))
    }
    coverage, heard = Coverage(), dict[str, str]()
    asked: list[str] = []
    answers: list[Answer] = []
    # What is asked in words of one's own belongs to the problem.
    segment = scenario.segments[1].id
    clock = 0
    for index, (question, text) in enumerate(said):
        ref = by_text.get(normal(question))
        base: Question | None = None
        if ref is not None:
            segment, base = questions[ref]
            asked.append(ref)
        words = question if base is None else base.ask if question == base.id else question
        clock += _lasting(words) + BETWEEN_TURNS_MS
        if not text.strip():
            continue
        spoken = _timed(text, clock)
        start, clock = clock, spoken[-1].end_ms if spoken else clock + 1
        turn = Observe(turn=(f"u{index}",), text=text, segment=segment, question=words, ref=ref)
        heard[turn.turn[0]] = text
        coverage.put(observe(turn, scenario, coverage, clock / 1000), segment, heard)
        answers.append(
            Answer(
                turn=2 * index + 1,
                segment=segment,
                question=words,
                ref=ref,
                text=text,
                start_ms=start,
                end_ms=clock,
                words=spoken,
                findings=tuple(n.finding for n in coverage.of_turn(turn.turn[0])),
            )
        )
        clock += BETWEEN_TURNS_MS
    return Dossier(
        scenario=scenario,
        difficulty=difficulty,
        answers=tuple(answers),
        asked=frozenset(asked),
        entered=frozenset(
            {s for s, q in questions.values() if q.id in asked} | {a.segment for a in answers}
        ),
    )


def _lasting(text: str) -> int:
    return round(1000 * len(words_of(text)) / WORDS_A_SECOND)


def _timed(text: str, start: int) -> tuple[Word, ...]:
    each = 1000 / WORDS_A_SECOND
    return tuple(
        Word(part, round(start + n * each), round(start + (n + 1) * each))
        for n, part in enumerate(text.split())
    )
