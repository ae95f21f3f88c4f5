"""Chooses the interviewer's next move after a turn of the candidate.

RULES are tried in their order, and the first that has something to say is the move. Each looks at
the situation (clock, goal of the segment, coverage, difficulty, transcript) and at the turn, and
answers a Planned move with its reason, or None, without changing anything."""

from __future__ import annotations

import re
from collections.abc import Callable

from interview import guiding, occasions
from interview.answering import answer, aside, hand_back
from interview.asked import asked_indirectly
from interview.brevity import manner
from interview.closing import feedback, feedback_due, invite
from interview.conversation import Planned
from interview.digging import (
    BACK,
    back,
    contradiction,
    due_back,
    follow_up,
    in_mind,
    on_phrase,
    second_order,
)
from interview.language import normal
from interview.probing import allowed, probe
from interview.questions import ask, ask_from_past, ask_unheard, in_order, next_question
from interview.requests import rephrase
from interview.situation import QUESTION_SECONDS, Situation, acknowledge
from interview.straying import strays
from interview.tying import tie

__all__ = ["RULES", "ask_unheard", "follow_up", "reply"]

# Of the time for the design, after which a first follow-up comes where none fitted.
HALF = 0.6
_YES = re.compile(
    r"^(?:(?:yes|yeah|yep|sure|please|okay|ok|alright|that would (?:help|be (?:great|good|nice))|"
    r"of course|go ahead|do|thanks|thank you|it would|that'd help) ?)+$"
)


def reply(s: Situation, text: str) -> Planned | None:
    """The next move after the candidate's turn `text`; None when there is nothing new to say."""
    for rule in RULES:
        planned = rule(s, text)
        if planned:
            return planned
    return None


# -- what the candidate wants ---------------------------------------------------------------------


def _takes_the_offer(s: Situation, text: str) -> Planned | None:
    if "offered" in s.talk.marks and _YES.match(normal(text)) and s.talk.open:
        return rephrase(s)
    return None


def _stays_in_part(s: Situation, text: str) -> Planned | None:
    """Answers what is no answer: about the interviewer, orders, rudeness."""
    planned = aside(s, text, normal(text)) or guiding.calm(s, text)
    if planned is None or "and on" not in planned.marks:
        return planned
    onward = (
        occasions.collects_background(s, "")
        or _back_quota(s, text)
        or next_question(s, "")
        or follow_up(s, "")
    )
    return guiding.and_on(planned, onward)


def _answers(s: Situation, text: str) -> Planned | None:
    return answer(s, text)


def _asks_unheard(s: Situation, text: str) -> Planned | None:
    if s.talk.open is None or s.talk.open.heard:
        return None
    again = ask_unheard(s)
    return again.prefixed(acknowledge(s, text)) if again else None


# -- what the clock and the goal want -------------------------------------------------------------


def _gives_feedback(s: Situation, text: str) -> Planned | None:
    return feedback(s) if feedback_due(s) else None


def _brings_back(s: Situation, text: str) -> Planned | None:
    return guiding.back_to_the_problem(s, text)


# -- what was said --------------------------------------------------------------------------------


def _confronts(s: Situation, text: str) -> Planned | None:
    return contradiction(s)


def _back_quota(s: Situation, text: str) -> Planned | None:
    """In the deep dive, at the latest every second question goes back to earlier words."""
    if not due_back(s):
        return None
    question = next((q for q in in_order(s) if s.talk.fresh(q.ask)), None)
    if question and s.talk.tally[BACK] % 2 == 0 and tie(s, question):
        return ask(s, question, text)
    found = back(s) or (ask(s, question, text) if question and tie(s, question) else None)
    return found or in_mind(s) or (ask_from_past(s, question) if question else None)


def _probes(s: Situation, text: str) -> Planned | None:
    return None if strays(s.scenario, text) else probe(s, text)


def _second_order(s: Situation, text: str) -> Planned | None:
    return None if manner(s.talk) == "terse" else second_order(s, text)


def _digs_once(s: Situation, text: str) -> Planned | None:
    """A follow-up on the candidate's own words where none was authored for them, while there's
    time for more than the authored questions."""
    base = s.talk.open.base if s.talk.open else None
    if base is None or s.index == 0 or s.last or manner(s.talk) == "terse":
        return None
    if s.talk.probes_of[base.id] or allowed(s, base) <= 0 or not _time_to_spare(s):
        return None
    if strays(s.scenario, text):
        return None
    return on_phrase(s, s.phrases(text), text)


def _digs_at_least_once(s: Situation, text: str) -> Planned | None:
    """Once in the design, however little time there is: a follow-up on their own words."""
    if s.segment.id != "solution_exploration" or s.remaining > HALF * s.allotted:
        return None
    if any(s.talk.probes_of[question.id] for question in s.questions()) or strays(s.scenario, text):
        return None
    return on_phrase(s, s.phrases(text), text)


def _time_to_spare(s: Situation) -> bool:
    return s.remaining > 1.5 * QUESTION_SECONDS * (len(s.unasked()) + 1)


def _hands_back(s: Situation, text: str) -> Planned | None:
    return None if s.last else hand_back(s, asked_indirectly(text))


def _invites(s: Situation, text: str) -> Planned | None:
    planned = invite(s)
    return planned and planned.prefixed(acknowledge(s, text))


Rule = Callable[[Situation, str], Planned | None]
RULES: tuple[Rule, ...] = (
    _takes_the_offer,
    _stays_in_part,
    _answers,
    _asks_unheard,
    _gives_feedback,
    _brings_back,
    occasions.helps_unasked,
    _confronts,
    occasions.collects_background,
    occasions.asks_for_more,
    occasions.gives_room,
    _back_quota,
    _probes,
    _second_order,
    _digs_once,
    _digs_at_least_once,
    _hands_back,
    occasions.checkpoint,
    occasions.own_past,
    next_question,
    _invites,
    follow_up,
)
