"""The built-in judge: levels in the order of the answers, and nothing for what is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from interview.coverage import quoted
from interview.judging.builtin import BuiltIn
from interview.judging.dossier import Dossier
from interview.judging.gathering import dossier_from
from interview.report import CriterionScore
from tests.interview.judging_transcripts import LADDERS, Said
from tests.shipped import SCENARIOS

JUDGE = BuiltIn()


def judged(scenario: str, said: Said) -> dict[str, CriterionScore]:
    scores = JUDGE.score_all(dossier_from(SCENARIOS[scenario], said))
    return {score.id: score for score in scores}


def mean(scores: dict[str, CriterionScore]) -> float:
    levels = [score.level for score in scores.values() if score.level is not None]
    return sum(levels) / len(levels)


@pytest.mark.parametrize("scenario", LADDERS)
def test_better_answers_are_judged_higher(scenario: str) -> None:
    means = [mean(judged(scenario, said)) for said in LADDERS[scenario]]
    assert means == sorted(means)
    assert means[0] < 1.6
    assert means[1] < 2.3
    assert means[2] > 2.3
    assert means[3] > 3.4


@pytest.mark.parametrize("scenario", LADDERS)
def test_a_level_has_evidence_and_words_for_the_candidate(scenario: str) -> None:
    for said in LADDERS[scenario]:
        dossier = dossier_from(SCENARIOS[scenario], said)
        turns = {answer.turn: answer for answer in dossier.answers}
        for score, criterion in zip(JUDGE.score_all(dossier), dossier.scenario.rubric, strict=True):
            assert (score.id, score.title, score.judge) == (
                criterion.id,
                criterion.title,
                "built-in",
            )
            assert score.reason
            assert score.next_step
            assert score.assessed == (score.level is not None) == (score.standing == "scored")
            assert bool(score.evidence) == score.assessed
            assert score.missing or score.level == 4 or score.standing == "not_asked"
            for item in score.evidence:
                assert quoted(item.quote, turns[item.turn].text)
                assert len(item.quote.split()) <= 40
            assert JUDGE.score(dossier, criterion) == score


def test_not_asked_is_told_from_not_answered() -> None:
    refused = judged("feed-ranking", [("examples", "I don't know, sorry.")])
    assert refused["data"].standing == "not_answered"
    assert refused["experimentation"].standing == "not_asked"
    assert refused["data"].reason != refused["experimentation"].reason


def test_what_nobody_asked_about_counts_when_it_was_said() -> None:
    said = [
        (
            "good_feed",
            "I'd randomise by clusters of friends in the experiment, because of interference, "
            "and compare retention with a holdout after four weeks.",
        )
    ]
    assert judged("feed-ranking", said)["experimentation"].level is not None


def _helped(dossier: Dossier, hints: dict[str, int]) -> Dossier:
    answers = tuple(replace(a, hints=hints.get(a.ref or "", 0)) for a in dossier.answers)
    return replace(dossier, answers=answers)


def test_assisted_and_unassisted_are_told_apart() -> None:
    dossier = dossier_from(SCENARIOS["feed-ranking"], LADDERS["feed-ranking"][3])
    data = next(c for c in dossier.scenario.rubric if c.id == "data")
    alone = JUDGE.score(dossier, data)
    assert alone.unassisted == alone.level == 4
    partly = JUDGE.score(_helped(dossier, {"examples": 2}), data)
    assert partly.level == 4
    assert {item.hints for item in partly.evidence} == {0, 2}
    others = {a.ref or "": 1 for a in dossier.answers if a.ref != "network_test"}
    mostly = JUDGE.score(_helped(dossier, others), data)
    assert mostly.level == 4
    assert mostly.unassisted is None or mostly.unassisted < 4
    wholly = JUDGE.score(_helped(dossier, {a.ref or "": 1 for a in dossier.answers}), data)
    assert (wholly.level, wholly.unassisted) == (4, None)


def test_words_that_could_not_be_made_out_are_not_judged() -> None:
    dossier = dossier_from(SCENARIOS["feed-ranking"], LADDERS["feed-ranking"][3])
    garbled = replace(dossier, answers=tuple(replace(a, garbled=True) for a in dossier.answers))
    assert {score.level for score in JUDGE.score_all(garbled)} == {None}


def test_it_says_what_it_is() -> None:
    assert JUDGE.about.id == "built-in"
    assert "doesn't know whether" in JUDGE.about.limits
