"""Recordings from consent to deletion: taken in, joined, given out in parts, and gone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select, update

from server.models import Job, Recording, Reviewer
from server.recordings import asking, erasing, keys
from server.sessions import reconcile
from server.storage.location import Directory
from server.storage.store import Storage, StorageUnavailable
from tests.server import sounds
from tests.server.conftest import PASSWORD, World
from tests.server.serving import serving

BOTH_DATABASES = True
SECOND = sounds.segments(sounds.stereo(sounds.tone(1.0), sounds.tone(1.0, 660)))[0][0]


def name(**changes: int) -> dict[str, int]:
    return {"epoch": 1, "number": 0, "start_ms": 0, "packets": 50} | changes


async def put(
    worker: httpx.AsyncClient, id_: str, body: bytes = SECOND, **changes: int
) -> httpx.Response:
    url = f"/internal/v1/sessions/{id_}/recording/segments"
    return await worker.put(url, params=name(**changes), content=body)


async def agree(owner: httpx.AsyncClient, id_: str, granted: bool = True) -> httpx.Response:
    return await owner.put(f"/api/v1/sessions/{id_}/recording-consent", json={"granted": granted})


async def recorded(world: World, owner: httpx.AsyncClient, seconds: int = 3) -> str:
    """A session that goes on, with so many seconds of a recording."""
    id_ = await world.joined(owner)
    assert (await agree(owner, id_)).status_code == 200
    for number in range(seconds):
        answer = await put(world.worker(), id_, number=number, start_ms=number * 1000)
        assert answer.status_code == 204, answer.text
    return id_


async def end(world: World, id_: str) -> None:
    events = [
        world.event("e-1", "candidate_left", 60.0, reason="left"),
        world.event("e-2", "end_requested", 60.0, by="api"),
    ]
    answer = await world.append(world.worker(), id_, 1, *events)
    assert answer.status_code == 200, answer.text


async def ended(world: World, id_: str) -> None:
    """It is over, and joined if anything of it is."""
    await end(world, id_)
    world.clock.move(30)
    await world.do_jobs()


async def state(owner: httpx.AsyncClient, id_: str) -> dict[str, Any]:
    answer = await owner.get(f"/api/v1/sessions/{id_}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["recording"])


async def row(world: World, id_: str) -> Recording | None:
    async with world.context.database.read() as db:
        return await db.get(Recording, id_)


async def test_a_session_is_recorded_joined_and_played(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await recorded(world, owner)
    assert await state(owner, id_) == {
        "consent": True,
        "state": "recording",
        "duration_ms": 0,
        "bytes": 0,
    }
    early = await owner.get(f"/api/v1/sessions/{id_}/recording")
    assert (early.status_code, early.json()["code"]) == (409, "recording_not_ready")
    await end(world, id_)
    assert (await state(owner, id_))["state"] == "joining"
    world.clock.move(30)
    await world.do_jobs()
    answer = await owner.get(f"/api/v1/sessions/{id_}/recording")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "audio/ogg"
    assert answer.headers["accept-ranges"] == "bytes"
    assert await state(owner, id_) == {
        "consent": True,
        "state": "ready",
        "duration_ms": 3000,
        "bytes": len(answer.content),
    }
    listed = (await owner.get("/api/v1/sessions")).json()["items"][0]
    assert listed["recording"]["state"] == "ready"
    assert len(sounds.heard(answer.content)) == 3 * sounds.RATE - 312
    peaks = (await owner.get(f"/api/v1/sessions/{id_}/recording/peaks")).json()
    assert (peaks["per_second"], peaks["duration_ms"], peaks["gaps"]) == (20, 3000, [])
    assert len(peaks["candidate"]) == len(peaks["interviewer"]) == 60
    assert await world.context.storage.keys(keys.below(id_)) == [
        keys.peaks(id_),
        keys.recording(id_),
    ]


async def test_without_consent_nothing_is_kept(
    world: World, owner: httpx.AsyncClient, worker: httpx.AsyncClient
) -> None:
    id_ = await world.joined(owner)
    assert (await world.take(id_, 1)).record is False
    answers = [await put(worker, id_)]
    await agree(owner, id_, granted=False)
    answers.append(await put(worker, id_))
    for answer in answers:
        assert (answer.status_code, answer.json()["code"]) == (409, "recording_refused")
    assert (await state(owner, id_))["consent"] is False
    assert await world.context.storage.keys("sessions") == []
    await ended(world, id_)
    answer = await owner.get(f"/api/v1/sessions/{id_}/recording")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_recording")


async def test_consent_can_be_taken_back_while_it_goes_on(
    world: World, owner: httpx.AsyncClient, worker: httpx.AsyncClient
) -> None:
    id_ = await recorded(world, owner, seconds=2)
    assert (await world.take(id_, 1)).record is True
    world.clock.move(5)
    answer = await agree(owner, id_, granted=False)
    assert answer.json()["granted"] is False
    assert answer.json()["at"].startswith("2026-03-01T12:00:05")
    assert (await put(worker, id_, number=2, start_ms=2000)).status_code == 409
    await ended(world, id_)
    assert (await state(owner, id_))["duration_ms"] == 2000
    late = await agree(owner, id_)
    assert (late.status_code, late.json()["code"]) == (409, "session_over")


async def test_consent_given_while_it_goes_on_counts_from_then_on(
    world: World, owner: httpx.AsyncClient, worker: httpx.AsyncClient
) -> None:
    id_, conductor = await world.conducted(owner)
    begun_ms = round(conductor.at * 1000)

    async def may_record() -> bool:
        taken = await world.beat(worker, id_, 1, conductor.at)
        return bool(taken.json()["record"])

    assert await may_record() is False
    world.clock.move(10)
    await agree(owner, id_)
    conductor.at += 10
    assert await may_record() is True
    answer = await put(worker, id_, number=1, start_ms=begun_ms + 10_000)
    assert answer.status_code == 204
    # What was said between a no and a yes is not taken, though its interviewer never heard of it.
    world.clock.move(2)
    await agree(owner, id_, granted=False)
    conductor.at += 2
    assert await may_record() is False
    world.clock.move(30)
    await agree(owner, id_)
    conductor.at += 30
    assert await may_record() is True
    between = await put(worker, id_, number=2, start_ms=begun_ms + 20_000)
    assert (between.status_code, between.json()["code"]) == (409, "segment_too_early")
    after = await put(worker, id_, number=3, start_ms=begun_ms + 42_020)
    assert after.status_code == 204
    found = await world.context.storage.keys(keys.segments(id_))
    assert [int(key.rsplit("/", 1)[1][:12]) - begun_ms for key in found] == [10_000, 42_020]
    assert (await owner.delete(f"/api/v1/sessions/{id_}/recording")).status_code == 204
    assert await may_record() is False
    assert (await world.take(id_, 1)).record is False


async def test_an_answer_while_nobody_is_in_touch_counts_from_then_on(
    world: World, owner: httpx.AsyncClient, worker: httpx.AsyncClient
) -> None:
    """The session clock goes on, whoever can be reached."""
    id_, conductor = await world.conducted(owner)
    begun_ms = round(conductor.at * 1000)
    await agree(owner, id_)
    await agree(owner, id_, granted=False)
    world.clock.move(600)
    await reconcile.reconcile(world.context)
    await agree(owner, id_)
    early = await put(worker, id_, number=0, start_ms=begun_ms + 599_000)
    assert (early.status_code, early.json()["code"]) == (409, "segment_too_early")
    assert (await put(worker, id_, number=1, start_ms=begun_ms + 600_020)).status_code == 204


async def test_the_same_segment_again_changes_nothing(
    world: World, owner: httpx.AsyncClient, worker: httpx.AsyncClient
) -> None:
    id_ = await recorded(world, owner, seconds=2)
    assert (await put(worker, id_, number=1, start_ms=1000)).status_code == 204
    await ended(world, id_)
    before = (await owner.get(f"/api/v1/sessions/{id_}/recording")).content
    assert (await put(worker, id_, number=1, start_ms=1000)).status_code == 204
    world.clock.move(30)
    await world.do_jobs()
    assert (await owner.get(f"/api/v1/sessions/{id_}/recording")).content == before
    assert (await state(owner, id_))["duration_ms"] == 2000


async def test_what_an_earlier_interviewer_left_comes_late_and_is_joined(
    world: World, owner: httpx.AsyncClient, worker: httpx.AsyncClient
) -> None:
    id_ = await recorded(world, owner, seconds=1)
    assert (await put(worker, id_, number=4, start_ms=4000)).status_code == 204
    await ended(world, id_)
    found = await row(world, id_)
    assert found is not None
    assert (found.state, found.gaps) == ("ready", [[1000, 4000]])
    world.clock.move(3600)
    for number in (1, 2, 3):
        answer = await put(worker, id_, number=number, start_ms=number * 1000)
        assert answer.status_code == 204
    assert (await owner.get(f"/api/v1/sessions/{id_}/recording")).status_code == 200
    world.clock.move(30)
    await world.do_jobs()
    found = await row(world, id_)
    assert found is not None
    assert (found.gaps, found.duration_ms) == ([], 5000)
    assert await world.context.storage.keys(keys.segments(id_)) == []


async def test_who_has_sent_everything_need_not_wait(
    world: World, owner: httpx.AsyncClient, worker: httpx.AsyncClient
) -> None:
    id_ = await recorded(world, owner)
    await end(world, id_)
    url = f"/internal/v1/sessions/{id_}/recording/ended"
    answer = await worker.post(url, json={"epoch": 1, "segments": 3})
    assert answer.status_code == 204, answer.text
    await world.do_jobs()
    assert (await state(owner, id_))["state"] == "ready"


async def test_a_session_that_was_abandoned_is_joined(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await recorded(world, owner)
    world.livekit.rooms.clear()
    world.clock.move(25 * 3600)
    await reconcile.reconcile(world.context)
    assert (await state(owner, id_))["state"] == "joining"
    world.clock.move(30)
    await world.do_jobs()
    assert (await state(owner, id_))["state"] == "ready"


@pytest.mark.parametrize(
    ("body", "changes", "status", "code"),
    [
        (b"", {}, 422, "segment_invalid"),
        (b"OggS, but no more", {}, 422, "segment_invalid"),
        (SECOND, {"packets": 49}, 422, "segment_invalid"),
        (SECOND, {"start_ms": 8 * 86_400_000}, 422, "segment_invalid"),
        (SECOND, {"start_ms": -1}, 422, "invalid_request"),
        (SECOND, {"epoch": 0}, 422, "invalid_request"),
        (SECOND, {"epoch": 2}, 409, "epoch_unknown"),
        (SECOND + bytes(1024 * 1024), {}, 413, "body_too_large"),
    ],
)
async def test_what_is_no_segment_is_refused(
    world: World,
    owner: httpx.AsyncClient,
    worker: httpx.AsyncClient,
    body: bytes,
    changes: dict[str, int],
    status: int,
    code: str,
) -> None:
    id_ = await world.joined(owner)
    await agree(owner, id_)
    answer = await put(worker, id_, body, **changes)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await world.context.storage.keys("sessions") == []


async def test_only_the_worker_brings_segments(world: World, owner: httpx.AsyncClient) -> None:
    id_ = await world.joined(owner)
    assert (await put(owner, id_)).status_code == 401
    answer = await put(world.worker(), "0" * 24)
    assert (answer.status_code, answer.json()["code"]) == (410, "session_gone")


async def test_what_cannot_be_stored_is_not_acknowledged(
    world: World,
    owner: httpx.AsyncClient,
    worker: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    id_ = await recorded(world, owner, seconds=1)

    async def away(*_: object) -> None:
        raise StorageUnavailable

    with monkeypatch.context() as patched:
        patched.setattr(Storage, "put", away)
        answer = await put(worker, id_, number=1, start_ms=1000)
        assert (answer.status_code, answer.json()["code"]) == (503, "storage_unavailable")
        await ended(world, id_)
        assert (await state(owner, id_))["state"] == "failed"
        shown = await owner.get(f"/api/v1/sessions/{id_}/recording")
        assert (shown.status_code, shown.json()["code"]) == (409, "recording_failed")
    world.clock.move(60)
    await world.do_jobs()
    assert (await state(owner, id_))["state"] == "ready"


async def test_a_store_that_is_away_is_told_to_who_listens(
    world: World, owner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = await recorded(world, owner)
    await ended(world, id_)

    async def away(*_: object) -> None:
        raise StorageUnavailable

    monkeypatch.setattr(Storage, "find", away)
    for path in ("recording", "recording/peaks"):
        answer = await owner.get(f"/api/v1/sessions/{id_}/{path}")
        assert (answer.status_code, answer.json()["code"]) == (503, "storage_unavailable")


async def test_parts_of_it_are_given_out(world: World, owner: httpx.AsyncClient) -> None:
    id_ = await recorded(world, owner)
    await ended(world, id_)
    url = f"/api/v1/sessions/{id_}/recording"
    whole = await owner.get(url)
    size, etag = len(whole.content), whole.headers["etag"]

    async def asked(wanted: str, **headers: str) -> httpx.Response:
        return await owner.get(url, headers={"Range": wanted, **headers})

    for wanted, start, end_ in (
        ("bytes=0-0", 0, 1),
        ("bytes=100-199", 100, 200),
        ("bytes=100-", 100, size),
        ("bytes=-50", size - 50, size),
        (f"bytes=10-{size * 3}", 10, size),
        (f"bytes=-{size * 3}", 0, size),
    ):
        answer = await asked(wanted)
        assert answer.status_code == 206, wanted
        assert answer.content == whole.content[start:end_]
        assert answer.headers["content-range"] == f"bytes {start}-{end_ - 1}/{size}"
        assert answer.headers["content-length"] == str(end_ - start)
    for wanted in (f"bytes={size}-", "bytes=-0", f"bytes={size}-{size + 5}"):
        answer = await asked(wanted)
        assert (answer.status_code, answer.content) == (416, b"")
        assert answer.headers["content-range"] == f"bytes */{size}"
    for wanted in ("bytes=0-1,4-5", "items=0-1", "bytes=5-2", "bytes=x-", "bytes=-"):
        answer = await asked(wanted)
        assert (answer.status_code, answer.content) == (200, whole.content), wanted
    assert (await asked("bytes=0-9", **{"If-Range": etag})).status_code == 206
    assert (await asked("bytes=0-9", **{"If-Range": '"another"'})).status_code == 200
    same = await owner.get(url, headers={"If-None-Match": f'"x", {etag}'})
    assert (same.status_code, same.content) == (304, b"")
    head = await owner.head(url)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(size)
    saved = await owner.get(url, params={"download": "1"})
    assert saved.headers["content-disposition"] == f'attachment; filename="viva-{id_}.ogg"'
    assert "private" in saved.headers["cache-control"]


async def test_asking_for_the_headers_reads_nothing(
    world: World, owner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = await recorded(world, owner)
    await ended(world, id_)

    def never(*_: object) -> AsyncIterator[bytes]:
        raise AssertionError("it was read")

    monkeypatch.setattr(Storage, "read", never)
    assert (await owner.head(f"/api/v1/sessions/{id_}/recording")).status_code == 200


async def test_a_real_server_gives_out_parts(world: World, owner: httpx.AsyncClient) -> None:
    id_ = await recorded(world, owner)
    await ended(world, id_)
    cookie = {"Cookie": f"viva={owner.cookies['viva']}"}
    async with serving(world.app) as address, httpx.AsyncClient(headers=cookie) as client:
        url = f"{address}/api/v1/sessions/{id_}/recording"
        whole = await client.get(url)
        part = await client.get(url, headers={"Range": "bytes=1000-"})
        head = await client.head(url)
    assert (whole.status_code, part.status_code, head.status_code) == (200, 206, 200)
    assert part.content == whole.content[1000:]
    assert head.headers["content-length"] == str(len(whole.content))


async def test_a_reviewer_listens_and_may_not_delete(
    world: World, owner: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    id_ = await recorded(world, owner)
    await ended(world, id_)
    url = f"/api/v1/sessions/{id_}/recording"
    assert (await other.get(url)).status_code == 404
    async with world.context.database.write() as db:
        email, now = "bob@example.org", world.clock()
        db.add(Reviewer(id="r1", interview_id=id_, email=email, blind=False, created_at=now))
    assert (await other.get(url)).status_code == 200
    assert (await other.get(f"{url}/peaks")).status_code == 200
    assert (await other.delete(url)).status_code == 404
    assert (await agree(other, id_, granted=False)).status_code == 404


async def test_a_deleted_recording_is_gone_and_stays_so(
    world: World, owner: httpx.AsyncClient, worker: httpx.AsyncClient
) -> None:
    id_ = await recorded(world, owner)
    await ended(world, id_)
    url = f"/api/v1/sessions/{id_}/recording"
    for _ in range(2):
        assert (await owner.delete(url)).status_code == 204
    assert await world.context.storage.keys("sessions") == []
    assert await state(owner, id_) == {
        "consent": True,
        "state": "deleted",
        "duration_ms": 0,
        "bytes": 0,
    }
    assert (await owner.get(url)).json()["code"] == "no_recording"
    assert (await put(worker, id_, number=9, start_ms=9000)).status_code == 409
    assert (await owner.get(f"/api/v1/sessions/{id_}/transcript")).status_code == 200


async def test_it_goes_with_the_session_and_with_the_account(
    world: World, owner: httpx.AsyncClient
) -> None:
    first, second = await recorded(world, owner), await recorded(world, owner)
    await ended(world, first)
    assert (await owner.delete(f"/api/v1/sessions/{first}")).status_code == 204
    left = await world.context.storage.keys("sessions")
    assert {key.split("/")[1] for key in left} == {second}
    answer = await owner.request("DELETE", "/api/v1/me", json={"password": PASSWORD})
    assert answer.status_code == 204
    assert await world.context.storage.keys("sessions") == []
    async with world.context.database.read() as db:
        kinds = set(await db.scalars(select(Job.kind).where(Job.state == "waiting")))
        assert kinds.isdisjoint({asking.KIND, erasing.KIND})
        assert await db.scalar(select(func.count()).select_from(Recording)) == 0


async def test_no_byte_of_it_is_left_on_the_disk(world: World, owner: httpx.AsyncClient) -> None:
    rare = sounds.encoded(sounds.stereo(sounds.hiss(1.0, seed=99), sounds.hiss(1.0, seed=98)))
    body = sounds.wrapped(rare)
    canary = max(rare, key=len)
    kept, gone = await recorded(world, owner, 1), await recorded(world, owner, 1)
    for id_ in (kept, gone):
        assert (await put(world.worker(), id_, body, number=1, start_ms=1000)).status_code == 204
    assert _holding(world.settings.data_dir, canary)
    await owner.delete(f"/api/v1/sessions/{gone}")
    assert all(kept in str(path) for path in _holding(world.settings.data_dir, canary))
    await ended(world, kept)
    assert len(_holding(world.settings.data_dir, canary)) == 1
    await owner.delete(f"/api/v1/sessions/{kept}/recording")
    assert _holding(world.settings.data_dir, canary) == []


def _holding(directory: Path, what: bytes) -> list[Path]:
    files = (path for path in directory.rglob("*") if path.is_file())
    return [path for path in files if what in path.read_bytes()]


async def test_what_could_not_be_removed_is_removed_later(
    world: World, owner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = await recorded(world, owner)

    async def away(*_: object) -> None:
        raise StorageUnavailable

    with monkeypatch.context() as patched:
        patched.setattr(Storage, "delete_below", away)
        assert (await owner.delete(f"/api/v1/sessions/{id_}")).status_code == 204
    assert await world.context.storage.keys("sessions") != []
    async with world.context.database.read() as db:
        [job] = (await db.scalars(select(Job).where(Job.kind == erasing.KIND))).all()
    assert job.payload == {"interview_ids": [id_]}
    world.clock.move(600)
    await world.do_jobs()
    assert await world.context.storage.keys("sessions") == []


async def test_what_comes_in_during_a_deletion_does_not_stay(
    world: World, owner: httpx.AsyncClient, worker: httpx.AsyncClient
) -> None:
    id_ = await recorded(world, owner, 1)

    class Slow(Storage):
        async def put(self, key: str, data: bytes | Path) -> None:
            assert (await owner.delete(f"/api/v1/sessions/{id_}")).status_code == 204
            await super().put(key, data)

    slow = Slow(Directory(world.settings.data_dir / "recordings"))
    object.__setattr__(world.context, "storage", slow)
    assert (await put(worker, id_, number=1, start_ms=1000)).status_code == 410
    assert await slow.keys("sessions") == []


async def test_what_is_deleted_while_it_is_joined_stays_deleted(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await recorded(world, owner, 1)
    await end(world, id_)

    class Slow(Storage):
        async def put(self, key: str, data: bytes | Path) -> None:
            await super().put(key, data)
            url = f"/api/v1/sessions/{id_}/recording"
            assert (await owner.delete(url)).status_code == 204

    slow = Slow(Directory(world.settings.data_dir / "recordings"))
    object.__setattr__(world.context, "storage", slow)
    world.clock.move(30)
    await world.do_jobs()
    assert (await state(owner, id_))["state"] == "deleted"
    assert await slow.keys("sessions") == []


async def test_old_recordings_go_when_their_owner_wants_it(
    world: World, owner: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    mine, theirs = await recorded(world, owner), await recorded(world, other)
    for id_ in (mine, theirs):
        await ended(world, id_)
    wanted = {"values": {"keep_recordings_days": 30}}
    assert (await owner.patch("/api/v1/me/settings", json=wanted)).status_code == 200
    world.clock.move(timedelta(days=29).total_seconds())
    await world.do_jobs()
    assert (await state(owner, mine))["state"] == "ready"
    world.clock.move(timedelta(days=2).total_seconds())
    await world.do_jobs()
    states = {id_: found.state for id_ in (mine, theirs) if (found := await row(world, id_))}
    assert states == {mine: "deleted", theirs: "ready"}
    left = await world.context.storage.keys("sessions")
    assert {key.split("/")[1] for key in left} == {theirs}


@pytest.mark.parametrize(
    "values", [{"keep_recordings_days": 0}, {"keep_recordings_days": 3651}, {"record": "always"}]
)
async def test_what_cannot_be_set_is_refused(
    owner: httpx.AsyncClient, values: dict[str, Any]
) -> None:
    answer = await owner.patch("/api/v1/me/settings", json={"values": values})
    assert answer.status_code == 422


async def test_two_servers_do_not_join_one_recording_at_once(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await recorded(world, owner)
    await end(world, id_)
    world.clock.move(30)
    async with world.context.database.write() as db:
        later = world.clock() + timedelta(seconds=40)
        db.add(
            Job(
                id="x",
                key=f"{asking.key_of(id_)}other",
                kind=asking.KIND,
                payload={"interview_id": id_},
                state="waiting",
                run_at=world.clock(),
                leased_until=later,
                lease="theirs",
                attempts=1,
                created_at=world.clock(),
            )
        )
    await world.do_jobs()
    assert (await state(owner, id_))["state"] == "joining"
    async with world.context.database.write() as db:
        await db.execute(update(Job).where(Job.id == "x").values(state="done", leased_until=None))
    world.clock.move(60)
    await world.do_jobs()
    assert (await state(owner, id_))["state"] == "ready"


async def test_consent_alone_makes_no_recording(world: World, owner: httpx.AsyncClient) -> None:
    id_ = await world.joined(owner)
    await agree(owner, id_)
    await ended(world, id_)
    assert await row(world, id_) is None
    assert (await state(owner, id_))["state"] is None


async def test_nothing_that_arrived_is_told_from_silence(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await recorded(world, owner, 1)
    await world.context.storage.delete_below(keys.segments(id_))
    await ended(world, id_)
    found = await row(world, id_)
    assert found is not None
    assert (found.state, found.problem) == ("failed", "No sound of this session has arrived.")
