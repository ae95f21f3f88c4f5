"""Levels given by people: drafts, done, blind; and what a blind reviewer does not get to see."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from sqlalchemy import select

from server.models import HumanScore
from tests.server.conftest import World
from tests.server.reviewing import SESSIONS, criteria, named, over, score

BOTH_DATABASES = True
GUARDED = ("/flags", "/record", "/report", "/report.json", "/report.md")


async def scoring(client: httpx.AsyncClient, id_: str) -> dict[str, Any]:
    answer = await client.get(f"{SESSIONS}/{id_}/scoring")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def levels_of(scores: list[dict[str, Any]]) -> dict[str, int | None]:
    return {one["criterion"]: one["level"] for one in scores}


async def test_the_criteria_are_the_sessions_own_and_tell_no_signals(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await over(world, owner)
    found = await scoring(owner, id_)
    scenario_id = (await owner.get(f"{SESSIONS}/{id_}")).json()["scenario_id"]
    rubric = world.context.scenarios[scenario_id].rubric
    assert found["criteria"] == [
        {"id": one.id, "title": one.title, "levels": list(one.levels)} for one in rubric
    ]
    assert all(len(one["levels"]) == 4 for one in found["criteria"])
    assert (found["blind"], found["done"], found["own"], found["others"]) == (False, False, [], [])


async def test_a_session_is_scored_when_it_is_over(world: World, owner: httpx.AsyncClient) -> None:
    id_ = await world.joined(owner)
    for answer in (
        await owner.get(f"{SESSIONS}/{id_}/scoring"),
        await score(owner, id_, {}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "session_not_over")


async def test_a_draft_is_its_writers_and_is_replaced_whole(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await over(world, owner)
    grace = await named(world, owner, id_, "grace@example.org")
    first, second, *_ = await criteria(grace, id_)
    assert (await score(grace, id_, {second: 2, first: 4})).status_code == 200
    assert levels_of((await scoring(grace, id_))["own"]) == {first: 4, second: 2}
    assert list(levels_of((await scoring(grace, id_))["own"])) == [first, second]
    body = {"scores": [{"criterion": first, "level": 1, "note": "too short"}], "done": False}
    answer = await grace.put(f"{SESSIONS}/{id_}/scoring", json=body)
    assert answer.json()["own"] == [
        {"criterion": first, "level": 1, "note": "too short", "blind": False}
    ]
    assert (await scoring(owner, id_))["others"] == []
    assert (await owner.get("/api/v1/me/notices")).json()["items"] == []


async def test_the_owner_sees_the_scores_of_who_is_done_and_is_told_once(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await over(world, owner)
    grace = await named(world, owner, id_, "grace@example.org")
    ids = await criteria(grace, id_)
    answer = await score(grace, id_, {ids[0]: 3}, done=True)
    assert answer.json()["done"] is True
    expected = {ids[0]: 3} | dict.fromkeys(ids[1:])
    assert levels_of(answer.json()["own"]) == expected
    (theirs,) = (await scoring(owner, id_))["others"]
    assert (theirs["author_name"], theirs["blind"], theirs["imported"]) == (
        "Ada Lovelace",
        False,
        False,
    )
    assert levels_of(theirs["scores"]) == expected
    await score(grace, id_, {ids[0]: 4})
    assert (await scoring(grace, id_))["done"] is True
    (theirs,) = (await scoring(owner, id_))["others"]
    assert levels_of(theirs["scores"]) == {ids[0]: 4} | dict.fromkeys(ids[1:])
    (notice,) = (await owner.get("/api/v1/me/notices")).json()["items"]
    assert (notice["kind"], notice["link"]) == ("scored", f"/sessions/{id_}/report")


async def test_who_is_to_score_blind_sees_nothing_that_judges_until_they_are_done(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await over(world, owner)
    grace = await named(world, owner, id_, "grace@example.org")
    ids = await criteria(grace, id_)
    await score(grace, id_, dict.fromkeys(ids, 4), done=True)
    blind = await named(world, owner, id_, "blind@example.org", blind=True)
    for path in GUARDED:
        answer = await blind.get(f"{SESSIONS}/{id_}{path}")
        assert (answer.status_code, answer.json()["code"]) == (403, "scoring_first"), path
    for path in ("", "/transcript", "/transcript.md"):
        assert (await blind.get(f"{SESSIONS}/{id_}{path}")).status_code == 200, path
    turns = (await blind.get(f"{SESSIONS}/{id_}/transcript")).json()["turns"]
    assert [turn["flags"] for turn in turns if turn["flags"]] == []
    found = await scoring(blind, id_)
    assert (found["blind"], found["others"]) == (True, None)
    drafted = await score(blind, id_, dict.fromkeys(ids, 1))
    assert (drafted.json()["blind"], drafted.json()["others"]) == (True, None)
    assert (await blind.get(f"{SESSIONS}/{id_}/flags")).status_code == 403
    done = await score(blind, id_, dict.fromkeys(ids, 1), done=True)
    assert (done.json()["blind"], len(done.json()["others"])) == (False, 1)
    assert all(one["blind"] for one in done.json()["own"])
    for path in GUARDED:
        assert (await blind.get(f"{SESSIONS}/{id_}{path}")).status_code == 200, path
    others = (await scoring(owner, id_))["others"]
    assert sorted(one["blind"] for one in others) == [False, True]


async def test_a_level_that_is_changed_after_looking_is_blind_no_more(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await over(world, owner)
    blind = await named(world, owner, id_, "blind@example.org", blind=True)
    first, second, *rest = await criteria(blind, id_)
    await score(blind, id_, dict.fromkeys([first, second, *rest], 2), done=True)
    again = await score(blind, id_, dict.fromkeys([first, *rest], 2) | {second: 3})
    blinds = {one["criterion"]: one["blind"] for one in again.json()["own"]}
    assert blinds == {first: True, second: False} | dict.fromkeys(rest, True)
    (theirs,) = (await scoring(owner, id_))["others"]
    assert theirs["blind"] is False
    back = await score(blind, id_, dict.fromkeys([first, second, *rest], 2))
    assert [one["blind"] for one in back.json()["own"]].count(False) == 1


async def test_who_was_let_look_before_they_were_done_did_not_score_blind(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await over(world, owner)
    blind = await named(world, owner, id_, "blind@example.org", blind=True)
    ids = await criteria(blind, id_)
    await score(blind, id_, dict.fromkeys(ids, 2))
    listed = (await owner.get(f"{SESSIONS}/{id_}/reviewers")).json()["items"]
    assert listed[0]["blind"] is True
    await owner.delete(f"{SESSIONS}/{id_}/reviewers/{listed[0]['id']}")
    body = {"email": "blind@example.org", "blind": False}
    await owner.post(f"{SESSIONS}/{id_}/reviewers", json=body)
    assert (await blind.get(f"{SESSIONS}/{id_}/flags")).status_code == 200
    done = await score(blind, id_, dict.fromkeys(ids, 2), done=True)
    assert {one["blind"] for one in done.json()["own"]} == {False}


async def test_the_owner_may_score_themself_and_never_blind(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await over(world, owner)
    ids = await criteria(owner, id_)
    answer = await score(owner, id_, dict.fromkeys(ids, 3), done=True)
    assert {one["blind"] for one in answer.json()["own"]} == {False}
    assert (await owner.get("/api/v1/me/notices")).json()["items"] == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"level": 0}, "invalid_request"),
        ({"level": 5}, "invalid_request"),
        ({"level": 2.0}, "invalid_request"),
        ({"level": "3"}, "invalid_request"),
        ({"note": "x" * 2001}, "invalid_request"),
        ({"criterion": "charm"}, "criterion_unknown"),
        ({"blind": True}, "invalid_request"),
    ],
)
async def test_what_is_no_score_is_refused(
    world: World, owner: httpx.AsyncClient, change: dict[str, Any], code: str
) -> None:
    id_ = await over(world, owner)
    one = {"criterion": (await criteria(owner, id_))[0], "level": 1, "note": ""} | change
    answer = await owner.put(f"{SESSIONS}/{id_}/scoring", json={"scores": [one]})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    async with world.context.database.read() as db:
        assert list(await db.scalars(select(HumanScore))) == []


async def test_a_criterion_gets_one_level(world: World, owner: httpx.AsyncClient) -> None:
    id_ = await over(world, owner)
    one = {"criterion": (await criteria(owner, id_))[0], "level": 1}
    answer = await owner.put(f"{SESSIONS}/{id_}/scoring", json={"scores": [one, one]})
    assert (answer.status_code, answer.json()["code"]) == (422, "criterion_twice")


async def test_nobody_else_scores(
    world: World, owner: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    id_ = await over(world, owner)
    assert (await other.get(f"{SESSIONS}/{id_}/scoring")).status_code == 404
    assert (await score(other, id_, {}, done=True)).status_code == 404
    assert (await world.browser().get(f"{SESSIONS}/{id_}/scoring")).status_code == 401
