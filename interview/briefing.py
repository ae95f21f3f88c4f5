"""What whoever words a move may know, and what must stay unsaid: a snapshot of one moment."""

from __future__ import annotations

from dataclasses import dataclass

from interview.commands import Move
from interview.coverage import quoted
from interview.language import as_spoken, normal, sentences
from interview.rubric import Criterion
from interview.scenario import Fact, Question, Scenario, Segment
from interview.situation import Situation
from interview.transcript import Turn


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the candidate, verbatim, with the index of their turn in the transcript."""

    turn: int
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """`told`: the facts that the candidate knows or is being told by the move. `hinted`: the hints
    that were given or are being given. `open_points`: criteria that nothing was said to yet."""

    scenario: Scenario
    segment: Segment
    move: Move
    difficulty: str
    tone: str
    name: str
    turns: tuple[Turn, ...]
    quotes: tuple[Quote, ...]
    open_points: tuple[Criterion, ...]
    told: tuple[Fact, ...]
    hinted: tuple[str, ...]

    @property
    def untold(self) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.scenario.facts if fact not in self.told)

    @property
    def said_by_candidate(self) -> str:
        return " ".join(turn.text for turn in self.turns if turn.speaker == "candidate")

    @property
    def said_by_interviewer(self) -> str:
        return " ".join(turn.text for turn in self.turns if turn.speaker == "interviewer")


def brief(move: Move, s: Situation, turns: list[Turn], name: str) -> Briefing:
    """`turns`: the transcript up to now, in order."""
    line = normal(move.line)
    return Briefing(
        scenario=s.scenario,
        segment=s.segment,
        move=move,
        difficulty=s.difficulty,
        tone=s.tone,
        name=name,
        turns=tuple(turns),
        quotes=_quotes(s, turns),
        open_points=tuple(
            criterion for criterion in s.scenario.rubric if not s.coverage.touched(criterion.id)
        ),
        told=tuple(
            fact
            for fact in s.scenario.facts
            if fact.id in s.talk.facts or _is_in(fact.answer, line, s.scenario)
        ),
        hinted=tuple(
            hint
            for question in _questions(s.scenario)
            for level, hint in enumerate(question.hints)
            if level < s.talk.hints.get(question.id, 0) or _is_in(hint, line, s.scenario)
        ),
    )


def _questions(scenario: Scenario) -> list[Question]:
    return [question for segment in scenario.segments for question in segment.questions]


def _is_in(text: str, line: str, scenario: Scenario) -> bool:
    """True when a sentence of `text` is in `line`, which is normalised already."""
    spoken = sentences(as_spoken(text, scenario.spoken))
    return any(f" {normal(sentence)} " in f" {line} " for sentence in spoken)


def _quotes(s: Situation, turns: list[Turn]) -> tuple[Quote, ...]:
    """What an observer found, as far as the transcript has it, in the order of the turns."""
    said = [turn for turn in turns if turn.speaker == "candidate"]
    found: dict[str, Quote] = {}
    for note in s.coverage.of("decision", "number", "claim", "contradiction"):
        quote = note.finding.quote
        turn = next((turn for turn in said if quoted(quote, turn.text)), None)
        if turn is not None:
            found.setdefault(normal(quote), Quote(turn.index, note.finding.kind, quote))
    return tuple(sorted(found.values(), key=lambda quote: quote.turn))
