"""The worker as livekit-agents sees it, without connecting it."""

from __future__ import annotations

import asyncio
import importlib
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from agent.log import NoSpokenText
from agent.settings import SettingsError, load_settings
from interview.wire import AGENT_NAME
from tests.virtual_time import run_virtual


@pytest.fixture
def main(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.setenv("VIVA_AGENT_TOKEN", "x" * 16)
    monkeypatch.setenv("VIVA_MAX_INTERVIEWS", "2")
    load_settings.cache_clear()
    yield importlib.reload(importlib.import_module("agent.main"))
    load_settings.cache_clear()


def test_it_is_dispatched_by_name(main: ModuleType) -> None:
    assert main.server._agent_name == AGENT_NAME == "viva-interviewer"


def test_its_load_counts_interviews_and_not_the_processor(main: ModuleType) -> None:
    loads = [main.load(SimpleNamespace(active_jobs=[object()] * jobs)) for jobs in range(4)]
    assert loads == [0.0, 0.5, 1.0, 1.0]
    assert loads[1] < main.LOAD_THRESHOLD < loads[2]


def test_from_its_start_it_removes_journals_of_deleted_sessions(
    main: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Link:
        def __init__(self, *_: object) -> None:
            pass

        async def gone(self, session_ids: Sequence[str]) -> set[str]:
            return set(session_ids)

    async def run() -> None:
        main.server.emit("worker_started")
        await asyncio.sleep(1)
        assert list(journals.iterdir()) == []
        (journals / "b.jsonl").touch()
        await asyncio.sleep(60)
        assert list(journals.iterdir()) == []
        await main.beside.aclose()

    journals = tmp_path / "journal"
    journals.mkdir()
    (journals / "a.jsonl").touch()
    monkeypatch.setattr(main, "HttpLink", Link)
    monkeypatch.setattr(main, "settings", main.settings.model_copy(update={"data_dir": tmp_path}))
    run_virtual(run())


def test_a_wrong_setting_stops_the_start_with_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVA_AGENT_TOKEN", "short")
    monkeypatch.setenv("VIVA_MAX_INTERVIEWS", "none")
    load_settings.cache_clear()
    with pytest.raises(SettingsError, match=r"VIVA_AGENT_TOKEN.*\n.*VIVA_MAX_INTERVIEWS"):
        load_settings()


def test_spoken_text_is_taken_out_of_log_records() -> None:
    record = logging.makeLogRecord(
        {"msg": "skipping user input", "lk.pii.user_input": "a secret", "room": "viva-1"}
    )
    assert NoSpokenText().filter(record)
    assert "a secret" not in str(record.__dict__)
    assert record.__dict__["room"] == "viva-1"
