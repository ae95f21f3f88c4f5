"""Moves that have their moment: a first hint unasked, what somebody wants from today, quiet for who
says little, their own past, the design so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from interview import background, standing
from interview.asked import questions_in
from interview.brevity import manner
from interview.closing_phrasing import CHECKPOINT
from interview.conversation import OpenQuestion, Planned
from interview.digging import due_back
from interview.language import normal
from interview.requests import hint
from interview.roomy_phrasing import MORE, MORE_ON, ROOMY
from interview.scenario import Question
from interview.situation import Situation, acknowledge, in_a_breath, unsure
from interview.straying import strays

# Who answers briefly gets something to do at length with every third question.
ROOMY_EVERY = 3
# To ask for a role or a goal and hear it takes so long, in seconds.
ABOUT_THEM_SECONDS = 25.0
# An answer that says nothing, in words.
NO_ANSWER_WORDS = 3

GOAL_ASKS = (
    "What would you like to get better at today?",
    "What should this conversation help you with?",
)
ROLE_ASKS = (
    "Which role are you preparing for?",
    "And which position do you have in mind when you practise?",
)
_EXPERIENCE_ASKS = (
    "Earlier I heard that {x}; which lesson from there would you use here?",
    "You mentioned that {x}; what's different about this problem?",
)


def helps_unasked(s: Situation, text: str) -> Planned | None:
    """Where the difficulty says so, the first hint comes by itself when there is no answer."""
    base = s.talk.open.base if s.talk.open else None
    if not s.depth.offers_hints or base is None or s.last or s.index == 0:
        return None
    if base.id in s.talk.hints or not (unsure(text) or _says_nothing(s, text)):
        return None
    helped = hint(s)
    if helped is None or helped.ref is None:
        return None
    return replace(helped, reason=f"offered unasked, there was no answer; {helped.reason}")


def _says_nothing(s: Situation, text: str) -> bool:
    return len(normal(text).split()) <= NO_ANSWER_WORDS and not s.phrases(text)


def collects_background(s: Situation, text: str) -> Planned | None:
    """In the first segment: what they want from today and which role they are after, where they
    have not said so and no authored question is left to ask for it."""
    if s.index or s.remaining < ABOUT_THEM_SECONDS or len(s.talk.asked) < 1:
        return None
    known = background.background(s.scenario, s.talk)
    wanted: tuple[tuple[str, bool, tuple[str, ...], Callable[[Question], bool]], ...] = (
        ("role", known.role is None, ROLE_ASKS, background.asks_for_role),
        ("goal", known.goal is None, GOAL_ASKS, background.asks_for_goal),
    )
    for what, missing, asks, asked_by in wanted:
        if not missing or f"asked for {what}" in s.talk.marks:
            continue
        if any(asked_by(question) for question in s.segment.questions):
            continue
        line = s.talk.pick(asks)
        if line:
            return Planned(
                kind="ask",
                reason=f"the {what} the candidate has in mind is not known yet",
                parts=in_a_breath(acknowledge(s, text), line),
                question=OpenQuestion(line),
                ref=what,
                marks=frozenset({f"asked for {what}"}),
            )
    return None


def asks_for_more(s: Situation, text: str) -> Planned | None:
    """After a few words on an authored question, once: more of the same, and time for it, before
    anything else is asked."""
    base = s.talk.open.base if s.talk.open else None
    if manner(s.talk) != "terse" or base is None or s.last or unsure(text) or s.short_of_time():
        return None
    mark = f"more on {base.id}"
    if s.talk.open is None or s.talk.open.text not in {base.ask, base.rephrase}:
        return None
    if mark in s.talk.marks or questions_in(text) or strays(s.scenario, text) or due_back(s):
        return None
    start = s.talk.tally["asked for more"]
    phrase = next(iter(s.phrases(text)), None)
    if phrase:
        lines = tuple(form.format(x=phrase.named) for form in MORE_ON)
    else:
        lines = () if s.talk.said_before(text) else MORE
    start %= len(lines) or 1
    line = s.talk.pick_varied((*lines[start:], *lines[:start]))
    if line is None:
        return None
    return Planned(
        kind="probe",
        reason="depth probe: a few words on an authored question; asks once for more of the same",
        parts=(line,),
        question=OpenQuestion(line, base),
        about=phrase.said if phrase else None,
        marks=frozenset({"roomy", "asked for more", mark}),
    )


def gives_room(s: Situation, text: str) -> Planned | None:
    """For who answers in a few words: one concrete thing, and quiet to do it in."""
    if manner(s.talk) != "terse" or s.short_of_time() or len(s.talk.backs) % ROOMY_EVERY:
        return None
    if due_back(s):
        return None
    line = s.talk.pick(ROOMY[s.scenario.talk][s.segment.id])
    if line is None or unsure(text):
        return None
    return Planned(
        kind="reflect" if s.last else "probe",
        reason="the answers are short; one concrete thing, and quiet to do it in",
        parts=in_a_breath(line),
        question=OpenQuestion(line, s.talk.open.base if s.talk.open else None),
        marks=frozenset({"roomy"}),
    )


def own_past(s: Situation, text: str) -> Planned | None:
    """Once, while the design is laid out: what the candidate's own experience has to say here."""
    if s.segment.id != "solution_exploration" or "own past" in s.talk.marks:
        return None
    if sum(q.id in s.talk.asked for q in s.questions()) < 3 or s.short_of_time():
        return None
    known = background.background(s.scenario, s.talk).experience
    line = s.talk.pick(form.format(x=known.told) for form in _EXPERIENCE_ASKS) if known else None
    if known is None or line is None:
        return None
    return Planned(
        kind="probe",
        reason=f"depth probe: ties the design to their own work, {known.words!r}",
        parts=in_a_breath(acknowledge(s, text), line),
        question=OpenQuestion(line, s.talk.open.base if s.talk.open else None),
        about=known.words,
        marks=frozenset({"own past"}),
    )


def checkpoint(s: Situation, text: str) -> Planned | None:
    """Once, half-way through the design: the decisions so far, and what is still missing."""
    if s.segment.id != "solution_exploration" or "checkpoint" in s.talk.marks:
        return None
    if s.remaining > 0.6 * s.allotted or s.short_of_time():
        return None
    decided = [standing.sayable(note.finding.quote) for note in s.coverage.decisions()]
    quotes = list(dict.fromkeys(quote for quote in decided if quote))
    if len(quotes) < 2:
        return None
    a, b = quotes[-2:]
    line = s.pick(CHECKPOINT, a=a, b=b)
    if line is None:
        return None
    return Planned(
        kind="summarise",
        reason=f"half of the time for the design is used; {len(quotes)} decisions stand",
        parts=(line,),
        question=OpenQuestion(line),
        about=b,
        marks=frozenset({"checkpoint"}),
    )
