"""Looking back: the summary of what was decided, and the feedback on how it went.

Every strength and every gap carries its moment: the candidate's words in `about`, the criterion in
`ref`, and both with the question in the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from interview import closing_phrasing
from interview.conversation import OpenQuestion, Planned
from interview.criticising import gaps, weakest
from interview.language import count_phrases, normal, sentences, words_of
from interview.praising import strengths
from interview.quoting import clauses
from interview.reflecting import for_them, reflected
from interview.situation import Situation
from interview.standing import on_the_problem

# With fewer words on the problem, nothing can be said of how it went.
TOO_LITTLE_WORDS = 12
# In a last segment shorter than this there is time for one strength and one gap, in seconds.
SHORT_WRAP_UP_S = 90.0
# With nothing authored left to ask, feedback comes once this part of the last segment is left.
LATE_ENOUGH = 0.4
# How fast the interviewer speaks, and what a breath between two moves is worth, in words.
WORDS_A_SECOND = 2.6
BREATH_WORDS = 2
# With less left after the feedback, in seconds, nobody is asked how they see it.
ASKS_BACK_S = 12.0
# The feedback may run over its time by so much, in seconds, before a part of it is dropped.
OVER_S = 8.0
# The goodbye takes about so long, and each resource named in it, in seconds.
GOODBYE_S = 4.0
RESOURCE_S = 6.0
_DECISION_MARKS = (
    "i'd",
    "i would",
    "i'll",
    "i will",
    "we'd",
    "we would",
    "we'll",
    "let's",
    "i choose",
    "i chose",
    "start with",
    "use",
    "because",
    "instead",
    "trade-off",
    "trade off",
    "measure",
)


def summary(s: Situation) -> Planned:
    """What was decided, in the candidate's own words; honest when nothing was."""
    decided = {normal(note.finding.quote) for note in s.coverage.decisions()}
    weighed: dict[str, tuple[bool, int, int, str]] = {}
    for order, item in enumerate(on_the_problem(s)):
        best: tuple[bool, int, int, str] | None = None
        for quote in clauses(item.text):
            weight = min(2, count_phrases(_DECISION_MARKS, quote))
            weight += 2 * min(2, len(s.phrases(quote)))
            weight += 3 * any(normal(quote) in words or words in normal(quote) for words in decided)
            ranked = s.talk.misheard(quote, {item.id}), -weight, order, quote
            if weight and (best is None or ranked[:2] < best[:2]):
                best = ranked
        if best:
            weighed.setdefault(normal(best[-1]), best)
    chosen = sorted((order, quote) for *_, order, quote in sorted(weighed.values())[:2])
    quotes = [quote for _, quote in chosen][: 1 if s.last and s.allotted < SHORT_WRAP_UP_S else 2]
    if len(quotes) == 2:
        line = s.pick(closing_phrasing.SUMMARY, a=quotes[0], b=quotes[1])
    elif quotes:
        line = s.pick(closing_phrasing.SUMMARY_ONE, a=quotes[0])
    else:
        line = s.pick(closing_phrasing.SUMMARY_NONE)
    if quotes:
        reason = f"sums up: {len(decided)} decisions were heard, the most telling words are quoted"
    else:
        reason = "sums up: no decision was heard, and says so"
    return Planned(
        kind="summarise",
        reason=reason,
        parts=(line,) if line else (),
        about=quotes[-1] if quotes else None,
        marks=frozenset({"summary"}),
    )


def feedback_due(s: Situation) -> bool:
    """In the last segment, once the rest is just enough for it or nothing else is left to ask."""
    if not s.last or "feedback" in s.talk.marks:
        return False
    nothing_left = not s.unasked() and s.remaining <= LATE_ENOUGH * s.allotted
    return s.remaining <= feedback_room(s.allotted) or nothing_left


def feedback_room(allotted: float) -> float:
    """Seconds before the last segment's end at which feedback is given at the latest."""
    return min(max(30.0, 0.3 * allotted), 0.6 * allotted)


def resources_named(allotted: float) -> int:
    """How many resources a last segment of so many seconds has the time to name."""
    return 0 if allotted < 50 else 1 if allotted < 2 * SHORT_WRAP_UP_S else 2


