"""Finds what the candidate asks in a turn, with and without punctuation."""

from __future__ import annotations

import re

from interview.language import normal, sentences, words_of

LONGEST_QUESTION_WORDS = 30
LONGEST_UNMARKED_WORDS = 20

_START = r"(?:(?:um|uh|so|okay|ok|and|but|well|right|sorry|just|hmm|actually|first|also|then|or) )*"
_ASKS = re.compile(
    rf"^{_START}"
    r"(?:how (?:many|much|often|big|large|long|fast|fresh|old)"
    r"|what(?:'s| is| are) (?:the|our|my|your)"
    r"|what (?:kind|sort|type|scale|size|data|is|are|latency|metric|do|does|would)"
    r"|which (?:of|one|kind|metric|users)"
    r"|is (?:there|it|this|the|that)|are (?:there|we|the|they|you)|do (?:we|you|they|users)"
    r"|does (?:the|it|this|that)|can (?:we|i)|could (?:we|i)|should (?:we|i)|may i|am i"
    r"|who (?:is|are)"
    r"|have we|has the|would (?:it|that|you)|where (?:do|does|is|are)"
    r"|when (?:do|does|is|are) (?:the|we|you))\b"
)
# In a flow of words a question shows by its verb before its subject.
_AUX = r"(?:do|does|did|is|are|was|were|have|has|can|could|will|would|should)"
_HOW = r"how (?:many|much|often|big|large|long|fast|fresh|old)"
_INVERTED = re.compile(
    r"(?:^|\b(?:and|or|but|also|okay|ok|so|well|then|first|um|uh|plus) )"
    rf"(?P<q>(?:what|which|who|where|when(?= {_AUX}))(?: (?:kind|sort|type) of)?"
    rf"(?: [\w-]+){{0,2}}? {_AUX}"
    r" [\w']+|what's (?:the|our|your)"
    r"|(?:do|are|have|can|should) (?:we|there|you)|is there|are there|does (?:the|it))\b"
    rf"|(?<!\bon )(?<!\bof )(?<!\babout )(?<!\bknow )(?<!\bis )(?<!\bby )"
    rf"\b(?P<how>{_HOW}(?: [\w-]+){{0,4}}? {_AUX} [\w']+)\b"
)
# Who would ask somebody else asks for nothing here.
_ASK_FOR = r"ask (?=how|what|which|who|where|when|whether|if|why|about|for|you)"
_WANTS_TO_KNOW = re.compile(
    r"\b(?:(?:i would|i'd|we would|we'd) (?:first |also |really )?"
    r"(?:(?:like|want|need) to (?:know|understand|find out|clarify|check"
    rf"|{_ASK_FOR})|{_ASK_FOR})"
    rf"|i (?:want|need) to (?:know|{_ASK_FOR}|understand|clarify)|tell me(?: more)? about|i wonder"
    r"|could you tell me|can you tell me)\b([^.?!;]*)",
    re.IGNORECASE,
)
# A statement that begins like a question: "what I would do is ...", "what matters is ...".
_STATES = re.compile(
    rf"^{_START}(?:(?:what|where|how|which|who|when|why) (?:i|we|they|you|it|people)"
    r"(?:'d|'ll|'ve|'re)?\b"
    rf"|what(?:'s| (?!{_AUX}\b)\S+| is| was)(?: \S+){{0,3}}? (?:is|was|are|would be) \S)"
)
_ANOTHER = re.compile(
    r",?\s+(?:and|or|but)\s+(?:also\s+)?(?=(?:what|which|who|where|when|how|why|is there|are there"
    r"|do we|do you|does the|are we|can we|should i)\b)",
    re.IGNORECASE,
)
# An answer in the tone of a question.
_TENTATIVE = re.compile(
    r"^(?:(?:um|uh|er|so|well|okay|or|and|then|like|hmm) )*"
    r"(?:i think|i guess|i suppose|i'd|i would|i'll|maybe|perhaps|probably"
    r"|we'd|we would|something like)\b"
)
_RHETORICAL = re.compile(r"\b(right|okay|ok|you know|yeah|no|isn't it|huh)\?$", re.IGNORECASE)


def questions_in(text: str) -> list[str]:
    """What `text` asks, in order. Questions in the middle of an answer count only when they are
    marked as such; those it ends with count also where nobody wrote a question mark."""
    found: list[str] = []
    parts = sentences(text)
    for sentence in parts:
        marked = sentence.endswith("?")
        if marked and (_RHETORICAL.search(sentence) or _TENTATIVE.match(normal(sentence))):
            continue
        if marked and len(words_of(sentence)) <= LONGEST_QUESTION_WORDS:
            found += _split(sentence)
        elif not marked and (len(parts) == 1 or sentence is parts[-1]):
            found += _unmarked(sentence)
    return found


def _split(sentence: str) -> list[str]:
    """The questions of a sentence that has more than one."""
    pieces = _pieces(normal(sentence))
    if len(pieces) > 1:
        return pieces
    parts = _ANOTHER.split(sentence)
    return parts if all(len(words_of(part)) > 1 for part in parts) else [sentence]


def _pieces(said: str) -> list[str]:
    starts = [match.start(match.lastgroup or 0) for match in _INVERTED.finditer(said)]
    spans = zip(starts, [*starts[1:], len(said)], strict=False)
    return [said[begin:end].strip().removesuffix(" and") for begin, end in spans]


def _unmarked(sentence: str) -> list[str]:
    said = normal(sentence)
    if _STATES.match(said) or (_TENTATIVE.match(said) and not _INVERTED.search(said)):
        return []
    pieces = _pieces(said)
    if not pieces:
        short = len(said.split()) <= LONGEST_UNMARKED_WORDS
        return [sentence] if _ASKS.match(said) and short else []
    # A long tail is no question but the answer that goes on.
    return [piece for piece in pieces if len(piece.split()) <= LONGEST_UNMARKED_WORDS]


def asked_indirectly(text: str) -> str | None:
    """What the candidate says they would like to know, without asking for it."""
    wanted = _WANTS_TO_KNOW.findall(text)
    return wanted[-1] if wanted else None


def clarifying(text: str) -> str | None:
    """The question that the candidate's turn ends with, None when it ends otherwise."""
    found = questions_in(text)
    return found[-1] if found and normal(text).endswith(normal(found[-1])) else None
