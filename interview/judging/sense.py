"""Tells statements from words that only look like some: lists, loops, shuffled words, other
languages, strings of terms, and text said back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from interview.language import normal, sentences, words_of

# English speech has about half of its words from this list; other languages have next to none.
FUNCTION_WORDS = frozenset(
    """
a about after again all also an and any are as at be because been before being but by can can't
could did didn't do does doesn't don't each even every few first for from get gets had has have he
her here his how i i'd i'll i'm i've if in instead into is isn't it it's its just less let's like
made make makes many me more most much my need needs never new no not now of on once one only or
other our out over own rather same say see she should since so some something still such take than
that that's the their them then there there's these they they're this those though to too two
under until up us use used very was we we'd we'll we're we've well were what when where whether
which while who whose why will with without would you you'd your yes
""".split()  # noqa: SIM905
)
LEAST_FUNCTION_PART = 0.13
# A text shorter than this, in words, is not held to that.
SHORT_WORDS = 10
# Of the runs of three words in a text that says something, this part at least are said once.
LEAST_NEW_PART = 0.6
LOOP_WORDS = 14
# Of the neighbouring function words, this part at most cannot stand side by side in a sentence.
MOST_BROKEN_PART = 0.035
# Where a sentence says something of the terms in it, they are at most this part of its words, by
# how many there are.
MOST_TERMS_PART = {3: 0.42, 4: 0.32, 5: 0.27}
# A sentence whose words are to this part those of another text says that text back.
ECHO = 0.75
LEAST_ECHO_WORDS = 3
# Between commas, a list has so few words on average, and so many parts at least.
LIST_WORDS = 2.6
LIST_PARTS = 4
LONGEST_LISTED_WORDS = 6

# Fewer words than this of its own, or a smaller part of them, make a sentence vague.
LEAST_OWN_WORDS = 2
LEAST_OWN_PART = 0.4

_ARTICLE = frozenset("a an the my our your their its every".split())  # noqa: SIM905
_LINK = frozenset("and or but because since than if although though whether".split())  # noqa: SIM905
_PREPOSITION = frozenset("of for with from at into by under over without".split())  # noqa: SIM905
_AUXILIARY = frozenset(
    "is are was were be been would will can could should has have had do does did".split()  # noqa: SIM905
)
_MODAL = frozenset(
    "i'd i'll we'd we'll you'd would will can could should can't don't didn't doesn't".split()  # noqa: SIM905
)
_SUBJECT = frozenset("i he she they we".split())  # noqa: SIM905
_SHORT = frozenset("i'd i'll i'm i've we'd we'll we're we've it's they're they'd you'd".split())  # noqa: SIM905
_PRONOUN = frozenset(
    "it you not to so then there this that these us them me what when as".split()  # noqa: SIM905
)
_VERBLESS = frozenset("of for with from at by to is are was were had they he".split())  # noqa: SIM905
# What no sentence has right after one of the words.
_NOT_AFTER: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        _ARTICLE,
        (_ARTICLE - {"every"}) | _LINK | (_PREPOSITION - {"under", "over"}) | _AUXILIARY | _SUBJECT
        | _SHORT | _MODAL | _PRONOUN,
    ),
    **dict.fromkeys(
        _PREPOSITION, (_LINK - {"whether"}) | _AUXILIARY | _SUBJECT | _SHORT | {"to", "so"}
    ),
    **dict.fromkeys(_LINK, frozenset({"and", "or", "but", "than"})),
    **dict.fromkeys(_MODAL, _ARTICLE | _LINK | _SHORT | _VERBLESS),
    "to": _LINK | _SHORT | (_AUXILIARY - {"be", "have", "do"}) | {"of", "he", "they", "i"},
    **dict.fromkeys(_SUBJECT, _ARTICLE | _PREPOSITION | _SHORT | {"to", "it", "is", "than"}),
    **dict.fromkeys(_SHORT - _MODAL, _LINK | _SHORT | _SUBJECT | {"of", "is"}),
    **dict.fromkeys(_AUXILIARY - _MODAL - {"do", "have"}, frozenset({"than", "although"})),
}  # fmt: skip
_PARTS = re.compile(r"[,;:.]|\band\b|\bor\b|\s-\s")


@lru_cache(maxsize=4096)
def is_speech(text: str) -> bool:
    """False for text in another language, of words in no order, or going round in circles."""
    words = words_of(text)
    if len(words) < SHORT_WORDS:
        return bool(words)
    common = sum(word in FUNCTION_WORDS for word in words)
    return common >= LEAST_FUNCTION_PART * len(words) and not _loops(words) and not _broken(text)


def _loops(words: list[str]) -> bool:
    runs = list(zip(words, words[1:], words[2:], strict=False))
    return len(words) >= LOOP_WORDS and len(set(runs)) < LEAST_NEW_PART * len(runs)


def broken_part(text: str) -> float:
    """Of the words of `text`, the part that cannot stand after the word before it."""
    return _wrong(text) / max(1, len(words_of(text)))


def _wrong(text: str) -> int:
    return sum(
        second in _NOT_AFTER.get(first, ())
        for sentence in sentences(text)
        for first, second in pairwise(words_of(sentence))
    )


def _broken(text: str) -> bool:
    wrong = _wrong(text)
    return wrong > 1 and wrong > MOST_BROKEN_PART * len(words_of(text))


def lists(sentence: str) -> bool:
    """True when `sentence` only names things, one after the other."""
    parts = [part.split() for part in _PARTS.split(sentence) if part.strip()]
    if len(parts) < LIST_PARTS or max(map(len, parts)) > LONGEST_LISTED_WORDS:
        return False
    tail = parts[1:]
    return sum(len(part) for part in tail) <= LIST_WORDS * len(tail)


def strings_terms(sentence: str, terms: Iterable[str]) -> bool:
    """True when `sentence` has more terms in it than it could say something of. `terms`: each that
    is in it, as it stands there."""
    found = set(terms)
    length = len(words_of(sentence))
    taken = sum(len(words_of(term)) for term in found)
    most = MOST_TERMS_PART.get(min(len(found), max(MOST_TERMS_PART)), 1.0)
    return taken > most * length


def says_back(sentence: str, texts: Iterable[str]) -> bool:
    """True when `sentence` has hardly a word of its own beside those of one of `texts`."""
    own = meanings(sentence)
    for text in texts:
        shared = len(own & meanings(text))
        if own and (
            shared == len(own) or (len(own) >= LEAST_ECHO_WORDS and shared >= ECHO * len(own))
        ):
            return True
    return False


@lru_cache(maxsize=8192)
def meanings(text: str) -> frozenset[str]:
    """The stems of its words that are more than grammar."""
    return frozenset(_stem(word) for word in normal(text).split() if word not in FUNCTION_WORDS)


def is_vague(sentence: str) -> bool:
    """True when hardly a word of `sentence` could not be said of any other problem."""
    own, content = specific(sentence)
    return len(set(own)) < LEAST_OWN_WORDS or len(own) < LEAST_OWN_PART * len(content)


def specific(text: str) -> tuple[list[str], list[str]]:
    """The stems of words that could not be said of any problem, and all words with a meaning."""
    content = [word for word in words_of(text) if word not in FUNCTION_WORDS]
    return [stem for word in content if (stem := _stem(word)) not in _VAGUE], content


def vague_part(text: str) -> tuple[float, int]:
    """Of the words of `text` that are more than grammar, the part that could be said of any
    problem, and how many words those are. 0.0 where there is none."""
    content = [w for w in words_of(text) if w not in FUNCTION_WORDS and w not in _GRAMMAR]
    vague = sum(_stem(word) in _VAGUE for word in content)
    return vague / max(1, len(content)), len(content)


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    for end in ("ing", "ies", "ed", "es", "s"):
        if word.endswith(end) and len(word) - len(end) >= 4:
            return word[: -len(end)].rstrip("e")
    return word.rstrip("e")


# The rest of the words that name nothing. Who reads a whole text leaves them out on both sides.
_GRAMMAR = frozenset(
    """
