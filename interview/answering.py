"""Moves that answer what the candidate asks: for a fact, about the interviewer, for the answer."""

from __future__ import annotations

import re
from collections.abc import Iterable

from interview import phrasing
from interview.conversation import Planned
from interview.language import find_phrase, lower_first, normal, sentences, words_of
from interview.scenario import Fact
from interview.situation import Situation

_ASKS = re.compile(
    r"^(?:(?:um|uh|so|okay|ok|and|but|well|right|sorry|just|hmm|actually|first) )*"
    r"(?:how (?:many|much|often|big|large|long|fast|fresh|old)"
    r"|what(?:'s| is| are) (?:the|our|my|your)"
    r"|what (?:kind|sort|type|scale|size|data|is|are|latency|metric)"
    r"|which (?:of|one|kind|metric|users)"
    r"|is (?:there|it|this|the|that)|are (?:there|we|the|they|you)|do (?:we|you|they|users)"
    r"|does (?:the|it|this|that)|can (?:we|i)|could (?:we|i)|should (?:we|i)|may i|am i"
    r"|who (?:is|are)"
    r"|have we|has the|would (?:it|that|you)|where (?:do|does|is|are)"
    r"|when (?:do|does|is|are) (?:the|we|you))\b"
)
_WANTS_TO_KNOW = re.compile(
    r"\b(?:(?:i would|i'd|we would|we'd) (?:first |also |really )?"
    r"(?:(?:like|want|need) to (?:know|ask|understand|find out|clarify|check)|ask)"
    r"|i (?:want|need) to (?:know|ask|understand|clarify)|tell me(?: more)? about|i wonder"
    r"|could you tell me|can you tell me)\b([^.?!;]*)",
    re.IGNORECASE,
)
_HOW_MUCH = re.compile(
    r"\b(?:how (?:many|much|often|big|large|long|fast|old)|what (?:number|rate|share))\b"
)
# An answer in the tone of a question.
_TENTATIVE = re.compile(
    r"^(?:(?:um|uh|er|so|well|okay|or|and|then|like|hmm) )*"
    r"(?:i think|i guess|i suppose|i'd|i would|i'll|maybe|perhaps|probably"
    r"|we'd|we would|something like)\b"
)
_MAY_I = re.compile(
    r"\b(?:should|can|may|could|shall) (?:i|we)\b|\bdo (?:you want|i need|we need)\b"
    r"|\bis it (?:ok|okay|fine|all right)\b"
)
_RHETORICAL = re.compile(r"\b(right|okay|ok|you know|yeah|no|isn't it|huh)\?$", re.IGNORECASE)
_MAKES_SENSE = re.compile(r"(make|makes|making) sense\?$|are you with me\?$|is that clear\?$", re.I)
_MACHINE = re.compile(
    r"\b(?:are|aren't) you (?:a |an |really a |actually a |just a |even )?"
    r"(?:robot|machine|ai|bot|human|computer|program|real|person|real person|llm|language model)\b"
    r"|\bam i (?:talking|speaking) (?:to|with) (?:a |an )?"
    r"(?:robot|machine|ai|bot|human|computer|person|real person)\b"
)
_ORDERS = re.compile(
    r"\b(?:ignore|forget|disregard|override) (?:all |any )?(?:of )?"
    r"(?:your|the|previous|prior|these|my)?"
    r" ?(?:previous |prior |earlier )?(?:instructions?|rules?|prompts?|guidelines)\b"
    r"|\b(?:system prompt|your instructions|your prompt)\b"
    r"|\bpretend (?:to be|you are|you're)\b|\byou are now\b"
    r"|\bgive me (?:full marks|the (?:top|best|highest) (?:score|mark|rating))\b"
)
_SOLUTION = re.compile(
    r"\b(?:tell|give|show) me (?:what )?(?:the |your |a )?(?:\w+ )?(?:answer|solution)\b"
    r"|\b(?:what|how) would you (?:do|design|build|solve|answer|choose|pick)\b"
    r"|\bwhat(?:'s| is) the (?:\w+ )?(?:answer|solution)\b|\bjust (?:answer|solve) it\b"
)


