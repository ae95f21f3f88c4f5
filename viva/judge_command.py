"""`viva bench judge`: the judge that is measured, and what is printed of it."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from interview.judging.dossier import Dossier
from interview.report import CriterionScore
from interview.rubric import Criterion
from interview.scenario import load_scenarios
from viva.bench_judge import Scorer, figures, judge_card, mistakes, summary
from viva.errors import CommandError
from viva.judge_set import Injection, load_judge_set
from viva.places import ROOT

if TYPE_CHECKING:
    from agent.settings import Settings


class _BuiltIn:
    def __init__(self) -> None:
        from interview.judging.builtin import BuiltIn

        self._judge = BuiltIn()

    async def score(self, dossier: Dossier, criterion: Criterion) -> CriterionScore:
        return self._judge.score(dossier, criterion)


def _worker_settings() -> Settings:
    """The worker's settings. Its token is not needed here, and need not be set."""
    from pydantic import SecretStr, ValidationError

    from agent.settings import Settings

    try:
        return Settings(agent_token=SecretStr("no server is asked"))
    except ValidationError as error:
        first = error.errors()[0]
        named = f"{first['loc'][0]}: " if first["loc"] else ""
        raise CommandError(f"{named}{first['msg']}") from None


def _model() -> Scorer:
    from agent.judging.judge import ModelJudge
    from agent.speech.engines import new_brain

    settings = _worker_settings()
    if settings.brain == "local":
        raise CommandError(
            "there is no model to measure; set OPENAI_API_KEY or VIVA_LLM_BASE_URL, see "
            ".env.example, or take --judge built-in"
        )
    return ModelJudge(new_brain(settings))


def run(arguments: argparse.Namespace) -> int:
    """Raises CommandError."""
    scorer: Scorer = _model() if arguments.judge == "model" else _BuiltIn()
    scenarios = load_scenarios(ROOT / "scenarios")
    found = load_judge_set(scenarios)

    def recognise(injections: Sequence[Injection]) -> list[str]:
        from viva.judge_spoken import recognised

        terms = [scenarios[found.base(injection)[0]].terms for injection in injections]
        return list(
            recognised(
                _worker_settings(), [injection.answers[0][1] for injection in injections], terms
            )
        )

    card = asyncio.run(
        judge_card(
            scorer,
            scenarios,
            found,
            recognise=None if arguments.no_spoken else recognise,
            times=arguments.times,
            say=lambda line: print(line, file=sys.stderr, flush=True),
        )
    )
    told = {"judge": arguments.judge, "times": arguments.times, **figures(card, found)}
    if arguments.mistakes:
        halves = found.halves()
        for line in mistakes(card, lambda name: halves[name] == "dev"):
            print(line, file=sys.stderr)
    print(json.dumps(told, indent=2, ensure_ascii=False) if arguments.json else summary(told))
    return 0
