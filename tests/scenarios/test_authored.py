"""What every interview that comes with Viva promises, checked on the files themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from interview.scenario import (
    SEGMENT_IDS,
    Question,
    Scenario,
    public_scenario,
    scenario_from_dict,
    scenario_to_dict,
)
from tests.shipped import DIRECTORY, SCENARIOS
from viva.check_scenario import check

SHIPPED = {
    "general-ml-system-design",
    "feed-ranking",
    "search-ranking",
    "ads-click-prediction",
    "fraud-detection",
    "content-moderation",
    "demand-forecasting",
    "llm-assistant",
    "ml-platform",
    "on-device-vision",
    "experimentation",
    "notification-ranking",
    "ml-fundamentals",
    "behavioural",
}
QUESTIONS_PER_SEGMENT = {
    "warm_up": (4, 5),
    "problem_framing": (5, 8),
    "solution_exploration": (8, 12),
    "deep_dive": (8, 10),
    "wrap_up": (2, 3),
}

each_scenario = pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS.keys())


def questions(scenario: Scenario) -> Iterator[Question]:
    for segment in scenario.segments:
        yield from segment.questions


def asked(question: Question) -> Iterator[str]:
    yield question.ask
    yield question.rephrase
    yield from (probe.ask for probe in question.probes)
    yield from question.hints


def as_heard(line: str) -> str:
    return " ".join(re.findall(r"[a-z']+", line.casefold()))


def spoken_lines(scenario: Scenario) -> Iterator[str]:
    for segment in scenario.segments:
        yield from segment.opening
    for question in questions(scenario):
        yield from asked(question)
    yield from (fact.answer for fact in scenario.facts)


def test_the_fourteen_interviews_are_there_and_the_default_comes_first() -> None:
    assert len(SHIPPED) == 14
    assert set(SCENARIOS) >= SHIPPED
    assert next(iter(SCENARIOS)) == "general-ml-system-design"
    assert [s.id for s in SCENARIOS.values() if s.default] == ["general-ml-system-design"]
    assert SCENARIOS["general-ml-system-design"].title == "General ML System Design"
    assert {path.stem for path in DIRECTORY.glob("*.y*ml")} == set(SCENARIOS)


@each_scenario
def test_there_is_enough_to_fill_forty_five_minutes(scenario: Scenario) -> None:
    assert tuple(s.id for s in scenario.segments) == SEGMENT_IDS
    assert [s.seconds for s in scenario.segments] == [300, 600, 900, 600, 300]
    for segment in scenario.segments:
        low, high = QUESTIONS_PER_SEGMENT[segment.id]
        assert low <= len(segment.questions) <= high, segment.id
        for difficulty in scenario.difficulties:
            usable = [
                q for q in segment.questions if not q.difficulties or difficulty in q.difficulties
            ]
            assert len(usable) >= min(low, 3), (segment.id, difficulty)


@each_scenario
def test_each_question_can_be_deepened_and_helped_with(scenario: Scenario) -> None:
    for question in questions(scenario):
        assert 2 <= len(question.probes) <= 5, question.id
        assert len(question.hints) == 3, question.id
        assert question.listens_for, question.id
        assert sum(bool(probe.when) for probe in question.probes) >= 2, question.id
    kinds = {probe.kind for q in questions(scenario) for probe in q.probes}
    assert kinds == {"depth", "trade_off", "number", "failure", "contradiction"}


@each_scenario
def test_each_probe_picks_up_what_was_said(scenario: Scenario) -> None:
    probes = [probe for question in questions(scenario) for probe in question.probes]
    assert sum("{said}" in probe.ask for probe in probes) >= 0.8 * len(probes)


@each_scenario
def test_the_interviewer_has_facts_and_a_rubric_to_work_with(scenario: Scenario) -> None:
    assert 12 <= len(scenario.facts) <= 20
    assert all(len(fact.about) >= 3 for fact in scenario.facts)
    assert 5 <= len(scenario.rubric) <= 7
    assert all(len(criterion.signals) >= 8 for criterion in scenario.rubric)
    assert 3 <= len(scenario.resources) <= 5
    assert len(scenario.terms) >= 20
    assert scenario.spoken["p99"] == "ninety-ninth percentile"
    assert scenario.difficulties == ("guided", "standard", "senior", "staff")


@each_scenario
def test_there_are_facts_that_a_thorough_candidate_asks_for(scenario: Scenario) -> None:
    topics = [fact.topic for fact in scenario.facts if fact.topic]
    assert len(topics) >= 5
    assert len(set(topics)) == len(topics)
    for topic in topics:
        assert not re.search(r"\d|[.?!]$", topic), f"completes a sentence that is said: {topic}"


@each_scenario
def test_openings_tell_the_problem_in_parts_and_are_short_elsewhere(scenario: Scenario) -> None:
    for segment in scenario.segments:
        if segment.id == "problem_framing":
            assert 2 <= len(segment.opening) <= 4
            continue
        assert len(segment.opening) == 1, segment.id
        assert len(segment.opening[0].split()) <= 20, segment.id
        assert len(re.findall(r"[.!]", segment.opening[0])) == 1, segment.id


@each_scenario
def test_what_is_said_is_speech(scenario: Scenario) -> None:
    for line in spoken_lines(scenario):
        assert not re.search(r"\d", line), f"digits are read badly: {line}"
        assert not re.search(r"[;()/%&:\"]", line.replace("A/B", "")), line
        assert line[-1] in ".?!", f"no end: {line}"
        assert not re.search(r"\b(segment|rubric|state machine)s?\b", line), line
        for sentence in re.split(r"(?<=[.?!])\s+", line):
            assert len(sentence.split()) <= 30, f"too long for one breath: {sentence}"


@each_scenario
def test_one_question_a_turn_and_last(scenario: Scenario) -> None:
    for question in questions(scenario):
        for line in asked(question):
            assert line.count("?") <= 1, line
            assert "?" not in line[:-1], line


@each_scenario
def test_no_line_is_said_twice(scenario: Scenario) -> None:
    lines = [as_heard(line) for line in spoken_lines(scenario)]
    assert sorted(set(lines)) == sorted(lines)


def test_no_line_is_said_in_two_interviews() -> None:
    said_in: dict[str, list[str]] = {}
    for scenario in SCENARIOS.values():
        lines = {as_heard(line) for segment in scenario.segments for line in segment.opening}
        lines |= {as_heard(line) for question in questions(scenario) for line in asked(question)}
        for line in lines:
            said_in.setdefault(line, []).append(scenario.id)
    assert {line: ids for line, ids in said_in.items() if len(ids) > 1} == {}


@each_scenario
def test_resources_are_works_and_not_addresses(scenario: Scenario) -> None:
    for resource in scenario.resources:
        assert "," in resource.title, "title and author"
        assert "http" not in resource.title + resource.note


@each_scenario
def test_nothing_is_lost_between_server_and_worker(scenario: Scenario) -> None:
    over_the_wire = json.loads(json.dumps(scenario_to_dict(scenario)))
    assert scenario_from_dict(over_the_wire) == scenario


@each_scenario
def test_candidates_see_titles_and_times_and_nothing_else(scenario: Scenario) -> None:
    shown = public_scenario(scenario)
    assert set(shown) == {"id", "title", "summary", "default", "difficulties", "segments"}
    for segment in shown["segments"]:
        assert set(segment) == {"id", "title", "seconds", "purpose"}
    text = json.dumps(shown, ensure_ascii=False)
    private = [
        *(fact.answer for fact in scenario.facts),
        *(segment.goal for segment in scenario.segments),
        *spoken_lines(scenario),
        *(level for criterion in scenario.rubric for level in criterion.levels),
        *(resource.note for resource in scenario.resources),
    ]
    assert [line for line in private if line in text] == []


def canaries(value: object, path: str) -> object:
    """`value` with every text in it replaced by one that names its place."""
    if isinstance(value, str):
        return f"CANARY {path}"
    if isinstance(value, list):
        return [canaries(item, f"{path}[{index}]") for index, item in enumerate(value)]
    if isinstance(value, dict):
        return {key: canaries(item, f"{path}.{key}") for key, item in value.items()}
    return value


def test_a_canary_in_any_private_field_stays_private() -> None:
    scenario = next(iter(SCENARIOS.values()))
    marked = canaries(scenario_to_dict(scenario), "scenario")
    assert isinstance(marked, dict)
    marked["difficulties"] = ["standard"]
    marked["talk"] = "design"
    for segment in marked["segments"]:
        for question in segment["questions"]:
            question["difficulties"] = []
            for probe in question["probes"]:
                probe["kind"] = "depth"
    shown = json.dumps(public_scenario(scenario_from_dict(marked)))
    allowed = {"scenario.id", "scenario.title", "scenario.summary"} | {
        f"scenario.segments[{index}].{key}"
        for index in range(5)
        for key in ("id", "title", "purpose")
    }
    assert set(re.findall(r"CANARY ([^\"]+)", shown)) == allowed


def test_a_changed_scenario_is_a_different_one() -> None:
    scenario = next(iter(SCENARIOS.values()))
    assert scenario_to_dict(replace(scenario, title="Other")) != scenario_to_dict(scenario)


@pytest.mark.parametrize("path", sorted(DIRECTORY.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_command_finds_nothing_wrong(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(path) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.count("\n") == 1
    assert path.name in out
