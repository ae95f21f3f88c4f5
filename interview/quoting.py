"""What may be picked up from a candidate's words: noun phrases, and whole clauses to quote.

Both come out verbatim, and both have to make sense alone. Text may come from a recogniser that
writes neither punctuation nor capitals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from interview.language import normal, words_of
from interview.nouns import ALONE, COUNTED, KIND_OF, MODIFIERS, VERBS_TOO, NounKind
from interview.substance import SUBJECT_VERB, answer_sentences, claims

LONGEST_PHRASE_WORDS = 4
SHORTEST_CLAUSE_WORDS = 4
LONGEST_CLAUSE_WORDS = 14

_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9'\u2019/-]*")
_PIECE = re.compile(r"[.,;:?!()\u2014]+|\s-\s")
_NOUN_FOLLOWS = frozenset(
    """
a an the our my your their its this that these those each every any some no of for from on in with
by at into about between against without over under per both two three several many more most
""".split()  # noqa: SIM905
)

# A quote neither begins nor ends with one of these.
NEVER_FIRST = frozenset(
    """
after although and as at because before but by either else even except from however if in instead
into like nor of on or over per plus since so than that then though through to unless until
versus when whenever where whereas whether which while who whom whose with without yes yeah no okay
ok um uh well er erm hmm just basically actually maybe probably something things also not too is are
was were be been does do did has have had how what why what's how's who's where's should
shall could can may would it they this these those he she them you
""".split()  # noqa: SIM905
)
NEVER_LAST = NEVER_FIRST | frozenset(
    """
