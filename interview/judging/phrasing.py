"""The words of the built-in judge: for the candidate, in the second person."""

from __future__ import annotations

from dataclasses import dataclass

from interview import assessing
from interview.judging.fitting import Misfit
from interview.judging.marks import Mark
from interview.report import Level
from interview.rubric import Criterion
from interview.scenario import Talk


@dataclass(frozen=True, slots=True)
class Words:
    reason: str
    missing: str = ""
    next_step: str = ""


# After "You ".
_DONE: dict[Mark, str] = {
    "reason": "gave reasons",
    "mechanism": "said how it works",
    "number": "gave figures",
    "weighing": "weighed alternatives",
    "limit": "named limits",
    "check": "said how you'd check it",
    "own part": "told what you did yourself",
    "other side": "let the other side be heard",
    "outcome": "said how it ended",
    "learning": "said what you took from it",
}
# What makes the most difference, the most first, by what the interview is about.
_WANTED: dict[Talk, tuple[Mark, ...]] = {
    "design": ("reason", "number", "weighing", "limit", "check", "mechanism"),
    "basics": ("reason", "mechanism", "limit", "check", "number", "weighing"),
    "stories": ("own part", "outcome", "other side", "reason", "learning", "number", "weighing"),
}
# After "Still open: ".
_ABSENT: dict[Mark, str] = {
    "reason": "why you'd do it so",
    "mechanism": "how it works, step by step",
    "number": "a rough figure",
    "weighing": "what you'd give up for it",
    "limit": "where it stops working",
    "check": "how you'd find out whether it works",
    "own part": "your own part in it",
    "other side": "how the others saw it",
    "outcome": "how it ended",
    "learning": "what you do differently since then",
}
_STEP: dict[Mark, str] = {
    "reason": "Take one choice that you made here, and say in a sentence why it fits this problem.",
    "mechanism": "Follow one example through it aloud: what goes in, what happens, what comes out.",
    "number": "Put a rough number on it, and say where the number comes from. A guess will do.",
    "weighing": "Name one alternative, and say what you'd lose by taking it.",
    "limit": "Say where it would break first, and what you'd do then.",
    "check": "Say what you'd look at after a week to know whether it worked.",
    "own part": 'Tell it again with "I" as the subject of every second sentence.',
    "other side": "Say what the other person wanted, in words that they would agree with.",
    "outcome": "End the story with what changed, in a number if there is one.",
    "learning": "Add one sentence on what you do differently since then.",
}
_AT: dict[Level, str] = {
    1: "You touched on this, without much that one could build on.",
    2: "You named what belongs here, and stayed on the surface.",
    3: "What you said here holds together.",
    4: "You went deep here.",
}
_TOLD: dict[Level, str] = {
    1: "There was little to hold on to in your answers: much was general, or left open why.",
    2: "One could follow you, though much stayed general or was said with many maybes.",
    3: "Most of your answers came to the point, in words of this problem.",
    4: "Your answers led the listener: plain, specific, and clear about what doesn't hold.",
}
_TELL_NEXT: dict[Level, str] = {
    1: "Begin each answer with one sentence that answers it, and then say because.",
    2: "Say first what you'd do, then why, then one example.",
    3: "Say aloud what you assume, and what would change your mind.",
    4: "Keep it up, and try it on a problem that you know less about.",
}
# Of all answers together, where none of them counts: why, and what to do about it.
_MISFIT: dict[Misfit, tuple[str, str]] = {
    "terms": (
        "Your answers string terms together without saying anything of them.",
        "Take one of the terms, and say in plain words what you'd do with it here, and why.",
    ),
    "of anything": (
        "Most of what you said would do for any problem, so it shows nothing on this one.",
        "Say one thing that you'd do here and nowhere else: a choice, a number, a name.",
    ),
    "off the subject": (
        "What you said is hardly about this problem.",
        "Begin with the question as it was asked, and answer that one first.",
    ),
    "other questions": (
        "Your answers don't fit the questions that were asked.",
        "Begin with the question as it was asked, and answer that one first.",
    ),
}
_PAST_THE_TOP = "Keep it up, and try it on a harder version of this problem."


def words(
    criterion: Criterion, level: Level, found: frozenset[Mark], talk: Talk, *, told: bool
) -> Words:
    """What to say of a level that was given; `found`: the marks of what was said."""
    if told:
        wants = f"{_open(criterion)}." if level < 4 else ""
        return Words(_TOLD[level], wants, _TELL_NEXT[level])
    wanted = _WANTED[talk]
    done = [_DONE[mark] for mark in wanted if mark in found]
    absent = [mark for mark in wanted if mark not in found]
    reason = _AT[level] + (f" You {_joined(done[:4])}." if done else "")
    if level == 4:
        return Words(reason, "", _STEP[absent[0]] if absent else _PAST_THE_TOP)
    lacking = [_ABSENT[mark] for mark in absent[:2]]
    also = f"; also {_joined(lacking)}" if lacking else ""
    missing = f"{_open(criterion)}{also}."
    return Words(reason, missing, _STEP[absent[0]] if absent else _deeper(criterion))


def without(criterion: Criterion, *, asked: bool) -> Words:
    """What to say where there is nothing to give a level to."""
    missing = f"{_open(criterion)}."
    if asked:
        return Words(
            "You were asked about this, and what you said didn't come to it.",
            missing,
            "Say what you'd try first, even when you're unsure: a first guess can be built on.",
        )
    return Words(
        "This didn't come up, so there is nothing to judge.",
        "",
        f"Next time, bring it up yourself: {assessing.missing(criterion)}.",
    )


def misfit(criterion: Criterion, why: Misfit) -> Words:
    """What to say where no answer of the whole interview counts."""
    reason, step = _MISFIT[why]
    return Words(reason, f"{_open(criterion)}.", step)


def _deeper(criterion: Criterion) -> str:
    return f"Go one step further in one place: {assessing.missing(criterion)}."


def _joined(parts: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]])) if parts else ""


def _open(criterion: Criterion) -> str:
    return f"Still open: {assessing.missing(criterion)}"
