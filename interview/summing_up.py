"""The summary of a report: for the candidate, in the second person, each point with its moment."""

from __future__ import annotations

from collections.abc import Sequence

from interview.judging.addressing import addresses
from interview.judging.dossier import Dossier
from interview.judging.evidence import place
from interview.language import normal, number_aloud, words_of
from interview.observing.decisions import CONDITIONAL
from interview.report import (
    CriterionScore,
    Evidence,
    Point,
    Resource,
    SegmentTime,
    Summary,
)

MOST_POINTS = 3
MOST_DECISIONS = 8
# From this level on something went well; below it there is something to work on.
WELL = 3
# With fewer words in all, nothing is said of how it went.
TOO_LITTLE_WORDS = 12
_QUOTES = 2


def summary(
    dossier: Dossier,
    criteria: Sequence[CriterionScore],
    segments: Sequence[SegmentTime],
    never_asked: Sequence[str],
) -> Summary:
    """`criteria`: the scores that are shown. `never_asked`: as in the record of the interview."""
    well = _well(criteria)
    weak = _weak(criteria)
    return Summary(
        text=_text(dossier, criteria, segments, well, weak),
        went_well=tuple(
            Point(text=f"{s.title}: {s.reason}", evidence=s.evidence[:_QUOTES]) for s in well
        ),
        work_on=tuple(Point(text=_advice(s), evidence=s.evidence[:_QUOTES]) for s in weak),
        decisions=_decisions(dossier),
        never_asked=tuple(never_asked),
        segments=tuple(segments),
        resources=tuple(Resource(title=r.title, note=r.note) for r in dossier.scenario.resources),
    )


def _well(criteria: Sequence[CriterionScore]) -> list[CriterionScore]:
    good = [score for score in criteria if (score.level or 0) >= WELL]
    return sorted(good, key=lambda score: -(score.level or 0))[:MOST_POINTS]


def _weak(criteria: Sequence[CriterionScore]) -> list[CriterionScore]:
    """The lowest levels first, and what was asked and not answered before them."""
    open_ = [
        score
        for score in criteria
        if score.standing == "not_answered" or (score.level is not None and score.level < WELL)
    ]
    nearly = [score for score in criteria if score.level == WELL and score.missing]
    ranked = sorted(open_, key=lambda score: score.level or 0)
    return (ranked or nearly)[:MOST_POINTS]


def _advice(score: CriterionScore) -> str:
    said = " ".join(part for part in (score.missing, score.next_step) if part)
    return f"{score.title}: {said or score.reason}"


def _text(
    dossier: Dossier,
    criteria: Sequence[CriterionScore],
    segments: Sequence[SegmentTime],
    well: Sequence[CriterionScore],
    weak: Sequence[CriterionScore],
) -> str:
    said = sum(len(words_of(a.text)) for a in dossier.answers if not a.garbled)
    minutes = round(sum(segment.spent_s for segment in segments) / 60)
    title = dossier.scenario.title
    if said < TOO_LITTLE_WORDS:
        unclear = any(answer.garbled for answer in dossier.answers)
        why = "could be made out" if unclear else "was said"
        return (
            f"Too little {why} to judge anything of {title}. That says nothing about you: "
            "start again whenever you like."
        )
    lasted = f" in {_counted(minutes, 'minute')}" if minutes else ""
    judged = [score for score in criteria if score.level is not None]
    parts = [
        f"You worked on {title}{lasted}, at {dossier.difficulty} difficulty; "
        f"{len(judged)} of {len(criteria)} criteria could be judged."
    ]
    if well:
        parts.append(f"What went best: {_titles(well[:2])}.")
    if weak:
        lead = "There is most to gain in" if judged else "Begin with"
        parts.append(f"{lead} {_titles(weak[:2])}.")
    return " ".join(parts)


def _decisions(dossier: Dossier) -> tuple[Point, ...]:
    """What was decided on no condition, with a reason before those without, in their order."""
    found: dict[str, tuple[bool, Point]] = {}
    for answer in dossier.answers:
        for finding in answer.findings:
            if finding.kind != "decision" or CONDITIONAL in finding.note or answer.garbled:
                continue
            at = place(answer, finding.quote)
            if at is None or addresses(at.quote) or normal(at.quote) in found:
                continue
            evidence = Evidence(
                turn=answer.turn,
                quote=at.quote,
                start_ms=at.start_ms,
                end_ms=at.end_ms,
                hints=answer.hints,
            )
            point = Point(text=_capital(at.quote) + ".", evidence=(evidence,))
            found[normal(at.quote)] = "without a reason" not in finding.note, point
    points = list(found.values())
    kept = sorted(range(len(points)), key=lambda n: (not points[n][0], n))[:MOST_DECISIONS]
    return tuple(points[n][1] for n in sorted(kept))


def _titles(scores: Sequence[CriterionScore]) -> str:
    return " and ".join(f"“{score.title}”" for score in scores)


def _counted(count: int, noun: str) -> str:
    return f"{number_aloud(count)} {noun}{'' if count == 1 else 's'}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
