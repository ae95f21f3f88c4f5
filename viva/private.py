"""The scenarios of this machine with what only the interviewer knows, for judging interviews."""

from __future__ import annotations

import os
from pathlib import Path

from interview.errors import ScenarioError
from interview.scenario import Scenario, load_scenarios
from viva.errors import CommandError
from viva.places import SCENARIOS


def private_scenarios() -> dict[str, Scenario]:
    """By id, from VIVA_SCENARIOS_DIR or the ones that come with Viva. Raises CommandError."""
    try:
        return load_scenarios(Path(os.environ.get("VIVA_SCENARIOS_DIR") or SCENARIOS))
    except ScenarioError as error:
        raise CommandError(f"a scenario is broken:\n{error}") from error
