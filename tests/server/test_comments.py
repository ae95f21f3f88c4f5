"""Comments on moments: who writes, who sees, who is told."""

from __future__ import annotations

import httpx
import pytest
from sqlalchemy import func, select

from server.models import Comment, Recording
from tests.server.conftest import PASSWORD, World
from tests.server.reviewing import SESSIONS, comment, comments, criteria, named, over, score

BOTH_DATABASES = True


async def length_ms(world: World, owner: httpx.AsyncClient, id_: str) -> int:
    events = (await owner.get(f"{SESSIONS}/{id_}/events")).json()["items"]
    return round(events[-1]["at"] * 1000)


async def test_owner_and_reviewers_comment_and_see_all_in_the_order_of_moments(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await over(world, owner)
    grace = await named(world, owner, id_, "grace@example.org")
    late = await comment(owner, id_, "Here I lost the thread.", 3000)
    early = await comment(grace, id_, "A good question <b>to</b> ask.\nWhy?", 1500)
    assert (late.status_code, early.status_code) == (201, 201)
    told = early.json()
    assert told["created_at"] == told["changed_at"]
    assert {k: told[k] for k in ("at_ms", "text", "author_name", "own", "may_delete")} == {
        "at_ms": 1500,
        "text": "A good question <b>to</b> ask.\nWhy?",
        "author_name": "Ada Lovelace",
        "own": True,
        "may_delete": True,
    }
    for client, own in ((owner, [False, True]), (grace, [True, False])):
        answer = (await client.get(f"{SESSIONS}/{id_}/comments")).json()
        assert (answer["next"], answer["others_hidden"]) == (None, False)
        assert [item["at_ms"] for item in answer["items"]] == [1500, 3000]
        assert [item["own"] for item in answer["items"]] == own
    assert [
        i["may_delete"] for i in (await owner.get(f"{SESSIONS}/{id_}/comments")).json()["items"]
    ]


async def test_comments_are_changed_by_their_author_and_deleted_by_them_or_the_owner(
    world: World, owner: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    id_ = await over(world, owner)
    grace = await named(world, owner, id_, "grace@example.org")
    mine = (await comment(owner, id_, "mine")).json()["id"]
    theirs = (await comment(grace, id_, "theirs")).json()["id"]
    world.clock.move(10)
    changed = await grace.patch(f"/api/v1/comments/{theirs}", json={"text": "better"})
    assert changed.status_code == 200
    assert changed.json()["changed_at"] > changed.json()["created_at"]
    assert (changed.json()["text"], changed.json()["at_ms"]) == ("better", 1000)
    moved = await grace.patch(f"/api/v1/comments/{theirs}", json={"at_ms": 2000})
    assert (moved.json()["text"], moved.json()["at_ms"]) == ("better", 2000)
    for client, id, status, code in (
        (owner, theirs, 403, "not_the_author"),
        (grace, mine, 403, "not_the_author"),
        (other, theirs, 404, "comment_not_found"),
    ):
        answer = await client.patch(f"/api/v1/comments/{id}", json={"text": "x"})
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert (await grace.delete(f"/api/v1/comments/{mine}")).status_code == 403
    assert (await other.delete(f"/api/v1/comments/{mine}")).status_code == 404
    assert await comments(owner, id_) == ["mine", "better"]
    assert (await owner.delete(f"/api/v1/comments/{theirs}")).status_code == 204
    assert (await owner.delete(f"/api/v1/comments/{mine}")).status_code == 204
    assert (await owner.delete(f"/api/v1/comments/{mine}")).status_code == 404
    assert await comments(grace, id_) == []


@pytest.mark.parametrize(
    "body",
    [
        {"text": "", "at_ms": 0},
        {"text": " \n", "at_ms": 0},
        {"text": "x" * 4001, "at_ms": 0},
        {"text": "a\0b", "at_ms": 0},
        {"text": "x", "at_ms": -1},
        {"text": "x", "at_ms": 1.5},
        {"text": "x", "at_ms": "1"},
        {"text": "x", "at_ms": 10**19},
        {"text": "x"},
        {"text": "x", "at_ms": 0, "author_name": "Eve"},
    ],
)
async def test_what_is_no_comment_is_refused(
    owner: httpx.AsyncClient, session_id: str, body: dict[str, object]
) -> None:
    answer = await owner.post(f"{SESSIONS}/{session_id}/comments", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert await comments(owner, session_id) == []


async def test_the_longest_comment_is_kept_whole(world: World, owner: httpx.AsyncClient) -> None:
    id_ = await over(world, owner)
    text = "ü" * 3999 + "🙂"
    assert (await comment(owner, id_, text)).status_code == 201
    assert await comments(owner, id_) == [text]


async def test_a_comment_is_about_a_moment_of_the_session(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await over(world, owner)
    length = await length_ms(world, owner, id_)
    assert (await comment(owner, id_, "the end", length)).status_code == 201
    beyond = await comment(owner, id_, "nowhere", length + 61_000)
    assert (beyond.status_code, beyond.json()["code"]) == (422, "moment_out_of_range")
    assert beyond.json()["length_ms"] == length
    comment_id = (await owner.get(f"{SESSIONS}/{id_}/comments")).json()["items"][0]["id"]
    url = f"/api/v1/comments/{comment_id}"
    assert (await owner.patch(url, json={"at_ms": length + 61_000})).status_code == 422
    async with world.context.database.write() as db:
        now = world.clock()
        db.add(
            Recording(
                interview_id=id_,
                state="ready",
                duration_ms=length + 90_000,
                gaps=[],
                started_at=now,
                changed_at=now,
            )
        )
    assert (await comment(owner, id_, "still heard", length + 80_000)).status_code == 201


async def test_the_owner_is_told_of_a_reviewers_comments_once_a_day(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await over(world, owner)
    grace = await named(world, owner, id_, "grace@example.org")
    await comment(owner, id_, "my own")
    assert (await owner.get("/api/v1/me/notices")).json()["items"] == []
    await comment(grace, id_, "zqsecretword", 2500)
    await comment(grace, id_, "second", 3500)
    items = (await owner.get("/api/v1/me/notices")).json()["items"]
    assert [item["kind"] for item in items] == ["comment"]
    assert items[0]["title"] == "Ada Lovelace commented on your interview"
    assert items[0]["link"] == f"/sessions/{id_}/replay?t=2"
    assert "zqsecretword" not in str(items)
    world.clock.move(86_400)
    await comment(grace, id_, "the day after", 100)
    assert len((await owner.get("/api/v1/me/notices")).json()["items"]) == 2
    assert (await grace.get("/api/v1/me/notices")).json()["items"] == []
    await owner.delete(f"{SESSIONS}/{id_}")
    assert (await owner.get("/api/v1/me/notices")).json()["items"] == []


async def test_who_scores_blind_writes_unseen_and_sees_nothing_of_others_until_done(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await over(world, owner)
    blind = await named(world, owner, id_, "blind@example.org", blind=True)
    grace = await named(world, owner, id_, "grace@example.org")
    mine = (await comment(owner, id_, "owner")).json()["id"]
    assert (await comment(grace, id_, "grace")).status_code == 201
    unseen = (await comment(blind, id_, "blind")).json()["id"]
    assert await comments(blind, id_) == ["blind"]
    assert (await blind.get(f"{SESSIONS}/{id_}/comments")).json()["others_hidden"] is True
    for client in (owner, grace):
        assert sorted(await comments(client, id_)) == ["grace", "owner"]
        hidden = await client.delete(f"/api/v1/comments/{unseen}")
        assert (hidden.status_code, hidden.json()["code"]) == (404, "comment_not_found")
    hidden = await blind.patch(f"/api/v1/comments/{mine}", json={"text": "x"})
    assert hidden.status_code == 404
    kinds = [item["kind"] for item in (await owner.get("/api/v1/me/notices")).json()["items"]]
    assert kinds == ["comment"]
    levels = dict.fromkeys(await criteria(blind, id_), 2)
    assert (await score(blind, id_, levels, done=True)).status_code == 200
    for client in (owner, grace, blind):
        assert sorted(await comments(client, id_)) == ["blind", "grace", "owner"]
    kinds = [item["kind"] for item in (await owner.get("/api/v1/me/notices")).json()["items"]]
    assert sorted(kinds) == ["comment", "scored"]


async def test_who_is_a_reviewer_no_more_has_no_say_and_what_they_wrote_stays(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await over(world, owner)
    grace = await named(world, owner, id_, "grace@example.org")
    theirs = (await comment(grace, id_, "kept")).json()["id"]
    listed = (await owner.get(f"{SESSIONS}/{id_}/reviewers")).json()["items"]
    await owner.delete(f"{SESSIONS}/{id_}/reviewers/{listed[0]['id']}")
    assert (await comment(grace, id_, "more")).status_code == 404
    assert (await grace.patch(f"/api/v1/comments/{theirs}", json={"text": "x"})).status_code == 404
    assert (await grace.delete(f"/api/v1/comments/{theirs}")).status_code == 404
    assert await comments(owner, id_) == ["kept"]


async def test_comments_go_with_their_session_and_with_their_author(
    world: World, owner: httpx.AsyncClient
) -> None:
    first, second = await over(world, owner), await over(world, owner)
    grace = await named(world, owner, first, "grace@example.org")
    await owner.post(f"{SESSIONS}/{second}/reviewers", json={"email": "grace@example.org"})
    for id_ in (first, second):
        await comment(grace, id_, "theirs")
        await comment(owner, id_, "mine")
    await owner.delete(f"{SESSIONS}/{first}")
    assert sorted(await comments(owner, second)) == ["mine", "theirs"]
    left = await grace.request("DELETE", "/api/v1/me", json={"password": PASSWORD})
    assert left.status_code == 204
    assert await comments(owner, second) == ["mine"]
    assert (await owner.get("/api/v1/me/notices")).json()["items"] == []
    async with world.context.database.read() as db:
        assert await db.scalar(select(func.count()).select_from(Comment)) == 1


async def test_there_is_an_end_to_comments(
    world: World, owner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.comments.service._MOST", 2)
    id_ = await over(world, owner)
    codes = [(await comment(owner, id_, str(n))).status_code for n in range(3)]
    assert codes == [201, 201, 409]