def farewell_room(allotted: float) -> float:
    """Seconds that the last words of a last segment take."""
    return min(GOODBYE_S + RESOURCE_S * resources_named(allotted), 0.25 * allotted)


def feedback(s: Situation) -> Planned:
    """Two strengths and two things to work on, each tied to its moment, one after the other."""
    items = on_the_problem(s)
    if sum(len(words_of(item.text)) for item in items) < TOO_LITTLE_WORDS:
        line = s.pick(closing_phrasing.FEEDBACK_NONE) or closing_phrasing.FEEDBACK_ASK[0]
        told = " ".join(sentences(line)[:-1])
        if told and _seconds_left(s, told) < ASKS_BACK_S:
            return Planned(
                kind="feedback",
                reason="too little was said to judge; says so",
                parts=(told,),
                marks=frozenset({"feedback"}),
            )
        return Planned(
            kind="feedback",
            reason="too little was said to judge; says so",
            parts=(line,),
            question=OpenQuestion(sentences(line)[-1]),
            marks=frozenset({"feedback"}),
        )
    short = s.allotted < SHORT_WRAP_UP_S
    weak = weakest(s, items)
    praise = strengths(s, items)[: 1 if short else 2]
    taken = [piece.about for piece in praise if piece.about]
    missed = gaps(s, items, weak[: 1 if short else 2], taken)
    own = [] if short else reflected(s, weak)
    meant = [] if short else for_them(s, weak, missed)
    pieces = [*own, *praise, *missed, *meant]
    for extra in (meant, own, missed[1:], praise[1:]):
        if _seconds_left(s, *_lines(pieces)) >= -OVER_S:
            break
        pieces = [piece for piece in pieces if not any(piece is other for other in extra)]
        if extra and extra[0] in missed:
            pieces = [piece for piece in pieces if not any(piece is other for other in meant)]
    asks = _seconds_left(s, *_lines(pieces)) >= ASKS_BACK_S
    return _one_after_the_other(pieces, _asks_back(s) if asks or not pieces else None)


def _lines(pieces: Sequence[Planned]) -> list[str]:
    return [part for piece in pieces for part in piece.parts]


def _seconds_left(s: Situation, *lines: str) -> float:
    """How long there still is after `lines` before the last words are due."""
    words = sum(len(line.split()) + BREATH_WORDS for line in lines)
    return s.remaining - farewell_room(s.allotted) - words / (WORDS_A_SECOND * s.rate)


def invite(s: Situation) -> Planned | None:
    """Once, with the feedback given and time left: what the candidate wants to ask."""
    time = s.remaining > farewell_room(s.allotted) + 2 * ASKS_BACK_S
    if not s.last or not time or not {"feedback"} <= s.talk.marks or "invited" in s.talk.marks:
        return None
    line = s.pick(closing_phrasing.INVITE)
    if line is None:
        return None
    return Planned(
        kind="reflect",
        reason=f"{s.remaining:.0f} s left after the feedback; invites their own questions",
        parts=(line,),
        question=OpenQuestion(line),
        marks=frozenset({"invited"}),
    )


def _asks_back(s: Situation) -> Planned | None:
    line = s.talk.pick(closing_phrasing.FEEDBACK_ASK)
    if line is None:
        return None
    reason = "asks how the candidate sees it"
    return Planned(kind="feedback", reason=reason, parts=(line,), question=OpenQuestion(line))


def _one_after_the_other(pieces: Sequence[Planned], ask: Planned | None) -> Planned:
    """The pieces as one chain; the question at its end goes with the last that quotes nothing."""
    left = list(pieces)
    chain = ask
    if ask and left and not left[-1].about:
        last = left.pop()
        reason = f"{last.reason}; then {ask.reason}"
        chain = replace(ask, parts=(*last.parts, *ask.parts), reason=reason, ref=last.ref)
    for piece in reversed(left):
        chain = replace(piece, rest=chain)
    if chain is None:
        raise AssertionError("there is always something to say")
    return replace(chain, marks=chain.marks | {"feedback"})
