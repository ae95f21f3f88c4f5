"""Finished sessions lent to a worker whose model judges them, and what becomes of what it says."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest

from agent import link
from agent.judging.judge import ModelJudge
from agent.judging.leasing import judge_one
from agent.link import HttpLink
from interview.engine import Engine
from interview.events import CandidateLeft
from interview.judging.gathering import dossier_of
from interview.report import Report
from interview.scenario import scenario_from_dict
from interview.wire import JudgementWanted, decode_event
from server.models import Interview, Judgement, StoredReport
from server.reports import making
from server.reports.judgements import LEASE, MOST_ATTEMPTS
from server.sessions.fold import new_engine
from tests.fakes.worker import FakeBrain
from tests.server.conftest import AGENT_TOKEN, World
from tests.server.finishing import ANSWERS, finished, speaks
from tests.server.serving import serving

BOTH_DATABASES = True
SESSIONS = "/api/v1/sessions"
LEASING = "/internal/v1/judgements/lease"
QUOTE = "we would optimise expected watch time"


async def lease(world: World) -> JudgementWanted | None:
    answer = await world.worker().post(LEASING)
    assert answer.status_code == 200, answer.text
    return None if answer.json() is None else JudgementWanted.model_validate(answer.json())


async def leased(world: World) -> JudgementWanted:
    wanted = await lease(world)
    assert wanted is not None
    return wanted


async def say(
    world: World, wanted: JudgementWanted, *scores: dict[str, Any], over: bool = False, **more: Any
) -> httpx.Response:
    body = {"lease": wanted.lease, "model": "m-1", "scores": list(scores), "over": over, **more}
    return await world.worker().post(f"/internal/v1/judgements/{wanted.session_id}", json=body)


def rubric(wanted: JudgementWanted) -> list[tuple[str, str]]:
    return [(c.id, c.title) for c in scenario_from_dict(wanted.scenario).rubric]


def score(
    criterion: tuple[str, str], level: int | None, *quotes: tuple[int, str]
) -> dict[str, Any]:
    """What a worker sends. Spans are looked for by the server, and so are hints."""
    return {
        "id": criterion[0],
        "title": criterion[1],
        "judge": "model",
        "standing": "scored" if level is not None else "not_answered",
        "level": level,
        "reason": "It names what is traded for what.",
        "evidence": [
            {"turn": turn, "quote": quote, "start_ms": 0, "end_ms": 0} for turn, quote in quotes
        ],
    }


def turn_of(wanted: JudgementWanted, quote: str) -> int:
    """The turn in which `quote` is, as a worker finds it."""
    scenario = scenario_from_dict(wanted.scenario)
    engine = new_engine(wanted.plan, scenario, wanted.candidate_name)
    for event in wanted.events:
        engine.handle(decode_event(event.type, event.at, event.data))
    return next(a.turn for a in dossier_of(engine).answers if quote.lower() in a.text.lower())


async def report(owner: httpx.AsyncClient, id_: str) -> dict[str, Any]:
    answer = await owner.get(f"{SESSIONS}/{id_}/report")
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def judged(world: World, owner: httpx.AsyncClient) -> str:
    """A session whose built-in report is there."""
    id_, _ = await finished(world, owner)
    await world.do_jobs()
    return id_


def by_id(shown: dict[str, Any], id_: str) -> dict[str, Any]:
    """What the model says of one criterion, wherever the report has it."""
    found = [s for s in shown["criteria"] + shown["others"] if s["id"] == id_]
    (one,) = [s for s in found if s["judge"] == "model"]
    return dict(one)


async def test_only_a_worker_may_ask(world: World, owner: httpx.AsyncClient) -> None:
    for client in (owner, world.browser(), world.browser(Authorization="Bearer wrong")):
        for path in (LEASING, "/internal/v1/judgements/abc"):
            assert (await client.post(path, json={})).status_code == 401


async def test_nothing_is_lent_before_there_is_a_report_and_words(
    world: World, owner: httpx.AsyncClient
) -> None:
    await world.joined(owner)
    silent = await world.joined(owner)
    world.livekit.rooms.clear()
    await owner.post(f"{SESSIONS}/{silent}/control", json={"action": "end"})
    assert await lease(world) is None
    id_, _ = await finished(world, owner)
    assert await lease(world) is None
    await world.do_jobs()
    wanted = await leased(world)
    assert wanted.session_id == id_
    assert await lease(world) is None


async def test_one_that_is_a_week_old_is_left_alone(world: World, owner: httpx.AsyncClient) -> None:
    await judged(world, owner)
    world.clock.move(7 * 86_400 + 1)
    assert await lease(world) is None


async def test_the_report_improves_as_the_scores_come(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await judged(world, owner)
    before = await report(owner, id_)
    assert before["status"] == "complete"
    wanted = await leased(world)
    assert (await report(owner, id_))["status"] == "improving"
    first, *rest = rubric(wanted)
    turn = turn_of(wanted, QUOTE)
    world.clock.move(10)
    assert (await say(world, wanted, score(first, 4, (turn, QUOTE)))).status_code == 204
    shown = await report(owner, id_)
    assert shown["status"] == "improving"
    scored = by_id(shown, first[0])
    assert (scored["standing"], scored["level"], scored["assessed"]) == ("scored", 4, True)
    (evidence,) = scored["evidence"]
    said = (await owner.get(f"{SESSIONS}/{id_}/transcript")).json()["turns"][turn]
    assert evidence["quote"] in said["text"]
    assert said["start_ms"] <= evidence["start_ms"] < evidence["end_ms"] <= said["end_ms"]
    others = [score(criterion, 2, (turn, QUOTE)) for criterion in rest]
    assert (await say(world, wanted, *others, over=True)).status_code == 204
    shown = await report(owner, id_)
    assert shown["status"] == "complete"
    assert shown["shown_judge"] == "model"
    assert [s["level"] for s in shown["criteria"]] == [4, *(2 for _ in rest)]
    session = (await owner.get(f"{SESSIONS}/{id_}")).json()
    assert session["levels_given"] == len(rest) + 1
    assert session["level_mean"] == shown["level_mean"]
    assert await lease(world) is None


async def test_a_level_without_a_quote_that_was_said_is_not_given(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await judged(world, owner)
    wanted = await leased(world)
    first, second, *_ = rubric(wanted)
    turn = turn_of(wanted, QUOTE)
    made_up = score(first, 4, (turn, "we shipped it to a billion users"), (9999, QUOTE))
    assert (await say(world, wanted, made_up, score(second, 3), over=True)).status_code == 204
    shown = await report(owner, id_)
    for criterion in (first, second):
        scored = by_id(shown, criterion[0])
        assert (scored["standing"], scored["level"]) == ("no_evidence", None)
        assert scored["evidence"] == []


async def test_one_criterion_fails_and_the_others_stand(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await judged(world, owner)
    wanted = await leased(world)
    first, second, *_ = rubric(wanted)
    turn = turn_of(wanted, QUOTE)
    failed = score(first, None) | {"standing": "failed", "reason": "The model gave no answer."}
    problem = "1 of 2 criteria could not be judged."
    answer = await say(
        world, wanted, failed, score(second, 3, (turn, QUOTE)), over=True, problem=problem
    )
    assert answer.status_code == 204
    shown = await report(owner, id_)
    assert shown["status"] == "complete"
    assert by_id(shown, second[0])["level"] == 3
    (judge,) = [judge for judge in shown["judges"] if judge["id"] == "model"]
    assert judge["problem"]


async def test_a_judge_that_says_nothing_leaves_the_built_in_report(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await judged(world, owner)
    before = await report(owner, id_)
    wanted = await leased(world)
    problem = "The session's log could not be read by the judge."
    assert (await say(world, wanted, over=True, problem=problem)).status_code == 204
    shown = await report(owner, id_)
    assert shown["criteria"] == before["criteria"]
    assert shown["status"] == "complete"
    assert [judge["problem"] for judge in shown["judges"] if judge["id"] == "model"] == [problem]
    assert await lease(world) is None


async def test_criteria_that_the_rubric_does_not_have_are_dropped(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await judged(world, owner)
    wanted = await leased(world)
    turn = turn_of(wanted, QUOTE)
    unknown = score(("charm", "Charm"), 4, (turn, QUOTE))
    assert (await say(world, wanted, unknown)).status_code == 204
    shown = await report(owner, id_)
    assert "charm" not in {s["id"] for s in shown["criteria"] + shown["others"]}


@pytest.mark.parametrize(
    "spoilt",
    [
        {"level": 5},
        {"level": "high"},
        {"standing": "splendid"},
        {"evidence": [{"turn": "first", "quote": "x", "start_ms": 0, "end_ms": 0}]},
        {"id": None},
        {"surprise": 1},
    ],
)
async def test_what_is_no_score_is_refused_and_nothing_changes(
    world: World, owner: httpx.AsyncClient, spoilt: dict[str, Any]
) -> None:
    id_ = await judged(world, owner)
    wanted = await leased(world)
    before = await report(owner, id_)
    first, second, *_ = rubric(wanted)
    good = score(first, 4, (turn_of(wanted, QUOTE), QUOTE))
    answer = await say(world, wanted, good, score(second, 2) | spoilt, over=True)
    assert (answer.status_code, answer.json()["code"]) == (422, "judgement_invalid")
    assert await report(owner, id_) == before
    assert (await say(world, wanted, good)).status_code == 204


async def test_a_lease_that_ran_out_is_given_to_the_next(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await judged(world, owner)
    dead = await leased(world)
    world.clock.move(LEASE.total_seconds() - 1)
    assert await lease(world) is None
    world.clock.move(1)
    assert (await report(owner, id_))["status"] == "complete"
    living = await leased(world)
    assert living.session_id == dead.session_id
    answer = await say(world, dead, score(rubric(dead)[0], 1), over=True)
    assert (answer.status_code, answer.json()["code"]) == (409, "judgement_lease_lost")
    assert (await report(owner, id_))["status"] == "improving"
    assert (await say(world, living, over=True)).status_code == 204
    again = await say(world, living, over=True)
    assert (again.status_code, again.json()["code"]) == (409, "judgement_lease_lost")


async def test_each_part_renews_the_lease(world: World, owner: httpx.AsyncClient) -> None:
    await judged(world, owner)
    wanted = await leased(world)
    for _ in range(3):
        world.clock.move(LEASE.total_seconds() - 1)
        assert (await say(world, wanted)).status_code == 204
        assert await lease(world) is None


async def test_after_three_workers_died_it_is_given_up(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await judged(world, owner)
    for _ in range(MOST_ATTEMPTS):
        await leased(world)
        world.clock.move(LEASE.total_seconds())
    assert await lease(world) is None
    async with world.context.database.read() as db:
        judgement = await db.get_one(Judgement, id_)
    assert judgement.state == "failed"
    assert "3 times" in judgement.problem
    assert (await report(owner, id_))["status"] == "complete"


async def test_what_a_model_said_outlives_a_report_made_anew(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await judged(world, owner)
    wanted = await leased(world)
    turn = turn_of(wanted, QUOTE)
    scores = [score(criterion, 3, (turn, QUOTE)) for criterion in rubric(wanted)]
    assert (await say(world, wanted, *scores, over=True)).status_code == 204
    shown = await report(owner, id_)
    async with world.context.database.write() as db:
        (await db.get_one(StoredReport, id_)).judge_version = 0
    assert await report(owner, id_) == shown


async def test_a_report_that_another_server_made_of_a_longer_log_gets_the_scores(
    world: World, owner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_, conductor = await finished(world, owner)
    await world.do_jobs()
    wanted = await leased(world)
    first = score(rubric(wanted)[0], 4, (turn_of(wanted, QUOTE), QUOTE))
    make, calls = making.make, list[int]()

    async def grow() -> None:
        conductor.happens(CandidateLeft(at=conductor.at + 1, reason="closed"))
        await world.send(id_, conductor)
        async with world.context.database.write() as db:
            (await db.get_one(StoredReport, id_)).last_seq += 1

    def slowly(interview: Interview, engine: Engine, judgement: Judgement | None) -> Report:
        calls.append(interview.last_seq)
        if len(calls) == 1:
            asyncio.run_coroutine_threadsafe(grow(), loop).result()
        return make(interview, engine, judgement)

    loop = asyncio.get_running_loop()
    monkeypatch.setattr(making, "make", slowly)
    assert (await say(world, wanted, first)).status_code == 204
    assert len(calls) == 2
    assert by_id(await report(owner, id_), first["id"])["level"] == 4


async def test_a_session_deleted_meanwhile_is_left(world: World, owner: httpx.AsyncClient) -> None:
    id_ = await judged(world, owner)
    wanted = await leased(world)
    assert (await owner.delete(f"{SESSIONS}/{id_}")).status_code == 204
    answer = await say(world, wanted, over=True)
    assert (answer.status_code, answer.json()["code"]) == (410, "session_gone")


async def test_the_latest_comes_first(world: World, owner: httpx.AsyncClient) -> None:
    first = await judged(world, owner)
    world.clock.move(3600)
    second = await judged(world, owner)
    assert [(await leased(world)).session_id for _ in range(2)] == [second, first]


async def test_words_of_a_session_left_open_are_judged_too(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_, conductor = await world.conducted(owner)
    speaks(conductor, "u1", ANSWERS[1])
    await world.send(id_, conductor)
    world.livekit.rooms.clear()
    world.clock.move(7)
    await owner.post(f"{SESSIONS}/{id_}/control", json={"action": "end"})
    await world.do_jobs()
    assert (await leased(world)).session_id == id_


async def test_a_worker_with_a_model_judges_over_the_real_connection(
    world: World, owner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    # On a busy machine it would leave the rest for another time.
    monkeypatch.setattr(link, "TIMEOUT_SECONDS", 60.0)
    id_ = await judged(world, owner)
    turns = (await owner.get(f"{SESSIONS}/{id_}/transcript")).json()["turns"]
    turn = next(turn["index"] for turn in turns if QUOTE in turn["text"].lower())
    texts = {"reason": "You named the proxy.", "missing": "A number.", "next_step": "Count."}
    said = {"level": 3, "evidence": [{"turn": turn, "quote": QUOTE}], **texts}
    brain = FakeBrain()
    brain.chunks = (json.dumps(said),)
    async with serving(world.app) as address:
        desk = HttpLink(address, AGENT_TOKEN)
        judge = ModelJudge(brain, times=1)
        assert await judge_one(desk, judge)
        assert not await judge_one(desk, judge)
        await desk.aclose()
    shown = await report(owner, id_)
    assert (shown["status"], shown["shown_judge"]) == ("complete", "model")
    assert {score["level"] for score in shown["criteria"]} == {3}
    assert {score["next_step"] for score in shown["criteria"]} == {"Count."}
    assert shown["others"]
