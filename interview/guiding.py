"""Moves that bring a conversation back: after rambling, another subject, an insult, an order."""

from __future__ import annotations

import re
from dataclasses import replace

from interview import aside_phrasing, topics
from interview.conversation import OpenQuestion, Planned
from interview.language import normal
from interview.situation import Situation, question_again
from interview.straying import everyday, hostile, off_topic, order

# After so many of one kind little or nothing is made of it any more.
FULL_REFUSALS = 3
MOST_CALM_A_SEGMENT = 2
MOST_REDIRECTS_A_SEGMENT = 2

_REFUSALS = {
    "instructions": (
        aside_phrasing.REFUSE_ORDERS,
        "told to leave its part; stays with the problem",
    ),
    "marks": (aside_phrasing.REFUSE_MARKS, "asked for a result; gives none"),
    "criteria": (aside_phrasing.REFUSE_CRITERIA, "asked what it listens for; keeps that"),
    "solution": (aside_phrasing.REFUSE_SOLUTION, "asked for the solution; hands the question back"),
    "verdict": (aside_phrasing.LATER_VERDICT, "asked how it goes; keeps that for the end"),
}


def refuse(s: Situation, text: str) -> Planned | None:
    """In character, whatever the order, and after a few times in few words; with the question in
    other words where there are some, else with what comes next, which the caller adds (the mark
    "and on")."""
    kind = order(text)
    if kind is None or (kind in {"solution", "verdict"} and s.index == 0):
        return None
    if kind == "verdict" and "feedback" in s.talk.marks:
        return None
    pool, reason = _REFUSALS[kind]
    terse = s.talk.tally["refused"] >= FULL_REFUSALS
    line = _terse_refusal(s) if terse else s.pick(pool)
    if line is None:
        return None
    refused = Planned(
        kind="redirect" if kind in {"instructions", "marks", "criteria"} else "answer",
        reason=reason,
        parts=(line,),
        ref=f"aside/{kind}",
        marks=frozenset({"refused"}),
    )
    if line.endswith("?") or kind == "verdict":
        return refused
    if s.talk.tally["refused"] and not _has_other_words(s):
        return replace(refused, marks=refused.marks | {"and on"})
    return _with_question(s, refused)


def _terse_refusal(s: Situation) -> str | None:
    """A few words that were not said yet, beginning otherwise than the last time."""
    first, second = aside_phrasing.STILL_NO, aside_phrasing.AND_ON
    start = s.talk.tally["refused"]
    return s.talk.pick(
        f"{first[(start + n) % len(first)]}; {second[(start + n + row) % len(second)]}."
        for row in range(len(second))
        for n in range(len(first))
    )


def _has_other_words(s: Situation) -> bool:
    """True while the open question has a wording of its author's that was not used."""
    question = s.talk.open
    base = question.base if question else None
    return bool(question and base and question.text == base.ask and s.talk.fresh(base.rephrase))


def and_on(planned: Planned, onward: Planned | None) -> Planned:
    """`planned`, and in the same turn what comes next."""
    if onward is None or onward.question is None:
        return planned
    return replace(
        onward,
        kind=planned.kind,
        reason=f"{planned.reason}; then {onward.reason}",
        parts=(*planned.parts, onward.parts[-1]),
        ref=planned.ref,
        marks=onward.marks | planned.marks,
    )


def calm(s: Situation, text: str) -> Planned | None:
    """After rudeness: a calm word and a smaller question; the caller adds it (the mark "and on")
    where the open one was put in other words already."""
    mark = f"calm:{s.segment.id}"
    if not hostile(text) or s.talk.tally[mark] >= MOST_CALM_A_SEGMENT:
        return None
    line = s.pick(aside_phrasing.CALM)
    if line is None:
        return None
    planned = Planned(
        kind="redirect",
        reason="the candidate is annoyed; stays calm and asks for less",
        parts=(line,),
        ref="aside/annoyed",
        marks=frozenset({mark}),
    )
    base = s.talk.open.base if s.talk.open else None
    if base and s.talk.fresh(base.rephrase):
        return _with_question(s, planned)
    return replace(planned, marks=planned.marks | {"and on"})


