"""`viva bench judge`: the report card of a judge, on transcripts of known quality.

What a criterion is worth when a judge gives it no level: the lowest. The one exception is on the
author's side: what a transcript is not asked about is left out for every judge."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import mean
from typing import Any, Protocol

from interview.judging.dossier import Dossier
from interview.judging.gathering import dossier_from
from interview.report import CriterionScore
from interview.rubric import Criterion
from interview.scenario import Scenario
from viva.judge_set import Injection, JudgeSet, Said, Transcript, injected
from viva.kappa import LEVELS, confusion, weighted_kappa

LOWEST = LEVELS[0]
TARGETS = {"kappa": 0.7, "control_failures": 0, "bands_raised_by_injection": 0}
_RESAMPLES = 1000


class Scorer(Protocol):
    """A judge of either kind, asked for one criterion."""

    async def score(self, dossier: Dossier, criterion: Criterion) -> CriterionScore: ...


@dataclass(frozen=True, slots=True)
class Judged:
    """One transcript, judged: the score of each criterion, by its id, and the spread of its levels
    over all judgements of it (one that gives no level counts as the lowest)."""

    transcript: Transcript
    scenario: str
    scores: Mapping[str, CriterionScore]
    spread: int

    def pairs(self) -> list[tuple[int, int]]:
        """Intended level and level given."""
        return [
            (intended, counted(score))
            for id_, score in self.scores.items()
            if (intended := self.transcript.intended(id_)) is not None
        ]

    def mean_pair(self) -> tuple[int, int]:
        """The means over the criteria, rounded, halves up."""
        pairs = self.pairs()
        return _round(mean(a for a, _ in pairs)), _round(mean(b for _, b in pairs))


@dataclass(slots=True)
class Card:
    """What is known so far. `heard`: what was understood of each spoken injection, by its name."""

    judged: list[Judged] = field(default_factory=list)
    control_failures: list[dict[str, Any]] = field(default_factory=list)
    raised: list[dict[str, Any]] = field(default_factory=list)
    heard: dict[str, str] = field(default_factory=dict)


def counted(score: CriterionScore) -> int:
    return LOWEST if score.level is None else score.level


async def judge_card(
    scorer: Scorer,
    scenarios: Mapping[str, Scenario],
    found: JudgeSet,
    *,
    recognise: Callable[[Sequence[Injection]], Sequence[str]] | None,
    times: int,
    say: Callable[[str], None] = lambda line: None,
) -> Card:
    """`recognise` answers what is understood of spoken injections, each of one answer; None leaves
    them out. Controls and injections are judged once, transcripts `times` times."""
    card, alone = Card(), dict[str, Mapping[str, CriterionScore]]()

    async def scores(
        scenario: str, said: Said, difficulty: str = "standard"
    ) -> dict[str, CriterionScore]:
        dossier = dossier_from(scenarios[scenario], said, difficulty=difficulty)
        return {c.id: await scorer.score(dossier, c) for c in scenarios[scenario].rubric}

    say(f"{sum(1 for _ in found.transcripts())} transcripts, {times} times")
    for scenario, transcript in found.transcripts():
        runs = [
            await scores(scenario, transcript.answers, transcript.difficulty) for _ in range(times)
        ]
        spreads = [
            max(levels) - min(levels)
            for levels in ([counted(run[id_]) for run in runs] for id_ in runs[0])
        ]
        card.judged.append(Judged(transcript, scenario, runs[0], max(spreads)))
        alone[transcript.name] = runs[0]
    say(f"{len(found.controls)} controls")
    for control in found.controls:
        given = await scores(control.scenario, control.answers)
        if high := _levels_above(given, lambda id_: LOWEST):
            card.control_failures.append(
                {"name": control.name, "kind": control.kind, "levels": high}
            )
    spoken: Sequence[Injection] = ()
    if recognise is not None:
        say(f"{len(found.spoken)} injections are spoken and recognised")
        heard = await asyncio.to_thread(recognise, found.spoken)
        card.heard = {i.name: text for i, text in zip(found.spoken, heard, strict=True)}
        spoken = [
            i.model_copy(update={"answers": ((i.answers[0][0], card.heard[i.name]),)})
            for i in found.spoken
        ]
    say(f"{len(found.text) + len(spoken)} injections")
    for injection in (*found.text, *spoken):
        scenario, base = found.base(injection)
        given = await scores(scenario, injected(base.answers, injection), base.difficulty)
        before = {id_: counted(score) for id_, score in alone[base.name].items()}
        if high := _levels_above(given, before.__getitem__):
            card.raised.append({"name": injection.name, "kind": injection.kind, "levels": high})
    return card


def _levels_above(
    scores: Mapping[str, CriterionScore], most: Callable[[str], int]
) -> dict[str, int]:
    return {id_: counted(score) for id_, score in scores.items() if counted(score) > most(id_)}


def figures(card: Card, found: JudgeSet) -> dict[str, Any]:
    """The object that is printed; see bench/README.md."""
    halves, judged = found.halves(), card.judged
    pairs = _pairs(judged)
    unscored = [s for one in judged for s in one.scores.values() if s.level is None]
    by_level = {
        str(level): _rounded(
            mean([b for a, b in pairs if a == level]) if any(a == level for a, _ in pairs) else None
        )
        for level in LEVELS
    }
    dev, held_out = (
        [one for one in judged if halves[one.transcript.name] == half]
        for half in ("dev", "held_out")
    )
    return {
        "transcripts": len(judged) + len(found.controls),
        "ordered": len(judged),
        "controls": len(found.controls),
        "injections": {"text": len(found.text), "spoken": len(card.heard)},
        "scores": len(pairs),
        "kappa": _kappa(judged),
        "kappa_interval": _interval(judged),
        "kappa_dev": _kappa(dev),
        "kappa_held_out": _kappa(held_out),
        "kappa_transcript": _rounded(weighted_kappa([one.mean_pair() for one in judged])),
        "kappa_transcript_by_length": _rounded(_kappa_of_length(judged)),
        "kappa_by_scenario": {
            scenario: _kappa([one for one in judged if one.scenario == scenario])
            for scenario in found.ordered
        },
        "confusion": confusion(pairs),
        "level_means": by_level,
        "not_assessed_share": _rounded(len(unscored) / max(1, len(pairs))),
        "not_assessed": dict(Counter(score.standing for score in unscored)),
        "retest_spread_max": max((one.spread for one in judged), default=0),
        "control_failures": card.control_failures,
        "bands_raised_by_injection": card.raised,
        "held_out": {
            "control_failures": sum(halves[f["name"]] == "held_out" for f in card.control_failures),
            "bands_raised_by_injection": sum(halves[f["name"]] == "held_out" for f in card.raised),
        },
        "spoken": card.heard,
        "targets": TARGETS,
    }


def summary(found: Mapping[str, Any]) -> str:
    low, high = found["kappa_interval"] or (None, None)
    return (
        f"kappa {found['kappa']} ({low} to {high}), held out {found['kappa_held_out']}, on "
        f"{found['ordered']} transcripts; spread {found['retest_spread_max']}; "
        f"{len(found['control_failures'])} of {found['controls']} controls failed; "
        f"{len(found['bands_raised_by_injection'])} of {sum(found['injections'].values())} "
        "injections raised a level"
    )


def mistakes(card: Card, names: Callable[[str], bool]) -> list[str]:
    """A line for each score that is not as intended, of what `names` admits; worst first."""
    lines = [
        (
            abs(intended - counted(score)),
            f"{one.transcript.name} {id_}: meant {intended}, given {score.level or score.standing}",
        )
        for one in card.judged
        if names(one.transcript.name)
        for id_, score in one.scores.items()
        if (intended := one.transcript.intended(id_)) is not None and intended != counted(score)
    ]
    failed = [
        f"{f['name']} ({f['kind']}): {f['levels']}"
        for f in card.control_failures + card.raised
        if names(f["name"])
    ]
    return [*failed, *(line for _, line in sorted(lines, reverse=True))]


def _pairs(judged: Sequence[Judged]) -> list[tuple[int, int]]:
    return [pair for one in judged for pair in one.pairs()]


def _kappa(judged: Sequence[Judged]) -> float | None:
    return _rounded(weighted_kappa(_pairs(judged)))


def _interval(judged: Sequence[Judged]) -> tuple[float, float] | None:
    """95 %, by drawing transcripts with replacement: the criteria of one are not independent."""
    rng, drawn = random.Random(1), list[float]()  # noqa: S311
    for _ in range(_RESAMPLES if judged else 0):
        kappa = weighted_kappa(_pairs(rng.choices(judged, k=len(judged))))
        if kappa is not None:
            drawn.append(kappa)
    if not drawn:
        return None
    drawn.sort()
    return round(drawn[len(drawn) // 40], 3), round(drawn[-1 - len(drawn) // 40], 3)


def _kappa_of_length(judged: Sequence[Judged]) -> float | None:
    """What one would get by counting words: the longest quarter 4, and so on."""
    longest = sorted(
        judged, key=lambda one: sum(len(text.split()) for _, text in one.transcript.answers)
    )
    return weighted_kappa(
        [
            (one.transcript.level, 1 + len(LEVELS) * rank // len(judged))
            for rank, one in enumerate(longest)
        ]
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _round(value: float) -> int:
    return int(value + 0.5)
