"""Every statement of a wording has to come from somewhere: the move's line or told facts, what the
candidate said, or a short remark that says nothing. Anything else is the model's own.

A statement is read in pieces; a piece of a question is one too when it stands before what is asked
or after it. Words are compared by their stems, as in `guard_content`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from interview import statement_words as words
from interview.briefing import Briefing
from interview.guard_words import NEGATION, OPEN, PLAIN_WORDS, QUESTION_WORDS, REQUEST, SYNONYMS
from interview.language import affirmed, as_spoken, normal, sentences, words_of
from interview.wordforms import ngrams, numbers, stem, stems

# So many words at most are picked up as a bare name for something: "Position bias, then."
NAME_WORDS = 7
# A denied clause of the line is said the other way round when so much of it stands undenied.
DENIED_KEPT = 0.67
# A plain word may be added where so many others are the line's.
KEPT_BY_ONE_ADDED = 3
# A claim of a line that makes none has at least so many of its words.
CLAIM_KEPT = 4
_CLAUSE = re.compile(r"\s*[;:]\s*|\s*,\s+|\s+(?:-|\.\.\.)\s+")
_JOINT = re.compile(
    r"\s*[,;:]?\s+\b(?:and|but|so|because|since|although|though|then|yet)\b\s+", re.IGNORECASE
)
_LEADS_IN = re.compile(
    r"^(?:(?:and|but|so|then|now|or|well|also|okay|ok|right|alright|all right|sure)\b,?\s*)+",
    re.IGNORECASE,
)
_ASKING = re.compile(
    rf"^(?:(?:in|on|for|at|by|to|from|of|with|under|after|and|so|but|then|or)\s+)*"
    rf"(?:{QUESTION_WORDS}|what's|where's|who's|how's|how'd|whom|(?:do|does|did|is|are|was|were|can"
    r"|could|would|will|should|has|have|had|might|may)\b)",
    re.IGNORECASE,
)
_DENIES_NOTHING = re.compile(
    r"\bno (?:rush|hurry|worries|problem|pressure|need to (?:hurry|rush))\b|\bif not\b"
    r"|\bor not\b|\bnot only\b|\b(?:put|set|leave|leav\w+|setting|putting)\b[^,.;]*\baside\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sources:
    """What statements may say. `stated`: the line's own and told facts; `line`: all of the line;
    `turns`: what the candidate said, turn by turn; `known`: stems of all that is public."""

    stated: tuple[str, ...]
    line: str
    turns: tuple[str, ...]
    known: frozenset[str]


def sources(b: Briefing, states: Iterable[str], known: frozenset[str]) -> Sources:
    """`states`: the sentences of the line that do not ask."""
    told = [as_spoken(fact.answer, b.scenario.spoken) for fact in b.told]
    return Sources(
        stated=(*states, *(part for text in told for part in sentences(text))),
        line=b.move.line,
        turns=tuple(turn.text for turn in b.turns if turn.speaker == "candidate"),
        known=known,
    )


def statement_breaches(
    states: Iterable[str], asks: Iterable[str], public: Sources
) -> Iterator[str]:
    """ "statement_added" for a statement that nothing backs, "leading" for a question that gives
    a view or a suggestion away."""
    stated = list(states)
    for ask in asks:
        before, after = _around(ask)
        stated += [part for part in before if not _opens(part, public)]
        if _leads(ask, public) or any(_suggests(part, public) for part in after):
            yield "leading"
    if not all(_backed(part, public) for part in stated):
        yield "statement_added"


def _backed(text: str, public: Sources) -> bool:
    """True when `text`, or else every piece of it, comes from somewhere."""
    text = text.strip(" .!,;:-")
    if not text or words.REMARK.fullmatch(normal(text)):
        return True
    bare = _LEADS_IN.sub("", text).strip(" ,")
    if _one_is_backed(bare, public):
        return True
    for split in (_CLAUSE, _JOINT):
        pieces = [piece for piece in split.split(bare) if piece.strip()]
        if len(pieces) > 1:
            return all(_backed(piece, public) for piece in pieces)
    return False


def _one_is_backed(text: str, public: Sources) -> bool:
    if not text or words.REMARK.fullmatch(normal(text)):
        return True
    if _adds(words.OPINION, text, public.line):
        return False
    return (
        _from_line(text, public)
        or _names(text, public)
        or _from_candidate(text, public)
        or _turns_to(text, public)
    )


def _from_line(text: str, public: Sources) -> bool:
    """True when `text` says what the line or a told fact states, and denies what they deny."""
    wanted = _content(text)
    if not (wanted - words.TALK) and (not wanted or not _within(wanted, public.line)):
        if words.ABOUT_THEM.match(text):
            rest = normal(text).partition(" ")[2]
            return " " in rest and f" {rest} " in f" {normal(public.line)} "
        return not _denies(text)
    if _adds(words.ADVICE, text, public.line) and not _within(wanted, public.line):
        return False
    known = _stems_of(" ".join(public.stated))
    telling = wanted - words.TALK
    added = {word for word in telling if not _matches(word, known)}
    if added and not (
        len(added) == 1
        and len([word for word in wanted if _matches(word, known)]) >= KEPT_BY_ONE_ADDED
        and all(_is_plain(word) for word in added)
    ):
        return False
    shares = [s for s in public.stated if _stems_of(s) & wanted]
    claims = words.COPULA.search(text) and not any(map(words.CLAIMS.search, shares))
    if claims and len(wanted) < CLAIM_KEPT:
        return False
    if _denies(text):
        return any(_denies(source) for source in shares)
    return not any(
        _denies(clause) and _kept(_content(clause), _stems_of(text)) >= DENIED_KEPT
        for source in shares
        for clause in _CLAUSE.split(source)
    )


def _names(text: str, public: Sources) -> bool:
    """True when `text` only names something that the line or the candidate named."""
    if words.ASSERTS.search(text) or words.SUBJECT.match(text) or _denies(text):
        return False
    listed = [word for word in stems(words.ARTICLE.sub("", text)) if word not in words.FILLS]
    if not listed or len(listed) > NAME_WORDS:
        return not listed
    if tuple(listed) in ngrams(stems(public.line), len(listed)):
        return True
    return any(_is_named(listed, stems(turn)) for turn in public.turns)


def _is_named(name: list[str], turn: list[str]) -> bool:
    """True when `turn` has `name` other than as something to do."""
    size = len(name)
    return any(
        turn[at : at + size] == name and (at == 0 or turn[at - 1] not in words.BEFORE_A_VERB)
        for at in range(len(turn) - size + 1)
    )


def _from_candidate(text: str, public: Sources) -> bool:
    """True when `text` attributes to the candidate what the candidate said."""
    if _adds(words.OWN_CLAUSE, text, public.line):
        return False
    if not words.ATTRIBUTES.search(text) or _adds(words.ADVICE, text, public.line):
        return False
    if not _content(text):
        return False
    wanted = _content(text) - words.TALK - words.ATTRIBUTING
    denies = _denies(text)
    ascribes = words.ASCRIBES.search(text)
    if denies and not _adds(NEGATION, text, public.line):
        denies = False
    line = _stems_of(public.line)
    for turn in (part for spoken in public.turns for part in sentences(spoken)):
        if any(
            stem(word.lower()) in wanted and stem(word.lower()) not in line
            for word in words.LESSENS.findall(turn)
        ):
            continue
        if ascribes and (_stems_of(turn) & words.LOADED) - _stems_of(text):
            continue
        said = _stems_of(turn if denies else affirmed(turn))
        if wanted <= said or wanted <= line:
            return not denies or _denies(turn)
    return not public.turns and not denies and all(word in line for word in wanted)


def _turns_to(text: str, public: Sources) -> bool:
    """True when `text` only says what comes next, or asks to suppose what the line says."""
    frame = words.TURN.match(text)
    if frame is None or _denies(text) or _adds(words.REMARKS_ON, text, public.line):
        return False
    supposes = bool(words.SUPPOSES.match(text))
    rest = text[frame.end() :]
    if words.ASSERTS.search(rest) and not supposes:
        return False
    wanted = _content(rest) - words.TALK
    line = _stems_of(public.line)
    if supposes:
        return all(_matches(word, line) or _is_plain(word) for word in wanted)
    added = {w for w in wanted if not _matches(w, line) and w not in public.known}
    return len(added) <= 1 and all(_is_plain(word) for word in added)


def _around(ask: str) -> tuple[list[str], list[str]]:
    """The pieces of a question before the one that asks, and those after it."""
    before, _, after = _parted(ask)
    return before, after


def _parted(ask: str) -> tuple[list[str], list[str], list[str]]:
    """The pieces of a question before what is asked, those that ask, and the rest."""
    pieces = [piece for piece in _CLAUSE.split(ask.strip(" ?")) if piece.strip()]
    if REQUEST.search(ask):
        return [], [], pieces[1:]
    for at, piece in enumerate(pieces):
        if _asks(piece):
            more = [part for part in pieces[at + 1 :] if _asks(part)]
            rest = [part for part in pieces[at + 1 :] if part not in more]
            return pieces[:at], [piece, *more], rest
    return pieces[:-1], pieces[-1:], []


def _asks(piece: str) -> bool:
    return bool(_ASKING.search(_LEADS_IN.sub("", piece).strip(" ,")))


def _opens(piece: str, public: Sources) -> bool:
    """True when a piece before a question only says of what or when it asks."""
    bare = _LEADS_IN.sub("", piece).strip(" ,")
    claims = words.ASSERTS.search(words.RELATIVE.sub("", bare))
    if not claims and _within(_content(bare), public.line):
        return True
    if not words.SUBORDINATE.match(bare):
        return False
    return all(
        _matches(word, public.known) or (word in PLAIN_WORDS and word not in words.WEIGHING)
        for word in _content(bare)
    )


def _leads(ask: str, public: Sources) -> bool:
    if _adds(words.LEADING, ask, public.line) or _adds(words.GROUNDS, ask, public.line):
        return True
    line = _stems_of(public.line)
    said = line.union(*(_stems_of(turn) for turn in public.turns))
    if any(word in words.WEIGHING and word not in said for word in stems(ask)):
        return True
    core = _parted(ask)[1]
    if any(
        word in said and not _matches(word, line) and not _is_plain(word)
        for word in _content(" ".join(core))
    ):
        return True
    if any(map(OPEN.search, _asked(public.line))) and not all(map(OPEN.search, core[:1])):
        return True
    example = words.EXAMPLE.search(ask)
    return (
        example is not None
        and _adds(words.EXAMPLE, ask, public.line)
        and _suggests(ask[example.end() :], public)
    )


def _asked(line: str) -> list[str]:
    """The first piece of `line` that asks, in each of its questions."""
    return [part for text in sentences(line) if "?" in text for part in _parted(text)[1][:1]]


def _suggests(piece: str, public: Sources) -> bool:
    """True when what follows a question names something that the line does not."""
    line = _stems_of(public.line)
    return any(not _matches(word, line) and word not in words.TAIL for word in _content(piece))


def _adds(pattern: re.Pattern[str], text: str, line: str) -> bool:
    there = f" {normal(line)} "
    return any(f" {normal(match[0])} " not in there for match in pattern.finditer(text))


def _within(wanted: frozenset[str] | set[str], line: str) -> bool:
    return all(_matches(word, _stems_of(line)) for word in wanted)


def _denies(text: str) -> bool:
    return bool(NEGATION.search(_DENIES_NOTHING.sub("", text)))


@lru_cache(maxsize=4096)
def _stems_of(text: str) -> frozenset[str]:
    return frozenset(stems(text))


def _content(text: str) -> set[str]:
    """The stems of `text` that say something; numbers are compared elsewhere."""
    return {
        stem(part)
        for word in words_of(text)
        for part in re.split(r"[-/]", word)
        if part and stem(part) not in words.FREE and not numbers(part)
    }


def _is_plain(word: str) -> bool:
    return word in PLAIN_WORDS and word not in words.LOADED


def _matches(word: str, known: frozenset[str]) -> bool:
    if word in known:
        return True
    if word in words.LOADED:
        return False
    groups = SYNONYMS.get(word, frozenset())
    return any(groups & SYNONYMS.get(other, frozenset()) for other in known)


def _kept(wanted: set[str], known: frozenset[str]) -> float:
    return sum(word in known for word in wanted) / len(wanted) if wanted else 0.0
