"""Where the candidate stands: what was covered, where they were thin or bold, and the words of
theirs that can be taken up again.

Coverage is read as it is: it may be empty, or behind the conversation. Turns that nobody has
observed yet count by the signals of the rubric."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from interview.conversation import Heard
from interview.coverage import Note
from interview.language import count_phrases, normal, words_of
from interview.quoting import clauses
from interview.rubric import Criterion
from interview.scenario import Question
from interview.situation import Situation
from interview.straying import strays

MomentKind = Literal["number", "decision", "thin", "claim"]
# A quote in the middle of a question is no longer than this, in words.
LONGEST_TAKEN_UP_WORDS = 11
COMMUNICATION = "communication"
_ORDER: dict[MomentKind, int] = {"thin": 0, "number": 1, "decision": 2, "claim": 3}
_DIGITS = re.compile(
    r"\d|\b(?:half|third|quarter|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty"
    r"|forty|fifty|sixty|hundred|thousand|million|billion|percent|milliseconds?|twice|double)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|since|so that|the reason|otherwise|instead of|rather than|trade-?off|compared"
    r"|in exchange|at the cost|on the other hand|unless|although|therefore)\b",
    re.IGNORECASE,
)
_FAILURE = re.compile(
    r"\b(?:fails?|failure|breaks?|goes wrong|worst|fallback|falls? back|down|outage|risk|if .* is"
    r" (?:down|late|wrong)|stale|drift|rollback|abuse)\b",
    re.IGNORECASE,
)


def has_number(text: str) -> bool:
    return bool(_DIGITS.search(text))


def has_reason(text: str) -> bool:
    return bool(_REASON.search(text))


def has_failure(text: str) -> bool:
    return bool(_FAILURE.search(text))


@dataclass(frozen=True, slots=True)
class Moment:
    """Something said before that can be taken up. `quote` makes sense alone; `why` says for people
    what makes it worth taking up."""

    quote: str
    kind: MomentKind
    criterion: str
    why: str


def on_the_problem(s: Situation) -> list[Heard]:
    """What was said of the problem: not of the candidate's own past, not of how it went, and
    nothing that left the subject."""
    between = {segment.id for segment in s.scenario.segments[1:-1]}
    return [
        item
        for item in s.talk.candidate
        if item.segment in between and not strays(s.scenario, item.text)
    ]


def unread(s: Situation) -> list[Heard]:
    """What no observer has read yet."""
    last = max(
        (n for n, item in enumerate(s.talk.candidate) if s.coverage.observed(item.id)), default=-1
    )
    return s.talk.candidate[last + 1 :]


def judged(s: Situation) -> list[Criterion]:
    """The criteria that what is said can cover: how it is said is not among them."""
    return [c for c in s.scenario.rubric if c.id != COMMUNICATION] or list(s.scenario.rubric)


def uncovered(s: Situation) -> list[Criterion]:
    """The criteria that nothing said so far speaks for, in the order of the rubric."""
    waiting = " ".join(item.text for item in unread(s))
    return [
        criterion
        for criterion in s.coverage.uncovered(judged(s))
        if not count_phrases(criterion.signals, waiting)
    ]


def fit(criterion: Criterion, question: Question) -> int:
    """How many signals of `criterion` the question listens for."""
    listened = (*question.listens_for, *(word for probe in question.probes for word in probe.when))
    return count_phrases(criterion.signals, " ; ".join(listened))


def serves(question: Question, criteria: Sequence[Criterion]) -> Criterion | None:
    """The first of `criteria` that the question is good for."""
    return next((criterion for criterion in criteria if fit(criterion, question)), None)


def thin(s: Situation) -> list[Criterion]:
    """The criteria with an open gap or a thin answer, but for those that are uncovered."""
    flagged = {part for flag in s.coverage.thin() for part in flag.turn}
    ids = {note.finding.criterion for note in s.coverage.gaps()} | {
        note.finding.criterion for note in s.coverage.notes if flagged & set(note.turn)
    }
    return [criterion for criterion in judged(s) if criterion.id in ids]


def sayable(words: str) -> str | None:
    """As much of `words` as can be said back in the middle of a question."""
    return next((q for q in clauses(words) if len(words_of(q)) <= LONGEST_TAKEN_UP_WORDS), None)


def moments(s: Situation) -> list[Moment]:
    """What was said on the problem before the running turn and can be taken up, the most
    interesting first: thin answers, numbers, decisions, other claims; what may have been misheard
    comes last."""
    said = on_the_problem(s)
    latest = {item.id for turn in s.talk.turns()[-1:] for item in turn}
    earlier = {item.id for item in said} - latest
    flagged = {part: flag for flag in s.coverage.thin() for part in flag.turn}
    found: dict[str, tuple[bool, Moment]] = {}

    def add(moment: Moment | None, *utterances: str) -> None:
        if moment and normal(moment.quote) not in found:
            misheard = s.talk.misheard(moment.quote, utterances)
            found[normal(moment.quote)] = misheard, moment

    for note in s.coverage.notes:
        if earlier & set(note.turn):
            add(_of_note(note, any(part in flagged for part in note.turn)), *note.turn)
    for item in said:
        if item.id in earlier:
            for quote in clauses(item.text):
                if s.phrases(quote) and len(words_of(quote)) <= LONGEST_TAKEN_UP_WORDS:
                    kind: MomentKind = "number" if has_number(quote) else "claim"
                    add(Moment(quote, kind, "", "was said"), item.id)
    ranked = sorted(found.values(), key=lambda entry: (entry[0], _ORDER[entry[1].kind]))
    return [moment for _, moment in ranked]


def _of_note(note: Note, is_thin: bool) -> Moment | None:
    finding = note.finding
    quote = sayable(finding.quote)
    if quote is None or finding.kind == "contradiction":
        return None
    noted = f" ({finding.note})" if finding.note else ""
    if is_thin or finding.kind == "gap":
        return Moment(quote, "thin", finding.criterion, f"was thin{noted}")
    if finding.kind == "number":
        return Moment(quote, "number", finding.criterion, f"is a number{noted}")
    if finding.kind == "decision":
        return Moment(quote, "decision", finding.criterion, f"was decided{noted}")
    return Moment(quote, "claim", finding.criterion, f"was claimed{noted}")


def contradictions(s: Situation) -> list[tuple[str, str, str]]:
    """`(earlier words, later words, note)` of contradictions nobody was asked about yet."""
    found: list[tuple[str, str, str]] = []
    for note in s.coverage.contradictions():
        finding = note.finding
        before, after = sayable(finding.against), sayable(finding.quote)
        if before and after and f"confronted:{normal(after)}" not in s.talk.marks:
            found.append((before, after, finding.note))
    return found
