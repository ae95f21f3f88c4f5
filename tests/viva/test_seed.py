"""`viva seed`: people, and interviews that the engine has really held."""

from __future__ import annotations

import argparse
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session, undefer

from server import db
from server.accounts.passwords import Passwords
from server.app import create_app
from server.models import (
    Base,
    Comment,
    Draft,
    Interview,
    LoggedEvent,
    Preference,
    Recording,
    User,
)
from server.sessions import fold
from server.settings import Settings
from tests import shipped
from viva import seed
from viva.errors import CommandError
from viva.seeding import casting

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def hurry(patched: pytest.MonkeyPatch) -> None:
    """Short interviews, on scenarios that were read already."""
    patched.setattr(casting, "_LENGTHS", ((40.0,) * 5, (25.0,) * 5))
    patched.setattr(seed, "private_scenarios", lambda: dict(shipped.SCENARIOS))
    patched.setattr("server.app.load_scenarios", shipped.load)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch)


def settings_in(directory: Path) -> Settings:
    return Settings(_env_file=None, data_dir=directory, web_dir=directory / "dist")


def fill(settings: Settings, **options: Any) -> seed.Seeded:
    return seed.seed(settings, **{"users": 2, "passwords": CHEAP, "now": NOW, **options})


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with two people, to be copied."""
    directory = tmp_path_factory.mktemp("seeded")
    with pytest.MonkeyPatch.context() as patched:
        hurry(patched)
        fill(settings_in(directory))
    return directory / "viva.db"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path / "var")


@pytest.fixture
def stored(settings: Settings, seeded: Path) -> Iterator[Session]:
    """What is in the database of `settings` once it has been seeded."""
    settings.data_dir.mkdir()
    path = shutil.copy(seeded, settings.data_dir)
    engine = create_engine(f"sqlite:///{path}")
    with Session(engine) as session:
        yield session
    engine.dispose()


def rows(session: Session) -> dict[str, int]:
    session.rollback()
    return {
        table.name: session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }


def test_there_are_sessions_in_every_state_over_weeks(stored: Session) -> None:
    sessions = stored.scalars(select(Interview)).all()
    states = Counter(interview.state for interview in sessions)
    assert set(states) == {"created", "live", "paused", "scored", "abandoned"}
    ages = [NOW - interview.created_at for interview in sessions]
    assert max(ages) > timedelta(weeks=2)
    assert all(age > timedelta(0) for age in ages)
    assert {user.role for user in stored.scalars(select(User))} == {"admin", "reviewer"}


def test_every_log_is_one_that_the_engine_wrote(stored: Session) -> None:
    query = select(Interview).options(undefer(Interview.scenario))
    for interview in stored.scalars(query):
        events = stored.scalars(
            select(LoggedEvent)
            .where(LoggedEvent.interview_id == interview.id)
            .order_by(LoggedEvent.seq)
        ).all()
        assert [event.seq for event in events] == list(range(1, interview.last_seq + 1))
        engine = fold.replay(interview, interview.scenario, events)
        summary = fold.summarise(engine.view(interview.last_at))
        assert summary.segments == interview.segments
        if interview.state in {"scored", "abandoned"}:
            assert summary.state == "ended"
        else:
            assert summary.state == interview.state
        if interview.state == "scored":
            assert interview.ended_at is not None
            assert engine.record.moments or len(engine.turns) > 4


def test_words_have_times_and_stand_in_their_order(stored: Session) -> None:
    heard = stored.scalars(select(LoggedEvent).where(LoggedEvent.type == "utterance_final")).all()
    assert len(heard) > 20
    for event in heard:
        words = event.data["words"]
        assert " ".join(word["text"] for word in words) == event.data["text"]
        times = [moment for word in words for moment in (word["start_ms"], word["end_ms"])]
        assert times == sorted(times)
        assert event.data["start_ms"] == times[0]
        assert times[-1] <= event.data["end_ms"] <= event.at * 1000
        assert all(0 < word["confidence"] < 1 for word in words)


def test_a_second_run_adds_nothing(settings: Settings, stored: Session) -> None:
    before = rows(stored)
    again = fill(settings, now=NOW + timedelta(days=3))
    assert (again.users, again.sessions, again.events) == (0, 0, 0)
    assert len(again.logins) == 2
    assert rows(stored) == before


def test_more_people_can_be_added(settings: Settings, stored: Session) -> None:
    assert fill(settings, users=3).users == 1


def test_older_mock_data_are_brought_forward(settings: Settings, stored: Session) -> None:
    before = rows(stored)
    stored.close()
    db.downgrade(settings.resolved_database_url, "0002")
    again = fill(settings)
    assert (again.users, again.sessions) == (0, 0)
    assert rows(stored) == before
    assert before["preferences"] == 6
    assert before["drafts"] > 0


def test_another_seed_makes_other_people(settings: Settings, tmp_path: Path) -> None:
    other = settings.model_copy(update={"data_dir": tmp_path / "other"})
    first, second = fill(settings, users=1), fill(other, users=1, number=2)
    assert first.logins[0][0] != second.logins[0][0]
    with pytest.raises(CommandError, match="of another seed"):
        fill(settings, users=1, number=2)


def test_real_people_are_not_joined_by_users_with_a_known_password(settings: Settings) -> None:
    db.upgrade(settings.resolved_database_url)
    engine = create_engine(f"sqlite:///{settings.data_dir / 'viva.db'}")
    with Session(engine) as session:
        session.add(User(id="a", email="ada@example.org", name="Ada", role="admin", created_at=NOW))
        session.commit()
    with pytest.raises(CommandError, match="1 accounts of its own"):
        fill(settings)
    with Session(engine) as session:
        assert len(session.scalars(select(User)).all()) == 1
    engine.dispose()
    assert fill(settings, users=1, anyway=True).users == 1


def test_the_command_prints_how_to_log_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("viva.seed.Passwords", lambda: CHEAP)
    monkeypatch.setattr("tempfile.mkdtemp", lambda prefix: str(tmp_path / "new"))
    arguments = argparse.Namespace(
        data_dir=tmp_path / "var", fresh=True, users=1, seed=1, anyway=False, recordings=0
    )
    assert seed.run(arguments) == 0
    told = capsys.readouterr().out
    assert "added 1 users, 5 sessions" in told
    assert "mock1@example.org" in told
    assert seed.PASSWORD in told
    assert str(tmp_path / "new") in told
    assert not (tmp_path / "var").exists()


async def test_the_server_shows_it(settings: Settings, stored: Session) -> None:
    app = create_app(settings, lambda: NOW, CHEAP)
    transport = httpx.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://viva.test") as client,
    ):
        body = {"email": "mock1@example.org", "password": seed.PASSWORD}
        assert (await client.post("/api/v1/auth/login", json=body)).status_code == 200
        sessions = (await client.get("/api/v1/sessions")).json()["items"]
        assert len(sessions) == 5
        ended = next(s for s in sessions if s["state"] == "scored")
        report = (await client.get(f"/api/v1/sessions/{ended['id']}/report")).json()
        assert any(score["evidence"] for score in report["criteria"])
        assert (await client.get("/api/v1/me/trend")).json()["items"]
        transcript = (await client.get(f"/api/v1/sessions/{ended['id']}/transcript")).json()
        assert {turn["speaker"] for turn in transcript["turns"]} == {"candidate", "interviewer"}
        preview = (await client.get("/api/v1/me/sharing/preview")).json()
        assert len(preview["records"]) == len([s for s in sessions if s["state"] == "scored"])


def test_drafts_and_settings_belong_to_somebody(stored: Session) -> None:
    users = set(stored.scalars(select(User.id)))
    assert {row.user_id for row in stored.scalars(select(Preference))} == users
    ended = select(Interview.id).where(Interview.state == "scored")
    assert {d.interview_id for d in stored.scalars(select(Draft))} <= set(stored.scalars(ended))


def test_reviewers_comment_on_moments_of_the_reports(stored: Session) -> None:
    comments = stored.scalars(select(Comment)).all()
    assert comments
    for comment in comments:
        assert comment.author_id != stored.get_one(Interview, comment.interview_id).owner_id
        assert comment.at_ms >= 0


def test_a_recording_has_the_sound_of_the_candidate_where_they_speak(settings: Settings) -> None:
    assert fill(settings, users=1, recordings=1).recordings == 1
    engine = create_engine(f"sqlite:///{settings.data_dir / 'viva.db'}")
    with Session(engine) as session:
        recording = session.scalars(select(Recording)).one()
        assert recording.state == "ready"
        assert session.get_one(Interview, recording.interview_id).recording_consent
        said = session.scalars(
            select(LoggedEvent).where(
                LoggedEvent.interview_id == recording.interview_id,
                LoggedEvent.type == "utterance_final",
            )
        ).all()
        spans = [(event.data["start_ms"], event.data["end_ms"]) for event in said]
        kept = settings.data_dir / "recordings" / "sessions" / recording.interview_id
        assert (kept / "recording.ogg").stat().st_size == recording.bytes
    engine.dispose()
    outline = json.loads((kept / "peaks.json").read_text())["candidate"]
    assert spans
    for start, end in spans:
        loud = outline[start // 50 : end // 50]
        assert sum(loud) > 5 * len(loud)
    assert fill(settings, users=1, recordings=1).recordings == 0
