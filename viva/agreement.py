"""`viva agreement`: how far people and judges agree on the levels that they gave.

People's levels count once they said that they were done. Where one of two gave no level the two are
not compared. Two people are compared in both orders, since neither comes first."""

from __future__ import annotations

import argparse
import asyncio
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from sqlalchemy import Row, select

from interview.report import Report
from server.models import HumanScore, Interview, StoredReport
from viva.database import check_there, opened, settings_for
from viva.kappa import weighted_kappa

# Fewer comparisons than this say nothing.
LEAST = 5
OVERALL = "overall"


@dataclass(frozen=True, slots=True)
class Given:
    """The level that `rater` gave `criterion` of `interview`. `criterion` is its scenario's id and
    its own, as "scenario/criterion"; `blind` is of no meaning for a judge."""

    interview: str
    criterion: str
    rater: str
    level: int
    blind: bool = False


def agreements(people: Sequence[Given], judges: Sequence[Given]) -> dict[str, Any]:
    """For "all" and "blind" people: between whom ("people", or a judge's id), by criterion and
    overall, `n` comparisons, the share that is `exact`, and the quadratic weighted `kappa`. Both
    are None where there are fewer than LEAST, `kappa` also where chance alone agrees perfectly."""
    return {
        "interviews": len({given.interview for given in people}),
        "raters": len({given.rater for given in people}),
        **{
            which: _between([given for given in people if given.blind or which == "all"], judges)
            for which in ("all", "blind")
        },
    }


def _between(people: Sequence[Given], judges: Sequence[Given]) -> dict[str, Any]:
    by_place = defaultdict[tuple[str, str], list[Given]](list)
    for given in people:
        by_place[given.interview, given.criterion].append(given)
    found: dict[str, dict[str, list[tuple[int, int]]]] = {"people": defaultdict(list)}
    for (_, criterion), together in by_place.items():
        for one, other in combinations(together, 2):
            found["people"][criterion].append((one.level, other.level))
    for judge in judges:
        for person in by_place[judge.interview, judge.criterion]:
            pairs = found.setdefault(judge.rater, defaultdict(list))
            pairs[judge.criterion].append((person.level, judge.level))
    return {who: _figures(pairs, both=who == "people") for who, pairs in found.items()}


def _figures(pairs: Mapping[str, list[tuple[int, int]]], *, both: bool) -> dict[str, Any]:
    every = [pair for some in pairs.values() for pair in some]
    return {
        criterion: _figure(some, both=both)
        for criterion, some in (*sorted(pairs.items()), (OVERALL, every))
    }


def _figure(pairs: Sequence[tuple[int, int]], *, both: bool) -> dict[str, Any]:
    if len(pairs) < LEAST:
        return {"n": len(pairs), "exact": None, "kappa": None}
    kappa = weighted_kappa([*pairs, *((b, a) for a, b in pairs)] if both else pairs)
    return {
        "n": len(pairs),
        "exact": round(sum(a == b for a, b in pairs) / len(pairs), 3),
        "kappa": None if kappa is None else round(kappa, 3),
    }


def table(found: Mapping[str, Any]) -> str:
    lines = [f"{found['raters']} people have scored {found['interviews']} interviews"]
    for which, title in (("all", "Everybody"), ("blind", "Those who scored blind")):
        for who, criteria in found[which].items():
            with_whom = "one another" if who == "people" else f"the judge {who}"
            lines += ["", f"{title}, with {with_whom}"]
            lines += [f"  {criterion:<44} {_shown(f)}" for criterion, f in criteria.items()]
    return "\n".join(lines)


def _shown(figure: Mapping[str, Any]) -> str:
    if figure["n"] < LEAST:
        return f"n {figure['n']:>4}   too few"
    kappa = "-" if figure["kappa"] is None else f"{figure['kappa']:.2f}"
    return f"n {figure['n']:>4}   same level {figure['exact']:>4.0%}   kappa {kappa}"


def run(arguments: argparse.Namespace) -> int:
    """Raises CommandError."""
    settings = settings_for(arguments.data_dir)
    check_there(settings)

    async def read() -> tuple[list[Given], list[Given]]:
        async with opened(settings) as database, database.read() as db:
            scores = await db.execute(
                select(HumanScore, Interview.scenario_id)
                .join(Interview, Interview.id == HumanScore.interview_id)
                .where(HumanScore.done_at.is_not(None), HumanScore.level.is_not(None))
                .order_by(HumanScore.id)
            )
            people = list(_people(scores))
            reports = await db.execute(
                select(StoredReport, Interview.scenario_id)
                .join(Interview, Interview.id == StoredReport.interview_id)
                .where(StoredReport.interview_id.in_(select(HumanScore.interview_id)))
                .order_by(StoredReport.interview_id)
            )
            return people, list(_judges(reports))

    found = agreements(*asyncio.run(read()))
    print(json.dumps(found, indent=2) if arguments.json else table(found))
    return 0


def _people(rows: Iterable[Row[HumanScore, str]]) -> Iterable[Given]:
    for row, scenario in rows:
        if row.level is not None:
            # Whoever was taken in with a session from elsewhere has a name alone.
            rater = row.author_id or f"name {row.author_name}"
            yield Given(
                row.interview_id, f"{scenario}/{row.criterion}", rater, row.level, row.blind
            )


def _judges(rows: Iterable[Row[StoredReport, str]]) -> Iterable[Given]:
    for row, scenario in rows:
        report = Report.model_validate(row.body)
        for score in (*report.criteria, *report.others):
            if score.level is not None:
                yield Given(row.interview_id, f"{scenario}/{score.id}", score.judge, score.level)