def aside(s: Situation, text: str, said: str) -> Planned | None:
    """What is not an answer at all: about the interviewer, against it, or asking it to answer."""
    for pattern, variants, reason in (
        (_MACHINE, phrasing.MACHINE, "asked whether it is a machine"),
        (_ORDERS, phrasing.REFUSE_ORDERS, "told to leave its part; stays with the interview"),
        (_SOLUTION, phrasing.REFUSE_SOLUTION, "asked for the solution; hands the question back"),
    ):
        if pattern.search(said) and len(said.split()) <= 40:
            if pattern is _SOLUTION and s.index == 0:
                continue
            line = s.talk.pick(variants)
            if line:
                return Planned(kind="answer", reason=reason, parts=(line,), ref="aside")
    if _MAKES_SENSE.search(text.strip()):
        line = s.talk.pick(phrasing.CLEAR)
        if line:
            return Planned(kind="acknowledge", reason="asked whether it was clear", parts=(line,))
    return None


def clarifying(text: str) -> str | None:
    """The question that the candidate's turn ends with, None when it ends otherwise."""
    parts = sentences(text)
    last = parts[-1] if parts else ""
    if len(words_of(last)) > 30 or _RHETORICAL.search(last):
        return None
    if last.endswith("?"):
        return None if _TENTATIVE.match(normal(last)) else last
    return last if _ASKS.match(normal(last)) and len(words_of(last)) <= 20 else None


def asked_indirectly(text: str) -> str | None:
    """What the candidate says they would like to know, without asking for it."""
    wanted = _WANTS_TO_KNOW.findall(text)
    return wanted[-1] if wanted else None


def _matched_words(phrases: Iterable[str], question: str) -> int:
    """How many words of `phrases` the question has: the longer match is the more exact one."""
    return sum(len(words_of(p)) for p in phrases if find_phrase((p,), question))


def _fact_on(s: Situation, question: str) -> Fact | None:
    """The fact that `question` asks for, if the scenario has it."""
    scored = [(_matched_words(fact.about, question), fact) for fact in s.scenario.facts]
    best = max((score for score, _ in scored), default=0)
    return next(fact for score, fact in scored if score == best) if best else None


def _fact_asked_before(s: Situation, text: str, question: str) -> Fact | None:
    """The fact that another question of the same turn asks for, if it was not told yet."""
    for sentence in sentences(text):
        if sentence.endswith("?") and sentence != question:
            fact = _fact_on(s, sentence)
            if fact and fact.id not in s.talk.facts:
                return fact
    return None


def answer(s: Situation, text: str) -> Planned | None:
    question = clarifying(text)
    if question is None:
        wanted = asked_indirectly(text) if s.index else None
        if wanted is None or not any(find_phrase(fact.about, wanted) for fact in s.scenario.facts):
            return None
        question = wanted
    if s.index == 0:
        line = s.talk.pick(phrasing.TOO_EARLY_FACT)
        return (
            Planned(kind="answer", reason="asked about the problem too early", parts=(line,))
            if line
            else None
        )
    fact = _fact_on(s, question)
    if fact:
        also = _fact_asked_before(s, text, question)
        if also and also.id != fact.id and fact.id not in s.talk.facts:
            return Planned(
                kind="answer",
                reason=f"the candidate asked for the facts {also.id!r} and {fact.id!r}",
                parts=(also.answer, fact.answer),
                ref=fact.id,
                about=question,
                facts=(also.id, fact.id),
            )
        told = fact.id in s.talk.facts
        lead = s.talk.pick(f"{v} {lower_first(fact.answer)}" for v in phrasing.TOLD_FACT)
        statement = fact.answer if not told else lead
        if statement:
            return Planned(
                kind="answer",
                reason=f"the candidate asked for the fact {fact.id!r}",
                parts=(statement, s.talk.pick(phrasing.HAND_BACK) or ""),
                ref=fact.id,
                about=question,
                facts=(fact.id,),
            )
        return None
    return hand_back(s, question)


def hand_back(s: Situation, question: str | None) -> Planned | None:
    """Hands back a question that the scenario does not answer."""
    if question is None or s.index == 0:
        return None
    asked = normal(question)
    fitting: tuple[str, ...] = ()
    if _HOW_MUCH.search(asked):
        fitting = phrasing.UNKNOWN_NUMBER
    elif _MAY_I.search(asked):
        fitting = phrasing.UNKNOWN_CHOICE
    line = s.talk.pick((*fitting, *phrasing.UNKNOWN_FACT))
    if line is None:
        return None
    return Planned(
        kind="answer",
        reason="the candidate asked for something the scenario does not say",
        parts=(line,),
        about=question,
    )
