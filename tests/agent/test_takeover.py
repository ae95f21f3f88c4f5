"""What a new interviewer makes of the journal it finds and of the log it is given."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from agent.takeover import undelivered_of
from interview.plan import make_plan
from interview.wire import EventBody
from tests.agent.test_runner import Rig
from tests.fakes.worker import FakeLink
from tests.virtual_time import run_virtual


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


def test_the_turn_at_which_an_interviewer_died_is_observed_by_the_next(tmp_path: Path) -> None:
    async def main() -> list[EventBody]:
        plan = make_plan([300, 600, 900, 600, 300])
        first = Rig(tmp_path, plan=plan)
        first.join()
        await first.listen()
        await first.speak("I built a ranking system with boosted trees for a shop.")
        await first.listen()
        assert await first.outbox.delivered(within=5)
        died_at = first.runner.now()
        await first.close()
        # The observation was in flight.
        link = FakeLink(log=[event for event in first.link.log if event.type != "observed"])
        assert len(link.log) == len(first.link.log) - 1

        second = Rig(tmp_path, plan=plan, link=link, epoch=2)
        second.join(epoch=2, live_until=died_at)
        await second.listen()
        await second.close()
        third = Rig(tmp_path, plan=plan, link=link, epoch=3)
        third.join(epoch=3, live_until=second.runner.now())
        await third.listen()
        await third.close()
        return [event for event in link.log if event.type == "observed"]

    (observed,) = run_virtual(main())
    assert observed.uid.startswith("2-")
