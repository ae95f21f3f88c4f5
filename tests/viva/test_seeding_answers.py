"""What mock users and prepared personas answer, and what the built-in judge makes of it."""

from __future__ import annotations

import random
from statistics import mean

import pytest

from interview.commands import Move
from interview.judging.builtin import BuiltIn
from interview.judging.gathering import dossier_of
from interview.plan import make_plan
from server.sessions import fold
from tests.shipped import SCENARIOS
from viva.judge_set import transcripts_of
from viva.persona import Answers, load
from viva.seeding.answering import Answering
from viva.seeding.casting import Part
from viva.seeding.staging import played
from viva.written import LEVELS, prepared

SCENARIO = "fraud-detection"


def asking(ref: str | None) -> Move:
    return Move(kind="ask", reason="", line="And then?", segment="problem_framing", ref=ref)


def test_a_question_is_answered_at_the_level_of_the_persona_once() -> None:
    answering = Answering(load("strong"), SCENARIO, random.Random(1))
    said = answering.to(asking("costs"))
    assert said in {
        text
        for transcript in transcripts_of(SCENARIO)
        for question, text in transcript.answers
        if (transcript.level, question) == (4, "costs")
    }
    assert answering.to(asking("costs")) == load("strong").lines["problem_framing"][0]


@pytest.mark.parametrize(
    ("persona", "scenario", "ref"),
    [
        ("strong", SCENARIO, "no such question"),
        ("strong", SCENARIO, None),
        ("strong", "ml-platform", "clarify"),
        ("hostile", SCENARIO, "costs"),
    ],
)
def test_where_nothing_was_written_a_persona_has_its_own_words(
    persona: str, scenario: str, ref: str | None
) -> None:
    own = load(persona)
    said = Answering(own, scenario, random.Random(1)).to(asking(ref))
    assert said in {*own.lines.get("problem_framing", ()), *own.otherwise}


def test_a_persona_that_is_prepared_answers_what_it_hears() -> None:
    scenario = SCENARIOS[SCENARIO]
    question = next(q for s in scenario.segments for q in s.questions if q.id == "costs")
    answers = Answers(prepared(load("strong"), scenario, random.Random(1)))
    said = answers.to(f"All right. {question.ask}", "problem_framing")
    assert said == Answering(load("strong"), SCENARIO, random.Random(1)).to(asking("costs"))
    assert answers.to("And the metric?", "problem_framing") == load("strong").cues[0].say


def test_personas_with_a_level_are_there() -> None:
    for name in LEVELS:
        assert load(name).behaviour == "answers"


def _level(persona: str) -> float:
    scenario = SCENARIOS[SCENARIO]
    part = Part(
        id=persona,
        scenario_id=SCENARIO,
        difficulty="standard",
        tone="neutral",
        lengths=(120.0, 300.0, 480.0, 300.0, 120.0),
        persona=persona,
        state="ended",
        days_ago=1.0,
        share=1.0,
        notes=None,
        reflection=None,
    )
    plan = make_plan(part.lengths, 300.0, part.difficulty, part.tone)
    engine = fold.new_engine(plan, scenario, "Ada")
    for event in played(part, plan, scenario, "Ada"):
        engine.handle(event)
    scores = BuiltIn().score_all(dossier_of(engine))
    return mean(score.level for score in scores if score.level is not None)


def test_mock_users_are_as_good_as_their_personas() -> None:
    terse, average, strong = map(_level, ("terse", "average", "strong"))
    assert terse < average < strong
    assert terse < 2.5
    assert strong > 3
