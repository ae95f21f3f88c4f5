"""Looking back: the summary of what was decided, and the feedback on how it went."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interview import assessing, phrasing
from interview.conversation import Heard, OpenQuestion, Planned
from interview.language import count_phrases, normal, sentences, words_of
from interview.quoting import NounPhrase, clauses
from interview.rubric import Criterion
from interview.scenario import Question
from interview.situation import Situation

# With fewer words on the problem, nothing can be said of how it went.
TOO_LITTLE_WORDS = 12
LONGEST_PRAISED_WORDS = 12
_REASONED = re.compile(r"\b(?:because|the reason|for example|on the other hand)\b", re.IGNORECASE)
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


def _on_the_problem(s: Situation) -> list[Heard]:
    """What was said of the problem: not of the candidate's own past, and not of how it went."""
    between = {segment.id for segment in s.scenario.segments[1:-1]}
    return [item for item in s.talk.candidate if item.segment in between]


def summary(s: Situation) -> str | None:
    """What was decided, in the candidate's own words; honest when nothing was."""
    weighed: dict[str, tuple[int, int, str]] = {}
    for order, item in enumerate(_on_the_problem(s)):
        best: tuple[int, int, str] | None = None
        for quote in clauses(item.text):
            weight = min(2, count_phrases(_DECISION_MARKS, quote))
            weight += 2 * min(2, len(s.phrases(quote)))
            if weight and (best is None or -weight < best[0]):
                best = (-weight, order, quote)
        if best:
            weighed.setdefault(normal(best[2]), best)
    chosen = sorted((order, quote) for _, order, quote in sorted(weighed.values())[:2])
    if len(chosen) == 2:
        (_, a), (_, b) = chosen
        return s.talk.pick(v.format(a=a, b=b) for v in phrasing.SUMMARY)
    if chosen:
        return s.talk.pick(v.format(a=chosen[0][1]) for v in phrasing.SUMMARY_ONE)
    return s.talk.pick(phrasing.SUMMARY_NONE)


def feedback_due(s: Situation) -> bool:
    """In the last segment, once the rest is just enough for it or nothing else is left to ask."""
    if not s.last or "feedback" in s.talk.marks:
        return False
    return s.remaining <= feedback_room(s.allotted) or not s.unasked()


def feedback_room(allotted: float) -> float:
    """Seconds before the last segment's end at which feedback is given at the latest."""
    return min(max(30.0, 0.35 * allotted), 0.6 * allotted)


def feedback(s: Situation) -> Planned:
    """Two strengths and two things to work on, each tied to a moment."""
    items = _on_the_problem(s)
    ask = s.talk.pick(phrasing.FEEDBACK_ASK) or ""
    if sum(len(words_of(item.text)) for item in items) < TOO_LITTLE_WORDS:
        line = s.talk.pick(phrasing.FEEDBACK_NONE) or ask
        return Planned(
            kind="feedback",
            reason="too little was said to judge; says so",
            parts=(line,),
            question=OpenQuestion(sentences(line)[-1]),
            marks=frozenset({"feedback"}),
        )
    praise, quoted = _strengths(s, items)
    parts = (*praise, *_gaps(s, items, quoted), ask)
    return Planned(
        kind="feedback",
        reason="strengths and things to work on before the end",
        parts=tuple(part for part in parts if part),
        question=OpenQuestion(ask) if ask else None,
        about=next(iter(quoted), None),
        marks=frozenset({"feedback"}),
    )


def _touched(criterion: Criterion, items: Sequence[Heard]) -> int:
    """How many of its signals were named in `items`."""
    return count_phrases(criterion.signals, " ".join(item.text for item in items))


def _moments(s: Situation, criterion: Criterion, items: Sequence[Heard]) -> list[tuple[int, str]]:
    """`(signals named, quote)` where the candidate touched `criterion`, the best first."""
    found: list[tuple[int, str]] = []
    for item in items:
        for quote in clauses(item.text):
            # Reasons show in the sentence, which the quote may leave out.
            whole = item.text if criterion.id == "communication" else quote
            count = count_phrases(criterion.signals, whole)
            if criterion.id == "communication" and not _REASONED.search(item.text):
                continue
            if count and len(words_of(quote)) <= LONGEST_PRAISED_WORDS:
                found.append((count, quote))
    return sorted(found, key=lambda moment: -moment[0])


