"""The interviews that come with Viva, read once: reading them takes longer than most tests."""

from __future__ import annotations

from pathlib import Path

from interview.scenario import Scenario, load_scenarios

DIRECTORY = Path(__file__).parents[1] / "scenarios"
# Scenarios cannot be changed, so that all tests can share them.
SCENARIOS = load_scenarios(DIRECTORY)


def load(directory: Path) -> dict[str, Scenario]:
    """`load_scenarios`, without reading again what comes with Viva."""
    return dict(SCENARIOS) if directory == DIRECTORY else load_scenarios(directory)
