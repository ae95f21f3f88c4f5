"""A site whose people have held interviews already, with sound where a test wants it."""

from __future__ import annotations

import asyncio
import json
import math
import shutil
import subprocess
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import expect
from sqlalchemy import select

from server.db import Database
from server.models import Interview, Recording, User
from server.recordings import keys, opus
from server.recordings.peaks import Peaks
from server.settings import Settings
from tests.e2e.browser import SOON_MS, Candidate
from tests.e2e.site import cheap_passwords
from viva import seed
from viva.database import opened
from viva.private import private_scenarios
from viva.seeding.casting import cast
from viva.seeding.staging import store

# The first of the mock users.
EMAIL = "mock1@example.org"
_MINUTE_S = 60
_LONG_S = 2700
# By their places among the ids: somebody who thinks for long, and somebody who talks much.
THINKER, TALKER = 3, 4
# The ids that went with data directories made earlier in this process, and their files.
_made: dict[Hashable, tuple[Sequence[str], dict[Path, bytes]]] = {}


def _fill(root: Path, key: Hashable, make: Callable[[], Sequence[str]]) -> Sequence[str]:
    """Fills `root` as `make` does, and returns what that returns. What `key` names is made once: to
    hold interviews takes a while, to copy them does not."""
    if key not in _made:
        ids = make()
        found = [path for path in root.rglob("*") if path.is_file()]
        _made[key] = ids, {path.relative_to(root): path.read_bytes() for path in found}
        return ids
    ids, files = _made[key]
    for path, content in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return ids


@dataclass
class Seeding:
    """What `site` is to begin with. `recorded`: the newest finished interviews that get sound."""

    users: int = 1
    recorded: int = 1
    ids: Sequence[str] = ()

    def __call__(self, settings: Settings) -> None:
        key = (type(self), self.users, self.recorded)
        self.ids = _fill(settings.data_dir, key, lambda: self._make(settings))

    def _make(self, settings: Settings) -> Sequence[str]:
        _fill(settings.data_dir, (self.users,), lambda: _seed(settings, self.users))
        return asyncio.run(self._finished(settings))

    async def _finished(self, settings: Settings) -> list[str]:
        async with opened(settings) as database:
            async with database.read() as db:
                query = (
                    select(Interview)
                    .join(User, User.id == Interview.owner_id)
                    .where(User.email == EMAIL, Interview.state.in_(("ended", "scored")))
                    .order_by(Interview.created_at.desc())
                )
                found = list(await db.scalars(query))
            for interview in found[: self.recorded]:
                minutes = math.ceil(interview.last_at / _MINUTE_S)
                await give_sound(database, settings, interview, minutes * _MINUTE_S)
        return [interview.id for interview in found]


class Replays(Seeding):
    """Finished interviews with sound; the last of them is three quarters of an hour of somebody who
    talks much, about 6700 words."""

    async def _finished(self, settings: Settings) -> list[str]:
        ids = await super()._finished(settings)
        scenarios = private_scenarios()
        person = cast(1, 1, list(scenarios.values()))[0]
        part = replace(
            person.parts[0],
            id="long-interview",
            persona="rambler",
            state="ended",
            lengths=(300.0, 600.0, 900.0, 600.0, 300.0),
        )
        async with opened(settings) as database:
            async with database.write() as db:
                await store(db, person, part, scenarios[part.scenario_id], datetime.now(UTC))
            async with database.read() as db:
                interview = await db.get_one(Interview, part.id)
            await give_sound(database, settings, interview, _LONG_S)
        return [*ids, part.id]


def _seed(settings: Settings, users: int) -> Sequence[str]:
    seed.seed(settings, users=users, passwords=cheap_passwords())
    return ()


async def give_sound(
    database: Database, settings: Settings, interview: Interview, seconds: int
) -> None:
    """A joined recording as the server would keep it: a low tone left, a high one right."""
    path = settings.data_dir / "recordings" / keys.recording(interview.id)
    path.parent.mkdir(parents=True)
    sound, peaks = await asyncio.to_thread(_tones, seconds)
    path.write_bytes(sound)
    (settings.data_dir / "recordings" / keys.peaks(interview.id)).write_bytes(peaks)
    now = datetime.now(UTC)
    async with database.write() as db:
        row = Recording(interview_id=interview.id, state="ready", gaps=[], started_at=now)
        row.duration_ms, row.bytes = seconds * 1000, len(sound)
        row.changed_at = row.ready_at = now
        db.add(row)
        (await db.get_one(Interview, interview.id)).recording_consent = True


@cache
def _tones(seconds: int) -> tuple[bytes, bytes]:
    """A stereo Ogg Opus file with another tone on either side, and its peaks. A whole number of
    minutes, or less than one."""
    with TemporaryDirectory(prefix="viva-tones-") as directory:
        minute, whole = Path(directory) / "minute.ogg", Path(directory) / "whole.ogg"
        one = min(seconds, _MINUTE_S)
        tones = "sine=frequency=220:sample_rate=48000[l];sine=frequency=660:sample_rate=48000[r]"
        graph = f"{tones};[l][r]join=inputs=2:channel_layout=stereo"
        encoding = ["-t", str(one), "-c:a", "libopus", "-b:a", "16k"]
        _ffmpeg("-f", "lavfi", "-i", graph, *encoding, str(minute))
        times = seconds // one
        _ffmpeg("-stream_loop", str(times - 1), "-i", str(minute), "-c", "copy", str(whole))
        outline = Peaks()
        for packet in opus.packets(minute):
            outline.add(packet, recorded=True)
        peaks = json.loads(outline.as_json(one * 1000, []))
        for side in ("candidate", "interviewer"):
            peaks[side] *= times
        peaks["duration_ms"] = seconds * 1000
        return whole.read_bytes(), json.dumps(peaks).encode()


def _ffmpeg(*arguments: str) -> None:
    ffmpeg = shutil.which("ffmpeg")
    assert ffmpeg, "this test needs ffmpeg"
    subprocess.run([ffmpeg, "-v", "error", *arguments, "-y"], check=True)


async def sign_in(one: Candidate, email: str = EMAIL) -> None:
    """Signs a mock user in at this browser, by the API."""
    await one.post("/auth/login", {"email": email, "password": seed.PASSWORD})
    await one.page.goto(one.url)
    await expect(one.part("start-screen")).to_be_visible(timeout=SOON_MS)
