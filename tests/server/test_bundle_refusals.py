"""Bundles that must not come in: each is refused with a word, and nothing is written anywhere."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from server.middleware import BUNDLE_BODY_LIMIT
from server.moving import sound, zip_reading
from server.storage.store import Storage, StorageUnavailable
from tests.server import sounds
from tests.server.conftest import World
from tests.server.reviewing import SESSIONS
from tests.server.test_bundles import IMPORT, bundled, kept, recorded, reviewed
from tests.server.test_moving import Files, edited, rows, zipped
from tests.server.test_moving import files as unzipped

Breaks = Callable[[Files], Files]
SOUND, PEAKS = "recording.ogg", "peaks.json"


def without(*names: str) -> Breaks:
    return lambda c: {name: data for name, data in c.items() if name not in names}


def with_(name: str, data: bytes) -> Breaks:
    return lambda c: {**c, name: data}


def change(name: str, edit: Callable[[Any], Any]) -> Breaks:
    return lambda c: edited(c, name, edit)


def session(**fields: Any) -> Breaks:
    return change("session.json", lambda s: {**s, **fields})


def of_sound(**fields: Any) -> Breaks:
    return change("session.json", lambda s: {**s, "recording": {**s["recording"], **fields}})


def first(name: str, **fields: Any) -> Breaks:
    """The first item of a list, changed."""
    return change(name, lambda items: [{**items[0], **fields}, *items[1:]])


def in_log(edit: Callable[[list[bytes]], list[bytes]]) -> Breaks:
    def breaks(content: Files) -> Files:
        lines = edit(content["events.jsonl"].splitlines())
        return {**content, "events.jsonl": b"".join(line + b"\n" for line in lines)}

    return breaks


def with_sound(edit: Callable[[bytes], bytes]) -> Breaks:
    """The recording changed, and what is said of its size with it."""

    def breaks(content: Files) -> Files:
        data = edit(content[SOUND])
        return of_sound(bytes=len(data))({**content, SOUND: data})

    return breaks


def mono(_: bytes) -> bytes:
    wav = io.BytesIO()
    wav.write(b"RIFF" + struct.pack("<I", 36) + b"WAVEfmt ")
    wav.write(struct.pack("<IHHIIHH", 16, 1, 1, 48_000, 96_000, 2, 16) + b"data\0\0\0\0")
    return wav.getvalue()


def page_swapped(data: bytes) -> bytes:
    """The last page said to be of another stream."""
    at = data.rindex(b"OggS")
    return data[: at + 14] + b"\xff\xff\xff\xff" + data[at + 18 :]


def one_channel(data: bytes) -> bytes:
    at = data.index(b"OpusHead")
    return data[: at + 9] + b"\x01" + data[at + 10 :]


BROKEN: dict[str, tuple[str, Breaks]] = {
    "a way out": ("no file of an export", with_("../../etc/passwd", b"x")),
    "a way down": ("no file of an export", with_("/etc/passwd", b"x")),
    "a way out in the old style": ("no file of an export", with_("..\\..\\x", b"x")),
    "a folder": ("no file of an export", with_("sub/", b"")),
    "a file of an export": ("no file of an export", with_("settings.json", b"[]")),
    "a session in a folder": ("no file of an export", with_("sessions/a/session.json", b"{}")),
    "another recording": ("no file of an export", with_("RECORDING.OGG", b"x")),
    "no manifest": ("manifest.json' is missing", without("manifest.json")),
    "no session": ("session.json' is missing", without("session.json")),
    "no scenario": ("scenario.json' is missing", without("scenario.json")),
    "no log": ("events.jsonl' is missing", without("events.jsonl")),
    "an export": ("viva-export", change("manifest.json", lambda m: {**m, "format": "viva-export"})),
    "a later version": ("version '9'", change("manifest.json", lambda m: {**m, "version": 9})),
    "version 0": ("version '0'", change("manifest.json", lambda m: {**m, "version": 0})),
    "no JSON": ("not JSON", with_("session.json", b"{")),
    "a list": ("session.json", with_("session.json", b"[]")),
    "deep JSON": ("not JSON", with_("comments.json", b"[" * 200_000)),
    "NaN": ("not JSON", with_(PEAKS, b'{"duration_ms": NaN}')),
    "a wild id": ("id", session(id="../x")),
    "a long id": ("id", session(id="a" * 33)),
    "more of it": ("owner_id", session(owner_id="0" * 24)),
    "more than it says": ("does not follow", session(events=3)),
    "fewer than it says": ("ends at event", session(events=10_000)),
    "a log without end": ("more events than", session(events=10**6)),
    "a gap": ("does not follow", in_log(lambda e: e[:4] + e[5:])),
    "a log cut": ("not JSON", in_log(lambda e: [*e[:-1], e[-1][:-9]])),
    "a report of another kind": ("report.json", with_("report.json", b'{"score": 100}')),
    "a level of five": (
        "report.json",
        change("report.json", lambda r: {**r, "criteria": [{**r["criteria"][0], "level": 5}]}),
    ),
    "a comment by nobody": ("comments.json", change("comments.json", lambda c: [{"text": "x"}])),
    "a comment with an author": ("author_id", first("comments.json", author_id="0" * 24)),
    "an empty comment": ("comments.json", first("comments.json", text="")),
    "a comment too long": ("comments.json", first("comments.json", text="x" * 4001)),
    "a comment before it": ("comments.json", first("comments.json", at_ms=-1)),
    "a comment after all": ("moment", first("comments.json", at_ms=2**52)),
    "too many comments": ("too long", change("comments.json", lambda c: c * 600)),
    "a level too high": ("scores.json", first("scores.json", level=5)),
    "another rubric": ("no criterion 'charm'", first("scores.json", criterion="charm")),
    "scored twice": ("scored twice", change("scores.json", lambda s: [*s, s[-1]])),
    "not done": ("nobody was done", first("scores.json", by_owner=False, done_at=None)),
    "no recording": ("not all there", without(SOUND)),
    "no outline": ("not all there", without(PEAKS)),
    "sound without a word": ("not all there", session(recording=None)),
    "another kind of file": ("is no recording", with_sound(mono)),
    "nothing": ("is no recording", with_sound(lambda d: b"")),
    "noise": ("is no recording", with_sound(lambda d: bytes(len(d)))),
    "a page": ("is no recording", with_sound(lambda d: b"<html>" + d)),
    "sound cut": ("is no recording", with_sound(lambda d: d[:-7])),
    "sound and more": ("is no recording", with_sound(lambda d: d + b"PK\x03\x04")),
    "two sounds": ("is no recording", with_sound(lambda d: d + d)),
    "another stream": ("is no recording", with_sound(page_swapped)),
    "one side": ("is no recording", with_sound(one_channel)),
    "other sound": (
        "not as long as",
        with_sound(lambda d: sounds.wrapped(sounds.encoded(sounds.stereo(*[sounds.tone(1)] * 2)))),
    ),
    "a longer recording": ("not as long as", of_sound(duration_ms=90_000)),
    "a larger recording": ("not as long as", of_sound(bytes=9)),
    "a longer outline": ("not as long as", change(PEAKS, lambda p: {**p, "candidate": [0] * 999})),
    "too loud": ("peaks.json", change(PEAKS, lambda p: {**p, "interviewer": [128] * 60})),
    "gaps astray": ("gaps", change(PEAKS, lambda p: {**p, "gaps": [[2000, 1000]]})),
    "gaps after": ("gaps", change(PEAKS, lambda p: {**p, "gaps": [[0, 90_000]]})),
}


async def test_what_is_broken_is_named_and_nothing_is_written(
    world: World, owner: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    content = unzipped(await bundled(owner, await reviewed(world, owner)))
    before = (await rows(world), await kept(world))
    wrong = []
    for what, (word, breaks) in BROKEN.items():
        answer = await other.post(IMPORT, content=zipped(breaks(content)))
        body = answer.json()
        if answer.status_code != 422 or word not in body["detail"]:
            wrong.append((what, answer.status_code, body))
        elif "Nothing was taken in" not in body["detail"]:
            wrong.append((what, body["detail"]))
        if (await rows(world), await kept(world)) != before:
            wrong.append((what, "something was written"))
    assert wrong == []
    assert (await other.post(IMPORT, content=zipped(content))).status_code == 200


async def test_what_was_tampered_with_or_cut_is_refused(
    world: World, owner: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    data = await bundled(owner, await recorded(world, owner))
    content, before = unzipped(data), (await rows(world), await kept(world))
    for name in content:
        if name != "manifest.json":
            changed = content[name][:-1] + bytes([content[name][-1] ^ 1])
            answer = await other.post(
                IMPORT, content=zipped({**content, name: changed}, sealed=False)
            )
            assert (answer.status_code, "checksum" in answer.json()["detail"]) == (422, True), name
    for cut in (*range(0, len(data), len(data) // 20), len(data) - 1):
        answer = await other.post(IMPORT, content=data[:cut])
        assert answer.status_code == 422, cut
        assert answer.json()["code"].startswith("import_")
    middle = len(data) // 2
    for at in (40, middle, len(data) - 40):
        broken = data[:at] + b"\xff\x00\xff\x00" + data[at + 4 :]
        assert (await other.post(IMPORT, content=broken)).status_code == 422
    assert (await rows(world), await kept(world)) == before


def packed(content: Files, change_entry: Callable[[zipfile.ZipInfo], None]) -> bytes:
    """`content` as a zip whose entries have been changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in content.items():
            entry = zipfile.ZipInfo(name)
            change_entry(entry)
            made.writestr(entry, data)
    return file.getvalue()


