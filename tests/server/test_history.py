"""The list of sessions: filters, search, paging; and planning one anew."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from interview.events import EndRequested
from tests.server.conftest import World

BOTH_DATABASES = True
SESSIONS = "/api/v1/sessions"


async def make(world: World, client: httpx.AsyncClient, **body: Any) -> str:
    answer = await client.post(SESSIONS, json=body)
    assert answer.status_code == 201, answer.text
    world.clock.move(3600)
    id_: str = answer.json()["id"]
    return id_


async def found(client: httpx.AsyncClient, **wanted: str) -> list[str]:
    answer = await client.get(SESSIONS, params=wanted)
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


async def write(client: httpx.AsyncClient, id_: str, field: str, text: str) -> None:
    answer = await client.put(f"{SESSIONS}/{id_}/drafts/{field}", json={"text": text})
    assert answer.status_code == 200, answer.text


async def test_it_is_filtered_by_state_scenario_and_time(
    world: World, owner: httpx.AsyncClient
) -> None:
    first = await make(world, owner, scenario_id="behavioural")
    second = await make(world, owner, scenario_id="ml-platform")
    third = await make(world, owner, scenario_id="behavioural")
    await owner.post(f"{SESSIONS}/{second}/control", json={"action": "end"})
    assert await found(owner) == [third, second, first]
    assert await found(owner, scenario_id="behavioural") == [third, first]
    assert await found(owner, state="ended") == [second]
    assert await found(owner, state="created", scenario_id="ml-platform") == []
    assert await found(owner, since="2026-03-01T13:00:00Z") == [third, second]
    assert await found(owner, until="2026-03-01T13:00:00Z") == [first]
    assert await found(owner, since="2026-03-01T14:00:00+01:00", until="2026-03-01T14:00:00") == [
        second
    ]


async def test_every_word_is_searched_in_title_notes_and_reflection(
    world: World, owner: httpx.AsyncClient
) -> None:
    plain = await make(world, owner, scenario_id="ml-platform")
    noted = await make(world, owner, scenario_id="behavioural")
    await write(owner, noted, "notes", "Über Köln gesprochen, 50% zu lang")
    await write(owner, noted, "reflection", "Asked for the goal too late")
    assert await found(owner, q="platform") == [plain]
    assert await found(owner, q="GOAL  late") == [noted]
    assert await found(owner, q="köln goal behav") == [noted]
    assert await found(owner, q="ÜBER KÖLN") == [noted]
    assert await found(owner, q="goal platform") == []
    assert await found(owner, q="  ") == [noted, plain]


@pytest.mark.parametrize(("word", "hits"), [("50%", 1), ("0%z", 0), ("%", 1), ("_", 0), ("/", 0)])
async def test_what_is_searched_for_is_no_pattern(
    world: World, owner: httpx.AsyncClient, word: str, hits: int
) -> None:
    noted = await make(world, owner)
    await make(world, owner)
    await write(owner, noted, "notes", "50% zu lang")
    assert await found(owner, q=word) == [noted] * hits


async def test_the_cursor_goes_on_within_what_was_filtered(
    world: World, owner: httpx.AsyncClient
) -> None:
    wanted = [await make(world, owner, scenario_id="behavioural") for _ in range(5)]
    await make(world, owner, scenario_id="ml-platform")
    seen: list[str] = []
    query = {"limit": "2", "scenario_id": "behavioural"}
    while True:
        page = (await owner.get(SESSIONS, params=query)).json()
        seen += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        query["cursor"] = page["next"]
    assert seen == wanted[::-1]


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"state": "asleep"}, "state"),
        ({"since": "yesterday"}, "since"),
        ({"until": "0001-01-01T00:00:00+14:00"}, "until"),
        ({"as": "admin"}, "as"),
        ({"limit": "0"}, "limit"),
        ({"q": "x" * 201}, "q"),
        ({"q": "a b c d e f g h i j k"}, "q"),
        ({"cursor": "bm9uc2Vuc2U"}, ""),
    ],
)
async def test_a_filter_that_cannot_be_is_named(
    owner: httpx.AsyncClient, wanted: dict[str, str], field: str
) -> None:
    answer = await owner.get(SESSIONS, params=wanted)
    assert answer.status_code == 422
    if field:
        assert answer.json()["errors"][0]["field"] == field
    else:
        assert answer.json()["code"] == "cursor_invalid"


async def test_the_length_is_the_time_spent_in_segments(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_, conductor = await world.conducted(owner)
    conductor.happens(EndRequested(at=conductor.at + 90))
    while not conductor.ended:
        conductor.wake()
    await world.send(id_, conductor)
    (session,) = (await owner.get(SESSIONS)).json()["items"]
    assert session["length_s"] == pytest.approx(sum(s["spent_s"] for s in session["segments"]))
    assert 80 < session["length_s"] < 120
    assert session["own"] is True
    assert session["candidate_name"] == "Ada Lovelace"


async def change(client: httpx.AsyncClient, id_: str, **body: Any) -> dict[str, Any]:
    answer = await client.patch(f"{SESSIONS}/{id_}", json=body)
    assert answer.status_code == 200, answer.text
    session: dict[str, Any] = answer.json()
    assert (await client.get(f"{SESSIONS}/{id_}")).json() == session
    return session


async def test_a_session_that_has_not_begun_can_be_planned_anew(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await make(world, owner, tone="direct", buffer_seconds=60)
    session = await change(owner, id_, difficulty="senior", speaking_rate=0.9, audio_only=True)
    assert (session["difficulty"], session["tone"], session["buffer_s"]) == ("senior", "direct", 60)
    assert (session["speaking_rate"], session["audio_only"]) == (0.9, True)
    session = await change(owner, id_, segment_seconds=[60, 70, 80, 90, 100])
    assert [s["planned_s"] for s in session["segments"]] == [60, 70, 80, 90, 100]
    before = await change(owner, id_)
    assert before == session
    await owner.post(f"{SESSIONS}/{id_}/connection")
    plan = (await world.take(id_, 1)).plan
    assert plan.segment_seconds == [60, 70, 80, 90, 100]
    assert (plan.difficulty, plan.tone) == ("senior", "direct")


async def test_another_scenario_brings_its_own_lengths_unless_others_were_chosen(
    world: World, owner: httpx.AsyncClient
) -> None:
    scenarios = {s["id"]: s for s in (await owner.get("/api/v1/scenarios")).json()["items"]}
    own = [s["seconds"] for s in scenarios["behavioural"]["segments"]]
    id_ = await make(world, owner, scenario_id="general-ml-system-design")
    session = await change(owner, id_, scenario_id="behavioural")
    assert session["scenario_title"] == scenarios["behavioural"]["title"]
    assert [s["planned_s"] for s in session["segments"]] == own
    await change(owner, id_, segment_seconds=[60, 70, 80, 90, 100])
    session = await change(owner, id_, scenario_id="ml-platform")
    assert [s["planned_s"] for s in session["segments"]] == [60, 70, 80, 90, 100]
    await owner.post(f"{SESSIONS}/{id_}/connection")
    given = await world.take(id_, 1)
    assert given.scenario["id"] == "ml-platform"


@pytest.mark.parametrize("how", ["sent for", "live", "ended"])
async def test_a_session_that_has_begun_stays_as_it_was_planned(
    world: World, owner: httpx.AsyncClient, how: str
) -> None:
    if how == "live":
        id_ = await world.joined(owner)
    else:
        id_ = await make(world, owner)
        if how == "sent for":
            await owner.post(f"{SESSIONS}/{id_}/connection")
        else:
            await owner.post(f"{SESSIONS}/{id_}/control", json={"action": "end"})
    before = (await owner.get(f"{SESSIONS}/{id_}")).json()
    answer = await owner.patch(f"{SESSIONS}/{id_}", json={"tone": "direct"})
    assert (answer.status_code, answer.json()["code"]) == (409, "session_begun")
    assert (await owner.get(f"{SESSIONS}/{id_}")).json() == before


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"tone": "rude"}, "plan_invalid"),
        ({"difficulty": "impossible"}, "difficulty_unknown"),
        ({"scenario_id": "nope"}, "scenario_unknown"),
        ({"segment_seconds": [1, 2, 3]}, "plan_invalid"),
        ({"voice": "nobody"}, "voice_unknown"),
        ({"tone": None}, "invalid_request"),
        ({"surprise": 1}, "invalid_request"),
    ],
)
async def test_a_plan_that_cannot_be_is_refused_and_nothing_is_changed(
    owner: httpx.AsyncClient, session_id: str, body: dict[str, Any], code: str
) -> None:
    before = (await owner.get(f"{SESSIONS}/{session_id}")).json()
    answer = await owner.patch(f"{SESSIONS}/{session_id}", json={"audio_only": True, **body})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert (await owner.get(f"{SESSIONS}/{session_id}")).json() == before
