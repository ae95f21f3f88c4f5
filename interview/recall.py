"""Moves that open and close: greeting, the way into a segment, summary, feedback and farewell."""

from __future__ import annotations

from interview import phrasing
from interview.conversation import OpenQuestion, Planned
from interview.language import (
    clip_quote,
    count_phrases,
    duration_aloud,
    lower_first,
    normal,
    sentences,
    words_of,
)
from interview.rubric import Criterion
from interview.situation import Situation

# In a segment shorter than this only the first part of its opening is said, in seconds.
SHORT_SEGMENT_S = 60.0

_DECISION_MARKS = (
    "i'd",
    "i would",
    "i'll",
    "i will",
    "we'd",
    "we would",
    "we'll",
    "let's",
    "i choose",
    "i chose",
    "start with",
    "use",
    "because",
    "instead",
    "trade-off",
    "trade off",
    "measure",
)


def greeting(s: Situation, name: str, total_seconds: float) -> Planned:
    """The greeting and the first question, in one."""
    hello = phrasing.GREETING[0].format(name=name)
    if not name:
        hello = hello.replace("Hi ,", "Hi,")
    talk = phrasing.GREETING[1].format(total=duration_aloud(total_seconds))
    entry = way_in(s, None)
    return Planned(
        kind="greet",
        reason="both are here; greeting and first question in one turn",
        parts=(hello, talk, *entry.parts),
        question=entry.question,
        ref=entry.ref,
        marks=frozenset({"greeted"}),
    )


def way_in(s: Situation, lead: str | None) -> Planned:
    """Into the running segment: `lead`, its opening and its first question in one turn."""
    opening = s.segment.opening
    if s.allotted < SHORT_SEGMENT_S:
        opening = opening[:1]
    question = next(iter(s.unasked()), None)
    parts = [lead, *(part for part in opening if s.talk.fresh(part))]
    marks = {f"entered:{s.segment.id}"}
    if s.last:
        parts.append(summary(s))
        marks.add("summary")
    if question:
        text: str | None = question.ask
    else:
        plain = phrasing.FOLLOW_PLAIN.get(s.segment.id, ())
        text = s.talk.pick((*(phrasing.REFLECT if s.last else ()), *plain))
    if text:
        parts.append(text)
    return Planned(
        kind="bridge" if lead else "ask",
        reason=f"into {s.segment.id} with its first question",
        parts=tuple(part for part in parts if part),
        question=OpenQuestion(text, question) if text else None,
        ref=question.id if question else None,
        marks=frozenset(marks),
    )


def bridge(s: Situation, *, cut: bool) -> Planned:
    """`cut`: the candidate is still speaking and the grace has run out."""
    lead = s.talk.pick(phrasing.BRIDGE_CUT) if cut else None
    turn = s.talk.pick(phrasing.BRIDGE.get(s.segment.id, ()))
    leads = " ".join(part for part in (lead, turn) if part)
    return way_in(s, leads or "Let's move on.")


def _clauses(s: Situation) -> list[str]:
    """Short quotes of what the candidate decided, the most telling first."""
    found: list[tuple[int, int, str]] = []
    for order, item in enumerate(s.talk.candidate):
        if item.segment == s.scenario.segments[0].id:
            continue
        for sentence in sentences(item.text):
            if sentence.endswith("?") or len(words_of(sentence)) < 4:
                continue
            weight = count_phrases(_DECISION_MARKS, sentence)
            weight += 2 * min(2, count_phrases(s.scenario.terms, sentence))
            found.append((-weight, order, clip_quote(sentence)))
    return [quote for _, _, quote in sorted(found)]


def summary(s: Situation) -> str | None:
    """What was decided, in the candidate's own words; honest when nothing was."""
    quotes = list(dict.fromkeys(_clauses(s)))
    if len(quotes) >= 2:
        a, b = (f'you said, "{lower_first(quote)}"' for quote in quotes[:2])
        return s.talk.pick(v.format(a=a, b=b) for v in phrasing.SUMMARY)
    if quotes:
        a = f'you said, "{lower_first(quotes[0])}"'
        return s.talk.pick(v.format(a=a) for v in phrasing.SUMMARY_ONE)
    return s.talk.pick(phrasing.SUMMARY_NONE)


