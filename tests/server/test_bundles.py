"""A session as a bundle, from one Viva to another, with all that belongs to it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from interview.errors import EventError
from server.models import Interview
from server.moving.storing import renamed
from server.sessions import fold
from server.settings import Settings
from server.storage.store import Storage, StorageUnavailable
from tests.fakes.livekit_api import FakeLiveKit
from tests.server import sounds
from tests.server.conftest import World, running_world
from tests.server.reviewing import SESSIONS, comment, comments, criteria, named, over, score
from tests.server.test_moving import files as unzipped
from tests.server.test_moving import rows, zipped

BOTH_DATABASES = True
IMPORT = f"{SESSIONS}/import"
FILES = {
    "manifest.json",
    "session.json",
    "scenario.json",
    "events.jsonl",
    "comments.json",
    "scores.json",
    "recording.ogg",
    "peaks.json",
    "report.json",
    "transcript.json",
    "transcript.vtt",
    "transcript.md",
}


@pytest.fixture
async def elsewhere(
    settings: Settings, livekit: FakeLiveKit, reconciles: None, tmp_path: Path
) -> AsyncIterator[World]:
    """Another Viva, that shares nothing with the first."""
    update = {"data_dir": tmp_path / "elsewhere", "database_url": None}
    async with running_world(settings.model_copy(update=update), livekit) as made:
        yield made


async def recorded(world: World, owner: httpx.AsyncClient, seconds: int = 3) -> str:
    """A session that is over, whose recording is ready."""
    sound = sounds.stereo(sounds.hiss(seconds), sounds.tone(seconds))
    id_, conductor = await world.conducted(owner)
    consent = f"{SESSIONS}/{id_}/recording-consent"
    assert (await owner.put(consent, json={"granted": True})).status_code == 200
    assert set(await sounds.put(world.worker(), id_, sound)) == {204}
    await over(world, owner, going_on=(id_, conductor))
    world.clock.move(30)
    await world.do_jobs()
    assert (await owner.get(f"{SESSIONS}/{id_}")).json()["recording"]["state"] == "ready"
    return id_


async def reviewed(world: World, owner: httpx.AsyncClient) -> str:
    """The same, with comments, scores, notes and a reviewer who is at it still."""
    id_ = await recorded(world, owner)
    grace = await named(world, owner, id_, "grace@example.org")
    blind = await named(world, owner, id_, "blind@example.org", blind=True)
    await comment(owner, id_, "Here I lost the thread.", 2000)
    world.clock.move(1)
    await comment(grace, id_, "Not at all… naïve, go on.", 2000)
    await comment(blind, id_, "zqheld", 500)
    ids = await criteria(owner, id_)
    await score(owner, id_, {ids[0]: 2})
    await score(grace, id_, dict.fromkeys(ids, 3), done=True)
    await score(blind, id_, dict.fromkeys(ids, 1))
    notes = {"text": "More numbers.", "base": 0}
    assert (await owner.put(f"{SESSIONS}/{id_}/drafts/reflection", json=notes)).is_success
    return id_


async def bundled(client: httpx.AsyncClient, id_: str) -> bytes:
    answer = await client.get(f"{SESSIONS}/{id_}/bundle")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"] == f'attachment; filename="viva-{id_}.zip"'
    assert int(answer.headers["content-length"]) == len(answer.content)
    return answer.content


async def shown(client: httpx.AsyncClient, id_: str) -> dict[str, Any]:
    """What the API shows of a session, less what is another one's elsewhere."""
    found: dict[str, Any] = {}
    for part in ("", "/transcript", "/drafts", "/events", "/flags", "/record", "/report"):
        body = (await client.get(f"{SESSIONS}/{id_}{part}")).json()
        body.pop("session_id", None)
        body.pop("id", None)
        found[part] = body
    found["/recording/peaks"] = (await client.get(f"{SESSIONS}/{id_}/recording/peaks")).json()
    return found


async def kept(world: World) -> list[str]:
    """The keys of all that is in the store."""
    return await world.context.storage.keys("sessions")


