"""Takes interviews that wait for a model's judgement from the server, one at a time."""

from __future__ import annotations

import asyncio
from typing import Protocol

from agent.judging.judge import ModelJudge
from agent.link import ServerRefused, ServerUnreachable
from agent.log import logger
from interview.engine import Engine
from interview.errors import InterviewError
from interview.judging.dossier import Dossier
from interview.judging.gathering import dossier_of
from interview.report import CriterionScore
from interview.scenario import scenario_from_dict
from interview.wire import JudgementScores, JudgementWanted, decode_event

ASK_SECONDS = 10.0


class Desk(Protocol):
    async def lease_judgement(self) -> JudgementWanted | None: ...
    async def put_scores(self, session_id: str, scores: JudgementScores) -> None: ...


async def keep_judging(desk: Desk, judge: ModelJudge) -> None:
    """Ask at once, and then whenever there was nothing to do for ASK_SECONDS, until cancelled."""
    while True:
        if not await judge_one(desk, judge):
            await asyncio.sleep(ASK_SECONDS)


async def judge_one(desk: Desk, judge: ModelJudge) -> bool:
    """Judge one interview if one waits and tell the server each criterion as it comes. False when
    there is none, and when the server took the rest of it away or could not be reached: then the
    lease runs out, and somebody begins again."""
    try:
        wanted = await desk.lease_judgement()
        if wanted is None:
            return False
        await _judge(desk, judge, wanted)
    except ServerUnreachable as error:
        logger.warning("a judgement waits: %s", error)
        return False
    except ServerRefused as error:
        logger.info("a judgement was taken from this worker: %s", error)
        return False
    return True


async def _judge(desk: Desk, judge: ModelJudge, wanted: JudgementWanted) -> None:
    async def tell(scores: list[CriterionScore], *, over: bool, problem: str = "") -> None:
        body = JudgementScores(
            lease=wanted.lease,
            model=judge.model[:100],
            scores=[score.model_dump(mode="json") for score in scores],
            over=over,
            problem=problem,
        )
        await desk.put_scores(wanted.session_id, body)

    try:
        # A long log takes seconds, and the interviews of this worker have to go on.
        dossier = await asyncio.to_thread(_read, wanted)
    except InterviewError as error:
        logger.error("a session cannot be judged: %s", type(error).__name__)
        await tell([], over=True, problem="The session's log could not be read by the judge.")
        return
    rubric = dossier.scenario.rubric
    failed = 0
    for number, criterion in enumerate(rubric, start=1):
        score = await judge.score(dossier, criterion)
        failed += score.standing == "failed"
        over = number == len(rubric)
        problem = f"{failed} of {number} criteria could not be judged." if over and failed else ""
        await tell([score], over=over, problem=problem)


def _read(wanted: JudgementWanted) -> Dossier:
    events = [decode_event(event.type, event.at, event.data) for event in wanted.events]
    scenario = scenario_from_dict(wanted.scenario)
    return dossier_of(Engine.replay(wanted.plan, scenario, wanted.candidate_name, events))
