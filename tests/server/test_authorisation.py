"""Every route of the public API, as everyone who may come; see authorisation_table.py."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import httpx
import pytest
from sqlalchemy import select, update

from server.accounts import api_tokens, logins, tokens
from server.accounts.schemas import NewApiToken
from server.mail import unsubscribing
from server.models import Notice, Reviewer, Share, User
from server.recordings import repository as recordings
from tests.server.authorisation_table import OWNER_EMAIL, ROWS, Row
from tests.server.conftest import World

CALLERS = ["anonymous", "owner", "other", "reviewer", "admin", "token"]
_CODES = {
    401: {"not_logged_in"},
    403: {"token_refused", "admins_only", "not_the_author", "not_for_reviewing"},
}
_NOBODYS = "0" * 24


@dataclass
class Things:
    """What the table's paths name: users, and what belongs to the owner."""

    world: World
    places: dict[str, str] = field(default_factory=dict)
    script: str | None = None

    async def make(self) -> None:
        owner = await self.world.user(OWNER_EMAIL)
        for name in ("other", "reviewer", "admin", "third"):
            await self.world.user(f"{name}@example.org")
        async with self.world.context.database.write() as db:
            admins = update(User).where(User.email == "admin@example.org").values(role="admin")
            await db.execute(admins)
        self.places |= {
            "session_id": await self.world.joined(owner),
            "user_id": (await self._user("third@example.org")).id,
            "login_id": (await owner.get("/api/v1/me/logins")).json()["items"][0]["id"],
            "token_id": (await owner.post("/api/v1/me/tokens", json={"name": "a"})).json()["id"],
            "scenario_id": next(iter(self.world.context.scenarios)),
            "reviewer_id": "a" * 24,
            "extension": "vtt",
            "field": "notes",
        }
        await self._tell()
        comment = f"/api/v1/sessions/{self.places['session_id']}/comments"
        written = await owner.post(comment, json={"at_ms": 0, "text": "a"})
        self.places |= {"comment_id": written.json()["id"], "share_id": "c" * 24, "secret": "s"}
        async with self.world.context.database.write() as db:
            db.add(
                Reviewer(
                    id=self.places["reviewer_id"],
                    interview_id=self.places["session_id"],
                    email="reviewer@example.org",
                    created_at=self.world.clock(),
                )
            )
            now = self.world.clock()
            await recordings.begin(db, self.places["session_id"], "recording", now)
            db.add(
                Share(
                    id=self.places["share_id"],
                    interview_id=self.places["session_id"],
                    secret_sha256=tokens.sha256(self.places["secret"]),
                    parts=["report", "transcript", "audio", "comments"],
                    created_at=self.world.clock(),
                )
            )

    async def _tell(self) -> None:
        """A notice for the owner, and a link by which they get no mail any more."""
        user, now = await self._user(OWNER_EMAIL), self.world.clock()
        data = {"days": 3, "scenario_title": "Ranking", "next": None}
        async with self.world.context.database.write() as db:
            notice = Notice(
                id="b" * 24, user_id=user.id, key="a", kind="reminder", data=data, created_at=now
            )
            db.add(notice)
            self.places |= {
                "notice_id": notice.id,
                "token": await unsubscribing.make(db, user.id, now),
            }

    async def _user(self, email: str) -> User:
        async with self.world.context.database.read() as db:
            return (await db.scalars(select(User).where(User.email == email))).one()

    async def as_(self, caller: str) -> httpx.AsyncClient:
        """A browser or script that has just been let in as `caller`."""
        context = self.world.context
        if caller == "anonymous":
            return self.world.browser()
        if caller == "token":
            if self.script is None:
                body = NewApiToken(name="script")
                _, self.script = await api_tokens.make(context, await self._user(OWNER_EMAIL), body)
            return self.world.browser(Authorization=f"Bearer {self.script}")
        email = OWNER_EMAIL if caller == "owner" else f"{caller}@example.org"
        async with context.database.write() as db:
            token = await logins.begin(context, db, await self._user(email), "")
        return self.world.browser(Cookie=f"viva={token}")

    async def call(
        self, caller: str, method: str, path: str, row: Row, **places: str
    ) -> httpx.Response:
        url = path.format(**(self.places | places))
        client = await self.as_(caller)
        try:
            return await client.request(method, url, json=row.body)
        finally:
            await client.aclose()


@pytest.fixture
async def things(world: World) -> Things:
    made = Things(world)
    await made.make()
    return made


def test_every_route_is_in_the_table(world: World) -> None:
    paths = world.app.openapi()["paths"]
    routes = {(method, path) for path, methods in paths.items() for method in methods}
    assert routes - set(ROWS) == set(), "add a row to tests/server/authorisation_table.py"
    assert set(ROWS) - routes == set(), "there is no such route any more"


@pytest.mark.parametrize("caller", CALLERS)
async def test_everyone_gets_what_is_theirs_and_nothing_else(things: Things, caller: str) -> None:
    wrong = []
    for (method, path), row in ROWS.items():
        answer = await things.call(caller, method, path, row)
        expected = getattr(row, caller)
        if answer.status_code != expected:
            wrong.append((method, path, expected, answer.status_code, answer.text[:300]))
        elif expected in _CODES and answer.json()["code"] not in _CODES[expected]:
            wrong.append((method, path, expected, answer.json()["code"]))
    assert wrong == []


@pytest.mark.parametrize("caller", ["other", "reviewer", "admin"])
async def test_what_is_somebody_elses_looks_like_what_is_not_there(
    things: Things, caller: str
) -> None:
    checked = 0
    for (method, path), row in ROWS.items():
        names = re.findall(r"{(\w+_id)}", path)
        if not names or getattr(row, caller) != 404:
            continue
        theirs = await things.call(caller, method, path, row)
        nothing = await things.call(caller, method, path, row, **{names[-1]: _NOBODYS})
        assert theirs.status_code == 404, (method, path)
        assert theirs.content == nothing.content, (method, path)
        checked += 1
    assert checked >= 4
    assert list(things.world.livekit.rooms) == [f"viva-{things.places['session_id']}-1"]


async def test_nobodys_list_holds_what_is_somebody_elses(things: Things) -> None:
    for caller in ("other", "admin"):
        client = await things.as_(caller)
        assert (await client.get("/api/v1/sessions")).json()["items"] == []


async def test_what_only_the_interviewer_knows_stays_on_the_server(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_, _ = await world.conducted(owner)
    seen = ""
    for path in ("scenarios", "sessions", f"sessions/{id_}", f"sessions/{id_}/events"):
        seen += (await owner.get(f"/api/v1/{path}")).text
    scenario = next(s for s in world.context.scenarios.values() if s.default)
    assert scenario.title in seen
    private = [fact.answer for fact in scenario.facts]
    private += [segment.goal for segment in scenario.segments]
    private += [level for criterion in scenario.rubric for level in criterion.levels]
    for segment in scenario.segments[1:]:
        for question in segment.questions:
            private += [question.ask, *question.hints, *(p.ask for p in question.probes)]
    assert private
    assert [text for text in private if text in seen] == []
