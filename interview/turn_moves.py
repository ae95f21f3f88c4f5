"""Moves of turn-taking: holding the floor, the ladder of silence, unclear words, long speeches."""

from __future__ import annotations

import re

from interview import director, requests, turn_phrasing
from interview.conversation import OpenQuestion, Planned
from interview.language import normal
from interview.situation import Situation

# With more time left than this, in seconds, a segment goes on without authored questions.
STAYS_WITH_S = 90.0

_YES = re.compile(
    r"^(?:(?:yes|yeah|yep|sure|please|okay|ok|alright|all right|go on|go ahead|go|on|let's|let us"
    r"|move|skip|leave|drop|it|this|that|one|do|the|next|question|something|else|ask|me|i'd like"
    r"|to|we|can|could|i think|fine|so|um|uh|please|i would|rather|sounds good) ?)+$"
)
_PAUSE = re.compile(
    r"^(?:(?:um|uh|yes|yeah|okay|please|i'd like|i would like|let's|can we|could we|take|have|do|a"
    r"|the|short|quick|little|i'd rather|rather|for|bit|i'd prefer|moment|to) )*"
    r"(?:break|pause|stop)(?: (?:please|for|a|bit|moment|then|would|be|good|nice|sounds|thanks))*$"
)
_NO = re.compile(
    r"^(?:(?:no|nope|nah|not yet|no thanks|no thank you|wait|i'm fine|i'm good|i'm okay"
    r"|i'm thinking|i want to try|let me try|i'll try|stay|stay with it|just|um|uh"
    r"|okay|still|thanks) ?)+$"
)


def accepts(text: str) -> bool:
    """True when `text` says yes to the offer to leave a question."""
    return bool(_YES.match(normal(text)))


def wants_a_pause(text: str) -> bool:
    """True when `text` takes the break that was offered."""
    return bool(_PAUSE.match(normal(text)))


def declines(text: str) -> bool:
    return bool(_NO.match(normal(text)))


def _line(s: Situation, kind: str, lines: tuple[str, ...], reason: str) -> Planned | None:
    line = s.talk.pick_varied(lines) or s.talk.pick(lines)
    return Planned(kind=kind, reason=reason, parts=(line,)) if line else None  # type: ignore[arg-type]


def hold(s: Situation, seconds: float) -> Planned | None:
    reason = f"the candidate asked for time; {seconds:.0f} s of silence"
    return _line(s, "hold", turn_phrasing.HOLD, reason)


def hold_over(s: Situation) -> Planned | None:
    reason = "the time to think that was asked for is over; one gentle offer"
    return _line(s, "nudge", turn_phrasing.HOLD_OVER, reason)


def go_on(s: Situation) -> Planned | None:
    reason = "a long silence in the middle of a sentence; invites them to finish it"
    return _line(s, "nudge", turn_phrasing.GO_ON, reason)


def nudge(s: Situation, count: int) -> Planned | None:
    """After silence: a gentle word, an offer of other words, an offer to go on or to pause; then
    nothing."""
    if count < 2:
        return requests.nudge(s, count)
    if count > 2:
        return None
    planned = _line(
        s,
        "nudge",
        turn_phrasing.LEAVE,
        "silent after an offer of help; offers to go on or to pause",
    )
    return planned and _marked(planned)


def _marked(planned: Planned) -> Planned:
    return Planned(
        kind=planned.kind,
        reason=planned.reason,
        parts=planned.parts,
        marks=frozenset({requests.OFFERED_TO_LEAVE}),
    )


def leave(s: Situation) -> Planned | None:
    """The next question instead of the open one; None when the segment has none left and little
    time."""
    question = next((q for q in s.unasked() if s.talk.fresh(q.ask)), None)
    if question is None and s.remaining > STAYS_WITH_S:
        onward = director.follow_up(s, "")
        return onward and onward.prefixed(s.talk.pick(turn_phrasing.LEFT))
    if question is None:
        return None
    lead = s.talk.pick(turn_phrasing.LEFT)
    return Planned(
        kind="ask",
        reason="the candidate lets the open question go; the next one",
        parts=tuple(part for part in (lead, question.ask) if part),
        question=OpenQuestion(question.ask, question),
        ref=question.id,
    )


def stay(s: Situation) -> Planned | None:
    return _line(s, "hold", turn_phrasing.NOT_LEFT, "the candidate wants to stay with the question")


def unclear(s: Situation) -> Planned | None:
    """Asks again for words that the recogniser could not make out."""
    return _line(s, "repeat", turn_phrasing.GARBLED, "the words were not recognised; asks again")


def unclear_on(s: Situation) -> Planned | None:
    """On, after words that could not be made out several times in a row."""
    lead = s.talk.pick(turn_phrasing.GARBLED_ON)
    onward = director.reply(s, "")
    return onward.prefixed(lead) if onward else None
