import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.journal import Journal
from interview.wire import EventBody
from tests.disks import fill, small_disk


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


def _append_many(journal: Journal) -> None:
    for number in range(2, 100):
        journal.append(event(number))


def test_lines_torn_in_the_middle_cost_nothing_but_themselves(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "abc")
    for number in range(5):
        journal.append(event(number))
    journal.close()
    lines = journal.path.read_bytes().split(b"\n")
    lines[1], lines[3] = lines[1][:20], b"\0" * 40
    journal.path.write_bytes(b"\n".join(lines))
    again = Journal(tmp_path, "abc")
    again.append(event(5))
    assert again.read() == [event(0), event(2), event(4), event(5)]


def test_a_full_disk_is_told_and_tears_nothing_else(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 64) as disk:
        journal = Journal(disk / "journal", "abc")
        journal.append(event(1))
        filler = fill(disk)
        with pytest.raises(OSError, match="No space left"):
            _append_many(journal)
        kept = Journal(disk / "journal", "abc").read()
        assert kept == [event(number) for number in range(1, len(kept) + 1)]
        filler.unlink()
        journal.append(event(200))
        journal.close()
        assert Journal(disk / "journal", "abc").read() == [*kept, event(200)]


def test_a_journal_that_cannot_even_be_begun_is_told_at_the_first_event(tmp_path: Path) -> None:
    (tmp_path / "journal").write_text("in the way")
    journal = Journal(tmp_path / "journal", "abc")
    assert journal.read() == []
    with pytest.raises(OSError):
        journal.append(event(1))


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