async def test_a_bundle_holds_the_session_with_checksums(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await reviewed(world, owner)
    content = unzipped(await bundled(owner, id_))
    assert set(content) == FILES
    manifest = json.loads(content["manifest.json"])
    assert (manifest["format"], manifest["version"]) == ("viva-bundle", 1)
    assert manifest["files"] == {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        for name, data in content.items()
        if name != "manifest.json"
    }
    sound = (await owner.get(f"{SESSIONS}/{id_}/recording")).content
    assert content["recording.ogg"] == sound
    vtt = (await owner.get(f"{SESSIONS}/{id_}/transcript.vtt")).content
    assert content["transcript.vtt"] == vtt
    assert json.loads(content["report.json"])["session_id"] == id_
    texts = [one["text"] for one in json.loads(content["comments.json"])]
    assert texts == ["Here I lost the thread.", "Not at all… naïve, go on."]
    whole = b"".join(content.values())
    assert b"zqheld" not in whole
    assert {one["by_owner"] for one in json.loads(content["scores.json"])} == {True, False}


async def test_it_goes_from_one_viva_to_another_and_back(
    world: World, owner: httpx.AsyncClient, elsewhere: World
) -> None:
    id_ = await reviewed(world, owner)
    data = await bundled(owner, id_)
    sound = (await owner.get(f"{SESSIONS}/{id_}/recording")).content
    there = await elsewhere.user("ada@example.org")
    elsewhere.clock.now = world.clock.now
    answer = await there.post(IMPORT, content=data)
    assert (answer.status_code, answer.json()) == (200, {"id": id_, "was_there": False})
    await elsewhere.do_jobs()
    assert (await there.get(f"{SESSIONS}/{id_}/recording")).content == sound
    assert await shown(there, id_) == await shown(owner, id_)
    mine = (await owner.get(f"{SESSIONS}/{id_}/comments")).json()["items"]
    theirs = (await there.get(f"{SESSIONS}/{id_}/comments")).json()["items"]
    for field in ("at_ms", "text", "author_name", "own", "created_at", "changed_at"):
        assert [one[field] for one in theirs] == [one[field] for one in mine], field
    scoring = (await there.get(f"{SESSIONS}/{id_}/scoring")).json()
    before = (await owner.get(f"{SESSIONS}/{id_}/scoring")).json()
    assert scoring["own"] == before["own"]
    (given,), (had,) = scoring["others"], before["others"]
    assert given == had | {"imported": True}
    assert (await there.get(f"{SESSIONS}/{id_}/reviewers")).json()["items"] == []
    back = unzipped(await bundled(there, id_))
    first = unzipped(data)
    assert {name for name in first if first[name] != back[name]} <= {
        "manifest.json",
        "session.json",
    }
    again = await owner.post(IMPORT, content=data)
    assert again.json() == {"id": id_, "was_there": True}


async def test_what_others_wrote_is_nobodys_and_can_still_be_deleted(
    world: World, owner: httpx.AsyncClient, elsewhere: World
) -> None:
    data = await bundled(owner, await reviewed(world, owner))
    there = await elsewhere.user("ada@example.org")
    await elsewhere.user("grace@example.org")
    id_ = (await there.post(IMPORT, content=data)).json()["id"]
    mine, theirs = (await there.get(f"{SESSIONS}/{id_}/comments")).json()["items"]
    assert (mine["own"], theirs["own"], theirs["may_delete"]) == (True, False, True)
    assert (
        await there.patch(f"/api/v1/comments/{theirs['id']}", json={"text": "x"})
    ).status_code == 403
    assert (
        await there.patch(f"/api/v1/comments/{mine['id']}", json={"text": "x"})
    ).status_code == 200
    assert (await there.delete(f"/api/v1/comments/{theirs['id']}")).status_code == 204
    assert await comments(there, id_) == ["x"]


async def test_an_id_that_is_taken_is_replaced_by_the_same_one_each_time(
    world: World, owner: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    id_ = await recorded(world, owner)
    data, sound = await bundled(owner, id_), await owner.get(f"{SESSIONS}/{id_}/recording")
    theirs = renamed((await other.get("/api/v1/me")).json()["id"], id_)
    assert (await other.post(IMPORT, content=data)).json() == {"id": theirs, "was_there": False}
    before = (await rows(world), await kept(world))
    assert (await other.post(IMPORT, content=data)).json() == {"id": theirs, "was_there": True}
    assert (await rows(world), await kept(world)) == before
    assert (await other.get(f"{SESSIONS}/{id_}")).status_code == 404
    copy = await other.get(f"{SESSIONS}/{theirs}/recording")
    assert copy.content == sound.content
    await owner.delete(f"{SESSIONS}/{id_}")
    assert (await other.get(f"{SESSIONS}/{theirs}/recording")).content == sound.content


async def test_a_session_that_was_deleted_comes_back_under_its_id(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await recorded(world, owner)
    data, before = await bundled(owner, id_), await shown(owner, id_)
    await owner.delete(f"{SESSIONS}/{id_}")
    assert await kept(world) == []
    assert (await owner.post(IMPORT, content=data)).json() == {"id": id_, "was_there": False}
    world.clock.move(300)
    await world.do_jobs()
    assert await shown(owner, id_) == before


async def test_what_was_to_be_erased_later_stays_when_it_has_come_back(
    world: World, owner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = await recorded(world, owner)
    data = await bundled(owner, id_)

    async def away(self: Storage, prefix: str) -> None:
        raise StorageUnavailable

    with monkeypatch.context() as store:
        store.setattr(Storage, "delete_below", away)
        await owner.delete(f"{SESSIONS}/{id_}")
    assert await kept(world)
    assert (await owner.post(IMPORT, content=data)).json() == {"id": id_, "was_there": False}
    world.clock.move(300)
    await world.do_jobs()
    assert (await owner.get(f"{SESSIONS}/{id_}/recording")).status_code == 200


async def test_the_report_is_made_anew_and_not_believed(
    world: World, owner: httpx.AsyncClient, elsewhere: World
) -> None:
    id_ = await recorded(world, owner)
    content = unzipped(await bundled(owner, id_))
    report = json.loads(content["report.json"])
    for score_ in report["criteria"]:
        score_ |= {"standing": "scored", "level": 4, "reason": "zqflattery"}
    report["summary"]["text"] = "zqflattery"
    there = await elsewhere.user("ada@example.org")
    data = zipped({**content, "report.json": json.dumps(report).encode()})
    assert (await there.post(IMPORT, content=data)).status_code == 200
    await elsewhere.do_jobs()
    honest = (await owner.get(f"{SESSIONS}/{id_}/report")).json()
    taken = await there.get(f"{SESSIONS}/{id_}/report")
    assert taken.json() == honest
    assert "zqflattery" not in taken.text


async def test_a_session_without_a_recording_is_bundled_as_well(
    world: World, owner: httpx.AsyncClient, elsewhere: World
) -> None:
    id_ = await over(world, owner)
    content = await bundled(owner, id_)
    assert set(unzipped(content)) == FILES - {"recording.ogg", "peaks.json"}
    there = await elsewhere.user("ada@example.org")
    assert (await there.post(IMPORT, content=content)).json()["id"] == id_
    assert (await there.get(f"{SESSIONS}/{id_}/recording")).status_code == 404


async def test_a_bundle_waits_for_its_recording(world: World, owner: httpx.AsyncClient) -> None:
    id_, conductor = await world.conducted(owner)
    await owner.put(f"{SESSIONS}/{id_}/recording-consent", json={"granted": True})
    sound = sounds.stereo(sounds.tone(1), sounds.tone(1))
    await sounds.put(world.worker(), id_, sound)
    await over(world, owner, going_on=(id_, conductor))
    early = await owner.get(f"{SESSIONS}/{id_}/bundle")
    assert (early.status_code, early.json()["code"]) == (409, "recording_not_ready")
    assert "retry-after" in early.headers


async def test_consent_to_recording_is_not_brought_into_a_session_that_goes_on(
    world: World, owner: httpx.AsyncClient, elsewhere: World
) -> None:
    id_ = await world.joined(owner)
    await owner.put(f"{SESSIONS}/{id_}/recording-consent", json={"granted": True})
    data = await bundled(owner, id_)
    there = await elsewhere.user("eve@example.org")
    assert (await there.post(IMPORT, content=data)).json()["id"] == id_
    assert (await there.get(f"{SESSIONS}/{id_}")).json()["recording"]["consent"] is None


async def test_the_export_of_everything_carries_the_same(
    world: World, owner: httpx.AsyncClient, elsewhere: World
) -> None:
    id_ = await reviewed(world, owner)
    sound = (await owner.get(f"{SESSIONS}/{id_}/recording")).content
    data = (await owner.get("/api/v1/me/export")).content
    content, alone = unzipped(data), unzipped(await bundled(owner, id_))
    names = {name for name in content if name.startswith(f"sessions/{id_}/")}
    assert names == {f"sessions/{id_}/{name}" for name in FILES - {"manifest.json"}}
    for name in FILES - {"manifest.json"}:
        assert content[f"sessions/{id_}/{name}"] == alone[name], name
    there = await elsewhere.user("ada@example.org")
    elsewhere.clock.now = world.clock.now
    answer = await there.post("/api/v1/me/import", content=data)
    assert (answer.status_code, answer.json()["sessions"]) == (200, 1)
    await elsewhere.do_jobs()
    assert (await there.get(f"{SESSIONS}/{id_}/recording")).content == sound
    assert await shown(there, id_) == await shown(owner, id_)
    assert len(await comments(there, id_)) == 2
    named_there = (await there.get(f"{SESSIONS}/{id_}/reviewers")).json()["items"]
    assert sorted((one["email"], one["blind"]) for one in named_there) == [
        ("blind@example.org", True),
        ("grace@example.org", False),
    ]


async def test_what_this_version_cannot_read_is_exported_all_the_same(
    world: World, owner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, sound = await over(world, owner), await over(world, owner)
    replay = fold.replay

    def unread(interview: Interview, *rest: Any) -> Any:
        if interview.id == broken:
            raise EventError("event 'zqlater' is of a later version")
        return replay(interview, *rest)

    monkeypatch.setattr(fold, "replay", unread)
    world.context.folds.drop(broken)
    content = unzipped((await owner.get("/api/v1/me/export")).content)
    assert content[f"sessions/{broken}/events.jsonl"].count(b"\n") > 3
    assert f"sessions/{broken}/transcript.md" not in content
    assert f"sessions/{sound}/transcript.md" in content


async def test_who_reviewed_takes_along_what_they_wrote(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await over(world, owner)
    grace = await named(world, owner, id_, "grace@example.org")
    await comment(grace, id_, "Not at all.", 500)
    ids = await criteria(grace, id_)
    await score(grace, id_, {ids[0]: 3})
    content = unzipped((await grace.get("/api/v1/me/export")).content)
    reviews = json.loads(content["reviews.json"])
    assert [(one["text"], one["at_ms"]) for one in reviews["comments"]] == [("Not at all.", 500)]
    assert [(one["criterion"], one["level"]) for one in reviews["scores"]] == [(ids[0], 3)]
    assert not [name for name in content if name.startswith("sessions/")]
    mine = unzipped((await owner.get("/api/v1/me/export")).content)
    assert json.loads(mine["reviews.json"]) == {"comments": [], "scores": []}


async def test_a_bundle_is_taken_in_where_exports_are(
    world: World, owner: httpx.AsyncClient, elsewhere: World
) -> None:
    id_ = await reviewed(world, owner)
    data = await bundled(owner, id_)
    there = await elsewhere.user("ada@example.org")
    answer = await there.post("/api/v1/me/import", content=data)
    assert answer.json() == {
        "sessions": 1,
        "settings": 0,
        "notices": 0,
        "already_here": [],
        "renamed": {},
    }
    assert (await there.get(f"{SESSIONS}/{id_}/recording")).status_code == 200
    assert (await there.get(f"{SESSIONS}/{id_}/reviewers")).json()["items"] == []


async def test_an_export_of_version_1_is_still_taken_in(
    world: World, owner: httpx.AsyncClient, elsewhere: World
) -> None:
    id_ = await over(world, owner)
    content = unzipped((await owner.get("/api/v1/me/export")).content)
    folder = f"sessions/{id_}/"
    for name in ("comments.json", "scores.json", "report.json"):
        content.pop(folder + name, None)
    del content["reviews.json"]
    session = json.loads(content[folder + "session.json"])
    for name in ("recording_consent", "consented_at", "recording"):
        del session[name]
    for reviewer in session["reviewers"]:
        del reviewer["blind"]
    content[folder + "session.json"] = json.dumps(session).encode()
    manifest = json.loads(content["manifest.json"]) | {"version": 1}
    content["manifest.json"] = json.dumps(manifest).encode()
    there = await elsewhere.user("ada@example.org")
    answer = await there.post("/api/v1/me/import", content=zipped(content))
    assert (answer.status_code, answer.json()["sessions"]) == (200, 1), answer.text
    assert (await there.get(f"{SESSIONS}/{id_}/transcript")).status_code == 200
