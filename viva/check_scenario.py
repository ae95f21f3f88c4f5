"""`viva check-scenario FILE`: is this scenario one that an interview can be held with?"""

from __future__ import annotations

import sys
from pathlib import Path

from interview.errors import ScenarioError
from interview.scenario import read_scenario


def check(path: Path) -> int:
    """Prints a one-line summary and gives 0, or the problems, one a line, to stderr and gives 1."""
    try:
        scenario = read_scenario(path)
    except ScenarioError as error:
        print(error, file=sys.stderr)
        return 1
    questions = [question for segment in scenario.segments for question in segment.questions]
    probes = sum(len(question.probes) for question in questions)
    minutes = sum(segment.seconds for segment in scenario.segments) / 60
    print(
        f"{path.name}: {scenario.title}: {minutes:g} minutes, {len(questions)} questions, "
        f"{probes} probes, {len(scenario.facts)} facts, {len(scenario.rubric)} criteria: fine"
    )
    return 0
