"""What coverage believes of an observation, and what it answers about the interview so far."""

from __future__ import annotations

from typing import Any

from interview.coverage import Coverage
from interview.events import Finding, FlagKind, Observed
from tests.interview.example import SCENARIO

SAID = {
    "a": "I'd use boosted trees because",
    "b": "they are fast.",
    "c": "We need ten servers.",
    "d": "I would never use boosted trees.",
}


def _finding(kind: Any, quote: str, criterion: str = "", against: str = "") -> Finding:
    return Finding(kind=kind, quote=quote, criterion=criterion, against=against)


def _observed(
    turn: tuple[str, ...], *findings: Finding, flag: FlagKind | None = None, ref: str | None = None
) -> Observed:
    reason = "x" if flag else ""
    return Observed(at=1, turn=turn, findings=findings, flag=flag, reason=reason, ref=ref)


def _coverage() -> Coverage:
    coverage = Coverage()
    decision = _finding("decision", "I'd use boosted trees because they are fast", "modelling")
    gap = _finding("gap", "they are fast", "framing")
    coverage.put(_observed(("a", "b"), decision, gap, flag="strong"), "deep_dive", SAID)
    number = _finding("number", "ten servers")
    coverage.put(_observed(("c",), number, flag="thin"), "solution_exploration", SAID)
    return coverage


def test_what_is_noted_can_be_asked_for_by_kind_and_segment() -> None:
    coverage = _coverage()
    assert [n.finding.quote for n in coverage.numbers()] == ["ten servers"]
    assert coverage.numbers("deep_dive") == []
    assert [n.turn for n in coverage.decisions("deep_dive")] == [("a", "b")]
    assert [f.turn for f in coverage.thin()] == [("c",)]
    assert [f.answer for f in coverage.strong()] == ["I'd use boosted trees because they are fast."]
    assert [n.finding.kind for n in coverage.of_turn("b")] == ["decision", "gap"]
    flagged = coverage.flag_of("b")
    assert flagged is not None
    assert flagged.flag == "strong"
    assert coverage.flag_of("d") is None


def test_a_gap_closes_when_a_later_turn_speaks_to_it() -> None:
    coverage = _coverage()
    rubric = SCENARIO.rubric[:2]
    assert [c.id for c in coverage.uncovered(rubric)] == ["framing"]
    assert [n.finding.criterion for n in coverage.gaps()] == ["framing"]
    late = _finding("claim", "never use boosted trees", "framing")
    coverage.put(_observed(("d",), late), "deep_dive", SAID)
    assert coverage.uncovered(rubric) == []
    assert coverage.gaps() == []


def test_a_contradiction_needs_both_quotes() -> None:
    coverage = _coverage()
    for against, believed in (
        ("boosted trees because they are fast", True),
        ("I'd use a transformer", False),
        ("never use boosted trees", False),
    ):
        found = _finding("contradiction", "never use boosted trees", against=against)
        coverage.put(_observed(("d",), found, flag="contradictory"), "deep_dive", SAID)
        assert bool(coverage.contradictions()) == believed
        assert bool(coverage.flagged("contradictory")) == believed


def test_a_later_observation_of_a_turn_replaces_the_earlier_one_in_its_place() -> None:
    coverage = _coverage()
    coverage.put(_observed(("a", "b"), _finding("claim", "they are fast")), "deep_dive", SAID)
    assert [n.finding.quote for n in coverage.notes] == ["they are fast", "ten servers"]
    assert coverage.strong() == []