def back_to_the_problem(s: Situation, text: str) -> Planned | None:
    """After a turn that has nothing to do with the problem: back to the open question in other
    words, or to a small step towards it, with the candidate's own words, at most twice a
    segment."""
    used = s.talk.tally[f"redirected:{s.segment.id}"]
    if s.index == 0 or s.last or used >= MOST_REDIRECTS_A_SEGMENT or s.talk.open is None:
        return None
    if not off_topic(s.scenario, text):
        return None
    about = next(iter(everyday(s.scenario, text)), None)
    base, asked = s.talk.open.base, s.talk.open.text
    other = base.rephrase if base and s.talk.fresh(base.rephrase) else None
    again = other or s.talk.pick(aside_phrasing.SMALLER_STEP)
    lead = _off_topic_lead(s, about, text, s.talk.lowered(again)) if again else None
    if again is None or lead is None:
        return None
    return Planned(
        kind="redirect",
        reason=f"off the subject with {about!r}; back to the open question"
        if about
        else "off the subject; back to the open question",
        parts=(f"{lead} {s.talk.lowered(again)}",),
        question=OpenQuestion(asked, base),
        ref=base.id if base else None,
        about=about,
        marks=frozenset({f"redirected:{s.segment.id}", "reopened"}),
    )


def _off_topic_lead(s: Situation, about: str | None, text: str, again: str) -> str | None:
    """What leads back to the question `again`, which is said in the same sentence."""
    leads = aside_phrasing.OFF_TOPIC.of(s.tone)
    if about:
        named = _as_said(about, text)
        pool = aside_phrasing.OFF_TOPIC_SAID.of(s.tone)
        start = sum(n for mark, n in s.talk.tally.items() if mark.startswith("redirected:"))
        turned = pool[start % len(pool) :] + pool[: start % len(pool)]
        leads = (*(_capital(line.format(x=named)) for line in turned), *leads)
    return next((lead for lead in leads if s.talk.new_line(f"{lead} {again}")), None)


def _as_said(word: str, text: str) -> str:
    """`word` as it stands in `text`, with an article where it had one or an owner."""
    found = re.search(rf"\b(?:(a|an|the|my|our|his|her|their) )?({word})\b", text, re.IGNORECASE)
    if found is None:
        return word
    said = found.group(2)
    return f"the {said}" if found.group(1) else said


def cut_in(s: Situation, text: str) -> Planned | None:
    """Breaks in on `text`, which has gone on for too long, with one pointed question that takes up
    the last thing of it that can be asked about."""
    lead = s.pick(aside_phrasing.CUT_IN)
    phrases = s.phrases(text)
    latest = sorted(phrases, key=lambda phrase: -normal(text).rfind(normal(phrase.said)))
    for phrase in latest:
        for ask in topics.asks_on(phrase.kind, s.difficulty, s.scenario.talk):
            line = ask.line.format(x=phrase.named)
            if s.talk.templates[ask.line] < topics.USES and s.talk.fresh(line):
                return Planned(
                    kind="redirect",
                    reason=f"the answer has become very long; narrows it to {phrase.said!r}",
                    parts=tuple(part for part in (lead, line) if part),
                    question=OpenQuestion(line, s.talk.open.base if s.talk.open else None),
                    about=phrase.said,
                    template=ask.line,
                    marks=frozenset({"cut in", f"about:{normal(phrase.said)}"}),
                )
    again = question_again(s) or s.talk.pick(s.plain_questions())
    if again is None:
        return None
    open_ = s.talk.open
    asked = OpenQuestion(open_.text, open_.base) if open_ else OpenQuestion(again)
    return Planned(
        kind="redirect",
        reason="the answer has become very long; back to the question",
        parts=tuple(part for part in (lead, again) if part),
        question=asked,
        ref=open_.base.id if open_ and open_.base else None,
        marks=frozenset({"cut in", "reopened"}),
    )


def _with_question(s: Situation, planned: Planned) -> Planned:
    """`planned` with the open question once more, in words not used yet."""
    again = question_again(s)
    if again is None or s.talk.open is None:
        return replace(planned, marks=planned.marks | {"and on"})
    return replace(
        planned,
        parts=(*planned.parts, again),
        question=OpenQuestion(s.talk.open.text, s.talk.open.base),
        marks=planned.marks | {"reopened"},
    )


def _capital(line: str) -> str:
    return line[:1].upper() + line[1:]
