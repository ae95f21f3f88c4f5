"""Follow-ups that were authored with the question, chosen by what the answer had and had not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interview import phrasing
from interview.brevity import manner
from interview.conversation import OpenQuestion, Planned
from interview.language import affirmed, find_phrase, lower_first, sentences
from interview.quoting import clauses
from interview.scenario import Probe, Question
from interview.situation import Situation, acknowledge, colour, in_a_breath
from interview.standing import has_failure, has_number, has_reason
from interview.straying import strays
from interview.toned import Toned

KIND_NAMES = {
    "depth": "depth",
    "trade_off": "trade-off",
    "number": "number",
    "failure": "failure",
    "contradiction": "contradiction",
}
# Looking back, one asks about what somebody regrets, not about what they are content with.
_CONTENT = re.compile(
    r"\b(?:strong(?:est)?|best|well|happy|happiest|good|liked?|proud|confident|comfortable with"
    r"|sure about|keep)\b",
    re.IGNORECASE,
)
_REGRET = re.compile(
    r"\b(?:weak(?:est)?|worst|least|differently|change|miss(?:ed|ing)?|little|less|not enough"
    r"|should|forgot|revisit|rethink|next time|unsure|not sure|poor|too (?:late|early|much|long)"
    r"|hardest|without|fake|attack|would)\b",
    re.IGNORECASE,
)
_PIECES = re.compile(r"[,;.!]|\b(?:and|but|while|whereas|although)\b", re.IGNORECASE)


def allowed(s: Situation, base: Question) -> int:
    """How many more follow-ups the question may have: fewer when time is short, and for who
    answers in a few words, because that is no conversation but a drill."""
    most = s.depth.probes
    if s.short_of_time() or manner(s.talk) == "terse":
        most = 1
    return most - s.talk.probes_of[base.id]


def half_to_probe(text: str) -> str:
    """Of a look back, what the candidate is not content with; all of it when nothing shows."""
    pieces = [piece for part in sentences(text) for piece in _PIECES.split(part) if piece.strip()]
    regretted = [p for p in pieces if _REGRET.search(p) and not _CONTENT.search(p)]
    if regretted:
        # What follows the regret belongs to it.
        return " ; ".join(pieces[pieces.index(regretted[0]) :])
    return " ; ".join(piece for piece in pieces if not _CONTENT.search(piece)) or text


def _wanted(s: Situation, probe: Probe, text: str) -> int | None:
    """How soon that probe comes, the smallest first; None when its kind is not asked. What the
    answer had already comes late."""
    if probe.kind not in s.depth.kinds:
        return None
    had = {
        "number": has_number(text),
        "trade_off": has_reason(text),
        "failure": has_failure(text),
    }.get(probe.kind, False)
    return s.depth.kinds.index(probe.kind) + len(s.depth.kinds) * had


def probe(s: Situation, text: str) -> Planned | None:
    """The authored follow-up that fits best."""
    base = s.talk.open.base if s.talk.open else None
    if base is None or allowed(s, base) <= 0:
        return None
    read = half_to_probe(text) if s.last else text
    found: list[tuple[int, int, Probe, str | None]] = []
    for order, option in enumerate(base.probes):
        rank = _wanted(s, option, text)
        if rank is None or option.id in s.talk.probes or find_phrase(option.unless, read):
            continue
        # What somebody rejects is nothing to say back as theirs.
        heard = affirmed(read) if "{said}" in option.ask else read
        matched = find_phrase(option.when, heard)
        if option.when and matched is None:
            continue
        if "{said}" in option.ask:
            matched = matched or next((phrase.said for phrase in s.phrases(heard)), None)
            if matched is None:
                continue
        ask = option.ask.replace("{said}", _said_back(s, option, matched))
        if s.talk.fresh(ask):
            found.append((rank, order, option, matched))
    if not found:
        return None
    _, _, option, matched = min(found, key=lambda item: item[:2])
    ask = option.ask.replace("{said}", _said_back(s, option, matched))
    lead = lead_to(s, option.kind, text) if "{said}" in option.ask else acknowledge(s, text)
    return Planned(
        kind="probe",
        reason=_reason(option, matched, text),
        parts=in_a_breath(lead, ask),
        question=OpenQuestion(ask, base),
        ref=option.id,
        about=matched,
        probe=option.id,
    )


def left_over(s: Situation) -> Planned | None:
    """An authored follow-up on an earlier turn of the candidate's that was passed over: on what
    they said in answer to its question, the latest question first."""
    latest = {item.id for turn in s.talk.turns()[-1:] for item in turn}
    between = s.scenario.segments[1 : s.index + 1]
    bases = {question.id: question for segment in between for question in segment.questions}
    for id_ in reversed(s.talk.asked):
        base = bases.get(id_)
        if base is None:
            continue
        answers = [
            affirmed(item.text)
            for item in s.talk.answers_to(id_)
            if item.id not in latest and not strays(s.scenario, item.text)
        ]
        planned = _passed_over(s, base, answers)
        if planned:
            return planned
    return None


def _passed_over(s: Situation, base: Question, answers: Sequence[str]) -> Planned | None:
    read = " ; ".join(answers)
    for option in sorted(base.probes, key=lambda p: _wanted(s, p, read) or 0):
        matched = find_phrase(option.when, read)
        # Without their words in it, it would hang in the air by now.
        if matched is None or "{said}" not in option.ask or option.kind not in s.depth.kinds:
            continue
        ask = option.ask.replace("{said}", _said_back(s, option, matched))
        if option.id in s.talk.probes or find_phrase(option.unless, read) or not s.talk.fresh(ask):
            continue
        return Planned(
            kind="probe",
            reason=f"{KIND_NAMES[option.kind]} probe: returns to {matched!r}, passed over before",
            parts=(ask,),
            question=OpenQuestion(ask, base),
            ref=option.id,
            about=matched,
            probe=option.id,
        )
    return None


def _said_back(s: Situation, option: Probe, matched: str | None) -> str:
    """`matched` in the middle of a sentence: a name keeps its capital."""
    names = {word for phrase in (*option.when, *s.scenario.terms) for word in phrase.split()}
    return lower_first(matched or "", {word for word in names if word[:1].isupper()})


def _reason(option: Probe, matched: str | None, text: str) -> str:
    why = f"picks up {matched!r}" if matched else "fits any answer here"
    lacked = {
        "number": not has_number(text) and "no number in the answer",
        "trade_off": not has_reason(text) and "no reason or alternative in the answer",
        "failure": not has_failure(text) and "nothing on how it fails in the answer",
    }.get(option.kind)
    return f"{KIND_NAMES[option.kind]} probe: {why}" + (f"; {lacked}" if lacked else "")


def lead_to(s: Situation, kind: str, text: str) -> str | None:
    """Now and then, before a probe of that kind, a word on what the answer had not."""
    pool: Toned | None = None
    if kind == "number" and not has_number(text):
        pool = phrasing.WITHOUT_NUMBER
    elif kind == "trade_off" and not has_reason(text) and clauses(text):
        pool = phrasing.WITHOUT_REASON
    elif kind == "failure" and not has_failure(text) and clauses(text):
        pool = phrasing.WITHOUT_FAILURE
    if pool and s.talk.turns_heard % 2 == 0:
        return s.pick_varied(pool) or colour(s)
    return colour(s)
