"""What a new interviewer makes of the journal it finds and of the log it is given."""

from __future__ import annotations

from collections.abc import Sequence

from interview.wire import EventBody


def undelivered_of(
    journalled: Sequence[EventBody], stored: Sequence[EventBody]
) -> tuple[list[EventBody], int]:
    """What the server has not got yet, and how many events are left out because the log is past
    their time already: an interviewer wrote them that had been replaced without knowing it."""
    known = {event.uid for event in stored}
    reached = stored[-1].at if stored else 0.0
    undelivered: list[EventBody] = []
    left_out = 0
    for event in journalled:
        if event.uid in known:
            continue
        if event.at < reached:
            left_out += 1
            continue
        reached = event.at
        undelivered.append(event)
    return undelivered, left_out
