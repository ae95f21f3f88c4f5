"""What is still to be said: the rest of a long move, and what of a move was not heard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from interview.conversation import OpenQuestion, Planned
from interview.language import as_spoken, lower_first, normal, sentences, words_of
from interview.phrasing import OPENING_AGAIN, REPHRASE_LEAD
from interview.situation import Situation
from interview.turn_phrasing import RESUMING

# Moves whose every sentence matters: what was not heard of them is said again.
MADE_GOOD = frozenset({"greet", "bridge", "ask", "summarise", "feedback"})
# A sentence that lacks no more than so many of its last words was understood.
GUESSED_WORDS = 2
# Nobody is greeted twice for the sake of a few words.
HELLO_ENOUGH = 0.4


@dataclass(frozen=True, slots=True)
class Owed:
    """`broken`: part of it was begun and not heard to its end."""

    planned: Planned
    broken: bool = False


def unheard(text: str, heard: str, *, enough: float = 1.0) -> list[str]:
    """The sentences of `text` that are not in `heard`, a beginning of it; of a sentence the part
    `enough` suffices."""
    left: list[str] = []
    known = len(words_of(heard))
    for sentence in sentences(text):
        length = len(words_of(sentence))
        if known == 0 or known < min(length - GUESSED_WORDS, enough * length):
            left.append(sentence)
        known = max(0, known - length)
    return left


def left_of(
    planned: Planned, text: str, heard: str, *, asks: bool, opening: Iterable[str]
) -> Planned | None:
    """What is owed after `planned`, spoken as `text`, of which `heard` was heard. `asks`: its
    question was not. The first words of a move that are not of the segment's `opening` only lead
    up to the rest and are let go."""
    enough = HELLO_ENOUGH if planned.kind == "greet" else 1.0
    left = unheard(text, heard, enough=enough) if planned.kind in MADE_GOOD else []
    setup = [normal(part) for part in opening]
    if planned.kind in {"bridge", "ask"} and len(planned.parts) > 1:
        lead = normal(planned.parts[0])
        left = [s for s in left if normal(s) not in lead or any(normal(s) in o for o in setup)]
    question = planned.question if asks else None
    own = _wordings(question) if question else set()
    statements = tuple(
        sentence for sentence in left if not sentence.endswith("?") and normal(sentence) not in own
    )
    if not statements:
        return planned.rest
    return Planned(
        # Whoever heard anything of a greeting has been greeted.
        kind="ask" if planned.kind == "greet" and words_of(heard) else planned.kind,
        reason=f"what was not heard of this: {planned.reason}",
        parts=(*statements, *([question.text] if question else [])),
        question=question,
        ref=planned.ref,
        rest=planned.rest,
    )


def _wordings(question: OpenQuestion) -> set[str]:
    """The sentences of the question itself, also of what it is put in other words with."""
    base = question.base
    texts = (question.text, *((base.ask, base.rephrase) if base else ()))
    return {normal(sentence) for text in texts for sentence in sentences(text)}


def followed_by(planned: Planned, more: Planned) -> Planned:
    """`planned` with `more` after all that follows it already."""
    rest = more if planned.rest is None else followed_by(planned.rest, more)
    return replace(planned, rest=rest)


def told_before(planned: Planned | None, last: Planned) -> Planned:
    """What `planned` and all that follows it would tell without asking, each in a breath of its
    own, and then `last`; a farewell among it is left out for `last`."""
    if planned is None:
        return last
    said = tuple(part for part in planned.parts if not part.endswith("?"))
    after = told_before(planned.rest, last)
    if planned.kind == "farewell" or not said:
        return after
    return replace(planned, parts=said, question=None, rest=after)


def last_of(planned: Planned) -> Planned:
    """The last of what `planned` leads to."""
    return planned if planned.rest is None else last_of(planned.rest)


def statements_of(planned: Planned | None) -> list[str]:
    """All that `planned` and what follows it would tell, without asking."""
    said: list[str] = []
    while planned is not None:
        said += [part for part in planned.parts if not part.endswith("?")]
        planned = planned.rest
    return said


def made_good(s: Situation, owed: Owed, *lead: str | None) -> Planned | None:
    """`owed` as it can be said now, after `lead`: a question asked before comes in other words,
    and no line comes twice. None when only such a line is left."""
    planned, talk = owed.planned, s.talk
    if planned.facts and set(planned.facts) <= set(talk.facts):
        # It was asked for again, and told, in between.
        return made_good(s, Owed(planned.rest)) if planned.rest else None
    latest = talk.open
    if planned.question and latest and latest.heard and _same(planned.question, latest):
        # It was put in between, in whatever words; only the way into the segment is still owed.
        opening = [normal(part) for part in s.segment.opening]
        kept = [p for p in planned.parts[:-1] if any(normal(p) in o for o in opening)]
        if not kept:
            return made_good(s, Owed(planned.rest)) if planned.rest else None
        planned = replace(planned, parts=tuple(kept), question=None, ref=None)
    elif planned.question and latest and latest.text == planned.question.text:
        asked = _in_other_words(s, planned.question)
        planned = replace(planned, parts=(*planned.parts[:-1], *([asked] if asked else [])))
    if not owed.broken and not _is_new(s, planned):
        # It was never begun, and its words were said in between all the same.
        return made_good(s, Owed(planned.rest)) if planned.rest else None
    said = [part for part in lead if part]
    if owed.broken and not said and planned.kind != "greet":
        setting_up = planned.kind in {"bridge", "ask"} and s.index > 0
        again = OPENING_AGAIN if setting_up else RESUMING
        said = [part for part in [talk.pick(again)] if part]
    planned = planned.prefixed(*said)
    if _is_new(s, planned):
        return planned
    other = talk.pick(RESUMING)
    planned = planned.prefixed(other)
    if other and _is_new(s, planned):
        return planned
    return made_good(s, Owed(planned.rest)) if planned.rest else None


def _same(one: OpenQuestion, other: OpenQuestion) -> bool:
    return one.text == other.text or (one.base is not None and one.base == other.base)


def _is_new(s: Situation, planned: Planned) -> bool:
    line = as_spoken(" ".join(planned.parts), s.scenario.spoken)
    return normal(line) not in s.talk.lines and bool(planned.parts)


def _in_other_words(s: Situation, question: OpenQuestion) -> str | None:
    base = question.base
    if base and question.text == base.ask and s.talk.fresh(base.rephrase):
        return base.rephrase
    lines = (f"{lead} {lower_first(question.text)}" for lead in REPHRASE_LEAD)
    return next((line for line in lines if s.talk.new_line(line)), None)
