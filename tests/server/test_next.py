"""What is suggested next from the sessions that have ended."""

from __future__ import annotations

from typing import Any

import httpx
from sqlalchemy import update

from interview.events import EndRequested, Finding, Observed, TurnEnded, UtteranceFinal
from server.models import LoggedEvent
from tests.server.conducting import Conductor
from tests.server.conftest import World

BOTH_DATABASES = True
NEXT = "/api/v1/me/next"
SAID = "Hm, some metric, maybe."


async def answered(world: World, owner: httpx.AsyncClient, **body: Any) -> tuple[str, Conductor]:
    """A session in which one answer was thin."""
    id_, conductor = await world.conducted(owner, **body)
    at = conductor.at + 6
    conductor.happens(UtteranceFinal(at=at, utterance_id="u1", text=SAID, start_ms=1, end_ms=5000))
    conductor.happens(TurnEnded(at=conductor.at + 0.1))
    finding = Finding(kind="claim", quote="some metric", criterion="metrics")
    conductor.happens(
        Observed(
            at=conductor.at,
            turn=("u1",),
            question="How would you know?",
            findings=(finding,),
            flag="thin",
            reason="Very few words for what was asked.",
        )
    )
    await world.send(id_, conductor)
    return id_, conductor


async def end(world: World, id_: str, conductor: Conductor) -> None:
    conductor.happens(EndRequested(at=conductor.at + 1))
    while not conductor.ended:
        conductor.wake()
    await world.send(id_, conductor)


async def test_nothing_is_suggested_before_anything_has_ended(
    world: World, owner: httpx.AsyncClient
) -> None:
    answer = await owner.get(NEXT)
    assert (answer.status_code, answer.json()) == (200, None)
    await answered(world, owner)
    assert (await owner.get(NEXT)).json() is None


async def test_what_was_weak_is_suggested_with_its_reason(
    world: World, owner: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    id_, conductor = await answered(world, owner, difficulty="senior")
    await end(world, id_, conductor)
    found = (await owner.get(NEXT)).json()
    assert (found["scenario_id"], found["difficulty"]) == ("general-ml-system-design", "senior")
    assert (
        found["scenario_title"]
        == (await owner.get(f"/api/v1/sessions/{id_}")).json()["scenario_title"]
    )
    assert found["because"] == [id_]
    (focus,) = found["focus"]
    assert focus["criterion_id"] == "metrics"
    assert '"How would you know?" was thin' in focus["reason"]
    assert (await other.get(NEXT)).json() is None


async def test_a_session_without_weakness_suggests_nothing(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_, conductor = await world.conducted(owner)
    await end(world, id_, conductor)
    assert (await owner.get(NEXT)).json() is None


async def test_a_log_that_cannot_be_read_hides_nothing_else(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_, conductor = await answered(world, owner)
    await end(world, id_, conductor)
    world.clock.move(60)
    later, conductor = await answered(world, owner, scenario_id="behavioural")
    await end(world, later, conductor)
    async with world.context.database.write() as db:
        broken = update(LoggedEvent).where(
            LoggedEvent.interview_id == later, LoggedEvent.type == "observed"
        )
        await db.execute(broken.values(data={"turn": 7}))
    assert (await owner.get(NEXT)).json()["because"] == [id_]


async def test_only_the_last_few_are_looked_at(world: World, owner: httpx.AsyncClient) -> None:
    id_, conductor = await answered(world, owner)
    await end(world, id_, conductor)
    for _ in range(5):
        world.clock.move(60)
        newer = (await owner.post("/api/v1/sessions", json={"scenario_id": "behavioural"})).json()
        await owner.post(f"/api/v1/sessions/{newer['id']}/control", json={"action": "end"})
    assert (await owner.get(NEXT)).json() is None
