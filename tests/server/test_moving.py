"""Everything taken out as one zip, and taken in again; and what must not come in."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from interview.events import EndRequested
from server.models import Base, Notice, Reviewer
from server.moving import zip_reading
from server.moving.archive import MANIFEST
from server.moving.storing import renamed
from tests.server.conftest import PASSWORD, World
from tests.server.test_leaving import speaks

BOTH_DATABASES = True
# What is not meant to be the same for another account, or a little later.
PASSING = {"manifest.json", "profile.json", "sign-ins.json"}

Files = dict[str, bytes]


async def exported(client: httpx.AsyncClient) -> bytes:
    answer = await client.get("/api/v1/me/export")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    assert int(answer.headers["content-length"]) == len(answer.content)
    return answer.content


async def imported(client: httpx.AsyncClient, data: bytes) -> httpx.Response:
    return await client.post("/api/v1/me/import", content=data)


def files(data: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def zipped(content: Files, *, sealed: bool = True) -> bytes:
    """`content` as a zip; `sealed` with a manifest that fits it."""
    content = dict(content)
    if sealed and MANIFEST in content:
        manifest = json.loads(content[MANIFEST])
        manifest["files"] = {
            name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
            for name, data in content.items()
            if name != MANIFEST
        }
        content[MANIFEST] = json.dumps(manifest).encode()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in content.items():
            made.writestr(name, data)
    return file.getvalue()


async def rows(world: World) -> dict[str, int]:
    async with world.context.database.read() as db:
        return {
            table.name: await db.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


async def lived_in(world: World, owner: httpx.AsyncClient) -> list[str]:
    """One session of each state, notes, a reviewer and settings."""
    created = (await owner.post("/api/v1/sessions", json={"difficulty": "senior"})).json()["id"]
    live, conductor = await world.conducted(owner)
    speaks(conductor, "I'd begin with the labels: naïve ones — 多少 of them?", 4)
    await world.send(live, conductor)
    world.clock.move(100)
    over, conductor = await world.conducted(owner)
    speaks(conductor, "We had a ranking model.", 3)
    conductor.happens(EndRequested(at=conductor.at + 1))
    for _ in range(200):
        if conductor.ended:
            break
        conductor.wake()
    assert conductor.ended
    await world.send(over, conductor)
    drafts = f"/api/v1/sessions/{over}/drafts/notes"
    assert (await owner.put(drafts, json={"text": "More numbers.", "base": 0})).is_success
    async with world.context.database.write() as db:
        now = world.clock()
        db.add(Reviewer(id="r", interview_id=over, email="eve@example.org", created_at=now))
        user_id = (await owner.get("/api/v1/me")).json()["id"]
        data = {"days": 7, "scenario_title": "Feed ranking", "next": None}
        key = {"id": "n", "key": "reminder@1", "kind": "reminder", "user_id": user_id}
        db.add(Notice(**key, data=data, created_at=now))
    body = {"values": {"tone": "direct", "reminder_days": 3}, "base": {}}
    assert (await owner.patch("/api/v1/me/settings", json=body)).is_success
    return [created, live, over]


async def everything(client: httpx.AsyncClient, ids: list[str]) -> list[Any]:
    """What the API shows of the sessions."""
    found: list[Any] = []
    for id_ in ids:
        for part in ("", "/transcript", "/drafts", "/events"):
            found.append((await client.get(f"/api/v1/sessions/{id_}{part}")).json())
    return found


async def test_there_and_back_again(world: World, owner: httpx.AsyncClient) -> None:
    ids = await lived_in(world, owner)
    world.clock.move(60)
    before = await exported(owner)
    shown = await everything(owner, ids)
    left = await owner.request("DELETE", "/api/v1/me", json={"password": PASSWORD})
    assert left.status_code == 204
    back = await world.user("ada@example.org")
    answer = await imported(back, before)
    assert answer.status_code == 200, answer.text
    assert answer.json() == {
        "sessions": 3,
        "settings": 2,
        "notices": 1,
        "already_here": [],
        "renamed": {},
    }
    first, second = files(before), files(await exported(back))
    assert set(first) == set(second)
    assert {n for n in first if first[n] != second[n]} <= PASSING
    assert await everything(back, ids) == shown


async def test_taking_it_in_again_changes_nothing(world: World, owner: httpx.AsyncClient) -> None:
    ids = await lived_in(world, owner)
    data, before = await exported(owner), await rows(world)
    answer = (await imported(owner, data)).json()
    assert (answer["sessions"], answer["settings"]) == (0, 0)
    assert sorted(answer["already_here"]) == sorted(ids)
    assert await rows(world) == before


async def test_an_unfinished_session_is_gone_on_with(
    world: World, owner: httpx.AsyncClient
) -> None:
    _, live, _ = await lived_in(world, owner)
    data = await exported(owner)
    await owner.delete(f"/api/v1/sessions/{live}")
    assert (await imported(owner, data)).json()["sessions"] == 1
    assert (await owner.post(f"/api/v1/sessions/{live}/connection")).status_code == 200
    given = await world.take(live, 2)
    assert given.live_until == given.events[-1].at
    answer = await world.append(
        world.worker(), live, 2, world.event("2-1", "interviewer_joined", 500.0, epoch=2)
    )
    assert answer.json()["last_seq"] == len(given.events) + 1


async def test_somebody_elses_ids_are_replaced_and_always_by_the_same(
    world: World, owner: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    ids = await lived_in(world, owner)
    data = await exported(owner)
    theirs = (await other.get("/api/v1/me")).json()["id"]
    first = (await imported(other, data)).json()
    assert first["sessions"] == 3
    assert first["renamed"] == {id_: renamed(theirs, id_) for id_ in ids}
    again = (await imported(other, data)).json()
    assert (again["sessions"], sorted(again["already_here"])) == (
        0,
        sorted(renamed(theirs, id_) for id_ in ids),
    )
    for id_ in ids:
        assert (await other.get(f"/api/v1/sessions/{id_}")).status_code == 404
    new = first["renamed"][ids[2]]
    mine = (await owner.get(f"/api/v1/sessions/{ids[2]}/transcript")).json()
    copy = (await other.get(f"/api/v1/sessions/{new}/transcript")).json()
    assert copy["turns"] == mine["turns"]


async def test_consent_to_sharing_is_not_brought_along(
    world: World, owner: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    body = {"values": {"share_anonymised": True, "captions": False}, "base": {}}
    await owner.patch("/api/v1/me/settings", json=body)
    assert (await imported(other, await exported(owner))).json()["settings"] == 1
    values = (await other.get("/api/v1/me/settings")).json()["values"]
    assert (values["share_anonymised"], values["captions"]) == (False, False)


async def test_a_newer_setting_stays(world: World, owner: httpx.AsyncClient) -> None:
    url = "/api/v1/me/settings"
    await owner.patch(url, json={"values": {"tone": "direct"}, "base": {}})
    data = await exported(owner)
    world.clock.move(5)
    await owner.patch(url, json={"values": {"tone": "neutral"}, "base": {"tone": 1}})
    assert (await imported(owner, data)).json()["settings"] == 0
    assert (await owner.get(url)).json()["values"]["tone"] == "neutral"


def a_session(content: Files, name: str) -> str:
    """The path of the file `name` of the session with the longest log."""
    log = max((n for n in content if n.endswith("events.jsonl")), key=lambda n: len(content[n]))
    return log.replace("events.jsonl", name)


def edited(content: Files, name: str, change: Callable[[Any], Any]) -> Files:
    return {**content, name: json.dumps(change(json.loads(content[name]))).encode()}


def with_log(content: Files, change: Callable[[list[dict[str, Any]]], Any]) -> Files:
    name = a_session(content, "events.jsonl")
    events = [json.loads(line) for line in content[name].splitlines()]
    change(events)
    return {**content, name: b"".join(json.dumps(e).encode() + b"\n" for e in events)}


def set_to(key: str, value: Any, at: int = 3) -> Callable[[list[dict[str, Any]]], None]:
    return lambda events: events[at].update({key: value})


def session_with(**fields: Any) -> Callable[[Files], Files]:
    return lambda c: edited(c, a_session(c, "session.json"), lambda s: {**s, **fields})


BROKEN: dict[str, tuple[str, Callable[[Files], Files]]] = {
    "a way out": ("no file of an export", lambda c: {**c, "../../etc/passwd": b"x"}),
    "a way down": ("no file of an export", lambda c: {**c, "/etc/passwd": b"x"}),
    "a stranger": ("no file of an export", lambda c: {**c, "sessions/a/b/session.json": b"{}"}),
    "no settings": ("missing", lambda c: {n: d for n, d in c.items() if n != "settings.json"}),
    "no log": (
        "missing",
        lambda c: {n: d for n, d in c.items() if n != a_session(c, "events.jsonl")},
    ),
    "another format": ("format", lambda c: edited(c, MANIFEST, lambda m: {**m, "format": "x"})),
    "a later version": (
        "version '3'",
        lambda c: edited(c, MANIFEST, lambda m: {**m, "version": 3}),
    ),
    "no JSON": ("not JSON", lambda c: {**c, "settings.json": b"{"}),
    "deep JSON": ("not JSON", lambda c: {**c, "settings.json": b"[" * 200_000}),
    "huge number": ("not JSON", lambda c: {**c, "settings.json": b"9" * 20_000}),
    "NaN": ("not JSON", lambda c: {**c, "settings.json": b"[NaN]"}),
    "bytes": ("not JSON", lambda c: {**c, "notices.json": b"\xff\xfe\x00"}),
    "a setting": (
        "tone",
        lambda c: edited(
            c, "settings.json", lambda s: [{**s[0], "field": "tone", "value": "rude"}]
        ),
    ),
    "an unknown setting": (
        "shoe_size",
        lambda c: edited(c, "settings.json", lambda s: [{**s[0], "field": "shoe_size"}]),
    ),
    "another id": ("another session", session_with(id="f" * 24)),
    "a wild id": ("id", session_with(id="../x")),
    "no plan": ("plan", session_with(plan={})),
    "a plan too fast": (
        "rate",
        session_with(plan={"segment_seconds": [60] * 5, "speaking_rate": 9}),
    ),
    "a notice": (
        "reminder",
        lambda c: edited(c, "notices.json", lambda n: [{**n[0], "data": {"days": "many"}}]),
    ),
    "an endless plan": ("seconds", session_with(plan={"segment_seconds": [1e9] * 5})),
    "a year": ("created_at", session_with(created_at="9999-12-31T23:59:59-12:00")),
    "an e-mail": (
        "email",
        session_with(reviewers=[{"email": "nobody", "created_at": "2026-01-01T00:00:00Z"}]),
    ),
    "a scenario": ("scenario", lambda c: {**c, a_session(c, "scenario.json"): b"{}"}),
    "too few events": ("ends at event", session_with(events=10_000)),
    "too many events": ("does not follow", session_with(events=3)),
    "a gap": ("does not follow", lambda c: with_log(c, lambda e: e.pop(4))),
    "a double": ("does not follow", lambda c: with_log(c, set_to("uid", "1-1"))),
    "going back": ("does not follow", lambda c: with_log(c, set_to("at", 0.0, at=-1))),
    "a later epoch": ("does not follow", lambda c: with_log(c, set_to("epoch", 9))),
    "an unknown event": ("unknown event", lambda c: with_log(c, set_to("type", "earthquake"))),
    "a torn line": (
        "not JSON",
        lambda c: {**c, a_session(c, "events.jsonl"): c[a_session(c, "events.jsonl")][:-9]},
    ),
    "broken data": ("field", lambda c: with_log(c, set_to("data", {"x": 1}, at=0))),
    "a day late": ("later than", lambda c: with_log(c, set_to("at", 1e9, at=-1))),
}


@pytest.mark.parametrize("what", BROKEN)
async def test_what_is_broken_is_named_and_nothing_is_written(
    world: World, owner: httpx.AsyncClient, other: httpx.AsyncClient, what: str
) -> None:
    word, breaks = BROKEN[what]
    await lived_in(world, owner)
    content = files(await exported(owner))
    before = await rows(world)
    answer = await imported(other, zipped(breaks(content)))
    assert answer.status_code == 422, answer.text
    assert word in answer.json()["detail"]
    assert "Nothing was taken in" in answer.json()["detail"]
    assert await rows(world) == before


async def test_a_wrong_checksum_is_refused(
    world: World, owner: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    await lived_in(world, owner)
    content = files(await exported(owner))
    name = a_session(content, "events.jsonl")
    content[name] = content[name].replace(b"labels", b"lapels")
    answer = await imported(other, zipped(content, sealed=False))
    assert (answer.status_code, "checksum" in answer.json()["detail"]) == (422, True)


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"PK\x03\x04" + bytes(100), b"PK\x05\x06" + bytes(18)]
)
async def test_what_is_no_zip_is_refused(owner: httpx.AsyncClient, data: bytes) -> None:
    answer = await imported(owner, data)
    assert answer.status_code == 422
    assert answer.json()["code"].startswith("import_")


async def test_a_zip_that_was_cut_or_changed_is_refused(
    world: World, owner: httpx.AsyncClient
) -> None:
    await lived_in(world, owner)
    data, before = await exported(owner), await rows(world)
    for cut in range(1, len(data), len(data) // 9):
        for bad in (data[:cut], data[:cut] + b"\xff\x00\xff\x00" + data[cut + 4 :]):
            answer = await imported(owner, bad)
            assert answer.status_code in {200, 422}, answer.text
    assert await rows(world) == before


async def test_a_bomb_is_not_unpacked(
    owner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = files(await exported(owner))
    bomb = zipped({**content, "sessions/a/events.jsonl": bytes(40 * zip_reading.MIB)})
    assert len(bomb) < 100_000
    monkeypatch.setattr(zip_reading, "MOST_UNPACKED", 32 * zip_reading.MIB)
    answer = await imported(owner, bomb)
    assert (answer.status_code, answer.json()["code"]) == (422, "import_too_large")
    assert "more than 32 MiB" in answer.json()["detail"]


async def test_a_bomb_that_lies_about_its_size_is_not_unpacked(
    owner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = files(await exported(owner))
    bomb = bytearray(
        zipped({**content, "settings.json": b"[" + b" " * (40 * zip_reading.MIB) + b"]"})
    )
    size = (40 * zip_reading.MIB + 2).to_bytes(4, "little")
    assert bomb.count(size) == 2
    answer = await imported(owner, bytes(bomb.replace(size, (9).to_bytes(4, "little"))))
    assert answer.status_code == 422, answer.text


async def test_more_than_a_body_may_hold_is_refused_as_it_comes(
    owner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.moving.endpoints.IMPORT_BODY_LIMIT", 1000)

    async def without_length() -> Any:
        for _ in range(3):
            yield bytes(400)

    answer = await owner.post("/api/v1/me/import", content=without_length())
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


async def test_a_stranger_is_turned_away_before_the_body_is_read(world: World) -> None:
    async def endless() -> Any:
        yield bytes(100)
        raise AssertionError("it was read")

    answer = await world.browser().post("/api/v1/me/import", content=endless())
    assert answer.status_code == 401


async def test_the_export_holds_no_secret(world: World, owner: httpx.AsyncClient) -> None:
    made = (await owner.post("/api/v1/me/tokens", json={"name": "script"})).json()
    content = b"".join(files(await exported(owner)).values())
    async with world.context.database.read() as db:
        hashes = [
            row[0]
            for table, column in (
                ("users", "password_hash"),
                ("logins", "token_sha256"),
                ("api_tokens", "token_sha256"),
            )
            for row in await db.execute(select(Base.metadata.tables[table].c[column]))
        ]
    assert len(hashes) == 3
    for secret in (made["token"], *hashes):
        assert secret.encode() not in content


async def test_the_manifest_tells_format_and_checksums(owner: httpx.AsyncClient) -> None:
    content = files(await exported(owner))
    manifest = json.loads(content.pop(MANIFEST))
    assert (manifest["format"], manifest["version"]) == ("viva-export", 2)
    assert manifest["files"] == {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        for name, data in content.items()
    }
