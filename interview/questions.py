"""The authored questions: which one comes next, why, and how it is put."""

from __future__ import annotations

from interview import background, phrasing, standing, topics
from interview.conversation import OpenQuestion, Planned
from interview.digging import BACK
from interview.scenario import Question
from interview.situation import QUESTION_SECONDS, Situation, acknowledge, colour, in_a_breath
from interview.tying import tie


def in_order(s: Situation) -> list[Question]:
    """The authored questions not asked yet, in the order in which they would be asked: as written,
    but where time is short, or in the deep dive, those first that serve what is uncovered."""
    left = s.unasked()
    if s.index == 0:
        return sorted(left, key=lambda q: not _about_them(s, q)) if s.talk.asked else left
    begun = any(question.id in s.talk.asked for question in s.questions())
    if s.last or (not begun and s.segment.id != "deep_dive"):
        return left
    open_criteria = standing.uncovered(s)
    weak = [c for c in standing.thin(s) if c not in open_criteria]
    room = max(1, int(s.remaining // (1.5 * QUESTION_SECONDS)))
    if s.segment.id != "deep_dive" and len(left) <= room:
        return left

    def use(question: Question) -> int:
        if s.talk.covered(question):
            return 3
        if s.segment.id == "deep_dive" and standing.serves(question, weak):
            return 0
        return 1 if standing.serves(question, open_criteria) else 2

    return sorted(left, key=use)


def _about_them(s: Situation, question: Question) -> bool:
    """True when the question asks for a role or a goal that is not known yet."""
    known = background.background(s.scenario, s.talk)
    return (known.role is None and background.asks_for_role(question)) or (
        known.goal is None and background.asks_for_goal(question)
    )


def next_question(s: Situation, text: str) -> Planned | None:
    for question in in_order(s):
        if s.talk.fresh(question.ask):
            return ask(s, question, text)
    return None


def ask(s: Situation, question: Question, text: str) -> Planned:
    """An authored question, in the deep dive tied to earlier words where some fit."""
    tied = tie(s, question) if s.segment.id == "deep_dive" else None
    lead = tied[0] if tied else acknowledge(s, text) or colour(s)
    return Planned(
        kind="reflect" if s.last else "ask",
        reason=why_asked(s, question) + (f"; tied to {tied[1]!r}" if tied else ""),
        parts=in_a_breath(lead, question.ask),
        question=OpenQuestion(question.ask, question),
        ref=question.id,
        about=tied[1] if tied else None,
        marks=frozenset({tied[2], BACK}) if tied else frozenset(),
    )


def ask_from_past(s: Situation, question: Question) -> Planned | None:
    """An authored question tied to what the candidate told of themself, for who has said little
    on the problem; None when nothing is known or left to say."""
    known = background.background(s.scenario, s.talk)
    forms = ((known.experience, topics.PAST), (known.role, topics.ROLE), (known.goal, topics.PAST))
    for said, leads in forms:
        lead = s.talk.pick(form.format(x=said.told) for form in leads) if said else None
        if said and lead:
            return Planned(
                kind="ask",
                reason=f"{why_asked(s, question)}; tied to their own past, {said.words!r}",
                parts=in_a_breath(lead, question.ask),
                question=OpenQuestion(question.ask, question),
                ref=question.id,
                about=said.words,
                marks=frozenset({BACK}),
            )
    return None


def why_asked(s: Situation, question: Question) -> str:
    left = f"{len(s.unasked())} left, {s.remaining:.0f} s to go"
    serves = standing.serves(question, standing.thin(s))
    if s.segment.id == "deep_dive" and serves:
        return f"next in {s.segment.id}: {question.id!r}, for {serves.title!r} was thin; {left}"
    serves = standing.serves(question, standing.uncovered(s))
    if serves and s.index and not s.last:
        return f"next in {s.segment.id}: {question.id!r}, for {serves.title!r} is open; {left}"
    return f"next in {s.segment.id}: {question.id!r}; {left}"


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
    options += [f"{lead} {s.talk.lowered(unheard.text)}" for lead in phrasing.REPHRASE_LEAD]
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
