import os
import stat
from datetime import UTC, datetime
from pathlib import Path

from agent.journal import Journal
from interview.wire import EventBody


def event(number: int) -> EventBody:
    return EventBody(
        uid=f"1-{number}",
        at=float(number),
        wall=datetime(2026, 1, 1, tzinfo=UTC),
        type="candidate_silent",
    )


def test_reads_back_what_was_appended(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "abc")
    assert journal.read() == []
    for number in range(3):
        journal.append(event(number))
    assert Journal(tmp_path, "abc").read() == [event(0), event(1), event(2)]


def test_a_torn_last_line_is_dropped_and_nothing_is_glued_to_it(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "abc")
    journal.append(event(1))
    journal.append(event(2))
    journal.close()
    whole = journal.path.read_bytes()
    for cut in range(len(whole) // 2 + 2, len(whole)):
        journal.path.write_bytes(whole[:cut])
        again = Journal(tmp_path, "abc")
        survivors = again.read()
        again.append(event(3))
        again.close()
        assert Journal(tmp_path, "abc").read() == [*survivors, event(3)]
        assert survivors[0] == event(1)


def test_is_for_its_owner_alone(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal", "abc")
    journal.append(event(1))
    assert stat.S_IMODE(os.stat(journal.path).st_mode) == 0o600


def test_goes_only_when_told_to(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "abc")
    journal.append(event(1))
    journal.close()
    assert journal.path.exists()
    journal.close(delete=True)
    assert not journal.path.exists()
