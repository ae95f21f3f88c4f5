"""What to practise next, from what was weak in interviews that are over.

Of each scenario only the last interview counts: what was weak before it may have been made up for
since. Nothing is suggested without a reason that can be read in the record of that interview. Only
a part of the log is read, without the engine: several interviews are looked at at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import shorten

from interview import assessing, standing
from interview.coverage import Coverage, Flagged
from interview.events import Event, Observed, SpeechEnded, SpeechStarted, UtteranceFinal
from interview.observing.gaps import MANNER
from interview.requests import hint_of
from interview.rubric import Criterion
from interview.scenario import Question, Scenario

# The types of the events that are read, as the log names them.
READ = ("utterance_final", "observed", "speech_started", "speech_ended")
FOCUS_MOST = 3
# What an interview weighs less than the one after it.
FADES = 0.8
# After fewer answers on the problem it says nothing that a criterion was never touched.
ANSWERS_LEAST = 3
LONGEST_QUESTION = 140

_CONTRADICTORY, _THIN, _PASSED_OVER, _UNTOUCHED, _HINT = 3.0, 3.0, 2.0, 1.5, 1.0
# A level of the report. A sentence about an answer tells more than one about a level.
_LEVELS = {1: 2.5, 2: 1.0}


@dataclass(frozen=True, slots=True)
class Past:
    """An interview that is over, with the scenario as it was then. `hints`: how many were heard on
    a question, by its id; `levels`: what its report gives, by the id of the criterion."""

    id: str
    difficulty: str
    scenario: Scenario
    coverage: Coverage
    hints: Mapping[str, int]
    levels: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Focus:
    """A criterion of the scenario, and a sentence or two that say why it."""

    criterion_id: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Practice:
    """`because`: the interviews that the reasons are taken from."""

    scenario_id: str
    scenario_title: str
    difficulty: str
    focus: tuple[Focus, ...]
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sign:
    """Something weak, and how weak: a sentence about one criterion."""

    criterion_id: str
    weight: float
    sentence: str


def look_back(
    id_: str,
    difficulty: str,
    scenario: Scenario,
    events: Iterable[Event],
    levels: Mapping[str, int | None] | None = None,
) -> Past:
    """What counts of an interview's log, of which `events` are those of the types READ. `levels`:
    those of its report, if there is one."""
    segments = {q.id: segment.id for segment in scenario.segments for q in segment.questions}
    segment = scenario.segments[0].id
    coverage, hints = Coverage(), dict[str, int]()
    said: dict[str, str] = {}
    where: dict[str, str] = {}
    speaking: dict[str, tuple[str, int]] = {}
    for event in events:
        match event:
            case SpeechStarted(say_id=say_id, ref=ref):
                segment = segments.get((ref or "").partition("/")[0], segment)
                hint = hint_of(ref)
                if hint is not None:
                    speaking[say_id] = hint
            case SpeechEnded(say_id=say_id, outcome="finished") if say_id in speaking:
                question, level = speaking.pop(say_id)
                hints[question] = max(level, hints.get(question, 0))
            case UtteranceFinal(utterance_id=utterance, text=text) if text.strip():
                said.setdefault(utterance, text.strip())
                where.setdefault(utterance, segment)
            case Observed(turn=turn):
                known = next((part for part in turn if part in said), None)
                if known is not None:
                    coverage.put(event, where[known], said)
    return Past(id_, difficulty, scenario, coverage, hints, levels or {})


def suggest(past: Sequence[Past], offered: Mapping[str, Scenario]) -> Practice | None:
    """The scenario of `past`, newest first, in which most was weak and that is still `offered`;
    None when nothing weak is known."""
    best: tuple[float, Practice] | None = None
    seen: set[str] = set()
    for age, interview in enumerate(past):
        scenario = offered.get(interview.scenario.id)
        if scenario is None or scenario.id in seen:
            continue
        seen.add(scenario.id)
        found = _weak(interview, {criterion.id for criterion in scenario.rubric})
        weight = sum(weight for weight, _ in found) * FADES**age
        if found and (best is None or weight > best[0]):
            best = weight, _practice(interview, scenario, [focus for _, focus in found])
    return best[1] if best else None


def _practice(interview: Past, scenario: Scenario, focus: Sequence[Focus]) -> Practice:
    kept = interview.difficulty in scenario.difficulties
    return Practice(
        scenario_id=scenario.id,
        scenario_title=scenario.title,
        difficulty=interview.difficulty if kept else scenario.difficulties[0],
        focus=tuple(focus),
        because=(interview.id,),
    )


def _weak(interview: Past, known: set[str]) -> list[tuple[float, Focus]]:
    """The weakest criteria first, each with its weight."""
    looks = (_flagged, _hints, _gaps, _untouched, _low)
    signs = [sign for look in looks for sign in look(interview)]
    found = []
    for criterion in interview.scenario.rubric:
        own = [sign for sign in signs if sign.criterion_id == criterion.id]
        if not own or criterion.id not in known:
            continue
        strongest = max(own, key=lambda sign: sign.weight)
        missing = assessing.missing(criterion).rstrip(".")
        reason = f"{strongest.sentence} What would have helped: {missing}."
        weight = sum(sign.weight for sign in own)
        found.append((weight, Focus(criterion.id, criterion.title, reason)))
    found.sort(key=lambda entry: -entry[0])
    return found[:FOCUS_MOST]


def _flagged(interview: Past) -> list[_Sign]:
    signs = []
    for flagged in interview.coverage.flagged("thin", "contradictory"):
        asked = _quoted(flagged.question)
        if not asked:
            continue
        if flagged.flag == "thin":
            sentence, weight = f"Your answer to {asked} was thin.", _THIN
        else:
            sentence = f"Your answer to {asked} did not fit what you had said before."
            weight = _CONTRADICTORY
        signs += [_Sign(id_, weight, sentence) for id_ in _about(interview, flagged)]
    return signs


def _about(interview: Past, flagged: Flagged) -> list[str]:
    """The criterion that a flagged answer belongs to: what an authored question listens for or,
    after any other one, what was noted in the answer."""
    question = _by_id(interview.scenario, flagged.ref)
    if question is not None and flagged.question in {question.ask, question.rephrase}:
        return _served(interview.scenario, question)
    noted = (note.finding.criterion for note in interview.coverage.of_turn(flagged.turn[0]))
    return [id_ for id_ in dict.fromkeys(noted) if id_ and id_ not in MANNER][:1]


def _hints(interview: Past) -> list[_Sign]:
    signs = []
    for question_id, level in interview.hints.items():
        question = _by_id(interview.scenario, question_id)
        if question is not None:
            sentence = (
                f"You took {level} of {len(question.hints)} hints on {_quoted(question.ask)}."
            )
            served = _served(interview.scenario, question)
            signs += [_Sign(id_, _HINT * level, sentence) for id_ in served]
    return signs


def _gaps(interview: Past) -> list[_Sign]:
    signs = []
    for note in interview.coverage.gaps():
        question = _by_id(interview.scenario, note.ref)
        if question is not None and note.finding.criterion:
            sentence = f"Your answer to {_quoted(question.ask)} passed over it."
            signs.append(_Sign(note.finding.criterion, _PASSED_OVER, sentence))
    return signs


def _untouched(interview: Past) -> list[_Sign]:
    coverage, scenario = interview.coverage, interview.scenario
    on_the_problem = {segment.id for segment in scenario.segments[1:-1]}
    answers = {note.turn[0] for note in coverage.notes if note.segment in on_the_problem}
    if len(answers) < ANSWERS_LEAST:
        return []
    return [
        _Sign(criterion.id, _UNTOUCHED, "Nothing that you said in the last interview was on it.")
        for criterion in coverage.uncovered(scenario.rubric)
        if criterion.id not in MANNER
    ]


def _low(interview: Past) -> list[_Sign]:
    return [
        _Sign(id_, _LEVELS[level], f"The report of the last interview gives it level {level} of 4.")
        for id_, level in interview.levels.items()
        if level in _LEVELS
    ]


def _served(scenario: Scenario, question: Question) -> list[str]:
    """The criterion that the question listens for most."""
    criteria: list[Criterion] = [c for c in scenario.rubric if c.id not in MANNER]
    best = max(criteria, key=lambda criterion: standing.fit(criterion, question), default=None)
    return [best.id] if best and standing.fit(best, question) else []


def _by_id(scenario: Scenario, question_id: str | None) -> Question | None:
    questions = (q for segment in scenario.segments for q in segment.questions)
    return next((q for q in questions if q.id == question_id), None)


def _quoted(question: str) -> str:
    """A question as a part of a sentence, not too long; "" for none."""
    plain = question.replace('"', "'")
    return f'"{shorten(plain, LONGEST_QUESTION, placeholder=" …")}"' if plain.strip() else ""
