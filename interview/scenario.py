"""Scenarios: the authored interview, and the ways in and out of one.

The file format is documented in `interview.scenario_parse`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from interview.errors import ScenarioError
from interview.scenario_model import (
    SEGMENT_IDS,
    Difficulty,
    Fact,
    Probe,
    ProbeKind,
    Question,
    Resource,
    Scenario,
    Segment,
    Talk,
    Tone,
)
from interview.scenario_nodes import MAX_BYTES
from interview.scenario_parse import decode_scenario, parse_scenario

__all__ = [
    "MAX_BYTES",
    "SEGMENT_IDS",
    "Difficulty",
    "Fact",
    "Probe",
    "ProbeKind",
    "Question",
    "Resource",
    "Scenario",
    "Segment",
    "Talk",
    "Tone",
    "decode_scenario",
    "load_scenarios",
    "parse_scenario",
    "public_scenario",
    "read_scenario",
    "scenario_from_dict",
    "scenario_to_dict",
]

_ADAPTER = TypeAdapter(Scenario)


def read_scenario(path: Path) -> Scenario:
    """The scenario in one file. Raises ScenarioError, also when the file cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ScenarioError(
            f"{path.name}:1: the file cannot be read ({error.strerror}); check its path and rights"
        ) from error
    return decode_scenario(data, path.name)


def load_scenarios(directory: Path) -> dict[str, Scenario]:
    """Every scenario of `directory` (*.yaml, *.yml) by id: the default first, then by title.

    Raises ScenarioError with all that is wrong in all files, one problem a line."""
    problems: list[str] = []
    origin: dict[str, str] = {}
    found: list[Scenario] = []
    for path in sorted(p for p in directory.glob("*") if p.suffix in (".yaml", ".yml")):
        try:
            scenario = read_scenario(path)
        except ScenarioError as error:
            problems.append(str(error))
            continue
        if scenario.id in origin:
            problems.append(
                f"{path.name}:1: field `id`: {scenario.id!r} is taken by {origin[scenario.id]}; "
                "give each scenario an id of its own"
            )
            continue
        origin[scenario.id] = path.name
        found.append(scenario)
    defaults = [origin[s.id] for s in found if s.default]
    if not problems and len(defaults) != 1:
        problems.append(
            f"{directory.name}: {len(found)} scenarios, of which "
            f"{', '.join(defaults) if defaults else 'none'} has `default: true`; "
            "set it in exactly one file"
        )
    if problems:
        raise ScenarioError("\n".join(problems))
    found.sort(key=lambda s: (not s.default, s.title.casefold()))
    return {scenario.id: scenario for scenario in found}


def public_scenario(scenario: Scenario) -> dict[str, Any]:
    """What a candidate may see: never facts, questions, hints, goals or the rubric."""
    return {
        "id": scenario.id,
        "title": scenario.title,
        "summary": scenario.summary,
        "default": scenario.default,
        "difficulties": list(scenario.difficulties),
        "segments": [
            {"id": s.id, "title": s.title, "seconds": s.seconds, "purpose": s.purpose}
            for s in scenario.segments
        ],
    }


def scenario_to_dict(scenario: Scenario) -> dict[str, Any]:
    """The whole scenario as plain JSON values. Interviewer's eyes only."""
    dumped: dict[str, Any] = _ADAPTER.dump_python(scenario, mode="json")
    return dumped


def scenario_from_dict(data: dict[str, Any]) -> Scenario:
    """Inverse of scenario_to_dict. Raises ScenarioError naming the field."""
    try:
        return _ADAPTER.validate_python(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ScenarioError(
            f"scenario: field `{where}`: {first['msg']}; server and worker may be of "
            "different versions, start both from the same one"
        ) from error
