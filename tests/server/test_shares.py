"""Links that show parts of a session: for how long, how much, to whom, and without a trace."""

from __future__ import annotations

import string
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from server.models import Share
from tests.server.conftest import PASSWORD, World
from tests.server.reviewing import SAID, SESSIONS, comment, criteria, named, over, score
from tests.server.test_bundles import recorded
from tests.server.test_traces import found_in

BOTH_DATABASES = True
EVERYTHING = ["report", "transcript", "audio", "comments"]
DAY = 86_400


async def shared(
    owner: httpx.AsyncClient, id_: str, parts: list[str] | None = None, **body: Any
) -> dict[str, Any]:
    body = {"parts": parts or EVERYTHING} | body
    answer = await owner.post(f"{SESSIONS}/{id_}/shares", json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def opened(world: World, secret: str, part: str = "") -> httpx.Response:
    """Signed out."""
    return await world.browser().get(f"/api/v1/shared/{secret}{part}")


async def test_a_link_shows_its_session_to_whoever_holds_it(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await over(world, owner)
    made = await shared(owner, id_, label="for Grace")
    assert made["url"] == f"http://localhost:8000/shared/{made['secret']}"
    assert made["parts"] == EVERYTHING
    answer = await opened(world, made["secret"])
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["candidate_name"] == "Ada Lovelace"
    assert found["parts"] == EVERYTHING
    assert found["expires_at"] == made["expires_at"]
    assert found["duration_ms"] is None
    named = {segment["id"]: segment["title"] for segment in found["segments"]}
    assert named["wrap_up"] == "Wrap-up"
    assert "for Grace" not in answer.text
    theirs = (await opened(world, made["secret"], "/transcript")).json()
    assert theirs == (await owner.get(f"{SESSIONS}/{id_}/transcript")).json()
    assert SAID in str(theirs)


async def test_the_report_is_shared_without_what_the_owner_wrote_for_themself(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await over(world, owner)
    for field in ("notes", "reflection"):
        body = {"text": "zqprivate", "base": 0}
        await owner.put(f"{SESSIONS}/{id_}/drafts/{field}", json=body)
    made = await shared(owner, id_, ["report"])
    theirs = await opened(world, made["secret"], "/report")
    mine = (await owner.get(f"{SESSIONS}/{id_}/report")).json()
    assert mine["reflection"] == "zqprivate"
    assert theirs.json() == mine | {"reflection": None}
    for part in ("/recording", "/recording/peaks", "/transcript", "/comments"):
        answer = await opened(world, made["secret"], part)
        assert (answer.status_code, answer.json()["code"]) == (404, "part_not_shared")


async def test_the_recording_is_heard_in_parts_until_the_link_is_revoked(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await recorded(world, owner)
    whole = (await owner.get(f"{SESSIONS}/{id_}/recording")).content
    made = await shared(owner, id_, ["audio"])
    assert (await opened(world, made["secret"])).json()["duration_ms"] == 3000
    url = f"/api/v1/shared/{made['secret']}/recording"
    browser = world.browser()
    answer = await browser.get(url)
    assert (answer.status_code, answer.content) == (200, whole)
    part = await browser.get(url, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, whole[100:200])
    for one in (answer, part):
        assert one.headers["cache-control"] == "no-store"
        assert one.headers["x-robots-tag"] == "noindex, nofollow"
    peaks = await browser.get(f"{url}/peaks")
    assert peaks.json() == (await owner.get(f"{SESSIONS}/{id_}/recording/peaks")).json()
    assert peaks.headers["cache-control"] == "no-store"
    without = await shared(owner, id_, ["report", "transcript"])
    assert (await opened(world, without["secret"], "/recording")).status_code == 404
    assert (await opened(world, without["secret"])).json()["duration_ms"] is None
    await owner.delete(f"/api/v1/shares/{made['id']}")
    for part in ("", "/recording", "/recording/peaks"):
        answer = await opened(world, made["secret"], part)
        assert (answer.status_code, answer.json()["code"]) == (404, "share_not_found")


async def test_the_secret_is_256_random_bits_and_kept_nowhere(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await over(world, owner)
    made = [await shared(owner, id_) for _ in range(5)]
    secrets = {one["secret"] for one in made}
    assert len(secrets) == 5
    assert {len(secret) for secret in secrets} == {43}
    assert set("".join(secrets)) <= set(string.ascii_letters + string.digits + "-_")
    for listed in (
        await owner.get(f"{SESSIONS}/{id_}/shares"),
        await owner.get(f"/api/v1/shares/{made[0]['id']}"),
        await owner.get("/api/v1/me/export"),
    ):
        assert listed.status_code == 200
        assert not [secret for secret in secrets if secret.encode() in listed.content]
    for secret in secrets:
        assert found_in(world.settings.data_dir, secret) == []


async def test_a_link_ends_when_it_is_to(world: World, owner: httpx.AsyncClient) -> None:
    id_ = await over(world, owner)
    short = await shared(owner, id_, expires_in=3600)
    usual = await shared(owner, id_, expires_in=None)
    world.clock.move(3599)
    assert (await opened(world, short["secret"])).status_code == 200
    world.clock.move(1)
    assert (await opened(world, short["secret"])).status_code == 404
    assert (await opened(world, short["secret"], "/transcript")).status_code == 404
    assert (await opened(world, usual["secret"])).status_code == 200
    world.clock.move(30 * DAY - 3600)
    assert (await opened(world, usual["secret"])).status_code == 404
    await owner.post("/api/v1/auth/login", json={"email": "ada@example.org", "password": PASSWORD})
    listed = (await owner.get(f"{SESSIONS}/{id_}/shares")).json()["items"]
    assert [one["active"] for one in listed] == [False, False]


async def test_whatever_does_not_open_looks_the_same(
    world: World, owner: httpx.AsyncClient
) -> None:
    first, second = await over(world, owner), await over(world, owner)
    revoked, old = await shared(owner, first), await shared(owner, first, expires_in=60)
    deleted = await shared(owner, second)
    assert (await owner.delete(f"/api/v1/shares/{revoked['id']}")).status_code == 204
    assert (await owner.delete(f"/api/v1/shares/{revoked['id']}")).status_code == 204
    await owner.delete(f"{SESSIONS}/{second}")
    world.clock.move(61)
    for part in ("", "/transcript", "/comments"):
        answers = [
            await opened(world, secret, part)
            for secret in (revoked["secret"], old["secret"], deleted["secret"], "x", "y" * 43)
        ]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.content for answer in answers}) == 1
        assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1
        assert answers[0].json()["code"] == "share_not_found"


async def test_a_link_shows_no_more_than_its_parts(world: World, owner: httpx.AsyncClient) -> None:
    id_ = await over(world, owner)
    await comment(owner, id_, "Slower here.")
    for part in ("transcript", "comments"):
        made = await shared(owner, id_, [part])
        for path in ("transcript", "comments"):
            answer = await opened(world, made["secret"], f"/{path}")
            assert answer.status_code == (200 if path == part else 404), (part, path)
            if path != part:
                assert answer.json()["code"] == "part_not_shared"


async def test_what_was_made_of_the_answers_goes_with_the_report_alone(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await over(world, owner, text="I don't know.")
    mine = (await owner.get(f"{SESSIONS}/{id_}/transcript")).json()["turns"]
    flags = [turn["flags"] for turn in mine if turn["flags"]]
    for parts, expected in ((["transcript"], []), (["transcript", "report"], flags)):
        made = await shared(owner, id_, parts)
        turns = (await opened(world, made["secret"], "/transcript")).json()["turns"]
        assert [turn["flags"] for turn in turns if turn["flags"]] == expected
        assert [turn["text"] for turn in turns] == [turn["text"] for turn in mine]


async def test_comments_are_shared_as_the_owner_sees_them(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await over(world, owner)
    blind = await named(world, owner, id_, "blind@example.org", blind=True)
    await comment(owner, id_, "mine")
    await comment(blind, id_, "held back")
    made = await shared(owner, id_, ["comments"])
    items = (await opened(world, made["secret"], "/comments")).json()["items"]
    assert [(one["text"], one["own"], one["may_delete"]) for one in items] == [
        ("mine", False, False)
    ]
    await score(blind, id_, dict.fromkeys(await criteria(blind, id_), 1), done=True)
    items = (await opened(world, made["secret"], "/comments")).json()["items"]
    assert sorted(one["text"] for one in items) == ["held back", "mine"]


async def test_openings_are_counted(world: World, owner: httpx.AsyncClient) -> None:
    id_ = await over(world, owner)
    made = await shared(owner, id_)
    await opened(world, made["secret"])
    await opened(world, made["secret"], "/transcript")
    await opened(world, made["secret"])
    assert (await owner.get(f"/api/v1/shares/{made['id']}")).json()["opened"] == 2


async def test_nothing_keeps_or_finds_what_is_shared(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await over(world, owner)
    made = await shared(owner, id_)
    browser = world.browser()
    answers = [
        await browser.get(f"{path}{secret}{part}")
        for path, part in (("/api/v1/shared/", ""), ("/api/v1/shared/", "/transcript"))
        for secret in (made["secret"], "wrong")
    ]
    answers.append(await browser.get(f"/shared/{made['secret']}"))
    for answer in answers:
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in answer.headers


async def test_too_much_from_one_address_is_refused(
    world: World, owner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = await over(world, owner)
    made = await shared(owner, id_)
    most = world.settings.share_requests_per_address
    statuses = [(await opened(world, f"guess{n}")).status_code for n in range(most)]
    assert set(statuses) == {404}
    refused = await opened(world, made["secret"])
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_attempts")
    assert refused.headers["retry-after"] == "300"
    wrong = await opened(world, "guess")
    assert wrong.content == refused.content


@pytest.mark.parametrize(
    "body",
    [
        {"parts": []},
        {"parts": ["drafts"]},
        {"parts": ["report"], "expires_in": 59},
        {"parts": ["report"], "expires_in": 365 * DAY + 1},
        {"parts": ["report"], "expires_in": 3600.5},
        {"parts": ["report"], "label": "x" * 101},
        {"parts": ["report"], "secret": "mine"},
        {"parts": ["transcript"], "blind": True},
        {"parts": ["transcript", "report"], "may_comment": True, "blind": True},
        {},
    ],
)
async def test_what_is_no_link_is_refused(
    world: World, owner: httpx.AsyncClient, session_id: str, body: dict[str, Any]
) -> None:
    answer = await owner.post(f"{SESSIONS}/{session_id}/shares", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    async with world.context.database.read() as db:
        assert list(await db.scalars(select(Share))) == []


async def test_parts_are_named_once_in_their_order(world: World, owner: httpx.AsyncClient) -> None:
    made = await shared(owner, await over(world, owner), ["audio", "report", "audio"])
    assert made["parts"] == ["report", "audio"]


async def test_a_session_that_goes_on_is_not_shared(world: World, owner: httpx.AsyncClient) -> None:
    id_ = await world.joined(owner)
    answer = await owner.post(f"{SESSIONS}/{id_}/shares", json={"parts": ["transcript"]})
    assert (answer.status_code, answer.json()["code"]) == (409, "session_not_over")


async def test_there_is_an_end_to_links(
    world: World, owner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.shares.service._MOST", 2)
    id_ = await over(world, owner)
    for _ in range(2):
        await shared(owner, id_)
    answer = await owner.post(f"{SESSIONS}/{id_}/shares", json={"parts": ["audio"]})
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_shares")


async def test_links_are_the_owners_alone(
    world: World, owner: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    id_ = await over(world, owner)
    grace = await named(world, owner, id_, "grace@example.org")
    made = await shared(owner, id_)
    for client in (other, grace):
        answers = [
            await client.post(f"{SESSIONS}/{id_}/shares", json={"parts": ["audio"]}),
            await client.get(f"{SESSIONS}/{id_}/shares"),
            await client.get(f"/api/v1/shares/{made['id']}"),
            await client.delete(f"/api/v1/shares/{made['id']}"),
        ]
        assert {answer.status_code for answer in answers} == {404}
    assert (await opened(world, made["secret"])).status_code == 200


async def test_who_opens_a_link_signed_in_may_become_a_reviewer_where_it_says_so(
    world: World, owner: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    id_ = await over(world, owner)
    looking = await shared(owner, id_, ["transcript"])
    made = await shared(owner, id_, ["transcript", "audio"], may_comment=True, blind=True)
    url = "/api/v1/shared/{}/reviewer"
    refused = await other.post(url.format(looking["secret"]))
    assert (refused.status_code, refused.json()["code"]) == (403, "not_for_reviewing")
    assert (await world.browser().post(url.format(made["secret"]))).status_code == 401
    assert (await owner.post(url.format(made["secret"]))).status_code == 409
    assert (await other.get(f"{SESSIONS}/{id_}")).status_code == 404
    for _ in range(2):
        answer = await other.post(url.format(made["secret"]))
        assert (answer.status_code, answer.json()) == (201, {"session_id": id_, "blind": True})
    assert (await comment(other, id_, "Good.")).status_code == 201
    blind = await other.get(f"{SESSIONS}/{id_}/flags")
    assert (blind.status_code, blind.json()["code"]) == (403, "scoring_first")
    listed = (await owner.get(f"{SESSIONS}/{id_}/reviewers")).json()["items"]
    assert [(one["email"], one["blind"]) for one in listed] == [("bob@example.org", True)]
    assert (await owner.delete(f"/api/v1/shares/{made['id']}")).status_code == 204
    eve = await world.user("eve@example.org")
    assert (await eve.post(url.format(made["secret"]))).status_code == 404
