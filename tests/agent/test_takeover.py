"""What a new interviewer makes of the journal it finds and of the log it is given."""

from __future__ import annotations

from datetime import UTC, datetime

from agent.takeover import undelivered_of
from interview.wire import EventBody


def event(uid: str, at: float) -> EventBody:
    return EventBody(uid=uid, at=at, wall=datetime(2026, 1, 1, tzinfo=UTC), type="turn_ended")


def test_what_the_server_lacks_is_delivered() -> None:
    journal = [event("1-1", 1), event("1-2", 2), event("1-3", 3)]
    assert undelivered_of(journal, journal[:1]) == (journal[1:], 0)
    assert undelivered_of(journal, []) == (journal, 0)
    assert undelivered_of([], journal) == ([], 0)


def test_a_log_is_never_written_to_in_its_middle() -> None:
    """The first interviewer went on writing for a moment after the second had taken over."""
    stored = [event("1-1", 1), event("2-1", 5)]
    journal = [event("1-1", 1), event("1-2", 4.9), event("2-1", 5), event("2-2", 6)]
    assert undelivered_of(journal, stored) == ([journal[3]], 1)


def test_two_writers_of_one_journal_do_not_turn_the_clock_back() -> None:
    journal = [event("2-1", 5), event("1-2", 4.9), event("2-2", 6)]
    assert undelivered_of(journal, []) == ([journal[0], journal[2]], 1)
