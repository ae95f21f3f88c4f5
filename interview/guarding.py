"""Guard rails: what is wrong with a wording of a move, whoever worded it. Pure.

A wording that breaks any of them is not spoken; the move's own line is. What the line itself says
is never a breach, so a scripted line passes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from interview import guard_words as words
from interview.briefing import Briefing
from interview.commands import MoveKind
from interview.guard_content import (
    Said,
    adds_content,
    asks_otherwise,
    echoes,
    leaks,
    number_breaches,
    public,
    statements_lost,
)
from interview.guard_statements import sources, statement_breaches
from interview.language import normal, sentences
from interview.wordforms import stems

# Words that a wording may have; more where the line itself is long.
LONGEST: dict[MoveKind, int] = {
    "nudge": 26,
    "acknowledge": 26,
    "warn": 32,
    "hold": 20,
    "redirect": 45,
    "bridge": 60,
    "summarise": 90,
    "feedback": 120,
}
LONGEST_ELSE = 42
LONGER_THAN_LINE = 1.4
# A sentence of so many words is not said twice.
REPEAT_WORDS = 5
ENGLISH_SHARE = 0.4
_QUOTED = re.compile(r'"([^"]*)"')
_TYPOGRAPHY = str.maketrans(
    {"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'", "\u00a0": " ", "\u2011": "-"}
)
# "Even if it is half a thought, tell me" asks as much as "tell me" does.
_AFTER_CONDITION = re.compile(r"(?<=\w), (?=tell me|walk me|describe|explain)", re.IGNORECASE)
# Says what a question will be about, before it.
_ANNOUNCES = re.compile(
    r"(?:\w+, )*i(?:'d| would) (?:like|love) to (?:hear|know|understand)(?: a bit| a little)?"
    r"(?: more)? (?:about|of)\b|(?:\w+, )*i(?:'m| am) (?:curious|interested|wondering)"
    r" (?:about|in)\b",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s*[\u2013\u2014]\s*")
_ENDS = re.compile(r"[.?!][\"')]?$")
_REQUEST_MARK = re.compile(r"\?[\"')]?$")

# Patterns by the breach they show, each wherever the line does not say the same.
_ALWAYS: dict[str, tuple[re.Pattern[str], ...]] = {
    "refusal": (words.REFUSAL,),
    "machine": (words.MACHINE,),
    "machinery": (words.MACHINERY,),
    "out_of_part": (words.ASIDE,),
    "markup": (words.MARKUP,),
    "stage_direction": (words.STAGE,),
    "link": (words.LINK,),
    "placeholder": (words.PLACEHOLDER,),
    "symbol": (words.SYMBOL,),
    "promise": (words.PROMISE,),
    "invented": (words.INVENTED,),
    # In the last part, too: what there is to say of an answer stands in the line.
    "verdict": (words.VERDICT,),
}


def tidy(text: str) -> str:
    """`text` on one line, with plain quotation marks and none around the whole of it."""
    text = _DASH.sub(", ", " ".join(text.translate(_TYPOGRAPHY).split()))
    if len(text) > 1 and text[0] == text[-1] == '"' and '"' not in text[1:-1]:
        text = text[1:-1].strip()
    return text


def refuses(text: str) -> bool:
    """True when a model declines to go on instead of wording the move."""
    return bool(words.REFUSAL.search(text.translate(_TYPOGRAPHY)))


def breaches(raw: str, b: Briefing) -> tuple[str, ...]:
    """The rails that the wording `raw` breaks, by name, in a fixed order; none when it may be
    spoken, as `tidy(raw)`. "statement_added" and "leading" are named alone, when no other is."""
    text = tidy(raw)
    if not any(char.isalnum() for char in text):
        return ("empty",)
    said, line = _said(text), _said(b.move.line)
    allowed = public(b, line)
    found: list[str] = []
    # Line breaks are markup too, so that is looked for in what came.
    raw = raw.translate(_TYPOGRAPHY).strip()
    bare = _without_quotes(text, b)
    for breach, patterns in _ALWAYS.items():
        looked_at = raw if breach in {"markup", "symbol"} else bare
        if any(_says(pattern, looked_at, line.text) for pattern in patterns):
            found.append(breach)
    if not _english(text, line, allowed.stems):
        found.append("not_english")
    if len(text.split()) > max(
        LONGEST.get(b.move.kind, LONGEST_ELSE), LONGER_THAN_LINE * len(b.move.line.split())
    ):
        found.append("too_long")
    if not _ENDS.search(text):
        found.append("cut_off")
    found += _question_breaches(said, line)
    found += _wording_breaches(text, b, said, line)
    found += number_breaches(said, line)
    found += statements_lost(said, line, b.move.kind)
    found += leaks(said, b, allowed)
    if adds_content(said, allowed, b.move.kind):
        found.append("adds_content")
    if not found:
        # Last, and alone: most of what breaks another rail breaks this one too.
        found += statement_breaches(
            _without_backed_quotes(said.states if line.asks else sentences(text), b),
            _without_backed_quotes(said.asks if line.asks else (), b),
            sources(b, line.states, allowed.stems),
        )
    return tuple(dict.fromkeys(found))


def _said(text: str) -> Said:
    parts = sentences(text)
    questions = [part for part in parts if _REQUEST_MARK.search(part)]
    asks = [
        part
        for part in parts
        if part in questions or (_requests(part) and not (questions and _ANNOUNCES.match(part)))
    ]
    return Said(text, tuple(asks), tuple(part for part in parts if part not in asks))


def _requests(sentence: str) -> bool:
    return any(map(words.REQUEST.search, _AFTER_CONDITION.split(sentence, maxsplit=1)))


def _only_requests(said: Said) -> bool:
    return not any(map(_REQUEST_MARK.search, said.asks))


def _requests_in(line: Said) -> bool:
    """True when a statement ends in a request: "That's up to you; say what you choose." """
    return any(
        words.REQUEST.search(part) for state in line.states for part in re.split(r"[;:,] ", state)
    )


def _says(pattern: re.Pattern[str], text: str, line: str) -> bool:
    """True when `text` has a match that `line` has not."""
    there = f" {normal(line)} "
    for match in pattern.finditer(text):
        found = normal(match[0])
        if match[0] not in line and (not found or f" {found} " not in there):
            return True
    return False


def _without_quotes(text: str, b: Briefing) -> str:
    """`text` less what it quotes of the candidate word for word."""
    heard = f" {normal(b.said_by_candidate)} "
    return _QUOTED.sub(lambda match: "" if f" {normal(match[1])} " in heard else match[0], text)


def _without_backed_quotes(parts: Iterable[str], b: Briefing) -> list[str]:
    """`parts` that the line does not have, less the candidate's words that they quote."""
    own = {normal(part) for part in sentences(b.move.line)}
    return [_without_quotes(part, b) for part in parts if normal(part) not in own]


