"""Has the candidate really given up the floor? Read from what the words say, not from the sound."""

from __future__ import annotations

import re

from interview.language import words_of

# Seconds of silence to wait before answering words that leave something open.
DANGLING_HOLD_S = 2.5
THINKING_HOLD_S = 60.0

_DANGLING = frozenset(
    """
a about after although an and as at because before between but by each even except for from her i
they we
his how if in instead into is its just like my of on or our over plus since so such than that the
their then these this those though through to uh um under unless until versus via when where
whether which while who whose with without your er erm hmm mm i'd i'll we'd we'll we're they're
i'm let's basically maybe probably would could should will must
""".split()  # noqa: SIM905
)
# Such words end a sentence as often as not; they dangle only without a full stop after them.
_CLOSED_BY_STOP = frozenset(
    """
so that this those these like then on in over through before after though about for to with
by is as at from under i'm would could should will must maybe probably plus her his
""".split()  # noqa: SIM905
)
_DANGLING_ENDS = (
    "you know",
    "i mean",
    "sort of",
    "kind of",
    "such as",
    "for example",
    "for instance",
    "in order to",
    "on the other hand",
    "the next thing is",
    "as well as",
    "i think",
    "i would say",
    "i guess",
    "what i would do is",
)
_THINKING = re.compile(
    r"\b(let me think|let me (?:just )?(?:have|take) (?:a |one )?(?:moment|minute|second|sec)"
    r"|give me (?:a|one|just a|another) (?:moment|minute|second|sec|bit)"
    r"|(?:just )?(?:a|one) (?:moment|second|sec|minute) please|hold on|bear with me"
    r"|i need (?:a|some) (?:moment|second|minute|time) to think|i(?:'m| am) thinking"
    r"|thinking about (?:it|that))\b"
)
_LIST = re.compile(
    r"\b(two|three|four|five|2|3|4|5|several|a few|a couple of|couple of) "
    r"(?:main |key |big |different |possible |more )?"
    r"(things|reasons|options|ways|parts|steps|points|components|stages|approaches|issues|"
    r"questions|concerns|risks|problems|pieces|layers|ideas|signals|metrics)\b"
)
_ENUMERATED = re.compile(
    r"\b(first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth(?:ly)?|fifth(?:ly)?|one is|"
    r"the other|another(?: one)?(?: is)?|finally|lastly|last one)\b"
)
_BACKCHANNEL = re.compile(
    r"^(?:(?:mm|mhm|mm-hm|mm-hmm|hm|hmm|uh-huh|uh|um|ah|oh|yeah|yes|yep|yup|right|okay|ok|sure|"
    r"great|cool|nice|perfect|fine|good|alright|all right|got it|i see|i understand|understood|"
    r"makes sense|that makes sense|sounds good|of course|exactly|thanks|thank you)\b ?){1,4}$"
)
_COUNTS = {"two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4, "five": 5, "5": 5}


def is_backchannel(text: str) -> bool:
    """True when `text` only says that one listens."""
    return bool(_BACKCHANNEL.match(" ".join(words_of(text))))


def asks_for_time(text: str) -> bool:
    """True when the last words ask for time to think."""
    return bool(_THINKING.search(" ".join(words_of(text)[-9:])))


def dangles(text: str) -> bool:
    """True when the words end in the middle of something."""
    stripped = text.strip()
    words = words_of(stripped)
    if not words:
        return False
    if stripped.endswith((",", "-", "—", "...", "…", ":")):
        return True
    if stripped.endswith("?"):
        return False
    last = words[-1]
    if last in _DANGLING and not (stripped.endswith((".", "!")) and last in _CLOSED_BY_STOP):
        return True
    joined = " ".join(words)
    return any(joined == end or joined.endswith(" " + end) for end in _DANGLING_ENDS)


def list_unfinished(text: str) -> bool:
    """True when a list of a stated length was announced and fewer items were marked since, and
    little has been said after the announcement."""
    joined = " ".join(words_of(text))
    announced = list(_LIST.finditer(joined))
    if not announced:
        return False
    after = joined[announced[-1].end() :]
    marked = len(_ENUMERATED.findall(after))
    expected = _COUNTS.get(announced[-1].group(1), 2)
    if marked:
        return marked < expected
    return len(after.split()) < 4 * expected


def hold_seconds(text: str) -> float:
    """Seconds of silence to wait for before answering `text`, the candidate's turn so far; 0 when
    the turn reads as finished."""
    if asks_for_time(text):
        return THINKING_HOLD_S
    if dangles(text) or list_unfinished(text):
        return DANGLING_HOLD_S
    return 0.0
