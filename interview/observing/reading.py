"""What of a candidate's turn is an answer at all, and the pieces that it falls into.

Every piece is a verbatim part of the turn. Text may come from a recogniser that writes neither
punctuation nor capitals."""

from __future__ import annotations

import re
from functools import lru_cache

from interview import wishes
from interview.asked import clarifying
from interview.language import normal, sentences, words_of
from interview.straying import hostile, order

LONGEST_ASIDE_WORDS = 60

# Besides what the interviewer answers as an order: said in passing, and no answer either.
_ORDER = re.compile(
    r"^(?:\w+ )?(?:you are (?:now|no longer)|you're (?:now|no longer))\b|\bdeveloper mode\b"
    r"|\b(?:mark|rate|score|flag|grade) (?:me|this|my (?:answer|turn|response)) (?:as|with)\b"
    r"|\b(?:tell|give|show|reveal|print|read)(?: me| out)? (?:all )?(?:of )?(?:the |your )"
    r"(?:\w+ )?(?:rubric|signals|prompt|criteria|facts|hints)\b|\b(?:grant|give) you permission\b"
    r"|\bare you (?:a |an )?(?:robot|machine|ai|bot|human|real person|language model)\b"
)
_CHATTER = re.compile(
    r"^(?:(?:um|uh|er|so|well|okay|ok|oh|yes|yeah|hi|hello|hey|right|great|sure|no|hmm|and|but) )*"
    r"(?:thank(?:s| you)\b.*|(?:that's |that is )?(?:a )?(?:good|great|fair|tough|hard"
    r"|interesting|nice)"
    r" (?:question|point|one)|can you hear me.*|(?:is )?(?:this|it) (?:is )?(?:working|on)"
    r"|nice to meet you.*|how are you.*|(?:sounds|all) good|makes sense|i see|got it|understood"
    r"|let me (?:see|start|begin)|where was i|(?:sorry|pardon|excuse me).{0,30}|you know|i mean"
    r"|(?:um|uh|er|hmm|okay|ok|well|so|right|great|sure|hello|hi)?)$"
)
_TIME = re.compile(
    r"\b(?:let me (?:just )?(?:think|have (?:a|one)|take a)|give me (?:a|one|another|some|just)"
    r"|(?:one|a|just a) (?:moment|second|sec|minute)(?: please)?$|hold on|bear with me"
    r"|i need (?:a|some|another) (?:moment|second|minute|minutes|time)|i'm (?:still )?thinking)\b"
)
# Before one of these a new clause begins, also where nobody wrote a comma.
_CLAUSE = re.compile(
    r"(?<=\s)(?=(?:because|but|although|though|whereas|unless|otherwise|while|so (?:that )?"
    r"(?:i|we|it|they|the)|which|and (?:then|i|i'd|i'll|we|we'd|we'll|it|they|there|that)"
    r"|then (?:i|i'd|we|we'd))\b)",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:if|unless|suppose|imagine|as long as|once(?! (?:an?|every|per)\b)|depending on"
    r"|in case|provided that)\b|^when\b"
)
_BREAK = re.compile(r"(?<=[,;:\u2014])\s+|\s+-\s+")


@lru_cache(maxsize=512)
def answer_sentences(text: str) -> tuple[str, ...]:
    """The sentences of `text` that state something: no question, wish, order to the interviewer,
    request for time or courtesy among them."""
    if wishes.recognise(text):
        return ()
    parts = sentences(text)
    if any(map(_aside, parts)):
        if len(words_of(text)) <= LONGEST_ASIDE_WORDS:
            return ()
        parts = [part for part in parts if not _aside(part)]
    asked = clarifying(text)
    return tuple(
        part
        for part in parts
        if not part.rstrip().endswith("?")
        and part != asked
        and not _CHATTER.match(normal(part))
        and not wishes.recognise(part)
        and not (_TIME.search(normal(part)) and len(words_of(part)) <= 12)
    )


def _aside(sentence: str) -> bool:
    """An order to the interviewer, or rude to it."""
    return bool(order(sentence) or _ORDER.search(normal(sentence)) or hostile(sentence))


@lru_cache(maxsize=2048)
def pieces(sentence: str) -> tuple[str, ...]:
    """The clauses of `sentence`, verbatim and in order, whatever their length."""
    out: list[str] = []
    for part in _BREAK.split(sentence):
        out += [piece.strip(" ,;:.!") for piece in _CLAUSE.split(part)]
    return tuple(piece for piece in out if normal(piece))


def on_condition(sentence: str) -> bool:
    """True when what `sentence` says holds only in some case that it names."""
    return bool(_CONDITION.search(normal(sentence)))
