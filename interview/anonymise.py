"""Takes out of a transcript what could tell who spoke: names, e-mail and web addresses, telephone
numbers, numbers, organisations.

Rules and word lists, no model; where in doubt a word is taken out. Kept are numbers up to twelve
that are spelled out and stand alone, ordinals in words, and terms of the trade such as "p95"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from interview.anonymise_patterns import marked
from interview.anonymise_words import (
    EVERYDAY,
    NAMES_THAT_ARE_WORDS,
    ORGANISATIONS,
    ORGANISATIONS_THAT_ARE_WORDS,
    PARTS_OF_COMPANIES,
    SMALL_NUMBERS,
    SUFFIXES,
    TERMS,
)

Kind = Literal["name", "email", "phone", "url", "number", "organisation"]
KINDS: tuple[Kind, ...] = ("name", "email", "phone", "url", "number", "organisation")


@dataclass(frozen=True)
class Lexicon:
    """What words are, all in lower case. `known`: parts of the names and addresses of people with
    an account. `vocabulary`: ordinary words. `terms`: proper names that identify nobody."""

    given_names: frozenset[str]
    family_names: frozenset[str]
    vocabulary: frozenset[str]
    terms: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Anonymised:
    """`texts` answers the texts given one for one, with marks such as "<name>"; `removed` counts
    the marks by kind."""

    texts: tuple[str, ...]
    removed: Mapping[Kind, int]


# As far as the longest of the patterns below reaches.
_LOOK_BACK = 60
_TOKEN = re.compile(r"<[a-z]+>|[^\W\d_][\w]*(?:['.&-][^\W\d_]\w*)*(?:\+\+)?|[.?!]+(?=\s|$)")
_MARK = re.compile(r"<([a-z]+)>")
_ENDING = re.compile(r"(?:'(?:s|d|ll|re|ve|m)|s')$", re.I)
_ORDINARY_ENDING = re.compile(
    r"(?:ing|ed|ly|tion|tions|sion|ness|ful|able|ible|ous|ive|ment|ments|less|ist|ists|ised|ized"
    r"|ise|ize|ity|ies|ical|ance|ence|ance|ward|wise|ship|ism)$"
)
_PERSON_BEFORE = re.compile(
    r"(?:\bmy name(?:'s| is)|\bname is|\bcall(?:ed)? me|\bnamed|\bthis is|\bi am|\bi'm"
    r"|\b(?:colleague|manager|boss|lead|mentor|friend|teammate|coworker|advisor|supervisor|cto|ceo"
    r"|wife|husband|partner|brother|sister|professor|doctor|prof|dr|mr|mrs|ms|mx)\.?"
    r"|\b(?:hi|hello|hey|thanks|thank you|ask|asked|met|told|meet|shout out to))"
    r",?\s+$",
    re.I,
)
_SURE_PERSON_BEFORE = re.compile(
    r"(?:\bmy name(?:'s| is)|\bcall(?:ed)? me|\b(?:mr|mrs|ms|mx|dr|prof|professor)\.?)\s+$", re.I
)
_WORKPLACE_BEFORE = re.compile(
    r"(?:\b(?:work(?:s|ed|ing)?|consult(?:ed|ing)?|contract(?:ed|ing)?|freelanc(?:ed|ing)|intern(?:ed|ing)?|employed|stud(?:y|ied|ying)|years?|months?|time"
    r"|job|role|offer|position|engineer|scientist|internship|team|here|back|started|currently|now"
    r"|phd|degree|lead|professor|researcher|developer|manager|while|days)\s+(?:at|for|with|from)"
    r"|\bjoin(?:ed|ing)?|\bhired by|\bacquired by|\bmoved to|\binterviewed (?:at|with)"
    r"|\b(?:company|startup|start-up|employer|firm|client|customer|bank|agency|product)"
    r"(?: is| was)? (?:called|named))\s+(?:the\s+)?$",
    re.I,
)
_WITH_BEFORE = re.compile(r"\b(?:with|know|knew|called|and|by|from|to|for)\s+$", re.I)
_PERSON_AFTER = re.compile(
    r"^\s+(?:and (?:i\b|[A-Z])|who (?:had|has|was|is|did|made|wrote|labelled|ran|led)\b"
    r"|(?:said|says|told|asked|thinks|thought|wrote|built|ran|wanted|wants|helped|taught|led)\b)"
)
_AT_BEFORE = re.compile(r"\b(?:at|from|for|with|by|left|in|near|of)\s+(?:the\s+)?$", re.I)
_IS_SUFFIX = re.compile(rf"(?:{SUFFIXES})", re.I)
_SUFFIX = re.compile(rf"^\s+(?:{SUFFIXES})\b", re.I)


def anonymise(texts: Sequence[str], lexicon: Lexicon) -> Anonymised:
    """The texts of one conversation. A name that is sure in one of them is taken out of all."""
    plain = [marked(text, lexicon.terms) for text in texts]
    learnt: dict[str, Kind] = {}
    seen_small = _seen_small(plain)
    for text in plain:
        for word in _judged(text, lexicon, seen_small, {}):
            if word.sure and word.kind is not None and len(word.low) > 2:
                learnt.setdefault(word.low, word.kind)
    clean = tuple(_without(text, lexicon, seen_small, learnt) for text in plain)
    found = Counter(mark for text in clean for mark in _MARK.findall(text))
    return Anonymised(clean, {kind: found[kind] for kind in KINDS if found[kind]})


@dataclass(frozen=True)
class _Judged:
    """A word at `start` to `end` of its text, and what it is taken for, if it has to go. `sure`:
    wherever else it stands it is the same."""

    start: int
    end: int
    low: str
    kind: Kind | None
    sure: bool = False
    ordinary: bool = True


def _stem(word: str) -> str:
    return _ENDING.sub("", word).lower().rstrip(".")


def _seen_small(texts: Sequence[str]) -> frozenset[str]:
    """Words that somebody wrote in lower case where others are capitalised: no names."""
    return frozenset(
        token
        for text in texts
        if _is_cased(text)
        for token in re.findall(r"\b[a-z][a-z'-]+\b", text)
    )


def _is_cased(text: str) -> bool:
    """Whether whoever wrote it tells names by their capitals."""
    words: list[str] = [w for w in re.findall(r"[^\W\d_]+", _MARK.sub(" ", text)) if w != "I"]
    upper = sum(word[0].isupper() for word in words)
    shouted = sum(word.isupper() and len(word) > 1 for word in words)
    return upper > 0 and 2 * shouted <= len(words)


def _judged(
    text: str, lexicon: Lexicon, seen_small: frozenset[str], learnt: Mapping[str, Kind]
) -> Iterator[_Judged]:
    cased = _is_cased(text)
    first = True
    for token in _TOKEN.finditer(text):
        word = token[0]
        if word[0] in ".?!":
            first = True
            continue
        if word[0] == "<":
            first = False
            continue
        low = _stem(word)
        judge = _Judge(text, token.start(), token.end(), word, low, cased, first, lexicon)
        kind, sure = judge.kind(seen_small)
        if kind is None and low in learnt and not judge.ordinary(seen_small):
            kind = learnt[low]
        end = token.start() + len(_ENDING.sub("", word))
        yield _Judged(token.start(), end, low, kind, sure, judge.ordinary(seen_small))
        first = False


@dataclass(frozen=True)
class _Judge:
    text: str
    start: int
    end: int
    word: str
    low: str
    cased: bool
    first: bool
    lexicon: Lexicon

    @property
    def capital(self) -> bool:
        return self.cased and self.word[0].isupper()

    def term(self) -> bool:
        return self.low in TERMS or self.low in self.lexicon.terms

    def ordinary(self, seen_small: frozenset[str] = frozenset()) -> bool:
        low = self.low
        if low in self.lexicon.known:
            return low in EVERYDAY
        if self._word(low) or low in SMALL_NUMBERS or (low in seen_small and not self._is_name()):
            return True
        endings = [end for end in ("s", "es", "er", "n't") if low.endswith(end)]
        if any(self._word(low.removesuffix(end)) for end in endings):
            return True
        parts = low.split("-")
        if len(parts) > 1 and all(self._word(part) or part in TERMS for part in parts if part):
            return True
        return not self.capital and not self._is_name() and bool(_ORDINARY_ENDING.search(low))

    def _word(self, low: str) -> bool:
        return low in EVERYDAY or low in self.lexicon.vocabulary

    def _is_name(self) -> bool:
        return self.low in self.lexicon.given_names or self.low in self.lexicon.family_names

    def kind(self, seen_small: frozenset[str]) -> tuple[Kind | None, bool]:
        """What the word has to go as, and whether that is sure."""
        low, lexicon = self.low, self.lexicon
        before = self.text[max(0, self.start - _LOOK_BACK) : self.start]
        if low in ORGANISATIONS:
            return "organisation", True
        if self.term() and not _SURE_PERSON_BEFORE.search(before):
            return None, False
        workplace = bool(_WORKPLACE_BEFORE.search(before))
        if low in ORGANISATIONS_THAT_ARE_WORDS and (
            workplace or (self.capital and not self.first and _AT_BEFORE.search(before))
        ):
            return "organisation", False
        ordinary = self.ordinary(seen_small)
        if _SUFFIX.match(self.text[self.end :]) and not ordinary:
            return "organisation", True
        if low in lexicon.known and not (ordinary and not self.capital):
            return (None, False) if ordinary and self.first else ("name", True)
        if _SURE_PERSON_BEFORE.search(before) and low not in EVERYDAY - NAMES_THAT_ARE_WORDS:
            return "name", not ordinary
        if workplace and not ordinary:
            return "organisation", True
        if self._given(ordinary):
            return "name", not ordinary
        if _PERSON_BEFORE.search(before) and not ordinary:
            return "name", self._is_name() or self.capital
        if self.capital and low in lexicon.family_names and not ordinary:
            return "name", True
        if self._is_name() and not ordinary and _WITH_BEFORE.search(before):
            return "name", True
        if len(self.word) == 1:
            return None, False
        after = self.text[self.end : self.end + 20]
        known = self.capital or self._is_name()
        if known and not ordinary and _PERSON_AFTER.search(after):
            return "name", False
        if not self.first and self.capital and not ordinary:
            return self._unknown(before), False
        if not self.cased and not ordinary and re.search(r"\bat (?:the )?$", before, re.I):
            return "organisation", False
        return None, False

    def _given(self, ordinary: bool) -> bool:
        """A given name that is no word, or one that is a word where a name is expected."""
        if self.low not in self.lexicon.given_names:
            return False
        if self.low in NAMES_THAT_ARE_WORDS or ordinary or len(self.low) < 3:
            return self.capital and not self.first
        return True

    def _unknown(self, before: str) -> Kind:
        letters = self.word.replace(".", "")
        inner = letters[1:] != letters[1:].lower()
        return "organisation" if inner or _AT_BEFORE.search(before) else "name"


def _without(
    text: str, lexicon: Lexicon, seen_small: frozenset[str], learnt: Mapping[str, Kind]
) -> str:
    """`text` with a mark in the place of each word, or row of words, that has to go."""
    judged = list(_judged(text, lexicon, seen_small, learnt))
    kinds = [word.kind for word in judged]
    for index, word in enumerate(judged):
        if kinds[index] is None:
            kinds[index] = _drawn_in(text, judged, kinds, index, lexicon)
        elif word.kind == "name" and index and _row(text, judged, index) and kinds[index - 1]:
            kinds[index] = kinds[index - 1]
    parts: list[str] = []
    at, last = 0, -2
    for index, word in enumerate(judged):
        kind = kinds[index]
        if kind is None:
            continue
        joined = last == index - 1 and kinds[last] == kind and _row(text, judged, index)
        if not joined:
            parts += [text[at : word.start], f"<{kind}>"]
        at, last = word.end, index
    return "".join([*parts, text[at:]])


def _row(text: str, judged: Sequence[_Judged], index: int) -> bool:
    """Whether the word stands right after the one before it."""
    between = text[judged[index - 1].end : judged[index].start]
    return between.strip(" .&") in {"", "of"} and "\n" not in between and len(between) <= 4


def _drawn_in(
    text: str,
    judged: Sequence[_Judged],
    kinds: Sequence[Kind | None],
    index: int,
    lexicon: Lexicon,
) -> Kind | None:
    """What belongs to a name beside it: its capitalised second part, its suffix, a surname."""
    word = judged[index]
    written = text[word.start : word.end]
    if not index or kinds[index - 1] is None or not _row(text, judged, index):
        return None
    before = kinds[index - 1]
    if before == "organisation" and (
        _IS_SUFFIX.fullmatch(written) or word.low in PARTS_OF_COMPANIES
    ):
        return before
    if before == "name" and word.low in lexicon.family_names and word.low not in EVERYDAY:
        return before
    if not word.ordinary and not _is_cased(text):
        return before
    term = word.low in TERMS or word.low in lexicon.terms
    capital = _is_cased(text) and written[0].isupper() and written != "I"
    return before if capital and not term else None
