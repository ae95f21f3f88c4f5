"""Holds what is said against what was said before. Better to miss one than to accuse wrongly."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interview.coverage import Note, quoted
from interview.events import Finding
from interview.language import normal
from interview.observing.decisions import CONDITIONAL
from interview.observing.stances import conflict, stances
from interview.substance import answer_sentences, on_condition, pieces

MOST_A_TURN = 2
_CHANGES_MIND = re.compile(
    r"\b(?:on second thoughts?|take that back|chang(?:e|ed|ing) my mind|scratch that|i was wrong"
    r"|i (?:would|'d) revise|let me revise|revise (?:that|my)|correct(?:ing)? (?:myself|that)"
    r"|contradict(?:s|ing|ed)? (?:myself|what)|(?:earlier|before),? i said|i said "
    r"(?:earlier|before)"
    r"|i said .{0,60}\bbut|thinking about it (?:again|more)|now that (?:i|you)|i now "
    r"(?:think|believe)"
    r"|i(?:'d| would) reconsider|reconsider(?:ing)? (?:that|my)|actually,? no\b|no,? wait"
    r"|wait,? (?:no|actually)|fair point|you(?:'re| are) right|good point)\b"
)


def changes_mind(text: str) -> bool:
    """True when the speaker says that they now think otherwise."""
    return bool(_CHANGES_MIND.search(normal(text)))


def contradictions(text: str, earlier: Sequence[Note]) -> tuple[Finding, ...]:
    """What in the turn `text` cannot be held together with a note of `earlier`, the latest of these
    first; nothing where the speaker takes the earlier word back themself, and nothing twice."""
    if changes_mind(text):
        return ()
    noticed = {
        frozenset((normal(note.finding.quote), normal(note.finding.against)))
        for note in earlier
        if note.finding.kind == "contradiction"
    }
    known = [
        (stance, note.finding.quote)
        for note in reversed(earlier)
        if note.finding.kind in {"claim", "decision"} and CONDITIONAL not in note.finding.note
        for piece in pieces(note.finding.quote)
        for stance in stances(piece)
    ]
    found: dict[str, Finding] = {}
    for sentence in answer_sentences(text):
        if on_condition(sentence):
            continue
        for piece in pieces(sentence):
            for stance in stances(piece):
                against = next((quote for before, quote in known if conflict(before, stance)), None)
                if against is None or piece in found or quoted(piece, against):
                    continue
                if frozenset((normal(piece), normal(against))) not in noticed:
                    found[piece] = Finding(
                        kind="contradiction",
                        quote=piece,
                        note="does not fit what was said earlier",
                        against=against,
                    )
    return tuple(found.values())[:MOST_A_TURN]
