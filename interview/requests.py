"""Moves that answer a request or a silence: repeat, rephrase, hint, nudge, pause and return."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from interview import guiding, phrasing, request_phrasing
from interview.commands import MoveKind
from interview.conversation import NO_HINT, OpenQuestion, Planned
from interview.language import duration_aloud, normal
from interview.situation import Situation
from interview.wishes import requested

# The mark of an offer to leave the question that a "yes" takes up; gone with the next thing said.
OFFERED_TO_LEAVE = "offered_to_leave"
# The mark of the question whether to end, which a "yes" answers; gone with the next thing said.
OFFERED_TO_END = "offered_to_end"
# Moves that may answer several requests of one turn at once.
SERVED_TOGETHER = frozenset({"extended", "hint", "repeat", "rephrase"})
_ENDS = re.compile(
    r"^(?:(?:um|uh|well|oh|okay|ok|sorry) )*(?:yes|yeah|yep|yup|correct|exactly|sure|please|i do"
    r"|i am|definitely|that's (?:right|it)|i'm (?:sure|afraid so)|(?:please )?do"
    r"|i (?:have|need) to)"
    r"(?: (?:yes|yeah|please|thanks|thank you|sorry|i do|sure|correct|that's (?:right|it|all)"
    r"|(?:let's )?(?:end|stop|close) (?:it|here|now|the interview)|i (?:have|need|want) to"
    r"|go|leave|stop|end|it|here|now|for (?:today|good)|bye|goodbye))*$"
)
_GOES_ON = re.compile(
    r"^(?:(?:um|uh|oh|well|sorry|okay) )*(?:no|nope|nah|not (?:yet|now|at all)|wait|never ?mind"
    r"|(?:please |let's )?(?:continue|carry on|go on|keep going|stay))\b"
)
MOST_WORDS_OF_A_NO = 7
# With less time left than this, in seconds, nobody mentions it.
SHORTEST_WARNED_S = 20.0


def _reopened(
    s: Situation,
    kind: MoveKind,
    reason: str,
    leads: Sequence[str],
    *,
    other_words: bool,
) -> Planned | None:
    """The open question once more after one of `leads`, which end in a colon."""
    question = s.talk.open
    if question is None:
        return None
    texts = [question.text]
    if question.base and question.text == question.base.ask:
        texts.insert(0 if other_words else 1, question.base.rephrase)
    lines = (f"{lead} {s.talk.lowered(text)}" for text in texts for lead in leads)
    line = next((line for line in lines if s.talk.new_line(line)), None)
    if line is None:
        return None
    return Planned(
        kind=kind,
        reason=reason,
        parts=(line,),
        question=OpenQuestion(question.text, question.base),
        ref=question.base.id if question.base else None,
        marks=frozenset({"reopened"}),
    )


def _nothing_open(s: Situation, kind: MoveKind, reason: str) -> Planned | None:
    line = s.talk.pick(request_phrasing.NOTHING_TO_REPEAT)
    return Planned(kind=kind, reason=reason, parts=(line,)) if line else None


def repeat(s: Situation) -> Planned | None:
    reason = "the candidate asked to hear it again"
    return _reopened(s, "repeat", reason, phrasing.REPEAT_LEAD, other_words=False) or _nothing_open(
        s, "repeat", reason
    )


def rephrase(s: Situation) -> Planned | None:
    reason = "the candidate asked for other words"
    return _reopened(
        s, "repeat", reason, phrasing.REPHRASE_LEAD, other_words=True
    ) or _nothing_open(s, "repeat", reason)


def rejoined(s: Situation) -> Planned | None:
    """After the interviewer was gone: where we left off, and the open question."""
    return _reopened(
        s, "resume", "the interviewer is back after a break", phrasing.REJOINED, other_words=True
    )


def returned(s: Situation) -> Planned | None:
    """After the candidate was gone."""
    return _reopened(s, "resume", "the candidate is back", phrasing.RETURNED, other_words=True)


def still_paused(s: Situation) -> Planned | None:
    line = s.talk.pick(request_phrasing.STILL_PAUSED)
    reason = "the candidate is back during a pause"
    return Planned(kind="pause", reason=reason, parts=(line,)) if line else None


def paused(s: Situation) -> Planned | None:
    line = s.talk.pick(request_phrasing.PAUSED)
    return Planned(kind="pause", reason="a pause was asked for", parts=(line,)) if line else None


def resumed(s: Situation) -> Planned | None:
    """After a pause: on with the open question."""
    reason = "the pause is over; on with the open question"
    again = _reopened(s, "resume", reason, phrasing.REPEAT_LEAD[3:], other_words=True)
    lead = s.talk.pick(phrasing.RESUMED)
    if again:
        return again.prefixed(lead)
    return Planned(kind="resume", reason=reason, parts=(lead,)) if lead else None


def hint_ref(question: str, level: int) -> str:
    """The `ref` of a hint: "labels/hint/2". What was said after one is assisted."""
    return f"{question}/hint/{level}"


def hint_of(ref: str | None) -> tuple[str, int] | None:
    """`(question, level)` of a hint's `ref`, None for any other."""
    question, _, level = (ref or "").rpartition("/hint/")
    return (question, int(level)) if question and level.isdigit() else None


