"""What the question listened for and the answer passed over, and what only sounds like one."""

from __future__ import annotations

import re

from interview.coverage import Coverage
from interview.events import Finding
from interview.language import count_phrases, normal
from interview.quoting import clauses
from interview.rubric import Criterion
from interview.scenario import Question, Scenario
from interview.substance import answer_sentences, pieces

MOST_A_TURN = 2
LONGEST_QUOTE_WORDS = 14
# How something is said is not looked for by words.
MANNER = frozenset({"communication"})
_HAND_WAVING = re.compile(
    r"\b(?:(?:just )?(?:use|need|have|take|train|get|build) (?:just )?(?:a|an|some|the) "
    r"(?:really |very )?(?:good|great|nice|proper"
    r"|powerful|smart|suitable|appropriate|right|best|state[- ]of[- ]the[- ]art) (?:\w+ "
    r")?(?:model|algorithm|data|dataset"
    r"|architecture|system|metric|features?|approach|technique|infrastructure|tool)s?"
    r"|(?:good|better|more) (?:data|features) (?:and|will|would|should)"
    r"|the (?:model|network|data|algorithm|llm|system) (?:will|would|should|can) (?:just "
    r")?(?:figure|work|learn|sort|handle|solve|take care)"
    r" ?(?:it|that|this|of it|everything|all|them)?(?: out)?"
    r"|(?:it|that) (?:will|would|should|'ll) (?:just|simply) work|(?:just|simply) (?:use"
    r"|throw|apply|add|do) (?:some )?(?:machine learning|ml"
    r"|ai|deep learning|data science|more (?:machines|servers|compute|data)|the standard"
    r"|the usual|best practices?)"
    r"|(?:the )?(?:usual|standard|normal|typical) (?:stuff|things|way|approach|techniques"
    r"|metrics|methods|features)"
    r"|some kind of (?:model|ml|ai|algorithm|machine learning|metric|system)|best "
    r"practices?|whatever works(?: best)?|and so on and so forth"
    r"|everything we have|all the (?:data|features) we (?:have|can get)|hire (?:good"
    r"|smart) people|make it (?:fast|good|scalable|better))\b"
)


def waves_hands(text: str) -> bool:
    """True when `text` names something to be done and no way to do it."""
    return bool(_HAND_WAVING.search(normal(text)))


def gaps(
    text: str, base: Question | None, scenario: Scenario, coverage: Coverage
) -> tuple[Finding, ...]:
    """At most two: hand-waving first, then the criteria that `base` listens for most and that
    neither `text` nor an earlier turn speaks to."""
    said = answer_sentences(text)
    if not said:
        return ()
    listened = _listened_for(base, scenario) if base else []
    found: list[Finding] = []
    for sentence in said:
        for piece in pieces(sentence):
            if waves_hands(piece) and not count_phrases(_signals(scenario), piece):
                belongs = listened[0].id if listened else ""
                quote = " ".join(piece.split()[:LONGEST_QUOTE_WORDS])
                found.append(
                    Finding(kind="gap", quote=quote, criterion=belongs, note="names no method")
                )
    if base and not count_phrases(base.listens_for, text):
        quote = _first_words(said)
        for criterion in listened:
            missed = not count_phrases(criterion.signals, text)
            if missed and not coverage.touched(criterion.id):
                found.append(
                    Finding(
                        kind="gap",
                        quote=quote,
                        criterion=criterion.id,
                        note=f"nothing on {criterion.title}",
                    )
                )
    unique = {(f.quote, f.criterion): f for f in reversed(found)}
    return tuple(f for f in found if unique.get((f.quote, f.criterion)) is f)[:MOST_A_TURN]


def _signals(scenario: Scenario) -> list[str]:
    return [s for c in scenario.rubric if c.id not in MANNER for s in c.signals]


def _listened_for(question: Question, scenario: Scenario) -> list[Criterion]:
    """The criteria whose signals the question listens for, most of them first."""
    words = " ; ".join(question.listens_for)
    fits = [(count_phrases(c.signals, words), c) for c in scenario.rubric if c.id not in MANNER]
    best = max((fit for fit, _ in fits), default=0)
    return [c for fit, c in fits if fit and fit == best]


def _first_words(said: tuple[str, ...]) -> str:
    for sentence in said:
        for clause in clauses(sentence):
            return clause
    return " ".join(said[0].split()[:LONGEST_QUOTE_WORDS])
