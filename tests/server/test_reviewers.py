"""Who may look at a session beside its owner, and at what of it."""

from __future__ import annotations

import httpx
import pytest

from interview.events import EndRequested
from tests.server.conftest import World

BOTH_DATABASES = True
SESSIONS = "/api/v1/sessions"
SEEN = ("", "/transcript", "/transcript.json", "/transcript.vtt", "/flags", "/record")
UNSEEN = ("/drafts", "/events", "/reviewers")


async def name(owner: httpx.AsyncClient, id_: str, email: str) -> httpx.Response:
    return await owner.post(f"{SESSIONS}/{id_}/reviewers", json={"email": email})


@pytest.fixture
async def reviewer(world: World) -> httpx.AsyncClient:
    return await world.user("grace@example.org")


async def test_a_named_reviewer_sees_the_session_and_nothing_that_is_not_theirs(
    world: World, owner: httpx.AsyncClient, reviewer: httpx.AsyncClient
) -> None:
    id_ = await world.joined(owner)
    assert (await name(owner, id_, "Grace@Example.org")).status_code == 201
    for path in SEEN:
        theirs = await reviewer.get(f"{SESSIONS}/{id_}{path}")
        assert theirs.status_code == 200, path
        if path:
            assert theirs.content == (await owner.get(f"{SESSIONS}/{id_}{path}")).content
    session = (await reviewer.get(f"{SESSIONS}/{id_}")).json()
    assert (session["own"], session["candidate_name"]) == (False, "Ada Lovelace")
    for path in UNSEEN:
        assert (await reviewer.get(f"{SESSIONS}/{id_}{path}")).status_code == 404, path
    for method, path, body in (
        ("DELETE", "", None),
        ("PATCH", "", {"tone": "direct"}),
        ("POST", "/connection", {}),
        ("POST", "/control", {"action": "end"}),
        ("POST", "/reviewers", {"email": "eve@example.org"}),
        ("PUT", "/drafts/notes", {"text": "x", "base": 0}),
    ):
        answer = await reviewer.request(method, f"{SESSIONS}/{id_}{path}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (404, "session_not_found"), path
    assert (await owner.get(f"{SESSIONS}/{id_}")).json()["state"] == "live"


async def test_a_reviewer_sees_no_more_than_the_owner_while_it_runs(
    world: World, owner: httpx.AsyncClient, reviewer: httpx.AsyncClient
) -> None:
    id_, conductor = await world.conducted(owner)
    await name(owner, id_, "grace@example.org")
    record = (await reviewer.get(f"{SESSIONS}/{id_}/record")).json()
    assert record["never_asked"] == []
    conductor.happens(EndRequested(at=conductor.at + 1))
    while not conductor.ended:
        conductor.wake()
    await world.send(id_, conductor)
    assert (await reviewer.get(f"{SESSIONS}/{id_}/record")).json()["never_asked"]


async def test_whoever_is_named_before_they_have_an_account_sees_it_later(
    world: World, owner: httpx.AsyncClient, session_id: str
) -> None:
    known = await name(owner, session_id, "grace@example.org")
    await world.user("bob@example.org")
    answer = await name(owner, session_id, "bob@example.org")
    assert set(known.json()) == set(answer.json()) == {"id", "email", "blind", "created_at"}
    assert known.status_code == answer.status_code == 201
    later = await world.user("grace@example.org")
    assert (await later.get(f"{SESSIONS}/{session_id}")).status_code == 200


async def test_naming_again_changes_nothing_and_removing_ends_it(
    owner: httpx.AsyncClient, reviewer: httpx.AsyncClient, session_id: str
) -> None:
    first = (await name(owner, session_id, "grace@example.org")).json()
    assert (await name(owner, session_id, "GRACE@example.org")).json() == first
    path = f"{SESSIONS}/{session_id}/reviewers"
    assert (await owner.get(path)).json() == {"items": [first], "next": None}
    assert (await reviewer.get(f"{SESSIONS}/{session_id}")).status_code == 200
    assert (await owner.delete(f"{path}/{first['id']}")).status_code == 204
    gone = await reviewer.get(f"{SESSIONS}/{session_id}")
    nothing = await reviewer.get(f"{SESSIONS}/{'0' * 24}")
    assert (gone.status_code, gone.content) == (404, nothing.content)
    answer = await owner.delete(f"{path}/{first['id']}")
    assert (answer.status_code, answer.json()["code"]) == (404, "reviewer_not_found")


async def test_a_reviewer_of_one_session_is_none_of_another(
    owner: httpx.AsyncClient, session_id: str
) -> None:
    other_session = (await owner.post(SESSIONS, json={})).json()["id"]
    first = (await name(owner, session_id, "grace@example.org")).json()
    answer = await owner.delete(f"{SESSIONS}/{other_session}/reviewers/{first['id']}")
    assert answer.status_code == 404
    assert (await owner.get(f"{SESSIONS}/{session_id}/reviewers")).json()["items"] == [first]


@pytest.mark.parametrize(
    ("email", "code"),
    [
        ("ADA@example.org", "reviewer_is_owner"),
        ("nobody", "invalid_request"),
        ("", "invalid_request"),
    ],
)
async def test_who_cannot_be_named(
    owner: httpx.AsyncClient, session_id: str, email: str, code: str
) -> None:
    answer = await name(owner, session_id, email)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_there_is_an_end_to_naming(owner: httpx.AsyncClient, session_id: str) -> None:
    for number in range(20):
        assert (await name(owner, session_id, f"r{number}@example.org")).status_code == 201
    answer = await name(owner, session_id, "r20@example.org")
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_reviewers")
    assert (await name(owner, session_id, "r0@example.org")).status_code == 201


async def test_what_one_may_review_is_listed_apart(
    world: World, owner: httpx.AsyncClient, reviewer: httpx.AsyncClient
) -> None:
    named = (await owner.post(SESSIONS, json={"scenario_id": "behavioural"})).json()["id"]
    await owner.post(SESSIONS, json={})
    await name(owner, named, "grace@example.org")
    mine = (await reviewer.post(SESSIONS, json={})).json()["id"]
    for query, expected in (
        ({}, [mine]),
        ({"as": "owner"}, [mine]),
        ({"as": "reviewer"}, [named]),
        ({"as": "reviewer", "q": "behavioural"}, [named]),
        ({"as": "reviewer", "state": "ended"}, []),
    ):
        items = (await reviewer.get(SESSIONS, params=query)).json()["items"]
        assert [item["id"] for item in items] == expected, query
    assert (await owner.get(SESSIONS, params={"as": "reviewer"})).json()["items"] == []


async def test_a_reviewer_cannot_search_in_what_they_may_not_read(
    owner: httpx.AsyncClient, reviewer: httpx.AsyncClient, session_id: str
) -> None:
    await name(owner, session_id, "grace@example.org")
    body = {"text": "xylophone", "base": 0}
    await owner.put(f"{SESSIONS}/{session_id}/drafts/notes", json=body)
    for as_, client, hits in (("owner", owner, 1), ("reviewer", reviewer, 0)):
        answer = await client.get(SESSIONS, params={"as": as_, "q": "xylophone"})
        assert len(answer.json()["items"]) == hits
