"""Moves that open and close: greeting, the way into a segment, summary, feedback and farewell."""

from __future__ import annotations

import re
from dataclasses import replace

from interview import phrasing
from interview.closing import feedback, feedback_due, feedback_room, summary
from interview.conversation import OpenQuestion, Planned
from interview.language import duration_aloud, words_of
from interview.situation import Situation

__all__ = [
    "bridge",
    "farewell",
    "feedback",
    "feedback_due",
    "feedback_room",
    "greeting",
    "summary",
    "way_in",
]

# In a segment shorter than this only the first part of its opening is said, in one shorter than
# twice this the first two, in seconds.
SHORT_SEGMENT_S = 60.0
# An opening up to this long leads from one subject to the next by itself.
BRIEF_OPENING_WORDS = 15


def greeting(s: Situation, name: str, total_seconds: float) -> Planned:
    """The greeting and the first question, in one."""
    hello = phrasing.GREETING[0].format(name=name)
    if not name:
        hello = hello.replace("Hi ,", "Hi,")
    talk = phrasing.GREETING[1].format(total=duration_aloud(total_seconds))
    entry = way_in(s, None)
    return Planned(
        kind="greet",
        reason="both are here; greeting and first question in one turn",
        parts=(hello, talk, *entry.parts),
        question=entry.question,
        ref=entry.ref,
        marks=frozenset({"greeted"}),
    )


def way_in(s: Situation, lead: str | None) -> Planned:
    """Into the running segment: `lead`, its opening and its first question in one turn."""
    opening = s.segment.opening
    if s.allotted < SHORT_SEGMENT_S:
        opening = opening[:1]
    elif s.allotted < 2 * SHORT_SEGMENT_S:
        opening = opening[:2]
    question = next(iter(s.unasked()), None)
    parts = [lead, *(part for part in opening if s.talk.fresh(part))]
    marks = {f"entered:{s.segment.id}"}
    if s.last:
        parts.append(summary(s))
        marks.add("summary")
    if question:
        text: str | None = question.ask
    else:
        text = s.talk.pick((*(phrasing.REFLECT if s.last else ()), *s.plain_questions()))
    if text:
        parts.append(text)
    return Planned(
        kind="bridge" if lead else "ask",
        reason=f"into {s.segment.id} with its first question",
        parts=tuple(part for part in parts if part),
        question=OpenQuestion(text, question) if text else None,
        ref=question.id if question else None,
        marks=frozenset(marks),
    )


def bridge(s: Situation, *, cut: bool) -> Planned:
    """`cut`: the candidate is still speaking and the grace has run out."""
    opening = " ".join(s.segment.opening)
    brief = 0 < len(words_of(opening)) <= BRIEF_OPENING_WORDS
    lead = s.talk.pick(phrasing.BRIDGE_CUT) if cut else None
    if lead is None and brief:
        lead = s.talk.pick_varied(phrasing.BRIDGE_BRIEF)
    elif not brief:
        turn = s.talk.pick(phrasing.BRIDGE.get(s.segment.id, ())) or "Let's move on."
        lead = lead or turn
    return replace(way_in(s, lead), kind="bridge")


def _read(title: str) -> str:
    """ "Title, First Author, Second and Third" as a colleague recommends it."""
    name, _, authors = title.partition(", ")
    people = [part for part in re.split(r", | and ", authors) if part]
    if not people:
        return title
    return f"{name}, by {people[0]}" + (" and others" if len(people) > 1 else "")


def farewell(s: Situation, name: str, *, early: bool) -> Planned:
    """The last words. What has not been said yet of summary and resources is said here."""
    parts: list[str | None] = []
    if early and "summary" not in s.talk.marks:
        parts.append(summary(s))
    if s.scenario.resources and not early:
        named = _read(s.scenario.resources[0].title)
        parts.append(s.talk.pick(v.format(r=named) for v in phrasing.RESOURCE))
    variants = phrasing.FAREWELL_EARLY if early else phrasing.FAREWELL
    address = f", {name}" if name else ""
    parts.append(s.talk.pick(v.format(name=address) for v in variants) or "Goodbye.")
    return Planned(
        kind="farewell",
        reason="asked to end" if early else "the time is used up",
        parts=tuple(part for part in parts if part),
        marks=frozenset({"farewell"}),
    )
