"""Chooses the interviewer's next move after a turn of the candidate.

Each function looks at a Situation and answers a Planned move without changing anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from interview import phrasing, topics
from interview.answering import answer, aside, asked_indirectly, hand_back
from interview.conversation import OpenQuestion, Planned
from interview.language import (
    find_phrase,
    lower_first,
    normal,
)
from interview.quoting import NounPhrase
from interview.recall import feedback, feedback_due
from interview.requests import hint, rephrase
from interview.scenario import Question
from interview.situation import Situation, acknowledge, colour, unsure

PROBES_A_QUESTION = 2
USES_OF_A_TEMPLATE = 2
_RETURNS = "returns to something said earlier"

_YES = re.compile(
    r"^(?:(?:yes|yeah|yep|sure|please|okay|ok|alright|that would (?:help|be (?:great|good|nice))|"
    r"of course|go ahead|do|thanks|thank you|it would|that'd help) ?)+$"
)


def reply(s: Situation, text: str) -> Planned | None:
    """The next move after the candidate's turn `text`; None when there is nothing new to say."""
    said = normal(text)
    if "offered" in s.talk.marks and _YES.match(said) and s.talk.open:
        return rephrase(s)
    answered = aside(s, text, said) or answer(s, text)
    if answered:
        return answered
    if s.talk.open and not s.talk.open.heard:
        again = ask_unheard(s)
        if again:
            return again.prefixed(acknowledge(s, text))
    if feedback_due(s):
        return feedback(s).prefixed(s.talk.pick_varied(phrasing.ACK_PLAIN))
    base = s.talk.open.base if s.talk.open else None
    if (
        s.difficulty == "guided"
        and base
        and unsure(text)
        and not s.last
        and (base.id not in s.talk.hints)
    ):
        first = hint(s)
        if first:
            return first
    return (
        _probe(s, text)
        or hand_back(s, asked_indirectly(text))
        or _pick_up_between(s)
        or _next_question(s, text)
        or follow_up(s, text)
    )


def _probe(s: Situation, text: str) -> Planned | None:
    base = s.talk.open.base if s.talk.open else None
    if base is None or s.talk.probes_of[base.id] >= (1 if s.short_of_time() else PROBES_A_QUESTION):
        return None
    for probe in base.probes:
        if probe.id in s.talk.probes or find_phrase(probe.unless, text):
            continue
        matched = find_phrase(probe.when, text)
        if probe.when and matched is None:
            continue
        if "{said}" in probe.ask:
            matched = matched or next((phrase.said for phrase in s.phrases(text)), None)
            if matched is None:
                continue
        ask = probe.ask.replace("{said}", lower_first(matched or ""))
        if not s.talk.fresh(ask):
            continue
        return Planned(
            kind="probe",
            reason=f"{probe.kind} probe on {matched!r}" if matched else f"{probe.kind} probe",
            parts=tuple(
                part
                for part in (None if "{said}" in probe.ask else acknowledge(s, text), ask)
                if part
            ),
            question=OpenQuestion(ask, base),
            ref=probe.id,
            about=matched,
            probe=probe.id,
        )
    return None


def _next_question(s: Situation, text: str) -> Planned | None:
    for question in s.unasked():
        if not s.talk.fresh(question.ask):
            continue
        return Planned(
            kind="reflect" if s.last else "ask",
            reason=f"next question of {s.segment.id}, {len(s.unasked())} left",
            parts=tuple(part for part in (colour(s) or acknowledge(s, text), question.ask) if part),
            question=OpenQuestion(question.ask, question),
            ref=question.id,
        )
    return None


def follow_up(s: Situation, text: str) -> Planned | None:
    """A question that grows out of what was said, when the authored ones have run out."""
    base = s.talk.open.base if s.talk.open else None
    about_the_problem = s.index > 0 and not s.last
    found = (
        _about(s, s.phrases(text), "takes up the candidate's own words")
        if (about_the_problem)
        else None
    )
    found = found or _pick_up(s, limit=len(topics.EARLIER_LEADS))
    if found:
        return found
    question = s.talk.pick(s.plain_questions())
    if question is None:
        return None
    return Planned(
        kind="reflect" if s.last else "probe",
        reason="nothing authored is left; something concrete to answer",
        parts=tuple(part for part in (acknowledge(s, text), question) if part),
        question=OpenQuestion(question, base),
        template="plain",
    )


def _about(
    s: Situation, phrases: Iterable[NounPhrase], reason: str, lead: str | None = None
) -> Planned | None:
    """A question about the first of `phrases` that was not asked about before; what was said
    earlier, which `lead` leads back to, may have been when it was said."""
    for phrase in phrases:
        mark = f"{'earlier' if lead else 'about'}:{normal(phrase.said)}"
        if mark in s.talk.marks:
            continue
        templates = tuple(ask.line for ask in topics.asks_on(phrase.kind, s.difficulty))
        used = s.talk.templates
        for template in sorted(templates, key=lambda template: used[template]):
            line = template.format(x=phrase.named)
            if used[template] < USES_OF_A_TEMPLATE and s.talk.fresh(line):
                return Planned(
                    kind="probe",
                    reason=reason,
                    parts=tuple(part for part in (lead or colour(s), line) if part),
                    question=OpenQuestion(line, s.talk.open.base if s.talk.open else None),
                    about=phrase.said,
                    template=template,
                    marks=frozenset({mark, reason}),
                )
    return None


def _pick_up(s: Situation, limit: int) -> Planned | None:
    """In the deep dive, something said earlier; at most `limit` times."""
    if s.segment.id != "deep_dive":
        return None
    left = [lead for lead in topics.EARLIER_LEADS if s.talk.fresh(lead)]
    if not left or len(topics.EARLIER_LEADS) - len(left) >= limit:
        return None
    # What was not asked about yet comes first.
    phrases = sorted(
        s.earlier_phrases(), key=lambda phrase: f"about:{normal(phrase.said)}" in s.talk.marks
    )
    return _about(s, phrases, _RETURNS, left[0])


def _pick_up_between(s: Situation) -> Planned | None:
    """Something said earlier, between one authored question of the deep dive and the next."""
    asked = sum(question.id in s.talk.asked for question in s.questions())
    return _pick_up(s, limit=(asked + 1) // 2)


def ask_unheard(s: Situation) -> Planned | None:
    """Asks a question again whose words did not reach the candidate, in other words."""
    unheard = s.talk.open
    if unheard is None:
        return None
    base: Question | None = unheard.base
    opening = [part for part in s.segment.opening if s.talk.fresh(part)]
    setup = (s.talk.pick(phrasing.OPENING_AGAIN), *opening) if opening else ()
    options: list[str] = []
    if base and unheard.text == base.ask and s.talk.fresh(base.rephrase):
        options.append(base.rephrase)
    options += [f"{lead} {lower_first(unheard.text)}" for lead in phrasing.REPHRASE_LEAD]
    line = next((option for option in options if s.talk.new_line(option)), None)
    if line is None:
        return None
    return Planned(
        kind="ask",
        reason="the question was not heard; asks it in other words",
        parts=tuple(part for part in (*setup, line) if part),
        question=OpenQuestion(unheard.text, base),
        ref=base.id if base else None,
    )
