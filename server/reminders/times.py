"""When a reminder or a digest is due: on the user's own clock, whatever that does that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

REMINDER_AT = time(9)
DIGEST_AT = time(8)
# Nobody is told anything later in the day.
_LATEST = time(21)
# What could not be told for so long is not worth telling any more.
REMINDER_KEEPS = timedelta(days=7)
_DIGEST_KEEPS = {"weekly": timedelta(days=6, hours=12), "monthly": timedelta(days=14)}


def zone_of(name: str) -> ZoneInfo:
    """The zone `name`; UTC when this machine does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """When clocks of `zone` show `at` on `day`, in UTC. A time that they leap over is as much later
    as they leap; of one that they show twice it is the first."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def decent(now: datetime, earliest: time, zone: ZoneInfo) -> bool:
    """Whether `now` is between `earliest` and the evening there."""
    return earliest <= now.astimezone(zone).time() < _LATEST


def reminder_due(ended_at: datetime, days: int, zone: ZoneInfo) -> datetime:
    """In the morning, `days` calendar days after the session's last one."""
    ended_on = ended_at.astimezone(zone).date()
    return moment(ended_on + timedelta(days=days), REMINDER_AT, zone)


def days_between(earlier: datetime, later: datetime, zone: ZoneInfo) -> int:
    return (later.astimezone(zone).date() - earlier.astimezone(zone).date()).days


@dataclass(frozen=True)
class Period:
    """Whole local days from `first` to `last`; `begin` and `end` are these in UTC, `end` being the
    midnight after. `due`: when its digest is told."""

    kind: str
    first: date
    last: date
    begin: datetime
    end: datetime
    due: datetime

    def keeps(self, now: datetime) -> bool:
        """Whether it is still worth telling at `now`."""
        return self.due <= now < self.due + _DIGEST_KEEPS[self.kind]


def period(kind: str, first: date, zone: ZoneInfo) -> Period:
    """The week or month ("weekly", "monthly") that begins with the day `first`."""
    if kind == "weekly":
        following = first + timedelta(days=7)
    else:
        following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    return Period(
        kind,
        first,
        following - timedelta(days=1),
        moment(first, time(0), zone),
        moment(following, time(0), zone),
        moment(following, DIGEST_AT, zone),
    )


def before(one: Period, zone: ZoneInfo) -> Period:
    """The week or month before that one."""
    last = one.first - timedelta(days=1)
    first = last - timedelta(days=6) if one.kind == "weekly" else last.replace(day=1)
    return period(one.kind, first, zone)


def last_period(kind: str, now: datetime, zone: ZoneInfo) -> Period:
    """The last week (Monday to Sunday) or calendar month that is over there at `now`."""
    today = now.astimezone(zone).date()
    if kind == "weekly":
        first = today - timedelta(days=today.weekday() + 7)
    else:
        first = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    return period(kind, first, zone)
