"""What a candidate asks of the interviewer by voice.

A request is recognised where a short turn is made of requests and of what is said around them
("sorry", "my phone is ringing") and of nothing else: an answer has the same words in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from interview import wish_words as words
from interview.language import normal, sentences
from interview.talk_words import WORDS, talked_of
from interview.thinking_time import whole_request
from interview.tidying import tidied

Wish = Literal["repeat", "rephrase", "hint", "next", "pause", "resume", "extend", "end", "stay"]

# A turn with more words is an answer; so is a part of one with more than the second of these.
LONGEST_TURN_WORDS = 32
LONGEST_WISH_WORDS = 16

_RESUME = re.compile(
    r"(?:(?:okay|ok|so|alright|all right|right|yes|yeah|well|um|uh|sorry|please|and|thanks|hi|hey"
    r"|hello|i think|now|great|good) )*"
    r"(?:(?:you can |we can |we could |let's |let us |can we |could we |shall we |should we "
    r"|please |i'd like to |i want to |i'm ready to |ready to )?(?:just )?"
    r"(?:resume(?: (?:this|it|the interview))?|continue|carry on"
    r"|go on|keep going|unpause|pick (?:it |this )?up again|get back to it|go(?! to)|start again)"
    r"|(?:(?:i'm|i am) (?:back|ready)|ready(?: when you are)?|back)"
    r"(?: (?:and|so) (?:ready|we can (?:go on|continue)))?)"
    r"(?: (?:please|now|then|again|here|thanks|thank you|okay|with the interview|to go on"
    r"|to continue))*"
)
# Requests addressed to the interviewer and nobody else: heard after an answer too.
_ADDRESSED = re.compile(
    r"^(?:(?:sorry|okay|so|but|and|actually|well|please|um|uh|now) )*"
    r"(?:can|could|would|may) (?:you|i|we) |\bplease$"
)
_NAMES_THE_TALK = re.compile(r"\b(?:question|part|section|interview|break|topic|clock|one)\b")
_HINT_ON = re.compile(
    r"(?:(?:can|could|would|may) (?:you|we|i) (?:please )?|please )?"
    r"(?:(?:give|offer) (?:me|us)|have|get|use) (?:a|an|another|one|some|any)(?: small| little)?"
    r" (?:hint|clue|nudge|pointer)s?"
    r" (?:what|on|for|about|as to|where|how|which)(?: [\w']+){1,10}"
)
_Role = Literal["spoken", "stated", "alone", "hold", "corrected", "stay", "aside", "remark"]


@dataclass(frozen=True, slots=True)
class Requested:
    """What one turn asks for: `wishes` in the order in which they were said, each once; `hold_s`:
    seconds of silence asked for beside them or alone. `sure` is False for an end that has to be
    asked back first."""

    wishes: tuple[Wish, ...] = ()
    hold_s: float | None = None
    sure: bool = True

    def __bool__(self) -> bool:
        return bool(self.wishes) or self.hold_s is not None

    def __str__(self) -> str:
        """ "repeat + hold 60", "end?", "answer" when nothing is asked for."""
        named = [f"{w}?" if w == "end" and not self.sure else w for w in self.wishes]
        if self.hold_s is not None:
            named.append(f"hold {self.hold_s:.0f}")
        return " + ".join(named) or "answer"


@dataclass(frozen=True, slots=True)
class _Piece:
    """`plain`: said to the interviewer, whatever is said around it. `sure`: an end that nothing
    else can mean; a time to think of which the length is said."""

    role: _Role
    wish: Wish | None = None
    seconds: float = 0.0
    sure: bool = True
    plain: bool = False


def _compiled(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[Wish, re.Pattern[str]], ...]:
    return tuple((cast(Wish, wish), re.compile(f"(?:{body}){words.TAIL}")) for wish, body in pairs)


_SPOKEN, _STATED, _ALONE = map(_compiled, (words.SPOKEN, words.STATED, words.ALONE))
_UNSURE_END = re.compile(f"{words.UNSURE_END}{words.TAIL}")
_SAYS_HOW_LONG = re.compile(r"\b(?:minutes?|mins?|seconds|secs)\b")
_INTERJECTED = re.compile(words.INTERJECTED)
_BARE = re.compile(words.BARE)
_CORRECTED, _STAY = map(re.compile, (words.CORRECTED, words.STAY))
_ASIDE, _REMARK = map(re.compile, (words.ASIDE, words.REMARK))


@lru_cache(maxsize=8192)
def _pieces_of(span: str) -> tuple[_Piece, ...]:
    """What `span` as a whole may be; nothing for most words."""
    found: list[_Piece] = []
    bare = bool(_BARE.fullmatch(span))
    for role, patterns in (("spoken", _SPOKEN), ("stated", _STATED), ("alone", _ALONE)):
        wish = next((wish for wish, pattern in patterns if pattern.fullmatch(span)), None)
        if wish and not bare:
            plain = wish != "end" and bool(_ADDRESSED.search(span))
            found.append(_Piece(cast(_Role, role), wish, plain=plain))
    if not found and _UNSURE_END.fullmatch(span) and not bare:
        found.append(_Piece("spoken", "end", sure=False))
    seconds = None if found else whole_request(span)
    if seconds is not None:
        found.append(_Piece("hold", seconds=seconds, sure=bool(_SAYS_HOW_LONG.search(span))))
    for named, pattern in (("corrected", _CORRECTED), ("stay", _STAY), ("aside", _ASIDE)):
        if pattern.fullmatch(span):
            found.append(_Piece(cast(_Role, named)))
    if not found and _REMARK.fullmatch(span) and WORDS.issuperset(span.split()):
        found.append(_Piece("remark"))
    return tuple(found)


def _readings(said: list[str]) -> list[tuple[_Piece, ...]]:
    """Every way in which `said` falls into pieces without a remainder; none for an answer."""
    ways: list[list[tuple[_Piece, ...]]] = [[] for _ in range(len(said) + 1)]
    ways[0] = [()]
    for begin in range(len(said)):
        if not ways[begin]:
            continue
        for end in range(begin + 1, min(len(said), begin + LONGEST_WISH_WORDS) + 1):
            for piece in _pieces_of(" ".join(said[begin:end])):
                ways[end] += [(*way, piece) for way in ways[begin]]
        for end in range(begin + 1, len(said) + 1):
            ways[end] = ways[end][:MOST_WAYS]
    return ways[-1]


MOST_WAYS = 64


def _meant(pieces: tuple[_Piece, ...]) -> Requested | None:
    """What the pieces ask for together; None when they ask for nothing or do not fit."""
    asks = {"spoken", "stated", "alone", "hold"}
    turned = [
        index
        for index, piece in enumerate(pieces)
        if piece.role == "corrected" and any(before.role in asks for before in pieces[:index])
    ]
    if any(p.role == "corrected" for i, p in enumerate(pieces) if i not in turned):
        return None
    rest = pieces[turned[-1] + 1 :] if turned else pieces
    if any(piece.role == "stay" for piece in rest) and not turned:
        return None
    kept = [piece for piece in rest if piece.role in asks]
    if turned and not kept:
        return Requested(("stay",))
    if any(piece.role == "stay" for piece in rest):
        return None
    remarked = any(piece.role == "remark" for piece in pieces)
    if remarked and not any(piece.plain for piece in kept):
        return None
    if any(piece.role == "alone" for piece in kept) and len(kept) > 1:
        return None
    if any(piece.role == "spoken" for piece in kept):
        kept = [piece for piece in kept if piece.role != "stated"]
    found = tuple(dict.fromkeys(piece.wish for piece in kept if piece.wish))
    if {"repeat", "rephrase"} <= set(found) and found:
        found = tuple(wish for wish in found if wish != "repeat")
    held = [piece.seconds for piece in kept if piece.role == "hold"]
    held = [piece.seconds for piece in kept if piece.role == "hold" and piece.sure] or held
    sure = all(piece.sure for piece in kept if piece.role != "hold") and (
        len(found) == 1 or "end" not in found
    )
    if {"pause", "end"} & set(found):
        held = []
    return Requested(found, max(held, default=None), sure) if found or held else None


def _rank(meant: Requested) -> tuple[int, bool, bool, float]:
    """Fewest requests first: "two more minutes" is one, whatever its parts would be alone. Of as
    many, one that is sure, one that is not for time alone, and the longer time."""
    count = len(meant.wishes) + (meant.hold_s is not None)
    return count, not meant.sure, not meant.wishes, -(meant.hold_s or 0.0)


@lru_cache(maxsize=4096)
def requested(text: str) -> Requested:
    """What `text`, a whole turn, asks for in a running interview; empty for an answer."""
    said = tidied(text).split()
    if not said or len(said) > LONGEST_TURN_WORDS:
        return Requested()
    if _INTERJECTED.fullmatch(" ".join(said)):
        return Requested(("repeat",))
    meant = [found for way in _readings(said) if (found := _meant(way))]
    if not meant and (wish := talked_of(" ".join(said))):
        return Requested((wish,))
    return min(meant, key=_rank, default=Requested())


def recognise(text: str, *, paused: bool = False) -> Wish | None:
    """The first wish that `text` as a whole expresses. While `paused` only "resume" and an
    unmistakable "end" are listened for, and "resume" only then: "go on" says nothing in a running
    conversation."""
    if paused and _RESUME.fullmatch(normal(text)):
        return "resume"
    found = requested(text)
    if paused:
        return "end" if found.wishes == ("end",) and found.sure else None
    return found.wishes[0] if found.wishes else None


def last_wish(text: str) -> Wish | None:
    """What the last sentence of `text` asks of the interviewer, whatever came before it. Little is
    read so: a part of an answer may sound like it."""
    parts = sentences(text)
    ends = tidied(parts[-1]) if parts else ""
    wish = recognise(ends)
    if wish == "hint" or _HINT_ON.fullmatch(ends):
        return "hint"
    addressed = bool(_ADDRESSED.search(ends)) and len(parts) > 1
    if addressed and wish in {"repeat", "rephrase", "pause", "extend"}:
        return wish
    return "next" if addressed and wish == "next" and _NAMES_THE_TALK.search(ends) else None