async def test_links_and_doubles_are_refused(
    world: World, owner: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    content = unzipped(await bundled(owner, await recorded(world, owner)))
    before = (await rows(world), await kept(world))

    def link(entry: zipfile.ZipInfo) -> None:
        if entry.filename == SOUND:
            entry.external_attr = (stat.S_IFLNK | 0o777) << 16

    answer = await other.post(IMPORT, content=packed(content, link))
    assert (answer.status_code, "no plain file" in answer.json()["detail"]) == (422, True)
    file = io.BytesIO(zipped(content))
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(file, "a") as made:
        made.writestr("session.json", content["session.json"])
    answer = await other.post(IMPORT, content=file.getvalue())
    assert (answer.status_code, "same name" in answer.json()["detail"]) == (422, True)
    assert (await rows(world), await kept(world)) == before


async def test_bombs_are_not_unpacked(
    world: World,
    owner: httpx.AsyncClient,
    other: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = unzipped(await bundled(owner, await recorded(world, owner)))
    before = (await rows(world), await kept(world))
    dense = zipped({**content, "transcript.md": bytes(8 * zip_reading.MIB)})
    assert len(dense) < 200_000
    answer = await other.post(IMPORT, content=dense)
    assert (answer.status_code, answer.json()["code"]) == (422, "import_too_large")
    large = zipped({**content, "session.json": bytes(range(256)) * 20_000})
    answer = await other.post(IMPORT, content=large)
    assert (answer.status_code, answer.json()["code"]) == (422, "import_too_large")
    monkeypatch.setattr(zip_reading, "MOST_UNPACKED", 1000)
    answer = await other.post(IMPORT, content=zipped(content))
    assert (answer.status_code, answer.json()["code"]) == (422, "import_too_large")
    monkeypatch.setattr(zip_reading, "MOST_UNPACKED", 1 << 30)
    monkeypatch.setattr(sound, "MOST_PACKETS", 10)
    answer = await other.post(IMPORT, content=zipped(content))
    assert (answer.status_code, "more than 10 packets" in answer.json()["detail"]) == (422, True)
    assert (await rows(world), await kept(world)) == before


async def test_a_recording_that_lies_about_its_size_is_not_unpacked(
    world: World, owner: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    content = unzipped(await bundled(owner, await recorded(world, owner)))
    bomb = bytearray(zipped({**content, "transcript.md": b"x" * (3 * zip_reading.MIB + 1)}))
    size = (3 * zip_reading.MIB + 1).to_bytes(4, "little")
    assert bomb.count(size) == 2
    answer = await other.post(IMPORT, content=bytes(bomb.replace(size, (9).to_bytes(4, "little"))))
    assert answer.status_code == 422, answer.text


async def test_a_store_that_fails_takes_nothing_in(
    world: World,
    owner: httpx.AsyncClient,
    other: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = await bundled(owner, await recorded(world, owner))
    before = (await rows(world), await kept(world))
    put = Storage.put

    async def fails(self: Storage, key: str, data: Any) -> None:
        if key.endswith(PEAKS):
            raise StorageUnavailable
        await put(self, key, data)

    monkeypatch.setattr(Storage, "put", fails)
    assert (await other.post(IMPORT, content=data)).status_code == 503
    assert (await rows(world), await kept(world)) == before


async def test_a_database_that_fails_leaves_nothing_in_the_store(
    world: World,
    owner: httpx.AsyncClient,
    other: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = await bundled(owner, await recorded(world, owner))
    before = (await rows(world), await kept(world))

    async def fails(*_: object) -> bool:
        raise RuntimeError("the last thing that is written")

    monkeypatch.setattr("server.moving.storing.asking.ask", fails)
    assert (await other.post(IMPORT, content=data)).status_code == 500
    assert (await rows(world), await kept(world)) == before


async def test_more_than_a_body_may_hold_is_refused(
    owner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {"Content-Length": str(BUNDLE_BODY_LIMIT + 1)}
    answer = await owner.post(IMPORT, content=b"x", headers=told)
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
    monkeypatch.setattr("server.moving.endpoints.BUNDLE_BODY_LIMIT", 1000)

    async def without_length() -> Any:
        for _ in range(3):
            yield bytes(400)

    answer = await owner.post(IMPORT, content=without_length())
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


async def test_a_full_disk_refuses_before_anything_is_read(
    world: World, owner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world.settings, "least_free_mb", 10**9)
    answer = await owner.post(IMPORT, content=b"x")
    assert (answer.status_code, answer.json()["code"]) == (507, "disk_full")


async def test_a_stranger_is_turned_away_before_the_body_is_read(world: World) -> None:
    async def endless() -> Any:
        yield bytes(100)
        raise AssertionError("it was read")

    answer = await world.browser().post(IMPORT, content=endless())
    assert answer.status_code == 401


async def test_nobody_bundles_what_is_not_theirs(
    world: World, owner: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    id_ = await world.joined(owner)
    await owner.post(f"{SESSIONS}/{id_}/reviewers", json={"email": "bob@example.org"})
    assert (await other.get(f"{SESSIONS}/{id_}/bundle")).status_code == 404
