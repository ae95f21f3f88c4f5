"""Moves that answer what the candidate asks: for a fact, about the interviewer, for the answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from interview import answer_phrasing, aside_phrasing, guiding
from interview.asked import asked_indirectly, questions_in
from interview.conversation import Planned
from interview.language import find_phrase, normal, words_of
from interview.scenario import Fact
from interview.situation import MOST_WORDS, Situation

# So many questions of a turn are answered; who asked more is invited to ask again.
ANSWERED_AT_ONCE = 2

_HOW_MUCH = re.compile(
    r"\b(?:how (?:many|much|often|big|large|long|fast|old)|what (?:number|rate|share))\b"
)
_MAY_I = re.compile(
    r"\b(?:should|can|may|could|shall) (?:i|we)\b|\bdo (?:you want|i need|we need)\b"
    r"|\bis it (?:ok|okay|fine|all right)\b"
)
_MAKES_SENSE = re.compile(r"(make|makes|making) sense\?$|are you with me\?$|is that clear\?$", re.I)
_MACHINE = re.compile(
    r"\b(?:are|aren't) you (?:a |an |really a |actually a |just a |even )?"
    r"(?:robot|machine|ai|bot|human|computer|program|real|person|real person|llm|language model)\b"
    r"|\bam i (?:talking|speaking) (?:to|with) (?:a |an )?"
    r"(?:robot|machine|ai|bot|human|computer|person|real person)\b"
)


def aside(s: Situation, text: str, said: str) -> Planned | None:
    """What is not an answer at all: about the interviewer, against it, or asking it to answer."""
    if _MACHINE.search(said) and len(said.split()) <= 40:
        line = s.pick(aside_phrasing.MACHINE)
        if line:
            reason = "asked whether it is a machine; says so"
            return Planned(kind="answer", reason=reason, parts=(line,), ref="aside/machine")
    refused = guiding.refuse(s, text)
    if refused:
        return refused
    if _MAKES_SENSE.search(text.strip()):
        line = s.pick(aside_phrasing.CLEAR)
        if line:
            return Planned(kind="acknowledge", reason="asked whether it was clear", parts=(line,))
    return None


def _matched_words(phrases: Iterable[str], question: str) -> int:
    """How many words of `phrases` the question has: the longer match is the more exact one."""
    return sum(len(words_of(p)) for p in phrases if find_phrase((p,), question))


def _fact_on(s: Situation, question: str) -> Fact | None:
    """The fact that `question` asks for, if the scenario has it."""
    scored = [(_matched_words(fact.about, question), fact) for fact in s.scenario.facts]
    best = max((score for score, _ in scored), default=0)
    return next(fact for score, fact in scored if score == best) if best else None


def answer(s: Situation, text: str) -> Planned | None:
    """The answer to what `text` asks; honest where the scenario has none. None when it asks for
    nothing."""
    questions = questions_in(text)
    if not questions:
        wanted = asked_indirectly(text) if s.index and not s.last else None
        if wanted is None or not any(find_phrase(fact.about, wanted) for fact in s.scenario.facts):
            return None
        questions = [wanted]
    if s.index == 0:
        line = s.pick(answer_phrasing.TOO_EARLY_FACT)
        reason = "asked about the problem before it was put"
        return Planned(kind="answer", reason=reason, parts=(line,)) if line else None
    facts: dict[str, tuple[Fact, str]] = {}
    for question in questions:
        fact = _fact_on(s, question)
        if fact:
            facts.setdefault(fact.id, (fact, question))
    new = [pair for id_, pair in facts.items() if id_ not in s.talk.facts]
    if new:
        more = len(new) > ANSWERED_AT_ONCE
        return _told(s, new[:ANSWERED_AT_ONCE], more=more)
    if facts:
        return _told_again(s, *next(iter(facts.values())))
    return hand_back(s, questions[-1])


def _told(s: Situation, pairs: list[tuple[Fact, str]], *, more: bool) -> Planned | None:
    """The facts asked for, each for itself when they are too long for one breath."""
    back = s.pick(answer_phrasing.INVITE_REST) if more else s.pick(answer_phrasing.HAND_BACK)
    planned: Planned | None = None
    for fact, question in reversed(pairs):
        told = Planned(
            kind="answer",
            reason=f"the candidate asked for the fact {fact.id!r}: {question!r}",
            parts=tuple(part for part in (fact.answer, None if planned else back) if part),
            ref=fact.id,
            about=question,
            facts=(fact.id,),
        )
        if planned is None:
            planned = told
            continue
        words = sum(len(words_of(part)) for part in (*told.parts, *planned.parts))
        if words > MOST_WORDS:
            # What follows later may come after another answer, which has the floor handed back.
            alone = replace(planned, parts=planned.parts if more else planned.parts[:1])
            planned = replace(told, rest=alone)
        else:
            both = f"the candidate asked for the facts {fact.id!r} and {planned.ref!r}"
            planned = replace(
                planned,
                reason=both,
                parts=(*told.parts, *planned.parts),
                facts=(*told.facts, *planned.facts),
            )
    return planned


def _told_again(s: Situation, fact: Fact, question: str) -> Planned | None:
    leads = (f"{lead} {s.talk.lowered(fact.answer)}" for lead in answer_phrasing.TOLD_FACT)
    line = s.talk.pick(leads)
    if line is None:
        return None
    return Planned(
        kind="answer",
        reason=f"the candidate asked for the fact {fact.id!r} once more",
        parts=(line,),
        ref=fact.id,
        about=question,
        facts=(fact.id,),
    )


def hand_back(s: Situation, question: str | None) -> Planned | None:
    """Hands back a question that the scenario does not answer."""
    if question is None or s.index == 0:
        return None
    asked = normal(question)
    pools = [answer_phrasing.UNKNOWN_FACT]
    if _HOW_MUCH.search(asked):
        pools.insert(0, answer_phrasing.UNKNOWN_NUMBER)
    elif _MAY_I.search(asked):
        pools.insert(0, answer_phrasing.UNKNOWN_CHOICE)
    line = next((line for pool in pools if (line := s.pick(pool))), None)
    if line is None:
        return None
    return Planned(
        kind="answer",
        reason=f"the candidate asked for something the scenario does not say: {question!r}",
        parts=(line,),
        about=question,
    )
