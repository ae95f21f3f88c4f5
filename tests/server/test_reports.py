"""The report of a session: when there is one, who sees it, and that it fits the log."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from sqlalchemy import func, select, update

from interview.engine import Engine
from interview.events import CandidateLeft
from interview.report import Report
from server.models import Interview, Job, Judgement, StoredReport
from server.reports import making, service
from server.sessions import reconcile
from tests.server.conftest import World
from tests.server.finishing import ANSWERS, finished, speaks

BOTH_DATABASES = True
SESSIONS = "/api/v1/sessions"


async def stored(world: World, id_: str) -> StoredReport | None:
    async with world.context.database.read() as db:
        return await db.get(StoredReport, id_)


async def state(client: httpx.AsyncClient, id_: str) -> str:
    answer: str = (await client.get(f"{SESSIONS}/{id_}")).json()["state"]
    return answer


async def test_there_is_none_before_the_end(world: World, owner: httpx.AsyncClient) -> None:
    id_ = await world.joined(owner)
    for ending in ("", ".json", ".md", ".pdf"):
        answer = await owner.get(f"{SESSIONS}/{id_}/report{ending}")
        assert (answer.status_code, answer.json()["code"]) == (409, "session_not_over")
    await world.do_jobs()
    assert await stored(world, id_) is None
    session = (await owner.get(f"{SESSIONS}/{id_}")).json()
    counts = [session[key] for key in ("level_mean", "levels_given", "levels_of")]
    assert counts == [None, 0, 0]


async def test_the_end_has_one_made(world: World, owner: httpx.AsyncClient) -> None:
    id_, _ = await finished(world, owner)
    assert await state(owner, id_) == "ended"
    await world.do_jobs()
    assert await state(owner, id_) == "scored"
    row = await stored(world, id_)
    assert row is not None
    report = (await owner.get(f"{SESSIONS}/{id_}/report")).json()
    assert report["status"] == "complete"
    assert {score["id"] for score in report["criteria"]} == set(row.brief["levels"])
    assert report["scenario_title"] == "General ML System Design"
    assert report["candidate_name"] == "Ada Lovelace"
    assert report["reflection"] == ""
    assert report["level_texts"].keys() == row.brief["levels"].keys()
    assert all(len(set(texts)) == 4 for texts in report["level_texts"].values())
    given = [score["level"] for score in report["criteria"] if score["level"] is not None]
    session = (await owner.get(f"{SESSIONS}/{id_}")).json()
    (listed,) = (await owner.get(SESSIONS)).json()["items"]
    for shown in (session, listed):
        assert shown["levels_of"] == len(report["criteria"])
        assert shown["levels_given"] == len(given)
        assert shown["level_mean"] == report["level_mean"]


async def test_every_quote_is_in_the_turn_it_names(world: World, owner: httpx.AsyncClient) -> None:
    id_, _ = await finished(world, owner)
    report = (await owner.get(f"{SESSIONS}/{id_}/report")).json()
    turns = (await owner.get(f"{SESSIONS}/{id_}/transcript")).json()["turns"]
    evidence = [one for score in report["criteria"] for one in score["evidence"]]
    assert evidence
    for one in evidence:
        turn = turns[one["turn"]]
        assert turn["speaker"] == "candidate"
        assert one["quote"] in turn["text"]
        assert turn["start_ms"] <= one["start_ms"] <= one["end_ms"] <= turn["end_ms"]


async def test_it_is_made_on_the_spot_for_whoever_cannot_wait(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_, _ = await finished(world, owner)
    first = (await owner.get(f"{SESSIONS}/{id_}/report")).json()
    assert await state(owner, id_) == "scored"
    await world.do_jobs()
    assert (await owner.get(f"{SESSIONS}/{id_}/report")).json() == first


async def test_an_abandoned_session_has_one_and_stays_abandoned(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_, conductor = await world.conducted(owner)
    speaks(conductor, "u1", ANSWERS[0])
    await world.send(id_, conductor)
    world.livekit.rooms.clear()
    world.clock.move(25 * 3600)
    await reconcile.reconcile(world.context)
    await world.do_jobs()
    assert await state(owner, id_) == "abandoned"
    assert await stored(world, id_) is not None
    assert (await owner.get(f"{SESSIONS}/{id_}/report")).status_code == 200


async def test_what_is_delivered_late_makes_it_anew(world: World, owner: httpx.AsyncClient) -> None:
    id_, conductor = await finished(world, owner)
    await world.do_jobs()
    before = await stored(world, id_)
    conductor.happens(CandidateLeft(at=conductor.at + 1, reason="closed"))
    await world.send(id_, conductor)
    assert await state(owner, id_) == "scored"
    assert await world.do_jobs() == 1
    after = await stored(world, id_)
    assert before is not None
    assert after is not None
    assert after.last_seq == before.last_seq + 1
    assert await state(owner, id_) == "scored"


async def test_one_by_an_older_judge_is_made_anew_when_asked_for(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_, _ = await finished(world, owner)
    report = (await owner.get(f"{SESSIONS}/{id_}/report")).json()
    async with world.context.database.write() as db:
        row = await db.get_one(StoredReport, id_)
        row.judge_version = making.VERSION - 1
        row.body = {**row.body, "criteria": []}
    assert (await owner.get(f"{SESSIONS}/{id_}/report")).json() == report
    after = await stored(world, id_)
    assert after is not None
    assert after.judge_version == making.VERSION


async def test_sessions_from_before_there_were_reports_get_theirs(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_, _ = await finished(world, owner)
    running = await world.joined(owner)
    await world.do_jobs()
    async with world.context.database.write() as db:
        await db.delete(await db.get_one(StoredReport, id_))
        await db.execute(update(Interview).where(Interview.id == id_).values(state="ended"))
        await db.execute(Job.__table__.delete())  # type: ignore[attr-defined]
    world.clock.move(3600)
    await world.do_jobs()
    assert await state(owner, id_) == "scored"
    assert await stored(world, id_) is not None
    assert await stored(world, running) is None


async def test_a_log_that_cannot_be_read_loses_nothing(
    world: World, owner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_, _ = await finished(world, owner)

    def fails(interview: Interview, engine: Engine, judgement: object) -> None:
        raise ValueError("secret words of the candidate")

    with monkeypatch.context() as patched:
        patched.setattr(making, "make", fails)
        answer = await owner.get(f"{SESSIONS}/{id_}/report")
        assert (answer.status_code, answer.json()["code"]) == (500, "report_failed")
        assert "secret" not in answer.text
        await world.do_jobs()
    assert await state(owner, id_) == "ended"
    world.clock.move(60)
    assert await world.do_jobs()
    assert await state(owner, id_) == "scored"


async def test_what_a_model_says_while_one_is_made_is_not_lost(
    world: World, owner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_, _ = await finished(world, owner)
    make, seen = making.make, list[int]()

    def another_server_takes_something_in() -> None:
        async def take_in() -> None:
            async with world.context.database.write() as db:
                judgement = Judgement(interview_id=id_, created_at=world.clock())
                judgement.state, judgement.attempts, judgement.scores = "failed", 1, []
                judgement.problem = "The model could not be reached."
                db.add(judgement)

        asyncio.run_coroutine_threadsafe(take_in(), loop).result()

    def slowly(interview: Interview, engine: Engine, judgement: Judgement | None) -> Report:
        seen.append(interview.last_seq)
        if len(seen) == 1:
            another_server_takes_something_in()
        return make(interview, engine, judgement)

    loop = asyncio.get_running_loop()
    monkeypatch.setattr(making, "make", slowly)
    await world.do_jobs()
    row = await stored(world, id_)
    assert row is not None
    assert len(seen) == 2
    assert row.body["judges"][-1]["problem"] == "The model could not be reached."


async def test_two_who_ask_at_once_get_the_same(world: World, owner: httpx.AsyncClient) -> None:
    id_, _ = await finished(world, owner)
    async with world.context.database.read() as db:
        interview = await db.get_one(Interview, id_)
    first = await service.report_of(world.context, interview)
    await service.remake(world.context, id_)
    assert await service.report_of(world.context, interview) == first


async def test_nothing_is_left_of_one_that_was_deleted(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_, _ = await finished(world, owner)
    await owner.get(f"{SESSIONS}/{id_}/report")
    assert (await owner.delete(f"{SESSIONS}/{id_}")).status_code == 204
    await world.do_jobs()
    async with world.context.database.read() as db:
        assert await db.scalar(select(func.count()).select_from(StoredReport)) == 0
    await service.remake(world.context, id_)


async def test_the_reflection_is_the_owners_alone(world: World, owner: httpx.AsyncClient) -> None:
    id_, _ = await finished(world, owner)
    reviewer = await world.user("grace@example.org")
    body = {"text": "I was nervous at first.", "base": 0}
    assert (await owner.put(f"{SESSIONS}/{id_}/drafts/reflection", json=body)).status_code == 200
    await owner.post(f"{SESSIONS}/{id_}/reviewers", json={"email": "grace@example.org"})
    own = (await owner.get(f"{SESSIONS}/{id_}/report")).json()
    theirs = (await reviewer.get(f"{SESSIONS}/{id_}/report")).json()
    assert own.pop("reflection") == body["text"]
    assert theirs.pop("reflection") is None
    assert own == theirs
    assert "nervous" in (await owner.get(f"{SESSIONS}/{id_}/report.md")).text
    assert "nervous" not in (await reviewer.get(f"{SESSIONS}/{id_}/report.md")).text


async def test_who_is_to_score_blind_sees_no_level(world: World, owner: httpx.AsyncClient) -> None:
    id_, _ = await finished(world, owner)
    await world.do_jobs()
    reviewer = await world.user("grace@example.org")
    body = {"email": "grace@example.org", "blind": True}
    await owner.post(f"{SESSIONS}/{id_}/reviewers", json=body)
    for ending in ("", ".json", ".md", ".pdf"):
        answer = await reviewer.get(f"{SESSIONS}/{id_}/report{ending}")
        assert (answer.status_code, answer.json()["code"]) == (403, "scoring_first")
    shown = [(await reviewer.get(f"{SESSIONS}/{id_}")).json()]
    shown += (await reviewer.get(f"{SESSIONS}?as=reviewer")).json()["items"]
    assert len(shown) == 2
    assert [session["levels_of"] for session in shown] == [0, 0]


async def test_the_trend_goes_from_the_oldest_to_the_latest(
    world: World, owner: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    first, _ = await finished(world, owner)
    world.clock.move(86_400)
    second, _ = await finished(world, owner, "Yes.")
    await world.joined(owner)
    await world.do_jobs()
    items = (await owner.get("/api/v1/me/trend")).json()["items"]
    assert [item["session_id"] for item in items] == [first, second]
    report = (await owner.get(f"{SESSIONS}/{first}/report")).json()
    assert items[0]["levels"] == {s["id"]: s["level"] for s in report["criteria"]}
    assert items[0]["titles"] == {s["id"]: s["title"] for s in report["criteria"]}
    assert items[0]["level_mean"] == report["level_mean"]
    assert items[0]["at"] == report["started_at"]
    found = await owner.get("/api/v1/me/trend", params={"scenario_id": "another"})
    assert found.json()["items"] == []
    found = await owner.get("/api/v1/me/trend", params={"scenario_id": report["scenario_id"]})
    assert len(found.json()["items"]) == 2
    assert (await other.get("/api/v1/me/trend")).json()["items"] == []


async def test_finished_sessions_are_found_whether_or_not_they_have_one(
    world: World, owner: httpx.AsyncClient
) -> None:
    scored, _ = await finished(world, owner)
    await world.do_jobs()
    world.clock.move(60)
    ended, _ = await finished(world, owner)
    await world.joined(owner)

    async def found(wanted: str) -> list[str]:
        answer = await owner.get(SESSIONS, params={"state": wanted})
        return [session["id"] for session in answer.json()["items"]]

    assert await found("finished") == [ended, scored]
    assert await found("scored") == [scored]
    assert await found("ended") == [ended]