def _strengths(s: Situation, items: Sequence[Heard]) -> tuple[list[str], list[str]]:
    """At most two sentences, and what of the candidate's words is in them."""
    rubric = s.scenario.rubric
    order = sorted(
        rubric, key=lambda c: (c.id == "communication", -_touched(c, items), rubric.index(c))
    )
    lines: list[str] = []
    quoted: list[str] = []
    told: set[str] = set()
    for criterion in order:
        if len(lines) == 2:
            break
        what = assessing.strength(criterion)
        fresh = [q for _, q in _moments(s, criterion, items) if q not in quoted]
        fresh.sort(key=s.talk.mentioned)
        if not fresh or what in told:
            continue
        form = assessing.STRENGTH_SECOND if lines else assessing.STRENGTH_FIRST
        line = s.talk.pick(v.format(quote=fresh[0], what=what) for v in form)
        if line:
            lines.append(line)
            quoted.append(fresh[0])
            told.add(what)
    for criterion in order:
        phrase = _named(s, criterion, items)
        if len(lines) == 2 or criterion.id == "communication" or phrase is None:
            continue
        if any(normal(phrase.said) in normal(quote) for quote in quoted):
            continue
        named = assessing.STRENGTH_NAMED_SECOND if lines else assessing.STRENGTH_NAMED_FIRST
        line = s.talk.pick(v.format(x=phrase.named) for v in named)
        if line:
            lines.append(line)
            quoted.append(phrase.said)
    if len(lines) < 2:
        short = assessing.STRENGTH_SOLE if lines else assessing.STRENGTH_NONE
        lines += [line for line in [s.talk.pick(short)] if line]
    return lines, quoted


def _named(s: Situation, criterion: Criterion, items: Sequence[Heard]) -> NounPhrase | None:
    for item in items:
        for phrase in s.phrases(item.text):
            if count_phrases(criterion.signals, phrase.said):
                return phrase
    return None


def _gaps(s: Situation, items: Sequence[Heard], quoted: Sequence[str]) -> list[str]:
    """Two sentences on what was missing and where it would have fitted."""
    rubric = s.scenario.rubric
    judged = [c for c in rubric if c.id != "communication"] or list(rubric)
    order = sorted(judged, key=lambda c: (_touched(c, items), rubric.index(c)))
    lines: list[str] = []
    taken = list(quoted)
    stages: set[str] = set()
    for criterion in order[:2]:
        what = assessing.missing(criterion)
        moment = _missed_moment(s, criterion, taken)
        stage = _stage(s, criterion)
        if moment:
            taken.append(moment)
            forms = [form.replace("{quote}", moment) for form in assessing.MISSING_AT_QUOTE]
        elif stage not in stages:
            stages.add(stage)
            forms = list(assessing.MISSING_AT_STAGE)
        else:
            forms = list(assessing.MISSING_THERE)
        leads = assessing.MISSING_SECOND if lines else assessing.MISSING_FIRST
        place = assessing.STAGES.get(stage, "")
        line = s.talk.pick(
            lead + form.format(what=what, stage=place)
            for form, lead in zip(forms, leads, strict=False)
        )
        if line:
            lines.append(line)
    return lines


def _fit(criterion: Criterion, question: Question) -> int:
    """How many signals of `criterion` the question listens for."""
    listened = (*question.listens_for, *(word for probe in question.probes for word in probe.when))
    return count_phrases(criterion.signals, " ; ".join(listened))


def _stage(s: Situation, criterion: Criterion) -> str:
    """The segment whose questions listen most for `criterion`."""
    segments = s.scenario.segments[1:-1]
    return max(segments, key=lambda seg: max(_fit(criterion, q) for q in seg.questions)).id


def _missed_moment(s: Situation, criterion: Criterion, taken: Sequence[str]) -> str | None:
    """A quote from the answer to the question that listened most for `criterion`, if one was."""
    asked = [
        question
        for segment in s.scenario.segments[1:-1]
        for question in segment.questions
        if question.id in s.talk.asked and _fit(criterion, question)
    ]
    for question in sorted(asked, key=lambda q: -_fit(criterion, q)):
        for item in s.talk.answers_to(question.id):
            for quote in clauses(item.text):
                if quote not in taken and len(words_of(quote)) <= LONGEST_PRAISED_WORDS:
                    return quote
    return None