def hint(s: Situation) -> Planned | None:
    """The next step of the hint ladder, mildest first, and the floor back."""
    question = s.talk.open
    base = question.base if question else None
    level = s.talk.hints.get(base.id, 0) if base else 0
    back = s.talk.pick(request_phrasing.HINT_BACK)
    if base and level < len(base.hints):
        lead = s.pick(request_phrasing.HINT_LEAD)
        asks = base.hints[level].endswith("?")
        return Planned(
            kind="hint",
            reason=f"hint {level + 1} of {len(base.hints)} on {base.id!r}",
            parts=tuple(p for p in (lead, base.hints[level], None if asks else back) if p),
            hint=(base.id, level + 1),
            ref=hint_ref(base.id, level + 1),
        )
    if base is None or not base.hints:
        story = s.scenario.talk == "stories"
        pool = request_phrasing.HINT_IN_A_STORY if story else request_phrasing.HINT_GENERIC
        generic = s.talk.pick(pool)
        if generic:
            return Planned(
                kind="hint",
                reason="a hint was asked for and none is authored; general advice, no hint",
                parts=tuple(part for part in (generic, back) if part),
                ref=f"{base.id if base else 'open'}/{NO_HINT}",
                marks=frozenset({f"{NO_HINT}:{base.id}"} if base else ()),
            )
    return _no_more_hints(s)


def _no_more_hints(s: Situation) -> Planned | None:
    """Says so, and offers to leave the question; however often it is asked, in other words."""
    line = s.pick(request_phrasing.NO_MORE_HINTS)
    offers = request_phrasing.MOVE_ON_INSTEAD
    offer = s.talk.pick(offers)
    if line is None or offer is None:
        mixed = (
            f"{empty}; {offer}" for offer in offers for empty in request_phrasing.NO_HINTS_SHORT
        )
        line, offer = s.talk.pick(_capital(whole) for whole in mixed), None
    if line is None:
        return None
    return Planned(
        kind="hint",
        reason="the hints are used up; offers to move on",
        parts=tuple(part for part in (line, offer and _capital(offer)) if part),
        marks=frozenset({OFFERED_TO_LEAVE}),
    )


def _capital(line: str) -> str:
    return line[:1].upper() + line[1:]


def nudge(s: Situation, count: int) -> Planned | None:
    """After silence: first a gentle word, then an offer to rephrase, which a guided interview makes
    good at once with a hint; then nothing."""
    if count == 0:
        line = s.pick(request_phrasing.NUDGE)
        reason = "silence after the question"
        return Planned(kind="nudge", reason=reason, parts=(line,)) if line else None
    if count == 1:
        base = s.talk.open.base if s.talk.open else None
        if s.difficulty == "guided" and base and s.talk.hints.get(base.id, 0) < len(base.hints):
            return hint(s)
        line = s.pick(request_phrasing.OFFER)
        reason = "still silent; offers other words"
        return (
            Planned(kind="nudge", reason=reason, parts=(line,), marks=frozenset({"offered"}))
            if line
            else None
        )
    return None


def redirect(s: Situation, text: str) -> Planned | None:
    """Breaks in on `text`, the turn so far, which has gone on for too long."""
    return guiding.cut_in(s, text)


def warning(s: Situation) -> str | None:
    """How much time is left, said as a colleague would; None when it is not worth saying."""
    if s.remaining < SHORTEST_WARNED_S:
        return None
    left = duration_aloud(s.remaining)
    return s.pick(request_phrasing.WARN, t=left)


def extended(s: Situation, granted: float) -> Planned | None:
    if granted >= 1:
        line = s.pick(request_phrasing.EXTENDED, t=duration_aloud(granted))
        reason = f"more time was asked for; {granted:.0f} s given"
    else:
        line = s.pick(request_phrasing.NOT_EXTENDED)
        reason = "more time was asked for; none is left to give"
    return Planned(kind="acknowledge", reason=reason, parts=(line,)) if line else None


def ends(text: str) -> bool:
    """True when `text` says yes, in as many words, to ending the interview."""
    return bool(_ENDS.match(normal(text))) or requested(text).wishes == ("end",)


def goes_on(text: str) -> bool:
    """True when `text` says no to it and nothing else."""
    said = normal(text)
    return len(said.split()) <= MOST_WORDS_OF_A_NO and bool(_GOES_ON.match(said))


def end_asked(s: Situation) -> Planned | None:
    """Asks back whether the interview is to end."""
    line = s.talk.pick(request_phrasing.END_ASKED)
    if line is None:
        return None
    return Planned(
        kind="repeat",
        reason="words that may mean the end of the interview; asks back",
        parts=(line,),
        marks=frozenset({OFFERED_TO_END}),
    )


def not_ended(s: Situation) -> Planned | None:
    """After a "no" to ending the interview."""
    line = s.talk.pick(request_phrasing.NOT_ENDED)
    reason = "the candidate doesn't want to end the interview"
    return Planned(kind="hold", reason=reason, parts=(line,)) if line else None


def together(first: Planned, second: Planned | None) -> Planned:
    """`first` and then `second` in one breath, of which only the last asks something."""
    if second is None:
        return first
    told = tuple(part for part in first.parts if part not in request_phrasing.HINT_BACK)
    if any("?" in part for part in told):
        return first
    hinted = first if first.kind == "hint" else second
    return replace(
        second,
        kind=hinted.kind,
        ref=hinted.ref,
        reason=f"{first.reason}; {second.reason}",
        parts=(*told, *second.parts),
        hint=first.hint or second.hint,
        marks=first.marks | second.marks,
    )
