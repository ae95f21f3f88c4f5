"""The built-in observer: reads a finished turn by the rubric's signals, without a model.

Pure and deterministic; the same Observe with the same coverage gives the same Observed."""

from __future__ import annotations

from interview.commands import Observe
from interview.coverage import Coverage
from interview.events import Finding, Observed
from interview.language import count_phrases
from interview.quoting import clauses
from interview.scenario import Scenario


def observe(turn: Observe, scenario: Scenario, coverage: Coverage, at: float) -> Observed:
    """What is in `turn`; `coverage` is that of the turns before it, `at` the session clock."""
    findings = [
        Finding(kind="claim", quote=quote, criterion=criterion.id)
        for quote in clauses(turn.text)
        for criterion in scenario.rubric
        if count_phrases(criterion.signals, quote)
    ]
    return Observed(
        at=at,
        turn=turn.turn,
        question=turn.question,
        ref=turn.ref,
        findings=tuple(findings),
    )