a about an are be been being between both can could did do does each every for had has have he her
his how i i'd i'll i'm i've is it's its let's may might more most much must my our she should some
such the their there these they this those very was we we'd we'll we're were what why will would
you your you'd he'd she'd only other under against first second
use take make want need get give put try say think choose pick train build split
""".split()  # noqa: SIM905
)
_NEVER_FIRST_BUT = frozenset({"for"})
_FILLERS = frozenset(
    "um uh er erm hmm well okay ok yeah yes so honestly actually basically like right".split()  # noqa: SIM905
)
_HEDGES = frozenset({"i think", "i guess", "i suppose", "i believe", "i mean", "you know"})
# Before one of these a new clause begins, also where nobody wrote a comma.
_CLAUSE_START = re.compile(
    r"(?<=\s)(?=(?:because|but (?:i|we|it|they|the|a|my) |although|whereas|unless|otherwise"
    r"|so (?:the|that|i|we|it|they)"
    r"|and (?:then|i|i'd|i'll|we|we'd|we'll|it|they|the|a|an) |then (?:i|i'd|we|we'd)"
    r"|which|while|if|when|before|after|until|since|where) ?\b)",
    re.IGNORECASE,
)
_AND = re.compile(r"\s+(?=(?:and|or)\s)", re.IGNORECASE)
# What comes before such a late subject is the end of another clause.
_LATE_SUBJECT = re.compile(r"^(?:\S+ ){5,}(?:i|we)(?: would|'d|'ll| will)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """`said` as the candidate said it, `named` as it is said back, with an article where English
    wants one."""

    said: str
    named: str
    kind: NounKind
    weight: int
    """How telling it is: more with a term of the scenario, more with more words."""


def _single(word: str) -> str:
    word = word.lower().replace("\u2019", "'")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("ches") or word.endswith("xes"):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "is", "us", "as")):
        return word[:-1]
    return word


@lru_cache(maxsize=64)
def _term_tokens(terms: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    tokens = {tuple(_single(w) for w in _TOKEN.findall(term)) for term in terms}
    return tuple(sorted((t for t in tokens if t), key=lambda t: (-len(t), t)))


def _matches(tokens: list[str], terms: tuple[tuple[str, ...], ...]) -> list[bool]:
    """Which of `tokens` belong to one of `terms`."""
    single = [_single(token) for token in tokens]
    part_of = [False] * len(tokens)
    for start in range(len(tokens)):
        for term in terms:
            if tuple(single[start : start + len(term)]) == term:
                part_of[start : start + len(term)] = [True] * len(term)
                break
    return part_of


@lru_cache(maxsize=8192)
def noun_phrases(text: str, terms: tuple[str, ...] = ()) -> tuple[NounPhrase, ...]:
    """The noun phrases of `text` that are good to say back, the most telling first."""
    known = _term_tokens(terms)
    found: dict[str, NounPhrase] = {}
    for piece in _PIECE.split(text):
        tokens = _TOKEN.findall(piece)
        for phrase in _runs(tokens, known):
            found.setdefault(normal(phrase.said), phrase)
    return tuple(sorted(found.values(), key=lambda phrase: -phrase.weight))


def _runs(tokens: list[str], terms: tuple[tuple[str, ...], ...]) -> list[NounPhrase]:
    in_term = _matches(tokens, terms)
    lower = [token.lower() for token in tokens]

    def fits(i: int) -> bool:
        return in_term[i] or lower[i] in MODIFIERS or _single(lower[i]) in KIND_OF

    out: list[NounPhrase] = []
    i = 0
    while i < len(tokens):
        if not fits(i):
            i += 1
            continue
        start = i
        while i < len(tokens) and fits(i):
            i += 1
        end = i
        before = lower[start - 1] if start else ""
        while end - start > 1 and lower[start] in VERBS_TOO and before not in _NOUN_FOLLOWS:
            if in_term[start] and in_term[start + 1]:
                break
            before = lower[start]
            start += 1
        while end > start and not (in_term[end - 1] or _single(lower[end - 1]) in KIND_OF):
            end -= 1
        made = _phrase(tokens[start:end], in_term[start:end], before)
        if made:
            out.append(made)
    return out


def _phrase(tokens: list[str], in_term: list[bool], before: str) -> NounPhrase | None:
    has_term = any(in_term)
    # Nouns in a row that nobody put commas between are a list, and no phrase.
    most = LONGEST_PHRASE_WORDS if sum(in_term) >= 2 else LONGEST_PHRASE_WORDS - 1
    if not tokens or len(tokens) > most:
        return None
    last = _single(tokens[-1])
    if len(tokens) == 1:
        word = tokens[0].lower()
        alone = in_term[0] or word in ALONE
        if not alone or (word in VERBS_TOO and before not in _NOUN_FOLLOWS):
            return None
    said = " ".join(tokens)
    shown = said if said.isupper() or any(c.isupper() for c in said[1:]) else said.lower()
    singular = tokens[-1].lower() == last
    article = singular and last in COUNTED and not (len(tokens) == 1 and has_term)
    return NounPhrase(
        said=said,
        named=f"the {shown}" if article else shown,
        kind=KIND_OF.get(last, "thing"),
        weight=4 * has_term + len(tokens),
    )


def well_formed(quote: str) -> bool:
    """True when `quote` may be read out on its own: no loose end on either side."""
    words = words_of(quote)
    return (
        SHORTEST_CLAUSE_WORDS <= len(words) <= LONGEST_CLAUSE_WORDS
        and words[0] not in NEVER_FIRST
        and words[-1] not in NEVER_LAST
        and (
            words[0] not in _NEVER_FIRST_BUT or {"i", "we", "i'd", "we'd"} & set(words[:5]) != set()
        )
    )


def _without_lead(clause: str) -> str:
    parts = clause.strip(" ,").split()
    leads = _FILLERS | {"and", "but", "because", "then", "also", "or", "otherwise"}
    while True:
        while parts and parts[0].lower().rstrip(",") in leads:
            parts = parts[1:]
        if " ".join(parts[:2]).lower() not in _HEDGES:
            return " ".join(parts)
        parts = parts[2:]


@lru_cache(maxsize=4096)
def clauses(text: str) -> tuple[str, ...]:
    """The clauses of `text` that can be quoted, in order: each states something of the subject."""
    out: list[str] = []
    parts = [part for said in answer_sentences(text) for part in re.split(r"(?<=[;:])\s+", said)]
    for sentence in parts:
        comma_parts = re.split(r",\s+|\s-\s", sentence.strip().rstrip(".!;:"))
        for comma_part, following in zip(comma_parts, [*comma_parts[1:], None], strict=True):
            if following is not None and len(following.split()) < 3:
                continue  # the beginning of a list
            for part in _CLAUSE_START.split(comma_part):
                pieces = [part]
                if len(part.split()) > LONGEST_CLAUSE_WORDS:
                    pieces = _AND.split(part)
                for piece in pieces:
                    quote = _quotable(piece)
                    if quote:
                        out.append(quote)
    return tuple(dict.fromkeys(out))


def _quotable(piece: str) -> str | None:
    quote = _without_lead(piece).rstrip(" ,.")
    if not well_formed(quote) or not SUBJECT_VERB.search(quote) or not claims(quote):
        return None
    if _LATE_SUBJECT.search(quote):
        return None
    quote = re.sub(r"\bi(?=\b(?!-))", "I", quote)
    first = quote.split(" ", 1)[0]
    keeps = first.startswith("I'") or first == "I" or any(c.isupper() for c in first[1:])
    return quote if keeps else quote[:1].lower() + quote[1:]
