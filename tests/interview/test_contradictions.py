"""What one says against what one said before: found where it is one, and only there."""

from __future__ import annotations

import itertools

import pytest

from interview.commands import Observe
from interview.coverage import Coverage
from interview.events import Observed
from interview.observing import observe
from tests.interview.candidates import VERBOSE
from tests.interview.example import SCENARIO
from tests.interview.statement_pairs import COMPATIBLE, CONTRADICTORY

MOST_FALSE_ALARMS = 2
# A contradiction that goes unnoticed does no harm; most of the plain ones are to be found.
LEAST_FOUND = 0.85


def _turn(id_: str, text: str, segment: str, ref: str) -> Observe:
    return Observe(turn=(id_,), text=text, segment=segment, question="And then?", ref=ref)


def later_of(earlier: str, later: str) -> tuple[Observed, Coverage]:
    coverage, said = Coverage(), {"a": earlier}
    first = observe(_turn("a", earlier, "problem_framing", "goal"), SCENARIO, coverage, 1.0)
    coverage.put(first, "problem_framing", said)
    said["b"] = later
    second = observe(_turn("b", later, "deep_dive", "drift"), SCENARIO, coverage, 2.0)
    coverage.put(second, "deep_dive", said)
    return second, coverage


def contradicts(earlier: str, later: str) -> bool:
    observed, coverage = later_of(earlier, later)
    found = bool(coverage.contradictions())
    assert found == (observed.flag == "contradictory")
    return found


def test_enough_pairs_are_tried() -> None:
    assert len(set(CONTRADICTORY)) >= 30
    assert len(set(COMPATIBLE)) >= 100


def test_contradictions_are_found() -> None:
    missed = [pair for pair in CONTRADICTORY if not contradicts(*pair)]
    assert len(missed) <= (1 - LEAST_FOUND) * len(CONTRADICTORY), missed


def test_what_only_looks_like_one_is_let_pass() -> None:
    false_alarms = [pair for pair in COMPATIBLE if contradicts(*pair)]
    assert len(false_alarms) <= MOST_FALSE_ALARMS, false_alarms


def test_a_whole_interview_of_one_mind_has_none() -> None:
    pairs = itertools.permutations(VERBOSE, 2)
    assert [pair for pair in pairs if contradicts(*pair)] == []


def test_both_sides_are_quoted() -> None:
    earlier, later = "We need real-time.", "Well, I think that a nightly batch is enough."
    observed, coverage = later_of(earlier, later)
    note = coverage.contradictions()[0]
    assert note.finding.quote in later
    assert note.finding.against in earlier
    assert note.finding.against in observed.reason


@pytest.mark.parametrize("segment", ["warm_up", "wrap_up"])
def test_what_is_no_design_is_not_held_against_it(segment: str) -> None:
    coverage = Coverage()
    said = {"a": "I'd use a neural network."}
    coverage.put(
        observe(_turn("a", said["a"], "deep_dive", "drift"), SCENARIO, coverage, 1.0),
        "deep_dive",
        said,
    )
    turn = _turn("b", "I would never use a neural net here.", segment, "regret")
    assert observe(turn, SCENARIO, coverage, 2.0).flag is None


def test_a_turn_is_not_held_against_itself() -> None:
    text = "We need real-time. A nightly batch is enough."
    coverage = Coverage()
    turn = _turn("a", text, "deep_dive", "drift")
    coverage.put(observe(turn, SCENARIO, coverage, 1.0), "deep_dive", {"a": text})
    assert observe(turn, SCENARIO, coverage, 1.0).flag != "contradictory"


def test_a_contradiction_is_news_once_whichever_side_comes_again() -> None:
    texts = ["Recall matters more than precision.", "Precision matters more than recall."] * 2
    coverage, said, flags = Coverage(), dict[str, str](), []
    for number, text in enumerate(texts):
        id_ = f"u{number}"
        said[id_] = text
        observed = observe(_turn(id_, text, "deep_dive", "drift"), SCENARIO, coverage, 1.0)
        coverage.put(observed, "deep_dive", said)
        flags.append(observed.flag)
    assert [flag == "contradictory" for flag in flags] == [False, True, False, False]