def feedback_due(s: Situation) -> bool:
    """In the last segment, once the rest is just enough for it or nothing else is left to ask."""
    if not s.last or "feedback" in s.talk.marks:
        return False
    return s.remaining <= feedback_room(s.allotted) or not s.unasked()


def feedback_room(allotted: float) -> float:
    """Seconds before the last segment's end at which feedback is given at the latest."""
    return min(max(30.0, 0.35 * allotted), 0.6 * allotted)


def _said_on(s: Situation, criterion: Criterion) -> str | None:
    """A phrase of the candidate that touches `criterion`: the words around its first signal."""
    for item in s.talk.candidate:
        for sentence in sentences(item.text):
            if count_phrases(criterion.signals, sentence):
                for phrase in s.phrases(sentence):
                    if count_phrases(criterion.signals, phrase):
                        return phrase
                return clip_quote(sentence, 7)
    return None


def feedback(s: Situation) -> Planned:
    """Two strengths and two things to work on, each tied to something that was said."""
    said = s.talk.text_in(*(segment.id for segment in s.scenario.segments[1:]))
    ask = s.talk.pick(phrasing.FEEDBACK_ASK) or ""
    if len(words_of(said)) < 12:
        line = s.talk.pick(phrasing.FEEDBACK_NONE) or ask
        return Planned(
            kind="feedback",
            reason="too little was said to judge; says so",
            parts=(line,),
            question=OpenQuestion(sentences(line)[-1]),
            marks=frozenset({"feedback"}),
        )
    touched = [(c, _said_on(s, c)) for c in s.scenario.rubric]
    strong = list(dict.fromkeys(phrase for _, phrase in touched if phrase))
    phrases = strong + [p for p in s.phrases(said) if normal(p) not in {normal(x) for x in strong}]
    missing = [c.title for c, phrase in touched if not phrase]
    weak = sorted(
        (count_phrases(c.signals, said), i) for i, (c, phrase) in enumerate(touched) if phrase
    )
    missing += [s.scenario.rubric[i].title for _, i in weak]
    parts: list[str | None] = []
    if len(phrases) >= 2:
        a, b = (lower_first(phrase) for phrase in phrases[:2])
        parts.append(s.talk.pick(v.format(a=a, b=b) for v in phrasing.STRENGTH_FIRST))
    elif phrases:
        parts.append(
            s.talk.pick(v.format(a=lower_first(phrases[0])) for v in phrasing.STRENGTH_ONE)
        )
    anchor = lower_first(phrases[-1] if len(phrases) > 2 else phrases[0]) if phrases else "that"
    if len(missing) >= 2:
        d, e = (lower_first(title) for title in missing[:2])
        parts.append(s.talk.pick(v.format(c=anchor, d=d, e=e) for v in phrasing.IMPROVE))
    else:
        parts.append(s.talk.pick(v.format(c=anchor) for v in phrasing.IMPROVE_ONE))
    return Planned(
        kind="feedback",
        reason="strengths and things to work on before the end",
        parts=tuple(part for part in (*parts, ask) if part),
        question=OpenQuestion(ask) if ask else None,
        about=phrases[0] if phrases else None,
        marks=frozenset({"feedback"}),
    )


def farewell(s: Situation, name: str, *, early: bool) -> Planned:
    """The last words. What has not been said yet of summary and resources is said here."""
    parts: list[str | None] = []
    if early and "summary" not in s.talk.marks:
        parts.append(summary(s))
    titles = [resource.title for resource in s.scenario.resources[:2]]
    if titles and not early:
        named = ", and ".join(titles)
        parts.append(s.talk.pick(v.format(r=named) for v in phrasing.RESOURCE))
    variants = phrasing.FAREWELL_EARLY if early else phrasing.FAREWELL
    address = f", {name}" if name else ""
    parts.append(s.talk.pick(v.format(name=address) for v in variants) or "Goodbye.")
    return Planned(
        kind="farewell",
        reason="asked to end" if early else "the time is used up",
        parts=tuple(part for part in parts if part),
        marks=frozenset({"farewell"}),
    )
