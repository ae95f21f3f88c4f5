"""Derives a View from the state, without touching it."""

from __future__ import annotations

from interview.commands import InterviewState, ShowState
from interview.scenario import Scenario
from interview.state import Phase, State, warning_lead
from interview.view import SegmentState, SegmentView, View

_PUBLIC: dict[Phase, InterviewState] = {
    "waiting": "waiting",
    "live": "live",
    "landing": "live",
    "closing": "live",
    "paused": "paused",
    "away": "paused",
    "ended": "ended",
}


def look(state: State, scenario: Scenario, at: float) -> View:
    """The interview at `at`, which is not before the last event: time since then is put down as
    the next event would put it down."""
    ledger = state.ledger.copy()
    ahead = at - state.at
    match state.phase:
        case "waiting" | "paused" | "away":
            ledger.rest(state.phase, ahead)
        case "live" | "landing" | "closing":
            ledger.spend(ahead)
        case "ended":
            pass
    ended = state.phase == "ended"
    current = ledger.index if ledger.entered and not ended else None
    remaining = 0.0 if ended else ledger.remaining
    allotted = ledger.allotted[ledger.index]

    def segment_state(index: int) -> SegmentState:
        if index == current:
            return "live"
        if index in ledger.entered:
            return "done"
        return "skipped" if ended else "pending"

    return View(
        state=_PUBLIC[state.phase],
        present=state.present,
        segment=scenario.segments[current].id if current is not None else None,
        segment_index=ledger.index,
        ends_at=at + remaining if state.running else None,
        remaining=remaining,
        buffer_s=ledger.buffer,
        warning=current is not None and remaining <= warning_lead(allotted),
        segments=tuple(
            SegmentView(
                id=segment.id,
                title=segment.title,
                planned_s=ledger.planned[i],
                allotted_s=ledger.allotted[i],
                spent_s=ledger.spent[i],
                state=segment_state(i),
            )
            for i, segment in enumerate(scenario.segments)
        ),
        total_spent_s=sum(ledger.spent),
        waiting_s=ledger.idle["waiting"],
        paused_s=ledger.idle["paused"],
        away_s=ledger.idle["away"],
        outage_s=ledger.idle["outage"],
        overtime_s=ledger.overtime,
        holding=state.phase == "live" and state.hold_s is not None,
    )


def shown(view: View) -> ShowState:
    """What the page is told. While the clock runs, `remaining` is given as it was when `ends_at`
    last changed, so that the same truth is not told again and again."""
    return ShowState(
        state=view.state,
        segment=view.segment,
        ends_at=None if view.ends_at is None else round(view.ends_at, 3),
        remaining=round(view.remaining, 3),
        buffer=round(view.buffer_s, 3),
        warning=view.warning,
        holding=view.holding,
    )
