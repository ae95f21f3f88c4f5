"""The kinds of jobs there are, and those that recur."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from server.jobs import pruning
from server.jobs.tasks import Handler, Recurring
from server.leaving import erasing
from server.mail import outbox, sending
from server.recordings import asking as joining_asked
from server.recordings import erasing as recordings_erasing
from server.recordings import joining, retention
from server.reminders import digest, planning, reminder
from server.reports import asking
from server.reports import service as reports

HANDLERS: Mapping[str, Handler] = {
    erasing.SCRUB: erasing.scrub_late,
    outbox.KIND: sending.send,
    pruning.KIND: pruning.prune,
    planning.KIND: planning.plan,
    reminder.KIND: reminder.remind,
    digest.KIND: digest.tell,
    joining_asked.KIND: joining.join,
    recordings_erasing.KIND: recordings_erasing.erase_late,
    retention.KIND: retention.expire,
    asking.KIND: reports.job,
    reports.SWEEP: reports.ask_for_missing,
}

RECURRING: Sequence[Recurring] = (
    Recurring(pruning.KIND, timedelta(days=1)),
    Recurring(planning.KIND, timedelta(minutes=10)),
    Recurring(retention.KIND, timedelta(days=1)),
    Recurring(reports.SWEEP, timedelta(hours=1)),
)
