"""Who is there, judged from the last signs of life. Times are arguments."""

from __future__ import annotations

from datetime import datetime, timedelta

from server.models import Interview

HEARTBEAT_STALE = timedelta(seconds=6)
# Of sessions that somebody brought to their end; one of them may have its report already.
FINISHED = ("ended", "scored")
_DISPATCH_GRACE = timedelta(seconds=8)
_DISPATCH_GRACE_MOST = timedelta(seconds=32)
# An interviewer that dies sooner after it was sent for may do so every time.
_SETTLED = timedelta(seconds=10)


def is_over(interview: Interview) -> bool:
    return interview.ended_at is not None


def interviewer_here(interview: Interview, now: datetime) -> bool:
    """Whether the interviewer of the present epoch gave a sign of life a moment ago."""
    beat = interview.heartbeat_wall
    # One from the future was written before the machine's clock was set back.
    return beat is not None and abs(now - beat) <= HEARTBEAT_STALE


def interviewer_coming(interview: Interview, now: datetime) -> bool:
    """Whether one was sent for so recently that it may still be on its way.

    Each dispatch that nobody answers doubles the time allowed for the next one."""
    if interview.dispatched_at is None:
        return False
    grace = _DISPATCH_GRACE * float(2 ** min(max(interview.dispatches_unanswered - 1, 0), 8))
    return abs(now - interview.dispatched_at) < min(grace, _DISPATCH_GRACE_MOST)


def has_settled(interview: Interview, now: datetime) -> bool:
    """Whether its interviewer has held out for a while."""
    sent = interview.dispatched_at
    return sent is None or abs(now - sent) > _SETTLED


def lose(interview: Interview, at: datetime) -> None:
    """Its interviewer is gone since `at`. Another may be sent for at once, but not again and again
    where each of them dies young."""
    if interview.heartbeat_at is not None and interview.heartbeat_wall is not None:
        since = max(0.0, (at - interview.heartbeat_wall).total_seconds())
        until = interview.heartbeat_at + since
        interview.live_until = max(until, interview.last_at, interview.live_until or 0.0)
    interview.heartbeat_wall = None
    interview.heartbeat_at = None
    if interview.dispatches_unanswered <= 1:
        interview.dispatched_at = None


def clock_at(interview: Interview, now: datetime) -> float:
    """What the session clock shows; without an interviewer, what it showed at its last sign of
    life."""
    at = max(interview.last_at, interview.live_until or 0.0)
    if interview.heartbeat_at is None or interview.heartbeat_wall is None:
        return at
    since = (now - interview.heartbeat_wall).total_seconds()
    here = interviewer_here(interview, now)
    return max(at, interview.heartbeat_at + (max(since, 0.0) if here else 0.0))


def clock_by_now(interview: Interview, steady: datetime, wall: datetime) -> float:
    """What the session clock shows by now, whoever can be reached: it goes on in any case. Never
    more than that, as long as the interviewer's date is right."""
    if interview.heartbeat_at is not None and interview.heartbeat_wall is not None:
        since = (steady - interview.heartbeat_wall).total_seconds()
        by_now = interview.heartbeat_at + max(since, 0.0)
    elif interview.last_wall is not None:
        by_now = interview.last_at + max((wall - interview.last_wall).total_seconds(), 0.0)
    else:
        by_now = 0.0
    return max(by_now, interview.last_at, interview.live_until or 0.0)


def new_epoch(interview: Interview, now: datetime) -> int:
    """Take the session away from whoever holds it, for an interviewer sent for at `now`."""
    if interview.heartbeat_at is not None or interview.last_seq > 0:
        at = max(interview.last_at, interview.live_until or 0.0, interview.heartbeat_at or 0.0)
        interview.live_until = at
    interview.heartbeat_wall = None
    interview.heartbeat_at = None
    interview.epoch += 1
    interview.dispatched_at = now
    interview.dispatches_unanswered += 1
    return interview.epoch
