"""Notices: listed, read, and nobody else's."""

from __future__ import annotations

import httpx
import pytest

from server.notices import service
from server.notices.wording import digest
from tests.server.conftest import World

BOTH_DATABASES = True


async def tell(world: World, client: httpx.AsyncClient, *keys: str, kind: str = "reminder") -> None:
    user_id = (await client.get("/api/v1/me")).json()["id"]
    for key in keys:
        data = {"days": 2, "scenario_title": f"about {key}", "next": None}
        async with world.context.database.write() as db:
            await service.tell(
                db, user_id=user_id, kind=kind, key=key, data=data, now=world.clock()
            )
        world.clock.move(1)


async def test_nobody_is_told_twice(world: World, owner: httpx.AsyncClient) -> None:
    await tell(world, owner, "one", "one", "two")
    items = (await owner.get("/api/v1/me/notices")).json()["items"]
    assert [item["text"] for item in items] == [
        f"Last time it was “about {key}”. A short one now keeps it fresh." for key in ("two", "one")
    ]


async def test_notices_come_page_by_page(world: World, owner: httpx.AsyncClient) -> None:
    await tell(world, owner, *"abcde")
    seen, cursor = [], None
    for _ in range(3):
        query = f"?limit=2{f'&cursor={cursor}' if cursor else ''}"
        page = (await owner.get(f"/api/v1/me/notices{query}")).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
    assert (len(seen), len(set(seen)), cursor) == (5, 5, None)
    answer = await owner.get("/api/v1/me/notices?cursor=nonsense")
    assert (answer.status_code, answer.json()["code"]) == (422, "cursor_invalid")


async def test_reading_one_and_all(
    world: World, owner: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    await tell(world, owner, "one", "two", "three")
    await tell(world, other, "theirs")
    items = (await owner.get("/api/v1/me/notices")).json()["items"]
    assert (await owner.post(f"/api/v1/me/notices/{items[0]['id']}/read")).status_code == 204
    first = (await owner.get("/api/v1/me/notices")).json()["items"][0]["read_at"]
    world.clock.move(60)
    assert (await owner.post(f"/api/v1/me/notices/{items[0]['id']}/read")).status_code == 204
    assert (await owner.post("/api/v1/me/notices/read")).status_code == 204
    items = (await owner.get("/api/v1/me/notices")).json()["items"]
    assert items[0]["read_at"] == first
    assert None not in [item["read_at"] for item in items]
    theirs = (await other.get("/api/v1/me/notices")).json()["items"]
    assert [item["read_at"] for item in theirs] == [None]
    answer = await owner.post(f"/api/v1/me/notices/{theirs[0]['id']}/read")
    assert (answer.status_code, answer.json()["code"]) == (404, "notice_not_found")


async def test_a_kind_of_a_newer_version_is_left_out(
    world: World, owner: httpx.AsyncClient
) -> None:
    await tell(world, owner, "new", kind="unheard-of")
    await tell(world, owner, "old")
    assert len((await owner.get("/api/v1/me/notices")).json()["items"]) == 1


@pytest.mark.parametrize(
    ("changed", "title", "text"),
    [
        ({}, "Your week: 1 interview, 45 min", "Look at what was said, while it is fresh."),
        (
            {"period": "monthly", "count": 2, "minutes": 80, "strong": 1, "thin": 2},
            "Your month: 2 interviews, 1 h 20 min",
            "1 strong answer, 2 that stayed thin.",
        ),
        (
            {"minutes": 120, "thin": 1, "next": {"scenario_title": "Ads", "focus": ["Scale"]}},
            "Your week: 1 interview, 2 h",
            "1 answer that stayed thin. Next: “Ads”, with an eye on Scale.",
        ),
        ({"minutes": 0, "strong": 2}, "Your week: 1 interview", "2 strong answers."),
        (
            {"strong": 2, "level_mean": 2.58, "level_before": None},
            "Your week: 1 interview, 45 min",
            "2 strong answers. Level 2.6 of 4 on average.",
        ),
        (
            {"period": "monthly", "level_mean": 3.0, "level_before": 2.44},
            "Your month: 1 interview, 45 min",
            "Level 3.0 of 4 on average, 2.4 the month before.",
        ),
        (
            {"level_mean": None, "level_before": 2.4},
            "Your week: 1 interview, 45 min",
            "Look at what was said, while it is fresh.",
        ),
    ],
)
def test_the_words_of_a_digest(changed: dict[str, object], title: str, text: str) -> None:
    data = {"period": "weekly", "since": "2026-03-02", "until": "2026-03-08", "count": 1}
    data |= {"minutes": 45, "strong": 0, "thin": 0, "next": None} | changed
    words = digest(data)
    assert (words.title, words.text) == (title, text)
