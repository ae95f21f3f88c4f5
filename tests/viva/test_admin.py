"""`viva admin` on a real database, with a server that knows nothing of it."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from pathlib import Path

import httpx
import pytest
from argon2 import PasswordHasher

from server import db
from server.accounts.passwords import Passwords
from server.app import create_app
from server.settings import load_settings
from viva.cli import main

ADA = "ada@example.org"


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data directory of a set-up without users."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("viva.cli.load_dotenv", lambda _: None)
    monkeypatch.setenv("VIVA_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("VIVA_PUBLIC_URL", "https://viva.example.org")
    monkeypatch.delenv("VIVA_DATABASE_URL", raising=False)
    db.upgrade(f"sqlite+aiosqlite:///{tmp_path / 'viva.db'}")
    return tmp_path


def _users(data_dir: Path) -> list[tuple[str, str, str]]:
    with sqlite3.connect(data_dir / "viva.db") as connection:
        query = "SELECT email, role, name FROM users ORDER BY email"
        return connection.execute(query).fetchall()


def _token(printed: str) -> str:
    found = re.search(r"^https://viva\.example\.org/reset/(\S+)$", printed, re.MULTILINE)
    assert found is not None, printed
    return found[1]


async def _reset(token: str, password: str) -> httpx.Response:
    """What a server says to a password set by a link."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    app = create_app(load_settings(), passwords=Passwords(hasher))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://viva.test") as client:
        body = {"token": token, "password": password}
        answer = await client.post("/api/v1/auth/reset", json=body)
    await app.state.context.database.close()
    return answer


def test_the_first_admin_is_made_and_sets_a_password(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["admin", "make", " Ada@Example.ORG ", "--name", "Ada  L"]) == 0
    assert _users(data_dir) == [(ADA, "admin", "Ada L")]
    token = _token(capsys.readouterr().out)
    answer = asyncio.run(_reset(token, "correct horse battery"))
    assert answer.status_code == 200
    assert answer.json() | {"email": ADA, "role": "admin", "has_password": True} == answer.json()
    assert asyncio.run(_reset(token, "another horse battery")).status_code == 410


def test_who_has_an_account_keeps_it(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["admin", "make", ADA, "--name", "Ada L"])
    main(["admin", "make", "bob@example.org"])
    main(["admin", "role", ADA, "candidate"])
    capsys.readouterr()
    assert main(["admin", "make", ADA, "--name", "Somebody"]) == 0
    assert capsys.readouterr().out == f"{ADA} is an admin now.\n"
    assert _users(data_dir) == [(ADA, "admin", "Ada L"), ("bob@example.org", "admin", "bob")]


def test_roles_are_given_but_an_admin_stays(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["admin", "make", ADA])
    assert main(["admin", "role", ADA, "reviewer"]) == 1
    assert "only admin" in capsys.readouterr().err
    main(["admin", "make", "bob@example.org"])
    assert main(["admin", "role", ADA, "reviewer"]) == 0
    assert [role for _, role, _ in _users(data_dir)] == ["reviewer", "admin"]


def test_a_link_sets_the_password_of_who_forgot_it(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["admin", "make", ADA])
    capsys.readouterr()
    assert main(["admin", "link", ADA]) == 0
    printed = capsys.readouterr().out
    assert printed.count("\n") == 1
    assert asyncio.run(_reset(_token(printed), "correct horse battery")).status_code == 200
    with sqlite3.connect(data_dir / "viva.db") as connection:
        kept = str(connection.execute("SELECT * FROM one_time_links").fetchall())
    assert _token(printed) not in kept


def test_the_list_of_users(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["admin", "list"]) == 0
    assert "Nobody" in capsys.readouterr().out
    main(["admin", "make", ADA, "--name", "Ada"])
    main(["admin", "make", "b@example.org"])
    capsys.readouterr()
    assert main(["admin", "list"]) == 0
    assert capsys.readouterr().out == (
        "ada@example.org  admin      Ada\nb@example.org    admin      b\n"
    )
    assert main(["admin", "list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [user["email"] for user in listed] == [ADA, "b@example.org"]
    assert set(listed[0]) == {"email", "name", "role", "has_password", "created_at"}


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["link", "nobody@example.org"], "nobody has an account with nobody@example.org"),
        (["role", "nobody@example.org", "admin"], "viva admin list"),
        (["make", "no-address"], "'no-address' is no address"),
        (["make", ADA, "--name", "x" * 101], "is no name"),
    ],
)
def test_what_cannot_be_done_says_why(
    data_dir: Path, capsys: pytest.CaptureFixture[str], command: list[str], says: str
) -> None:
    assert main(["admin", *command]) == 1
    assert says in capsys.readouterr().err
    assert _users(data_dir) == []


def test_a_database_that_is_not_there_is_not_made(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "elsewhere"
    assert main(["admin", "list", "--data-dir", str(empty)]) == 1
    assert f"there is no database at {empty / 'viva.db'}" in capsys.readouterr().err
    assert not empty.exists()


def test_an_old_database_is_not_written_to(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db.downgrade(f"sqlite+aiosqlite:///{data_dir / 'viva.db'}", "0002")
    assert main(["admin", "make", ADA]) == 1
    said = capsys.readouterr().err
    assert "brings it up to date" in said
    assert "Traceback" not in said


def test_a_server_that_does_not_answer_is_named_without_its_password(
    data_dir: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = "postgresql+asyncpg://viva:hunter2@127.0.0.1:1/viva"
    monkeypatch.setenv("VIVA_DATABASE_URL", url)
    assert main(["admin", "list"]) == 1
    said = capsys.readouterr().err
    assert "127.0.0.1:1/viva cannot be used" in said
    assert "hunter2" not in said
