"""Where nothing is designed, no question that no author wrote speaks of a design."""

from __future__ import annotations

import re

import pytest

from interview import followups
from interview.asks import Ask
from interview.events import UtteranceFinal
from interview.language import words_of
from interview.nouns import NounKind
from interview.quoting import noun_phrases
from interview.roomy_phrasing import ROOMY
from interview.scenario import SEGMENT_IDS, Scenario, Talk
from interview.topics import asks_on
from tests.interview.candidates import CANDIDATES
from tests.interview.room import Room
from tests.shipped import SCENARIOS

NO_DESIGN: dict[str, Talk] = {"behavioural": "stories", "ml-fundamentals": "basics"}
OF_A_DESIGN = re.compile(
    r"\b(?:design|serving|pipeline|latency|traffic|deploy|loss)(?:s|es|ed|ing|ment)?\b",
    re.IGNORECASE,
)
KINDS: tuple[NounKind, ...] = ("part", "data", "metric", "check", "risk", "thing")


def _authored(scenario: Scenario) -> str:
    segments = [
        line
        for segment in scenario.segments
        for question in segment.questions
        for line in (
            *segment.opening,
            question.ask,
            question.rephrase,
            *question.hints,
            *(probe.ask for probe in question.probes),
        )
    ]
    feedback = [line for c in scenario.rubric for line in (c.strength, c.missing)]
    facts = [line for fact in scenario.facts for line in (fact.answer, fact.topic)]
    read_on = [resource.title for resource in scenario.resources]
    return "\n".join((*segments, *feedback, *facts, *read_on))


@pytest.mark.parametrize("candidate", ["terse", "steady", "verbose"])
@pytest.mark.parametrize("name", NO_DESIGN)
def test_no_word_of_a_design_comes_from_the_interviewer(name: str, candidate: str) -> None:
    scenario = SCENARIOS[name]
    room = Room(scenario=scenario, answer=CANDIDATES[candidate]()).start().run()
    assert room.segments == list(SEGMENT_IDS)
    heard = " ".join(e.text for e in room.log if isinstance(e, UtteranceFinal))
    brought_in = set(words_of(heard)) | set(words_of(_authored(scenario)))
    said = [
        (found.group(), line)
        for line in room.lines
        for found in OF_A_DESIGN.finditer(line)
        if found.group().lower() not in brought_in
    ]
    assert not said


@pytest.mark.parametrize("talk", NO_DESIGN.values())
@pytest.mark.parametrize("segment", SEGMENT_IDS)
def test_what_leans_on_nothing_said_has_no_word_of_a_design(segment: str, talk: Talk) -> None:
    lines = (*followups.plain(segment, (), talk), *ROOMY[talk][segment])
    assert not [line for line in lines if OF_A_DESIGN.search(line)]


@pytest.mark.parametrize("talk", followups.POOLS)
@pytest.mark.parametrize("segment", SEGMENT_IDS)
def test_there_is_enough_to_ask_in_every_talk(segment: str, talk: Talk) -> None:
    assert len(followups.POOLS[talk][segment].plain) >= 12
    assert len(followups.plain(segment, (), talk)) >= 36


@pytest.mark.parametrize("talk", followups.POOLS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("difficulty", ["guided", "staff"])
def test_every_kind_of_phrase_can_be_asked_about(
    kind: NounKind, difficulty: str, talk: Talk
) -> None:
    asks: tuple[Ask, ...] = asks_on(kind, difficulty, talk)
    assert len({ask.line for ask in asks}) == len(asks) >= 5
    assert {"depth", "failure"} <= {ask.kind for ask in asks}
    assert any(ask.second_order for ask in asks) == (difficulty == "staff")
    if talk != "design":
        assert not [ask.line for ask in asks if ask.design or OF_A_DESIGN.search(ask.line)]


def test_a_term_without_a_known_head_word_is_a_thing() -> None:
    (phrase,) = noun_phrases("we agreed on a premortem", ("premortem",))
    assert phrase.kind == "thing"


@pytest.mark.parametrize("name", NO_DESIGN)
def test_the_scenarios_without_a_design_say_so(name: str) -> None:
    assert SCENARIOS[name].talk == NO_DESIGN[name]
    assert SCENARIOS["feed-ranking"].talk == "design"
