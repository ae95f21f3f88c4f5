"""Chooses the interviewer's next move after a turn of the candidate.

Each function looks at a Situation and answers a Planned move without changing anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from interview import followups, phrasing
from interview.conversation import OpenQuestion, Planned
from interview.language import (
    find_phrase,
    lower_first,
    normal,
    sentences,
    words_of,
)
from interview.quoting import NounPhrase
from interview.recall import feedback, feedback_due
from interview.requests import hint, rephrase
from interview.scenario import Question
from interview.situation import Situation, acknowledge, colour, unsure

PROBES_A_QUESTION = 2
USES_OF_A_TEMPLATE = 2
_RETURNS = "returns to something said earlier"

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
_YES = re.compile(
    r"^(?:(?:yes|yeah|yep|sure|please|okay|ok|alright|that would (?:help|be (?:great|good|nice))|"
    r"of course|go ahead|do|thanks|thank you|it would|that'd help) ?)+$"
)


def reply(s: Situation, text: str) -> Planned | None:
    """The next move after the candidate's turn `text`; None when there is nothing new to say."""
    said = normal(text)
    if "offered" in s.talk.marks and _YES.match(said) and s.talk.open:
        return rephrase(s)
    aside = _aside(s, text, said)
    if aside:
        return aside
    answer = _answer(s, text)
    if answer:
        return answer
    if s.talk.open and not s.talk.open.heard:
        again = ask_unheard(s)
        if again:
            return again.prefixed(acknowledge(s, text))
    if feedback_due(s):
        return feedback(s).prefixed(s.talk.pick_varied(phrasing.ACK_PLAIN))
    base = s.talk.open.base if s.talk.open else None
    if s.difficulty == "guided" and base and unsure(text) and base.id not in s.talk.hints:
        first = hint(s)
        if first:
            return first
    return _probe(s, text) or _pick_up_between(s) or _next_question(s, text) or follow_up(s, text)


def _aside(s: Situation, text: str, said: str) -> Planned | None:
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
        return last
    return last if _ASKS.match(normal(last)) and len(words_of(last)) <= 20 else None


def _asked_indirectly(text: str) -> str | None:
    """What the candidate says they would like to know, without asking for it."""
    wanted = _WANTS_TO_KNOW.findall(text)
    return wanted[-1] if wanted else None


def _matched_words(phrases: Iterable[str], question: str) -> int:
    """How many words of `phrases` the question has: the longer match is the more exact one."""
    return sum(len(words_of(p)) for p in phrases if find_phrase((p,), question))


def _answer(s: Situation, text: str) -> Planned | None:
    question = clarifying(text)
    if question is None:
        wanted = _asked_indirectly(text) if s.index else None
        if wanted is None or not any(
            find_phrase(fact.about, wanted) and fact.id not in s.talk.facts
            for fact in s.scenario.facts
        ):
            return None
        question = wanted
    if s.index == 0:
        line = s.talk.pick(phrasing.TOO_EARLY_FACT)
        return (
            Planned(kind="answer", reason="asked about the problem too early", parts=(line,))
            if line
            else None
        )
    scored = [(_matched_words(fact.about, question), fact) for fact in s.scenario.facts]
    best = max((score for score, _ in scored), default=0)
    if best:
        fact = next(fact for score, fact in scored if score == best)
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


def _probe(s: Situation, text: str) -> Planned | None:
    base = s.talk.open.base if s.talk.open else None
    if base is None or s.talk.probes_of[base.id] >= (1 if s.short_of_time() else PROBES_A_QUESTION):
        return None
    for probe in base.probes:
        if probe.id in s.talk.probes or find_phrase(probe.unless, text):
            continue
        matched = find_phrase(probe.when, text)
        if probe.when and matched is None:
            continue
        if "{said}" in probe.ask:
            matched = matched or next((phrase.said for phrase in s.phrases(text)), None)
            if matched is None:
                continue
        ask = probe.ask.replace("{said}", lower_first(matched or ""))
        if not s.talk.fresh(ask):
            continue
        return Planned(
            kind="probe",
            reason=f"{probe.kind} probe on {matched!r}" if matched else f"{probe.kind} probe",
            parts=tuple(
                part
                for part in (None if "{said}" in probe.ask else acknowledge(s, text), ask)
                if part
            ),
            question=OpenQuestion(ask, base),
            ref=probe.id,
            about=matched,
            probe=probe.id,
        )
    return None


