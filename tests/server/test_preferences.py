"""Settings: field by field, the last writer wins, and nothing is replaced in silence."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from server.models import Preference
from tests.server.conftest import World

BOTH_DATABASES = True
SETTINGS = "/api/v1/me/settings"


async def read(client: httpx.AsyncClient) -> dict[str, Any]:
    answer = await client.get(SETTINGS)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def put(
    client: httpx.AsyncClient, base: dict[str, int] | None = None, **values: Any
) -> dict[str, Any]:
    answer = await client.patch(SETTINGS, json={"values": values, "base": base or {}})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def test_what_was_never_set_has_its_default_and_version_0(owner: httpx.AsyncClient) -> None:
    settings = await read(owner)
    assert settings["values"] == {
        "scenario_id": None,
        "difficulty": None,
        "tone": "warm",
        "segment_seconds": None,
        "buffer_seconds": 300.0,
        "audio_only": False,
        "voice": None,
        "speaking_rate": 1.0,
        "captions": True,
        "push_to_talk": False,
        "time_zone": "UTC",
        "reminder_days": None,
        "digest": "off",
        "email_notifications": False,
        "share_anonymised": False,
        "record": "ask",
        "keep_recordings_days": None,
    }
    assert settings["versions"] == dict.fromkeys(settings["values"], 0)


async def test_setting_some_leaves_the_others(owner: httpx.AsyncClient) -> None:
    changed = await put(owner, tone="direct", time_zone="Europe/Berlin", reminder_days=3)
    assert changed["overwrote"] == []
    settings = await read(owner)
    assert settings == {key: changed[key] for key in ("values", "versions")}
    assert settings["values"]["time_zone"] == "Europe/Berlin"
    assert settings["values"]["digest"] == "off"
    assert {f: v for f, v in settings["versions"].items() if v} == {
        "tone": 1,
        "time_zone": 1,
        "reminder_days": 1,
    }
    assert (await put(owner, {"reminder_days": 1}, reminder_days=None))["overwrote"] == []
    assert (await read(owner))["values"]["reminder_days"] is None


async def test_whoever_writes_last_wins_and_is_told_what_they_had_not_seen(
    world: World, owner: httpx.AsyncClient
) -> None:
    await put(owner, tone="direct", captions=False)
    world.clock.move(60)
    late = await put(owner, {"captions": 1}, tone="neutral", captions=True)
    assert late["values"]["tone"] == "neutral"
    assert late["versions"]["tone"] == 2
    assert late["overwrote"] == [
        {"field": "tone", "value": "direct", "changed_at": "2026-03-01T12:00:00Z"}
    ]


async def test_of_writers_at_once_each_but_the_first_is_told_what_it_replaced(
    owner: httpx.AsyncClient,
) -> None:
    written = await asyncio.gather(*(put(owner, buffer_seconds=n) for n in range(1, 7)))
    order = sorted(written, key=lambda change: change["versions"]["buffer_seconds"])
    assert [change["versions"]["buffer_seconds"] for change in order] == [1, 2, 3, 4, 5, 6]
    replaced = [[one["value"] for one in change["overwrote"]] for change in order]
    values = [change["values"]["buffer_seconds"] for change in order]
    assert replaced == [[], *([value] for value in values[:-1])]
    assert (await read(owner))["values"]["buffer_seconds"] == values[-1]


async def test_the_same_value_again_replaces_nothing(owner: httpx.AsyncClient) -> None:
    await put(owner, segment_seconds=[60, 70, 80, 90, 100])
    again = await put(owner, segment_seconds=[60, 70, 80, 90, 100])
    assert (again["versions"]["segment_seconds"], again["overwrote"]) == (1, [])


@pytest.mark.parametrize(
    ("field", "value", "names"),
    [
        ("surprise", 1, "surprise"),
        ("scenario_id", "nope", "nope"),
        ("difficulty", "impossible", "guided"),
        ("tone", "rude", "warm"),
        ("segment_seconds", [60, 60], "5"),
        ("segment_seconds", [60, 60, 60, 60, 1], "wrap_up"),
        ("buffer_seconds", -1, "buffer"),
        ("buffer_seconds", "ten", "number"),
        ("audio_only", "yes", "boolean"),
        ("voice", "nobody", "joe"),
        ("speaking_rate", 3, "1.5"),
        ("time_zone", "Mars/Olympus", "IANA"),
        ("time_zone", "../../etc/passwd", "IANA"),
        ("reminder_days", 0, "1"),
        ("reminder_days", 2.5, "integer"),
        ("digest", "hourly", "weekly"),
        ("share_anonymised", None, "boolean"),
    ],
)
async def test_a_wrong_value_is_refused_by_the_name_of_its_field_and_nothing_is_set(
    owner: httpx.AsyncClient, field: str, value: Any, names: str
) -> None:
    body = {"values": {"captions": False, field: value}}
    answer = await owner.patch(SETTINGS, json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert answer.json()["errors"][0]["field"] == f"values.{field}"
    assert names in answer.json()["errors"][0]["message"] or field == names
    assert (await read(owner))["versions"]["captions"] == 0


@pytest.mark.parametrize("base", [{"surprise": 1}, {"tone": -1}, {"tone": "1"}])
async def test_a_wrong_base_is_refused(owner: httpx.AsyncClient, base: dict[str, Any]) -> None:
    answer = await owner.patch(SETTINGS, json={"values": {"tone": "direct"}, "base": base})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert answer.json()["errors"][0]["field"].startswith("base")


async def test_settings_are_ones_own(owner: httpx.AsyncClient, other: httpx.AsyncClient) -> None:
    await put(owner, tone="direct")
    assert (await read(other))["values"]["tone"] == "warm"


async def test_what_this_version_cannot_read_counts_as_never_set(
    world: World, owner: httpx.AsyncClient
) -> None:
    await put(owner, tone="direct", captions=False)
    async with world.context.database.write() as db:
        unknown = update(Preference).where(Preference.field == "tone").values(value="booming")
        await db.execute(unknown)
    settings = await read(owner)
    assert (settings["values"]["tone"], settings["values"]["captions"]) == ("warm", False)
    assert (await put(owner, {"tone": 1}, tone="neutral"))["values"]["tone"] == "neutral"


async def test_a_session_takes_what_is_left_out_from_the_settings(
    owner: httpx.AsyncClient,
) -> None:
    await put(
        owner,
        scenario_id="behavioural",
        difficulty="senior",
        tone="direct",
        segment_seconds=[60, 70, 80, 90, 100],
        buffer_seconds=30,
        audio_only=True,
        voice="joe",
        speaking_rate=0.8,
    )
    session = (await owner.post("/api/v1/sessions", json={})).json()
    assert session["scenario_id"] == "behavioural"
    assert (session["difficulty"], session["tone"]) == ("senior", "direct")
    assert [s["planned_s"] for s in session["segments"]] == [60, 70, 80, 90, 100]
    assert (session["buffer_s"], session["audio_only"]) == (30, True)
    assert (session["voice"], session["speaking_rate"]) == ("joe", 0.8)
    body = {"scenario_id": "ml-platform", "segment_seconds": None, "tone": "warm", "voice": None}
    session = (await owner.post("/api/v1/sessions", json=body)).json()
    assert (session["scenario_id"], session["tone"]) == ("ml-platform", "warm")
    assert [s["planned_s"] for s in session["segments"]] != [60, 70, 80, 90, 100]
    assert (session["difficulty"], session["voice"]) == ("senior", None)


async def test_a_setting_that_is_gone_gives_way_to_the_default(
    world: World, owner: httpx.AsyncClient
) -> None:
    await put(owner, scenario_id="behavioural", voice="joe")
    async with world.context.database.write() as db:
        gone = update(Preference).where(Preference.field.in_(["scenario_id", "voice"]))
        await db.execute(gone.values(value="gone"))
    session = (await owner.post("/api/v1/sessions", json={})).json()
    assert session["scenario_id"] == "general-ml-system-design"
    assert session["voice"] is None


@pytest.mark.parametrize(
    ("body", "code"),
    [({"voice": "nobody"}, "voice_unknown"), ({"speaking_rate": 9}, "plan_invalid")],
)
async def test_a_voice_that_is_not_there_is_refused(
    owner: httpx.AsyncClient, body: dict[str, Any], code: str
) -> None:
    answer = await owner.post("/api/v1/sessions", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_the_worker_gets_voice_and_rate(world: World, owner: httpx.AsyncClient) -> None:
    body = {"voice": "joe", "speaking_rate": 1.25}
    id_ = (await owner.post("/api/v1/sessions", json=body)).json()["id"]
    await owner.post(f"/api/v1/sessions/{id_}/connection")
    plan = (await world.take(id_, 1)).plan
    assert (plan.voice, plan.speaking_rate) == ("joe", 1.25)


async def test_the_voices_are_those_that_the_set_up_has(owner: httpx.AsyncClient) -> None:
    answer = await owner.get("/api/v1/voices")
    assert answer.json() == {"items": [{"id": "joe", "title": "Joe"}], "next": None}