above across against ago almost along already although always among another anybody anyone anything
anywhere around away behind below beside besides between beyond both cannot couldn't despite down
during either else ever everybody everyone everything everywhere except far got gotten hadn't hasn't
haven't having he'd he'll he's hence hers herself him himself however it'd it'll itself least lot
may maybe might must myself near neither nobody none nor nothing off often ones onto others
otherwise ours ourselves past per perhaps quite rather round shall she'd she'll she's shouldn't
somebody someone something somewhere soon themselves they'll they've through throughout till
together toward towards unless upon usually wasn't weren't what's whatever whenever wherever
whichever whoever whole whom who's within won't wouldn't yet you'll you're you've yours yourself
""".split()  # noqa: SIM905
)
# Said of any problem: stems.
_VAGUE = frozenset(
    _stem(word)
    for word in """
able absolutely actual align always angle answer anything appropriate approach area aspect balance
basically become believe benefit big bit bring build business careful case certain challenge change
choose chosen clear close come common communication company complete complex condition consider
context continuous continuously correct course create crucial customer data deal decide decision
deep default definitely deliver depend depends design detail develop different differently difficult
directly done easy effective efficient efficiently end ensure enough evaluate everybody everyone
everything everywhere example excellent expect experience experienced factor fast feature feedback
final find fine fit fix flexible flow focus follow full future general generally give go goal going
good great hand happen hard help high highly holistic idea impact implement importance important
improve improvement include individual industry infrastructure innovative input insight integrate
interesting issue iterate iteration job keep key kind know large latest launch lead learn learning
level leverage list little live long look lot machine main mainly maintain make manage matter maybe
mean measure meet method metric mind minute model modern monitor moment multiple mindset necessary
need next nice nothing number obviously often open optimal optimise optimize option order output
overall page part people perfect perform performance performing perspective pick piece plan platform
point possible power powerful practice prefer principle probably problem process produce product
professional project proper properly properties prove provide put quality question quick quickly
quite really reason regular reliable requirement research respective result right robust role run
scalable scale see select sense serious set setup show simple simply situation smart solid solution
solve somehow something sometimes sort specific stage stakeholder standard start state step
strategy strong structure success successful suitable sure system take target team technical
technique technology tell term test thing think thought time together tool top topic totally track
trade-off train try typical understand understanding unique useful user value valuable various
version view vision want watch way well whole word work working world worth business-critical
best better bad worse art ai ml algorithm algorithms stuff somebody someone opinion honest honestly
""".split()  # noqa: SIM905
)
