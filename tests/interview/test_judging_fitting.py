"""What is no answer as a whole: shown by moving, thinning and emptying answers that are some."""

from __future__ import annotations

import pytest

from interview.judging.builtin import BuiltIn
from interview.judging.fitting import LEAST_ANSWERS, Misfit, fit, misfit
from interview.judging.gathering import dossier_from
from interview.judging.statements import statements
from interview.report import CriterionScore
from tests.interview.judging_transcripts import LADDERS, Said
from tests.shipped import SCENARIOS

JUDGE = BuiltIn()
# Each says nothing of any problem.
ANYTHING = (
    "One has to understand the whole situation before going into any of its details, and then find "
    "the balance that is right for everybody who is involved.",
    "I'd weigh up all of the options with an open mind, make the choice that suits us best, and be "
    "prepared to change it if that's needed.",
    "Everything that matters should be looked at regularly, in a way that's meaningful, so that we "
    "can all learn from it together.",
    "There are several parts, each of them does its own job and hands over to the next one, and "
    "it's important that they work together well.",
    "I'd take a careful look at it from all sides, together with the people who know it best, and "
    "then do it properly from the beginning.",
    "You have to keep your eyes open, keep learning, and react in the appropriate way whenever "
    "there's something to react to.",
)


def why(scenario: str, said: Said) -> Misfit | None:
    return misfit(SCENARIOS[scenario], statements(dossier_from(SCENARIOS[scenario], said)))


def judged(scenario: str, said: Said) -> tuple[CriterionScore, ...]:
    return JUDGE.score_all(dossier_from(SCENARIOS[scenario], said))


def rotated(said: Said, by: int) -> Said:
    """Each answer under the question of another one."""
    return [(said[(n + by) % len(said)][0], text) for n, (_, text) in enumerate(said)]


@pytest.mark.parametrize("scenario", LADDERS)
def test_answers_fit_their_own_questions(scenario: str) -> None:
    for said in LADDERS[scenario][1:]:
        assert why(scenario, said) is None


@pytest.mark.parametrize("scenario", LADDERS)
def test_good_answers_to_each_others_questions_show_nothing(scenario: str) -> None:
    """By chance some fit as well as their own would; most don't."""
    best = LADDERS[scenario][3]
    caught = [rotated(best, by) for by in range(1, len(best))]
    caught = [said for said in caught if why(scenario, said) == "other questions"]
    assert len(caught) >= 4
    scores = judged(scenario, caught[0])
    assert {score.level for score in scores} <= {None, 1}
    reasons = {score.reason for score in scores if score.standing != "not_asked"}
    assert reasons == {"Your answers don't fit the questions that were asked."}


def test_a_few_answers_are_too_few_to_tell() -> None:
    best = LADDERS["feed-ranking"][3][: LEAST_ANSWERS - 1]
    for by in range(1, len(best)):
        assert why("feed-ranking", rotated(best, by)) is None


def test_the_fit_is_half_where_no_answer_fits_one_question_more_than_another() -> None:
    scenario = SCENARIOS["feed-ranking"]
    asked = [question for question, _ in LADDERS["feed-ranking"][3]]
    said = [(q, f"Zebra number {n} kicked a purple lantern downhill.") for n, q in enumerate(asked)]
    found = fit(scenario, statements(dossier_from(scenario, said)))
    assert found.answers == len(asked)
    assert found.rank == pytest.approx(0.5)


def test_reading_the_question_back_makes_no_answer_fit() -> None:
    scenario = SCENARIOS["feed-ranking"]
    asks = {q.id: q.ask for segment in scenario.segments for q in segment.questions}
    said = [(q, f"{asks[q]} {text}") for q, text in rotated(LADDERS["feed-ranking"][3], 2)]
    assert why("feed-ranking", said) == "other questions"


def test_what_would_do_for_any_problem_is_said_to_be_that() -> None:
    asked = [question for question, _ in LADDERS["feed-ranking"][3]]
    said = list(zip(asked, ANYTHING, strict=False))
    assert why("feed-ranking", said) == "of anything"
    scores = judged("feed-ranking", said)
    assert {score.level for score in scores} <= {None, 1}
    assert any("any problem" in score.reason for score in scores)


def test_a_misfit_says_what_was_missing_and_what_to_do() -> None:
    for score in judged("feed-ranking", rotated(LADDERS["feed-ranking"][3], 1)):
        if score.standing != "not_asked":
            assert score.missing.startswith("Still open")
            assert score.next_step.startswith("Begin with the question")
