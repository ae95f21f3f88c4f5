"""What a model is told when it words a move: a package of bounded size, whatever came before.

It is one JSON object. What the candidate said stands in it as strings, which nothing that they say
can break out of; nothing is in it that the candidate may not be told.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from interview.briefing import Briefing
from interview.language import as_spoken

# Characters of JSON. The move's own line comes on top: it is said whole, and is authored.
BUDGET = 6_000
_GOAL = 400
_REASON = 300
_ABOUT = 200
_TURNS, _TURN, _TURNS_SHARE = 8, 320, 2_600
_QUOTES, _QUOTE, _QUOTES_SHARE = 10, 100, 1_100
_POINTS, _POINT, _POINTS_SHARE = 7, 60, 400
_FACTS, _FACT, _FACTS_SHARE = 5, 160, 800

TONES = {
    "warm": "Warm: put them at ease before you dig, in a word or two. The question stays as hard.",
    "neutral": "Neutral: friendly and plain. Dig without padding.",
    "direct": "Direct: short and pointed. Say what is missing, and ask for it.",
}
LEVELS = {
    "guided": "Guided: small steps and plain words; make the question easy to start on.",
    "standard": "Standard: an ordinary interview of a practitioner.",
    "senior": "Senior: expect reasons and trade-offs; do not explain terms.",
    "staff": "Staff: expect second-order effects; as short and open as a peer would ask.",
}


def package(b: Briefing) -> str:
    """The package as JSON text: BUDGET characters at most, and the line."""
    return _encode(
        {
            "purpose_of_this_part": clip(b.segment.goal, _GOAL),
            "tone": TONES.get(b.tone, b.tone),
            "level": LEVELS.get(b.difficulty, b.difficulty),
            "candidate_said_earlier": _fill(
                (
                    {"turn": quote.turn, "kind": quote.kind, "words": clip(quote.words, _QUOTE)}
                    for quote in reversed(b.quotes)
                ),
                _QUOTES,
                _QUOTES_SHARE,
            )[::-1],
            "not_touched_yet": _fill(
                (clip(point.title, _POINT) for point in b.open_points), _POINTS, _POINTS_SHARE
            ),
            "facts_the_candidate_may_know": _fill(
                (
                    clip(as_spoken(fact.answer, b.scenario.spoken), _FACT)
                    for fact in reversed(b.told)
                ),
                _FACTS,
                _FACTS_SHARE,
            ),
            "last_turns": _fill(
                (
                    {"turn": turn.index, "who": turn.speaker, "said": clip(turn.text, _TURN)}
                    for turn in reversed(b.turns)
                    if turn.text
                ),
                _TURNS,
                _TURNS_SHARE,
            )[::-1],
            "move": b.move.kind,
            "why": clip(b.move.reason, _REASON),
            "candidates_words_to_pick_up": clip(b.move.about or "", _ABOUT),
            "line": b.move.line,
        }
    )


def clip(text: str, limit: int) -> str:
    """`text` in at most `limit` characters of JSON, quotation marks not counted: its beginning and
    its end, where the point usually is."""
    text = " ".join(text.split())
    if len(_encode(text)) - 2 <= limit:
        return text
    keep = limit - 5
    while True:
        head, tail = text[: keep * 2 // 3], text[len(text) - keep // 3 :]
        clipped = f"{head.rstrip()} ... {tail.lstrip()}"
        if len(_encode(clipped)) - 2 <= limit or keep <= 3:
            return clipped
        keep = keep * 3 // 4


def _fill(items: Iterable[Any], most: int, share: int) -> list[Any]:
    """The first of `items`, at most so many, that together stay within `share` characters."""
    taken: list[Any] = []
    for item in items:
        share -= len(_encode(item)) + 2
        if share < 0 or len(taken) == most:
            break
        taken.append(item)
    return taken


def _encode(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
