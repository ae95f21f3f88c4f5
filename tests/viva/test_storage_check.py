"""Trying out where recordings are kept: in a directory, and in a bucket of a real S3 server."""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from obstore.exceptions import PermissionDeniedError

from server.storage.location import Directory
from server.storage.store import Storage, StorageUnavailable
from tests.disks import small_disk
from tests.s3 import KEYS, SECRET, bucket, client, running
from viva import doctor, storage_check

VARIABLES = ("VIVA_STORAGE_URL", "AWS_ENDPOINT_URL", "AWS_ALLOW_HTTP", "AWS_REGION")


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    with running() as address:
        yield address


@pytest.fixture
def guarded(s3: str) -> Iterator[str]:
    """The same server, which looks at keys from now on."""
    _guard(s3, 0)
    yield s3
    _guard(s3, 10**9)


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (*VARIABLES, "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    # No .env of who runs the tests.
    monkeypatch.chdir(tmp_path)


def _guard(address: str, calls_let_pass: int) -> None:
    answer = httpx.post(f"{address}/moto-api/reset-auth", content=str(calls_let_pass))
    assert answer.is_success, answer.text


def _left(address: str) -> int:
    return int(client(address).list_objects_v2(Bucket="viva")["KeyCount"])


async def test_a_bucket_is_written_read_and_left_as_it_was(s3: str) -> None:
    assert await storage_check.try_out(bucket(s3)) is None
    assert _left(s3) == 0


async def test_the_doctor_reads_what_the_server_reads(
    s3: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VIVA_STORAGE_URL", "s3://viva/here")
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3)
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEYS["aws_access_key_id"])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    finding = await doctor.recordings(tmp_path)
    where = f"s3://viva/here at {s3.removeprefix('http://')}"
    assert (finding.state, finding.detail) == ("ok", f"{where}, written, read and deleted")
    monkeypatch.setenv("VIVA_STORAGE_URL", "s3://not-made")
    finding = await doctor.recordings(tmp_path)
    assert finding.state == "missing"
    assert finding.detail.endswith(": there is no bucket not-made")
    assert "VIVA_STORAGE_URL" in finding.action
    monkeypatch.setenv("VIVA_STORAGE_URL", "ftp://elsewhere")
    finding = await doctor.recordings(tmp_path)
    assert finding.state == "missing"
    assert finding.action.startswith("VIVA_STORAGE_URL: expected ")
    assert SECRET not in json.dumps(doctor.Findings((finding,)).as_dict())


async def test_a_store_that_is_away(capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        nobody = f"http://127.0.0.1:{listener.getsockname()[1]}"
    trouble = await storage_check.try_out(bucket(nobody))
    assert trouble is not None
    assert trouble.what == "it cannot be reached"
    assert "AWS_ENDPOINT_URL" in trouble.action
    assert capfd.readouterr().err == ""
    assert not logging.getLogger("server.storage.store").disabled


async def test_keys_that_nobody_knows(guarded: str) -> None:
    trouble = await storage_check.try_out(bucket(guarded))
    assert trouble is not None
    assert trouble.what == "its keys are refused (InvalidAccessKeyId)"
    assert "AWS_SECRET_ACCESS_KEY" in trouble.action
    assert SECRET not in str(trouble)
    assert "someone" not in str(trouble)


@pytest.mark.parametrize(
    ("call", "done"),
    [("put", "written to"), ("get", "read from"), ("keys", "listed"), ("delete", "deleted from")],
)
async def test_what_its_keys_do_not_allow(
    s3: str, monkeypatch: pytest.MonkeyPatch, call: str, done: str
) -> None:
    """A store of rights that differ from call to call is not to be had here."""

    async def denied(*_: object) -> None:
        cause = PermissionDeniedError(f"403: <Error><Code>AccessDenied</Code>{SECRET}</Error>")
        raise StorageUnavailable from cause

    monkeypatch.setattr(Storage, call, denied)
    trouble = await storage_check.try_out(bucket(s3))
    assert trouble is not None
    assert trouble.what == f"its keys do not let it be {done} (AccessDenied)"
    assert "s3:PutObject" in trouble.action
    assert SECRET not in str(trouble)
    monkeypatch.undo()
    objects = client(s3).list_objects_v2(Bucket="viva").get("Contents", [])
    assert len(objects) == (1 if call == "delete" else 0)
    for one in objects:
        client(s3).delete_object(Bucket="viva", Key=one["Key"])


async def test_a_directory_is_left_as_it_was(tmp_path: Path) -> None:
    where = tmp_path / "recordings"
    assert (await doctor.recordings(tmp_path)).detail == f"{where}, made at the first start"
    assert not where.exists()
    where.mkdir()
    finding = await doctor.recordings(tmp_path)
    assert (finding.state, finding.detail) == ("ok", f"{where}, written, read and deleted")
    assert list(where.iterdir()) == []


async def test_a_file_in_the_place_of_the_directory(tmp_path: Path) -> None:
    (tmp_path / "recordings").write_bytes(b"x")
    finding = await doctor.recordings(tmp_path)
    assert finding.state == "missing"
    assert finding.detail.endswith("it cannot be written to (File exists)")
    assert "VIVA_STORAGE_URL" in finding.action


async def test_a_full_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 64) as where:
        with pytest.raises(OSError, match="28"):
            (where / "filled").write_bytes(b"x" * 1_000_000)
        trouble = await storage_check.try_out(Directory(where))
        assert trouble is not None
        assert trouble.what == "the disk is full"