def _next_question(s: Situation, text: str) -> Planned | None:
    for question in s.unasked():
        if not s.talk.fresh(question.ask):
            continue
        return Planned(
            kind="reflect" if s.last else "ask",
            reason=f"next question of {s.segment.id}, {len(s.unasked())} left",
            parts=tuple(part for part in (acknowledge(s, text), colour(s), question.ask) if part),
            question=OpenQuestion(question.ask, question),
            ref=question.id,
        )
    return None


def follow_up(s: Situation, text: str) -> Planned | None:
    """A question that grows out of what was said, when the authored ones have run out."""
    base = s.talk.open.base if s.talk.open else None
    about_the_problem = s.index > 0 and not s.last
    found = (
        _about(s, s.phrases(text), "takes up the candidate's own words")
        if (about_the_problem)
        else None
    )
    found = found or _pick_up(s, limit=len(followups.EARLIER_LEADS))
    if found:
        return found
    question = s.talk.pick(s.plain_questions())
    if question is None:
        return None
    return Planned(
        kind="reflect" if s.last else "probe",
        reason="nothing authored is left; something concrete to answer",
        parts=tuple(part for part in (acknowledge(s, text), question) if part),
        question=OpenQuestion(question, base),
        template="plain",
    )


def _about(
    s: Situation, phrases: Iterable[NounPhrase], reason: str, lead: str | None = None
) -> Planned | None:
    """A question about the first of `phrases` that was not asked about before; what was said
    earlier, which `lead` leads back to, may have been when it was said."""
    for phrase in phrases:
        mark = f"{'earlier' if lead else 'about'}:{normal(phrase.said)}"
        if mark in s.talk.marks:
            continue
        templates = followups.ABOUT[phrase.kind]
        if s.difficulty == "staff":
            templates = followups.ABOUT_STAFF[phrase.kind] + templates
        used = s.talk.templates
        for template in sorted(templates, key=lambda template: used[template]):
            line = template.format(x=phrase.named)
            if used[template] < USES_OF_A_TEMPLATE and s.talk.fresh(line):
                return Planned(
                    kind="probe",
                    reason=reason,
                    parts=tuple(part for part in (lead or colour(s), line) if part),
                    question=OpenQuestion(line, s.talk.open.base if s.talk.open else None),
                    about=phrase.said,
                    template=template,
                    marks=frozenset({mark, reason}),
                )
    return None


def _pick_up(s: Situation, limit: int) -> Planned | None:
    """In the deep dive, something said earlier; at most `limit` times."""
    if s.segment.id != "deep_dive":
        return None
    left = [lead for lead in followups.EARLIER_LEADS if s.talk.fresh(lead)]
    if not left or len(followups.EARLIER_LEADS) - len(left) >= limit:
        return None
    # What was not asked about yet comes first.
    phrases = sorted(
        s.earlier_phrases(), key=lambda phrase: f"about:{normal(phrase.said)}" in s.talk.marks
    )
    return _about(s, phrases, _RETURNS, left[0])


def _pick_up_between(s: Situation) -> Planned | None:
    """Something said earlier, between one authored question of the deep dive and the next."""
    asked = sum(question.id in s.talk.asked for question in s.questions())
    return _pick_up(s, limit=(asked + 1) // 2)


def ask_unheard(s: Situation) -> Planned | None:
    """Asks a question again whose words did not reach the candidate, in other words."""
    unheard = s.talk.open
    if unheard is None:
        return None
    base: Question | None = unheard.base
    opening = [part for part in s.segment.opening if s.talk.fresh(part)]
    setup = (s.talk.pick(phrasing.OPENING_AGAIN), *opening) if opening else ()
    options: list[str] = []
    if base and unheard.text == base.ask and s.talk.fresh(base.rephrase):
        options.append(base.rephrase)
    options += [f"{lead} {lower_first(unheard.text)}" for lead in phrasing.REPHRASE_LEAD]
    line = next((option for option in options if s.talk.new_line(option)), None)
    if line is None:
        return None
    return Planned(
        kind="ask",
        reason="the question was not heard; asks it in other words",
        parts=tuple(part for part in (*setup, line) if part),
        question=OpenQuestion(unheard.text, base),
        ref=base.id if base else None,
    )
