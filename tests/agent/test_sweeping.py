"""Journals of deleted sessions go from the worker's disk."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from pathlib import Path

from agent.link import ServerUnreachable
from agent.sweeping import SWEEP_SECONDS, keep_swept, sweep
from tests.virtual_time import run_virtual


class Registry:
    """A server that knows `deleted`, and does not answer while `down`."""

    def __init__(self, *deleted: str) -> None:
        self.deleted = set(deleted)
        self.down = False
        self.asked: list[int] = []

    async def gone(self, session_ids: Sequence[str]) -> set[str]:
        self.asked.append(len(session_ids))
        if self.down:
            raise ServerUnreachable("down")
        return self.deleted.intersection(session_ids)


def journals(directory: Path, *names: str) -> None:
    directory.mkdir(exist_ok=True)
    for name in names:
        (directory / name).write_text("{}\n")


def left(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def test_only_journals_of_deleted_sessions_go(tmp_path: Path) -> None:
    journals(tmp_path, "a.jsonl", "b.jsonl", "a.txt")
    assert run_virtual(sweep(Registry("a", "z", "../b"), tmp_path)) == 1
    assert left(tmp_path) == ["a.txt", "b.jsonl"]


def test_nobody_is_asked_when_there_is_no_journal(tmp_path: Path) -> None:
    registry = Registry()
    assert run_virtual(sweep(registry, tmp_path / "journal")) == 0
    assert registry.asked == []


def test_the_server_is_asked_of_so_many_at_once(tmp_path: Path) -> None:
    journals(tmp_path, *(f"{number:04}.jsonl" for number in range(1201)))
    registry = Registry("1200")
    assert run_virtual(sweep(registry, tmp_path)) == 1
    assert registry.asked == [500, 500, 201]


def test_what_an_answer_names_beyond_the_question_stays(tmp_path: Path) -> None:
    class Loose(Registry):
        async def gone(self, session_ids: Sequence[str]) -> set[str]:
            return {"../a"}

    journals(tmp_path, "a.jsonl")
    journals(tmp_path / "journal", "b.jsonl")
    assert run_virtual(sweep(Loose(), tmp_path / "journal")) == 0
    assert (tmp_path / "a.jsonl").exists()


def test_it_goes_on_after_the_server_was_away(tmp_path: Path) -> None:
    async def main() -> None:
        journals(tmp_path, "a.jsonl")
        registry = Registry()
        registry.down = True
        running = asyncio.create_task(keep_swept(registry, tmp_path))
        await asyncio.sleep(SWEEP_SECONDS * 3 + 1)
        assert len(registry.asked) == 4
        registry.down = False
        registry.deleted = {"a"}
        await asyncio.sleep(SWEEP_SECONDS)
        assert left(tmp_path) == []
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running

    run_virtual(main())
