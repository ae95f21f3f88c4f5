"""Storing bytes: in a directory, and in a bucket of a real S3 server on this machine."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from server.app import create_app
from server.errors import Problem
from server.settings import Settings, SettingsError, load_settings
from server.space import require_space
from server.storage.location import Bucket, Directory, Location, read_url
from server.storage.store import Missing, Storage, StorageUnavailable
from tests.disks import small_disk
from tests.s3 import KEYS, bucket, running


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    with running() as address:
        yield address


@pytest.fixture(params=["directory", "bucket"])
async def storage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Storage]:
    location: Location = Directory(tmp_path / "kept")
    if request.param == "bucket":
        location = bucket(request.getfixturevalue("s3"))
    made = Storage(location)
    yield made
    await made.delete_below("sessions")


async def read(storage: Storage, key: str, start: int, end: int, etag: str | None = None) -> bytes:
    return b"".join([piece async for piece in storage.read(key, start, end, etag)])


async def test_what_is_put_is_there_until_it_is_removed(storage: Storage) -> None:
    assert await storage.find("sessions/a/x.ogg") is None
    await storage.put("sessions/a/x.ogg", b"first")
    await storage.put("sessions/a/x.ogg", b"second")
    await storage.put("sessions/a/y.ogg", b"")
    await storage.put("sessions/ab/z.ogg", b"another's")
    assert await storage.get("sessions/a/x.ogg") == b"second"
    assert await storage.keys("sessions/a") == ["sessions/a/x.ogg", "sessions/a/y.ogg"]
    await storage.delete(["sessions/a/x.ogg", "sessions/a/never.ogg"])
    assert await storage.keys("sessions/a") == ["sessions/a/y.ogg"]
    await storage.delete_below("sessions/a")
    await storage.delete_below("sessions/a")
    assert await storage.keys("sessions") == ["sessions/ab/z.ogg"]
    with pytest.raises(Missing):
        await storage.get("sessions/a/x.ogg")


async def test_a_large_file_is_read_in_part(storage: Storage, tmp_path: Path) -> None:
    content = os.urandom(6 * 1024 * 1024 + 17)
    (tmp_path / "large").write_bytes(content)
    await storage.put("sessions/a/large", tmp_path / "large")
    found = await storage.find("sessions/a/large")
    assert found is not None
    assert found.size == len(content)
    assert await read(storage, "sessions/a/large", 100, 3_000_001) == content[100:3_000_001]
    last = found.size - 1
    assert await read(storage, "sessions/a/large", last, found.size, found.etag) == content[-1:]
    await storage.put("sessions/a/large", b"another altogether")
    with pytest.raises(Missing):
        await read(storage, "sessions/a/large", 0, 4, found.etag)


async def test_a_store_that_is_away_says_so(caplog: pytest.LogCaptureFixture) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        nobody = f"http://127.0.0.1:{listener.getsockname()[1]}"
    storage = Storage(bucket(nobody))
    for call in (
        storage.put("k", b"x"),
        storage.get("k"),
        storage.find("k"),
        storage.keys("k"),
        storage.delete(["k"]),
        storage.delete_below("k"),
        read(storage, "k", 0, 1),
    ):
        with pytest.raises(StorageUnavailable) as caught:
            await call
        assert (caught.value.status, caught.value.code) == (503, "storage_unavailable")
    assert "something secret" not in caplog.text


async def test_a_bucket_that_is_not_there_says_so(s3: str) -> None:
    storage = Storage(bucket(s3, name="not-made"))
    with pytest.raises(StorageUnavailable):
        await storage.put("k", b"x")


async def test_a_directory_is_this_users_alone_and_what_is_put_is_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = []
    fsync = os.fsync

    def noted(descriptor: int) -> None:
        synced.append(os.readlink(f"/proc/self/fd/{descriptor}"))
        fsync(descriptor)

    monkeypatch.setattr("os.fsync", noted)
    root = tmp_path / "var" / "recordings"
    storage = Storage(Directory(root))
    assert stat.S_IMODE(root.stat().st_mode) == 0o700
    await storage.put("a/b", b"x")
    assert synced == [str(root / "a/b"), str(root / "a"), str(root)]


async def test_a_full_disk_says_so(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 256) as where:
        storage = Storage(Directory(where / "recordings"))
        with pytest.raises(Exception, match="The disk that recordings are kept on is full") as full:
            await storage.put("a", b"x" * 1_000_000)
        assert getattr(full.value, "status", None) == 507
        await storage.put("a", b"x" * 1000)
        assert await storage.get("a") == b"x" * 1000


def test_no_interview_begins_where_its_recording_has_no_room(
    settings: Settings, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", 256) as where:
        there = {"storage_url": f"file://{where}/recordings", "least_free_mb": 1}
        Storage(settings.model_copy(update=there).storage)
        Storage(settings.storage)
        require_space(settings.model_copy(update={"least_free_mb": 1}))
        with pytest.raises(Problem, match="1 MB are needed to begin one"):
            require_space(settings.model_copy(update=there))


async def test_nothing_left_by_a_crash_survives_a_deletion(tmp_path: Path) -> None:
    storage = Storage(Directory(tmp_path))
    await storage.put("sessions/a/x", b"x")
    (tmp_path / "sessions/a/x#1").write_bytes(b"half")
    await storage.delete_below("sessions/a")
    assert not (tmp_path / "sessions" / "a").exists()


def test_places_are_read() -> None:
    assert read_url("file:///srv/viva") == Directory(Path("/srv/viva"))
    assert read_url("s3://viva.kept/a/b/") == Bucket("viva.kept", "a/b")
    assert read_url("s3://viva") == Bucket("viva", "")


@pytest.mark.parametrize(
    "url",
    [
        "recordings",
        "file://recordings",
        "file://host/recordings",
        "file:///",
        "s3://",
        "s3://X",
        "s3://viva/../other",
        "s3://viva/a?region=x",
        "s3://key:secret@viva/a",
        "gs://viva/a",
    ],
)
def test_a_place_that_cannot_be_used_stops_the_start(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIVA_STORAGE_URL", url)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    expected = "expected file:///an/absolute/directory or s3://bucket/prefix"
    assert str(caught.value) == f"VIVA_STORAGE_URL: {expected}"


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"AWS_ACCESS_KEY_ID": "a"}, "AWS_SECRET_ACCESS_KEY: expected to be given together"),
        ({"AWS_SECRET_ACCESS_KEY": "b"}, "AWS_SECRET_ACCESS_KEY: expected to be given together"),
        ({"AWS_ENDPOINT_URL": "127.0.0.1:9000"}, "AWS_ENDPOINT_URL: expected the store's address"),
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:9000"}, "AWS_ENDPOINT_URL: expected an https://"),
        ({"AWS_ALLOW_HTTP": "perhaps"}, "AWS_ALLOW_HTTP: expected"),
    ],
)
def test_what_belongs_to_a_bucket_is_checked(
    variables: dict[str, str], named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value).startswith(named)


def test_a_bucket_is_set_up_by_the_usual_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "VIVA_STORAGE_URL": "s3://viva/kept",
        "AWS_REGION": "eu-west-3",
        "AWS_ACCESS_KEY_ID": "someone",
        "AWS_SECRET_ACCESS_KEY": "something secret",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9000/",
        "AWS_ALLOW_HTTP": "true",
    }.items():
        monkeypatch.setenv(name, value)
    location = load_settings().storage
    options = {"aws_region": "eu-west-3", "aws_endpoint": "http://127.0.0.1:9000", **KEYS}
    assert location == Bucket("viva", "kept", True, options)
    assert "something secret" not in repr(location)


def test_a_directory_that_cannot_be_made_stops_the_start(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    wrong = settings.model_copy(update={"storage_url": f"file://{tmp_path}/file/recordings"})
    with pytest.raises(SystemExit, match="VIVA_STORAGE_URL: expected a place"):
        create_app(wrong)


def test_recordings_are_below_the_data_directory_by_default(settings: Settings) -> None:
    assert settings.storage == Directory(settings.data_dir / "recordings")
    assert settings.aws_secret_access_key is None or isinstance(
        settings.aws_secret_access_key, SecretStr
    )
