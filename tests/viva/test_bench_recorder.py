"""The recorder's own process is killed: what it had on disk is whole, and nearly all there is."""

from __future__ import annotations

import pytest

from viva.bench_recorder import recorder, table


@pytest.mark.slow
async def test_a_killed_recorder_loses_about_a_second_at_most() -> None:
    told: list[str] = []
    figures = await recorder(told.append, kills=3, seed=7)
    assert len(told) == 3
    assert (figures["undecodable"], figures["ticks_missing"]) == (0, 0)
    assert figures["drift_max_ms"] < 10
    # A busy machine may hold up a write for a moment.
    assert figures["audio_lost_max_s"] < 1.5
    assert "3 kills" in table(figures)