def _english(text: str, line: Said, known: frozenset[str]) -> bool:
    if words.NOT_LATIN.search(text):
        return False
    parts = re.findall(r"[^\W\d_]+", text.lower())
    own = set(re.findall(r"[^\W\d_]+", line.text.lower()))
    foreign = [p for p in parts if p not in own and (p in words.FOREIGN or not p.isascii())]
    if len(foreign) >= 2:
        return False
    understood = [s for s in stems(text) if s in words.PLAIN_WORDS or s in known]
    return len(parts) < 4 or len(understood) >= ENGLISH_SHARE * len(parts)


def _question_breaches(said: Said, line: Said) -> list[str]:
    found: list[str] = []
    doubled = any(
        len(words.JOINED_QUESTION.findall(ask)) > len(words.JOINED_QUESTION.findall(line.text))
        for ask in said.asks
    )
    if len(said.asks) > max(1, len(line.asks)) or doubled:
        found.append("two_questions")
    if said.asks and not line.asks and not (_only_requests(said) and _requests_in(line)):
        found.append("question_added")
    if line.asks and not said.asks:
        found.append("question_lost")
    ends_asking = sentences(line.text)[-1:] == list(line.asks[-1:])
    if said.asks and ends_asking and sentences(said.text)[-1] != said.asks[-1]:
        found.append("question_not_last")
    if asks_otherwise(said, line):
        found.append("other_question")
    return found


def _wording_breaches(text: str, b: Briefing, said: Said, line: Said) -> list[str]:
    found: list[str] = []
    here = f" {normal(text)} "
    if b.name and b.name not in b.move.line and _addresses(text, b.name):
        found.append("name")
    quotes = _QUOTED.findall(b.move.line)
    about = normal(b.move.about or "")
    picked_up = about and f" {about} " in f" {normal(b.move.line)} "
    if any(f" {normal(q)} " not in here for q in quotes) or (
        picked_up and f" {about} " not in here
    ):
        found.append("quote_lost")
    heard = f" {normal(b.said_by_candidate)} {normal(b.move.line)} "
    if any(f" {normal(quote)} " not in heard for quote in _QUOTED.findall(text)):
        found.append("misquote")
    before = {normal(part) for part in sentences(b.said_by_interviewer)}
    own = {normal(part) for part in sentences(b.move.line)}
    if any(
        len(part.split()) >= REPEAT_WORDS and part in before and part not in own
        for part in map(normal, sentences(text))
    ):
        found.append("repeats")
    if echoes(said, b, line):
        found.append("echo")
    return found


def _addresses(text: str, name: str) -> bool:
    return bool(re.search(rf"(?:^|[,.;!?] ){re.escape(name)}\b|\b{re.escape(name)}[,.!?;]", text))
