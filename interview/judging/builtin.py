"""The judge that needs no model: deterministic, and explained by what it read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from interview.judging import phrasing
from interview.judging.arguments import Point, points
from interview.judging.dossier import Dossier
from interview.judging.economy import Economy, economy_of_all
from interview.judging.evidence import verified
from interview.judging.fitting import Misfit, misfit
from interview.judging.homes import homes
from interview.judging.leveling import level_of, strength_of
from interview.judging.statements import Statement, statements, without_forms
from interview.judging.telling import told
from interview.language import find_phrase, word_spans, words_of
from interview.observing.gaps import MANNER
from interview.report import CriterionScore, Evidence, Judge, Level
from interview.rubric import Criterion

# Raised with every change that may change a level.
VERSION = 5
ID = "built-in"
ABOUT = Judge(
    id=ID,
    label="Built-in judge",
    limits=(
        "It reads which terms you used in a statement, and whether there was a reason, a number, "
        "a trade-off or a limit with it. It doesn't know whether what you said is true: a "
        "well-worded wrong answer can pass, and a right one in unusual words can be missed."
    ),
    state="done",
)
# Quotes shown for one criterion, and the words of the longest.
MOST_QUOTES = 4
LONGEST_QUOTE_WORDS = 36
# A contradiction that stands is no answer that is right throughout.
MOST_WITH_CONTRADICTION: Level = 3


class BuiltIn:
    """See `interview.judging.dossier.Judging`."""

    @property
    def about(self) -> Judge:
        return ABOUT

    def score(self, dossier: Dossier, criterion: Criterion) -> CriterionScore:
        return self._score(dossier, criterion, _read(dossier))

    def score_all(self, dossier: Dossier) -> tuple[CriterionScore, ...]:
        """One score for each criterion of the rubric, in its order."""
        read = _read(dossier)
        return tuple(self._score(dossier, one, read) for one in dossier.scenario.rubric)

    def _score(self, dossier: Dossier, criterion: Criterion, read: _Reading) -> CriterionScore:
        said = read.said
        if criterion.id in MANNER:
            level, shown = told(criterion, said, dossier.scenario.talk)
            alone, _ = told(criterion, _unassisted(said), dossier.scenario.talk)
        else:
            shown = points(dossier.scenario, criterion, said)
            whole = economy_of_all(said)
            level = _level(dossier, shown, whole)
            alone = _level(dossier, _alone(shown), whole)
        if level is None:
            return _without(criterion, read.misfit, asked=_asked(dossier, criterion))
        if _contradicted(dossier, criterion):
            level = min(level, MOST_WITH_CONTRADICTION)
        strength = strength_of(shown)
        words = (
            phrasing.misfit(criterion, read.misfit)
            if read.misfit
            else phrasing.words(
                criterion, level, strength.marks, dossier.scenario.talk, told=criterion.id in MANNER
            )
        )
        return verified(
            dossier,
            CriterionScore(
                id=criterion.id,
                title=criterion.title,
                judge=ID,
                standing="scored",
                level=level,
                unassisted=min(alone, level) if alone is not None else None,
                assessed=True,
                reason=words.reason,
                missing=words.missing,
                next_step=words.next_step,
                evidence=_quotes(shown),
            ),
        )


@dataclass(frozen=True, slots=True)
class _Reading:
    """`said`: all statements; where there is a `misfit`, each of them names things only."""

    said: Sequence[Statement]
    misfit: Misfit | None


def _read(dossier: Dossier) -> _Reading:
    said = statements(dossier)
    why = misfit(dossier.scenario, said)
    said = without_forms(said)
    return _Reading([replace(one, named_only=True) for one in said] if why else said, why)


def _without(criterion: Criterion, why: Misfit | None, *, asked: bool) -> CriterionScore:
    words = (
        phrasing.misfit(criterion, why)
        if why and asked
        else phrasing.without(criterion, asked=asked)
    )
    return CriterionScore(
        id=criterion.id,
        title=criterion.title,
        judge=ID,
        standing="not_answered" if asked else "not_asked",
        reason=words.reason,
        missing=words.missing,
        next_step=words.next_step,
    )


def _asked(dossier: Dossier, criterion: Criterion) -> bool:
    if criterion.id in MANNER:
        return any(answer.question for answer in dossier.answers) or bool(dossier.asked)
    home = homes(dossier.scenario)
    return any(criterion.id in home.get(id_, ()) for id_ in dossier.asked)


def _level(dossier: Dossier, shown: Sequence[Point], whole: Economy) -> Level | None:
    return level_of(strength_of(shown), whole, dossier.scenario.talk) if shown else None


def _alone(shown: Sequence[Point]) -> list[Point]:
    return [point for point in shown if point.statement.answer.hints == 0]


def _unassisted(said: Sequence[Statement]) -> list[Statement]:
    return [statement for statement in said if statement.answer.hints == 0]


def _contradicted(dossier: Dossier, criterion: Criterion) -> bool:
    return any(
        finding.kind == "contradiction" and finding.criterion == criterion.id
        for answer in dossier.answers
        for finding in answer.findings
    )


def _quotes(shown: Sequence[Point]) -> tuple[Evidence, ...]:
    """The strongest points, one an answer as far as there are enough, in the order of the talk."""
    ranked = sorted(shown, key=lambda point: (-point.worth, point.statement.answer.turn))
    chosen: list[Point] = []
    for once in (True, False):
        for point in ranked:
            turns = [other.statement.answer.turn for other in chosen]
            if len(chosen) < MOST_QUOTES and point not in chosen:
                if once and point.statement.answer.turn in turns:
                    continue
                if once or len(chosen) < 2:
                    chosen.append(point)
    chosen.sort(key=lambda point: point.statement.answer.turn)
    return tuple(
        Evidence(
            turn=point.statement.answer.turn,
            quote=_excerpt(point),
            start_ms=point.statement.answer.start_ms,
            end_ms=point.statement.answer.end_ms,
            hints=point.statement.answer.hints,
        )
        for point in chosen
    )


def _excerpt(point: Point) -> str:
    """The sentence, or as much of it around its terms as can be read at a glance."""
    text = point.statement.text
    spans = word_spans(text)
    if len(spans) <= LONGEST_QUOTE_WORDS:
        return text
    term = find_phrase(point.said, text.lower())
    at = text.lower().find(term) if term else 0
    before = len(words_of(text[:at]))
    first = max(0, min(before - LONGEST_QUOTE_WORDS // 3, len(spans) - LONGEST_QUOTE_WORDS))
    return text[spans[first][0] : spans[first + LONGEST_QUOTE_WORDS - 1][1]]
