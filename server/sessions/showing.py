"""What of the event log its owner may see, and when.

While an interview runs, what the interviewer makes of the answers is its own: of `observed` only
the turn is shown, of `model_called` neither prompt nor response, and of a line not why it was said,
which may name what is listened for. Once the session has ended all of these are shown, but for what
would spoil the scenario for the next time: prompts, which hold the rubric, goals and facts, and
responses that were not used, which may have been held back for giving those away. Whoever runs the
server finds all of it in the database."""

from __future__ import annotations

from server.models import Interview, LoggedEvent
from server.sessions import presence
from server.sessions.schemas import EventOut

_CALL = frozenset({"prompt", "response"})
_WHY = frozenset({"reason", "ref"})
_FINDINGS = frozenset({"question", "ref", "findings", "flag", "reason"})


def to_out(event: LoggedEvent, interview: Interview) -> EventOut:
    """`event` for the owner of `interview`, without the fields that are not to be seen (yet)."""
    hidden = _hidden(event, over=presence.is_over(interview))
    data = {name: value for name, value in event.data.items() if name not in hidden}
    return EventOut(seq=event.seq, at=event.at, wall=event.wall, type=event.type, data=data)


def _hidden(event: LoggedEvent, *, over: bool) -> frozenset[str]:
    if event.type == "observed":
        return frozenset() if over else _FINDINGS
    if event.type == "speech_started":
        return frozenset() if over else _WHY
    if event.type == "model_called":
        return frozenset({"prompt"}) if over and not event.data.get("fallback") else _CALL
    return frozenset()
