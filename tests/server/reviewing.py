"""Sessions that are over, and the people who review them."""

from __future__ import annotations

import httpx

from interview.events import EndRequested
from tests.server.conducting import Conductor
from tests.server.conftest import World
from tests.server.test_leaving import speaks

SESSIONS = "/api/v1/sessions"
SAID = "I'd begin with the labels, since clicks are biased by position."


async def over(
    world: World,
    owner: httpx.AsyncClient,
    text: str = SAID,
    going_on: tuple[str, Conductor] | None = None,
) -> str:
    """A session in which the candidate said `text` three times, and which has ended: a new one, or
    the one that is `going_on`."""
    id_, conductor = going_on or await world.conducted(owner)
    speaks(conductor, text, 3)
    conductor.happens(EndRequested(at=conductor.at + 1))
    for _ in range(200):
        if conductor.ended:
            break
        conductor.wake()
    assert conductor.ended
    await world.send(id_, conductor)
    return id_


async def named(
    world: World, owner: httpx.AsyncClient, id_: str, email: str, *, blind: bool = False
) -> httpx.AsyncClient:
    """Somebody who is a reviewer of the session."""
    body = {"email": email, "blind": blind}
    answer = await owner.post(f"{SESSIONS}/{id_}/reviewers", json=body)
    assert answer.status_code == 201, answer.text
    return await world.user(email)


async def comment(
    client: httpx.AsyncClient, id_: str, text: str, at_ms: int = 1000
) -> httpx.Response:
    return await client.post(f"{SESSIONS}/{id_}/comments", json={"text": text, "at_ms": at_ms})


async def comments(client: httpx.AsyncClient, id_: str) -> list[str]:
    """The texts that `client` sees."""
    answer = await client.get(f"{SESSIONS}/{id_}/comments")
    assert answer.status_code == 200, answer.text
    return [item["text"] for item in answer.json()["items"]]


async def criteria(client: httpx.AsyncClient, id_: str) -> list[str]:
    answer = await client.get(f"{SESSIONS}/{id_}/scoring")
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["criteria"]]


async def score(
    client: httpx.AsyncClient, id_: str, levels: dict[str, int | None], *, done: bool = False
) -> httpx.Response:
    scores = [{"criterion": id, "level": level, "note": ""} for id, level in levels.items()]
    body = {"scores": scores, "done": done}
    return await client.put(f"{SESSIONS}/{id_}/scoring", json=body)
