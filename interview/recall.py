"""Moves that open and close: greeting, the way into a segment, summary, feedback and farewell.

What is long is said in breaths: one move after the other, with room to break in between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from interview import closing_phrasing, phrasing
from interview.background import background
from interview.closing import (
    farewell_room,
    feedback,
    feedback_due,
    feedback_room,
    resources_named,
    summary,
)
from interview.conversation import OpenQuestion, Planned
from interview.digging import BACK
from interview.language import duration_aloud, words_of
from interview.questions import in_order, why_asked
from interview.scenario import Question
from interview.situation import MOST_WORDS, Situation
from interview.tying import tie

__all__ = [
    "bridge",
    "farewell",
    "farewell_room",
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
# In a last segment shorter than this nothing is summed up, in seconds.
NO_SUMMARY_S = 35.0
# An opening up to this long leads from one subject to the next by itself.
BRIEF_OPENING_WORDS = 15
# The problem may be put in longer breaths, in words.
MOST_WORDS_OF_THE_PROBLEM = 60


def in_breaths(planned: Planned, most: int) -> Planned:
    """`planned` as a chain of moves of at most `most` words each, if one part alone is not longer
    than that; the last keeps the question."""
    groups: list[list[str]] = []
    for part in planned.parts:
        length = sum(len(said.split()) for said in groups[-1]) if groups else most
        if groups and length + len(part.split()) <= most:
            groups[-1].append(part)
        else:
            groups.append([part])
    if len(groups) <= 1:
        return planned
    chain = replace(planned, parts=tuple(groups[-1]), kind="ask", marks=frozenset())
    for group in reversed(groups[1:-1]):
        chain = Planned(kind="ask", reason=planned.reason, parts=tuple(group), rest=chain)
    if BACK in planned.marks:
        chain = _last_marked(chain, BACK)
    return replace(planned, parts=tuple(groups[0]), question=None, ref=None, rest=chain)


def _last_marked(chain: Planned, mark: str) -> Planned:
    if chain.rest is None:
        return replace(chain, marks=chain.marks | {mark})
    return replace(chain, rest=_last_marked(chain.rest, mark))


def greeting(s: Situation, name: str, total_seconds: float) -> Planned:
    """The greeting and the first question."""
    hello = phrasing.GREETING[0].format(name=name)
    if not name:
        hello = hello.replace("Hi ,", "Hi,")
    talk = phrasing.GREETING[1].format(total=duration_aloud(total_seconds))
    entry = _entry(s, None)
    planned = Planned(
        kind="greet",
        reason="both are here; greeting and first question",
        parts=(hello, talk, *entry.parts),
        question=entry.question,
        ref=entry.ref,
        marks=frozenset({"greeted"}),
    )
    return in_breaths(planned, MOST_WORDS)


def way_in(s: Situation, lead: str | None) -> Planned:
    """Into the running segment: `lead`, its opening and its first question."""
    planned = _entry(s, lead)
    if s.last:
        return _into_the_end(s, planned)
    problem = s.segment.id == "problem_framing"
    return in_breaths(planned, MOST_WORDS_OF_THE_PROBLEM if problem else MOST_WORDS)


def _entry(s: Situation, lead: str | None) -> Planned:
    opening = s.segment.opening
    if s.allotted < SHORT_SEGMENT_S:
        opening = opening[:1]
    elif s.allotted < 2 * SHORT_SEGMENT_S:
        opening = opening[:2]
    question = next(iter(in_order(s)), None)
    tied = tie(s, question) if question and s.segment.id == "deep_dive" else None
    parts = [lead, *(part for part in opening if s.talk.fresh(part)), tied[0] if tied else None]
    text = _first_words(s, question)
    marks = {f"entered:{s.segment.id}"} | ({tied[2], BACK} if tied else set())
    why = why_asked(s, question) if question else "with something concrete to answer"
    return Planned(
        kind="bridge" if lead else "ask",
        reason=f"into {s.segment.id}; {why}" + (f"; tied to {tied[1]!r}" if tied else ""),
        parts=tuple(part for part in (*parts, text) if part),
        question=OpenQuestion(text, question) if text else None,
        ref=question.id if question else None,
        about=tied[1] if tied else None,
        marks=frozenset(marks),
    )


def _first_words(s: Situation, question: Question | None) -> str | None:
    if question:
        return question.ask
    reflect: Sequence[str] = closing_phrasing.REFLECT if s.last else ()
    return s.talk.pick((*reflect, *s.plain_questions()))


def _into_the_end(s: Situation, entry: Planned) -> Planned:
    """The summary stands between the way in and the first look back."""
    spoken = entry.parts[:-1] if entry.question else entry.parts
    look_back = Planned(
        kind="reflect",
        reason=entry.reason,
        parts=entry.parts[-1:],
        question=entry.question,
        ref=entry.ref,
    )
    ends_on = look_back if entry.question else None
    if ends_on and (s.allotted < NO_SUMMARY_S or "summary" in s.talk.marks):
        return in_breaths(entry, MOST_WORDS)
    summed_up = replace(summary(s), rest=ends_on)
    if not spoken:
        return replace(summed_up, marks=summed_up.marks | entry.marks)
    return replace(entry, parts=spoken, question=None, ref=None, rest=summed_up)


def bridge(s: Situation, *, cut: bool) -> Planned:
    """`cut`: the candidate is still speaking and the grace has run out."""
    opening = " ".join(s.segment.opening)
    brief = 0 < len(words_of(opening)) <= BRIEF_OPENING_WORDS
    lead = s.talk.pick(phrasing.BRIDGE_CUT) if cut else None
    lead = lead or _own_words(s)
    if lead is None and brief:
        lead = s.pick_varied(phrasing.BRIDGE_BRIEF)
    elif not brief:
        pool = phrasing.BRIDGE.get(s.segment.id)
        lead = lead or (s.pick(pool) if pool else None) or "Let's move on."
    return replace(way_in(s, lead), kind="bridge")


def _own_words(s: Situation) -> str | None:
    """What the candidate wants or is after, where it leads on: their goal into the problem, their
    role into the details, or the role where no goal is known."""
    known = background(s.scenario, s.talk)
    if s.segment.id == "problem_framing" and known.goal:
        return s.pick(phrasing.BRIDGE_GOAL, x=known.goal.told)
    if known.role and s.segment.id == ("deep_dive" if known.goal else "problem_framing"):
        return s.pick(phrasing.BRIDGE_ROLE, x=known.role.told)
    return None


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
        parts += summary(s).parts
    titles = [
        _read(resource.title) for resource in s.scenario.resources[: resources_named(s.allotted)]
    ]
    if titles and not early:
        pool = closing_phrasing.RESOURCES if len(titles) == 2 else closing_phrasing.RESOURCE
        parts.append(s.pick(pool, r=titles[0], q=titles[-1]))
    variants = closing_phrasing.FAREWELL_EARLY if early else closing_phrasing.FAREWELL
    parts.append(s.pick(variants, name=f", {name}" if name else "") or "Goodbye.")
    return Planned(
        kind="farewell",
        reason="asked to end"
        if early
        else f"the time is used up; {len(titles)} resources and goodbye",
        parts=tuple(part for part in parts if part),
        marks=frozenset({"farewell"}),
    )
