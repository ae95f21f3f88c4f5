"""The guard rails against kept wordings, and against the scripted lines of played interviews."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from interview.briefing import Briefing
from interview.commands import Move, Say
from interview.guarding import breaches, refuses, tidy
from interview.language import normal
from interview.plan import make_plan
from interview.scenario import Scenario
from interview.transcript import Turn
from tests.interview.candidates import CANDIDATES
from tests.interview.room import Room
from tests.shipped import SCENARIOS

SCENARIO = SCENARIOS["general-ml-system-design"]
KEPT = yaml.safe_load(Path(__file__).with_name("wordings.yaml").read_text("utf-8"))


def briefing(case: dict[str, Any], scenario: Scenario = SCENARIO) -> Briefing:
    line = " ".join(case["line"].split())
    spoken = [
        ("interviewer", case.get("said", "")),
        ("candidate", f"{case.get('heard', '')} {case.get('heard_also', '')}"),
    ]
    return Briefing(
        scenario=scenario,
        segment=next(s for s in scenario.segments if s.id == case["segment"]),
        move=Move(
            kind=case["move"],
            reason="kept",
            line=line,
            segment=case["segment"],
            ref=case.get("ref"),
            about=case.get("about"),
        ),
        difficulty="standard",
        tone="neutral",
        name=case.get("name", "Ada"),
        turns=tuple(
            Turn(i, speaker, case["segment"], 0, 0, text.strip())  # type: ignore[arg-type]
            for i, (speaker, text) in enumerate(spoken)
            if text.strip()
        ),
        quotes=(),
        open_points=(),
        told=tuple(
            fact
            for fact in scenario.facts
            if fact.id in case.get("told", ()) or normal(fact.answer)[:20] in normal(line)
        ),
        hinted=tuple(
            hint
            for segment in scenario.segments
            for question in segment.questions
            for hint in question.hints
            if normal(hint) in normal(line)
        ),
    )


def scenario_of(case: dict[str, Any]) -> Scenario:
    return SCENARIOS[case["scenario"]] if "scenario" in case else SCENARIO


def good() -> Iterator[tuple[dict[str, Any], str]]:
    for case in KEPT:
        yield from ((case, text) for text in case["good"])


def bad() -> Iterator[tuple[dict[str, Any], str, str]]:
    for case in KEPT:
        for breach, texts in case["bad"].items():
            yield from ((case, breach, text) for text in texts)


def test_good_wordings_pass() -> None:
    wordings = list(good())
    stopped = [(text, breaches(text, briefing(case, scenario_of(case)))) for case, text in wordings]
    stopped = [(text, found) for text, found in stopped if found]
    report = "\n".join(f"{found}: {text}" for text, found in stopped)
    assert len(wordings) >= 200
    assert not stopped, f"{len(stopped)} of {len(wordings)} good wordings are stopped:\n{report}"


def test_bad_wordings_are_stopped_and_named() -> None:
    wordings = list(bad())
    found = [
        (breach, text, breaches(text, briefing(case, scenario_of(case))))
        for case, breach, text in wordings
    ]
    passed = [(breach, text) for breach, text, names in found if not names]
    misnamed = [(b, text, names) for b, text, names in found if names and b not in names]
    assert len(wordings) >= 200
    assert not passed, f"{len(passed)} of {len(wordings)} bad wordings pass:\n" + "\n".join(
        f"{breach}: {text}" for breach, text in passed
    )
    assert not misnamed, f"{len(misnamed)} of {len(wordings)} are misnamed:\n" + "\n".join(
        f"{breach}: {names}: {text}" for breach, text, names in misnamed
    )


def test_a_breach_shows_without_the_others_that_the_data_does_not_name() -> None:
    """A rail that fires on nearly everything would pass the test above."""
    fired = Counter(
        name
        for case, _, text in bad()
        for name in breaches(text, briefing(case, scenario_of(case)))
    )
    assert max(fired.values()) < len(list(bad())) / 2


@pytest.mark.parametrize(
    ("name", "candidate"),
    [*zip(SCENARIOS, itertools.cycle(("steady", "asks, garbled", "hesitant")))],
)
def test_scripted_lines_pass(name: str, candidate: str) -> None:
    stopped: list[tuple[str, tuple[str, ...]]] = []

    class Guarded(Room):
        def _execute(self, command: Any) -> None:
            if isinstance(command, Say):
                found = breaches(command.move.line, self.engine.briefing(command.move))
                if found:
                    stopped.append((command.move.line, found))
            super()._execute(command)

    plan = make_plan((60.0, 150.0, 150.0, 150.0, 60.0), difficulty="senior", tone="direct")
    room = Guarded(plan=plan, scenario=SCENARIOS[name], answer=CANDIDATES[candidate]())
    room.start().run()
    assert len(room.of(Say)) > 10
    assert not stopped


@pytest.mark.parametrize(
    "text",
    [
        "I'm sorry, I can't help with that.",
        "I\u2019m sorry, but I cannot assist with that request.",
        "As an AI language model, I do not have personal experiences.",
        "I can't continue with this conversation.",
        "I must decline to answer.",
        "This violates our content policy.",
    ],
)
def test_a_refusal_is_told_from_an_answer(text: str) -> None:
    assert refuses(text)


@pytest.mark.parametrize(
    "text", ["I can't give you that number; take a guess.", "I'm sorry, I lost the line for a bit."]
)
def test_an_interviewer_may_say_what_it_does_not_know(text: str) -> None:
    assert not refuses(text)


def test_typography_is_made_plain() -> None:
    said = tidy("\u201cYou\u2019d use caching \u2014 why?\u201d\n")
    assert said == "You'd use caching, why?"
