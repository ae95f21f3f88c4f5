"""When something is due on the user's clock, over summer time and around the world."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from server.reminders import times

BERLIN, NEW_YORK = times.zone_of("Europe/Berlin"), times.zone_of("America/New_York")
KOLKATA, KIRITIMATI = times.zone_of("Asia/Kolkata"), times.zone_of("Pacific/Kiritimati")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "ended_at", "days", "expected"),
    [
        # Summer time begins on 29 March there, and ends on 25 October.
        (BERLIN, "2026-03-27T18:00", 1, "2026-03-28T08:00"),
        (BERLIN, "2026-03-27T18:00", 2, "2026-03-29T07:00"),
        (BERLIN, "2026-03-28T23:30", 1, "2026-03-30T07:00"),
        (BERLIN, "2026-10-23T12:00", 2, "2026-10-25T08:00"),
        (NEW_YORK, "2026-03-07T20:00", 1, "2026-03-08T13:00"),
        (NEW_YORK, "2026-03-06T20:00", 1, "2026-03-07T14:00"),
        # The day that counts is the one there.
        (KOLKATA, "2026-03-01T19:00", 3, "2026-03-05T03:30"),
        (KIRITIMATI, "2026-03-01T11:00", 1, "2026-03-02T19:00"),
        (times.zone_of("UTC"), "2026-12-31T23:59", 60, "2027-03-01T09:00"),
    ],
)
def test_a_reminder_is_due_at_nine_there(
    zone: ZoneInfo, ended_at: str, days: int, expected: str
) -> None:
    assert times.reminder_due(utc(ended_at), days, zone) == utc(expected)


def test_a_time_that_is_leapt_over_or_shown_twice() -> None:
    assert times.moment(date(2026, 3, 29), time(2, 30), BERLIN) == utc("2026-03-29T01:30")
    assert times.moment(date(2026, 10, 25), time(2, 30), BERLIN) == utc("2026-10-25T00:30")


@pytest.mark.parametrize(
    ("zone", "now", "first", "last", "due"),
    [
        (BERLIN, "2026-03-30T05:59", "2026-03-23", "2026-03-29", "2026-03-30T06:00"),
        # Still Sunday there.
        (NEW_YORK, "2026-03-30T03:59", "2026-03-16", "2026-03-22", "2026-03-23T12:00"),
        (KIRITIMATI, "2026-03-29T10:00", "2026-03-23", "2026-03-29", "2026-03-29T18:00"),
    ],
)
def test_a_week_is_told_on_monday_at_eight_there(
    zone: ZoneInfo, now: str, first: str, last: str, due: str
) -> None:
    found = times.last_period("weekly", utc(now), zone)
    assert (str(found.first), str(found.last), found.due) == (first, last, utc(due))


def test_a_week_with_a_leap_has_an_hour_less() -> None:
    found = times.period("weekly", date(2026, 3, 23), BERLIN)
    assert found.end - found.begin == timedelta(days=7, hours=-1)


@pytest.mark.parametrize(
    ("now", "first", "last", "due"),
    [
        ("2026-03-01T12:00", "2026-02-01", "2026-02-28", "2026-03-01T07:00"),
        ("2026-01-31T12:00", "2025-12-01", "2025-12-31", "2026-01-01T07:00"),
        ("2028-03-31T21:59", "2028-02-01", "2028-02-29", "2028-03-01T07:00"),
        ("2028-03-31T22:00", "2028-03-01", "2028-03-31", "2028-04-01T06:00"),
    ],
)
def test_a_month_is_told_on_the_first_at_eight_there(
    now: str, first: str, last: str, due: str
) -> None:
    found = times.last_period("monthly", utc(now), BERLIN)
    assert (str(found.first), str(found.last), found.due) == (first, last, utc(due))


@pytest.mark.parametrize(
    ("kind", "first", "before", "last"),
    [
        ("weekly", date(2026, 3, 30), "2026-03-23", "2026-03-29"),
        ("weekly", date(2026, 1, 5), "2025-12-29", "2026-01-04"),
        ("monthly", date(2028, 3, 1), "2028-02-01", "2028-02-29"),
        ("monthly", date(2026, 1, 1), "2025-12-01", "2025-12-31"),
    ],
)
def test_the_period_before_ends_where_the_next_begins(
    kind: str, first: date, before: str, last: str
) -> None:
    one = times.period(kind, first, BERLIN)
    found = times.before(one, BERLIN)
    assert (str(found.first), str(found.last)) == (before, last)
    assert found.end == one.begin


def test_what_is_old_is_not_told() -> None:
    week = times.period("weekly", date(2026, 3, 2), BERLIN)
    told = [hours for hours in range(-24, 24 * 8) if week.keeps(week.due + timedelta(hours=hours))]
    assert (told[0], told[-1]) == (0, 6 * 24 + 11)


def test_nobody_is_told_anything_at_night() -> None:
    day = [utc(f"2026-03-01T{hour:02}:00") for hour in range(24)]
    decent = [now.hour for now in day if times.decent(now, times.REMINDER_AT, BERLIN)]
    assert decent == list(range(8, 20))


def test_an_unknown_zone_is_utc() -> None:
    for name in ("Nowhere/Town", "../etc/passwd", ""):
        assert times.zone_of(name).key == "UTC"
