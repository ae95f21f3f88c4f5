"""Several interviews written down at once on one SQLite file: nobody is told that it is locked."""

from __future__ import annotations

from pathlib import Path

from viva.bench_writers import writers

WRITERS, EVENTS = 8, 50


async def test_eight_writers_at_once_are_all_stored_in_order(tmp_path: Path) -> None:
    figures = await writers(lambda _: None, writers=WRITERS, events=EVENTS, directory=tmp_path)
    assert figures["failed"] == {}
    assert figures["database_is_locked"] == 0
    assert figures["stored"] == WRITERS * EVENTS
    assert figures["in_order"]
    assert figures["p50_ms"] <= figures["p99_ms"] <= figures["max_ms"]
