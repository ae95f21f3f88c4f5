"""Questions that grow out of what the candidate said: just now, or earlier."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from interview import topics
from interview.asks import Ask
from interview.conversation import OpenQuestion, Planned
from interview.followups import nearest_first, telling
from interview.language import normal, words_of
from interview.probing import KIND_NAMES, lead_to, left_over
from interview.quoting import NounPhrase
from interview.situation import Situation, acknowledge, colour, in_a_breath
from interview.standing import Moment, contradictions, moments, on_the_problem

# Whoever asks about earlier words marks it with this.
BACK = "back"
# The same words are taken up so often, each time with another question.
MOST_USES = 5


def due_back(s: Situation) -> bool:
    """In the deep dive every second question at least goes back to earlier words."""
    return s.segment.id == "deep_dive" and not (s.talk.backs and s.talk.backs[-1])


def _usable(s: Situation, asks: Iterable[Ask], **named: str) -> list[tuple[Ask, str]]:
    """The asks that are still new with these words, those of the kinds wanted most first."""
    kinds = s.depth.kinds
    lines = [
        (ask, ask.line.format(**named))
        for ask in asks
        if (s.depth.second_order if ask.second_order else ask.kind in kinds)
    ]
    fresh = [
        (ask, line)
        for ask, line in lines
        if s.talk.templates[ask.line] < topics.USES and s.talk.fresh(line)
    ]
    asked = s.talk.tally
    return sorted(
        fresh,
        key=lambda pair: (
            s.talk.templates[pair[0].line],
            asked[f"kind:{pair[0].kind}"],
            not pair[0].second_order,
            kinds.index(pair[0].kind) if pair[0].kind in kinds else 0,
        ),
    )


def asks_on(s: Situation, phrase: NounPhrase) -> tuple[Ask, ...]:
    """The questions that this interview has on `phrase`."""
    return topics.asks_on(phrase.kind, s.difficulty, s.scenario.talk)


def _name(ask: Ask) -> str:
    return "second-order probe" if ask.second_order else f"{KIND_NAMES[ask.kind]} probe"


def _dug(
    s: Situation, ask: Ask, line: str, lead: str | None, about: str, why: str, *marks: str
) -> Planned:
    kind = "second order" if ask.second_order else ask.kind
    return Planned(
        kind="probe",
        reason=f"{_name(ask)}: {why}",
        parts=in_a_breath(lead, line),
        question=OpenQuestion(line, s.talk.open.base if s.talk.open else None),
        about=about,
        template=ask.line,
        marks=frozenset({f"kind:{kind}", *marks}),
    )


def on_phrase(s: Situation, phrases: Sequence[NounPhrase], text: str) -> Planned | None:
    """A question about the first of `phrases`, said just now, that was not asked about before."""
    for phrase in phrases:
        mark = f"about:{normal(phrase.said)}"
        if mark in s.talk.marks:
            continue
        for ask, line in _usable(s, asks_on(s, phrase), x=phrase.named):
            why = f"takes up {phrase.said!r}, just said"
            lead = None if line.startswith("You ") else lead_to(s, ask.kind, text)
            return _dug(s, ask, line, lead, phrase.said, why, mark)
    return None


def second_order(s: Situation, text: str) -> Planned | None:
    """In a staff interview, once a question was followed up: what the answer leads to."""
    base = s.talk.open.base if s.talk.open else None
    if not s.depth.second_order or base is None or s.index == 0 or s.last:
        return None
    mark = f"second order on {base.id}"
    if not s.talk.probes_of[base.id] or mark in s.talk.marks or s.short_of_time():
        return None
    for phrase in s.phrases(text):
        asks = [ask for ask in topics.asks_about(phrase.kind, s.scenario.talk) if ask.second_order]
        for ask, line in _usable(s, asks, x=phrase.named):
            why = f"what follows from {phrase.said!r}, just said"
            about = f"about:{normal(phrase.said)}"
            return _dug(s, ask, line, colour(s), phrase.said, why, mark, about)
    return None


def contradiction(s: Situation) -> Planned | None:
    """Both halves of a contradiction, gently, and which of them holds."""
    if s.index == 0 or s.last or "contradiction" not in s.depth.kinds:
        return None
    for before, after, note in contradictions(s):
        line = s.talk.pick(form.format(a=before, q=after) for form in topics.CONTRADICTION)
        if line and len(words_of(line)) <= 45:
            return Planned(
                kind="probe",
                reason=f"contradiction probe: {before!r}, and later {after!r}"
                + (f" ({note})" if note else ""),
                parts=(line,),
                question=OpenQuestion(line, s.talk.open.base if s.talk.open else None),
                about=before,
                marks=frozenset({f"confronted:{normal(after)}", "kind:contradiction", BACK}),
            )
    return None


def back(s: Situation) -> Planned | None:
    """A question about earlier words: where they were thin or bold first, then what was only
    named. Quotes and names take turns."""
    ways = (_back_to_moment, _back_to_phrase)
    first = s.talk.tally[BACK] % 2 if s.segment.id == "deep_dive" else 0
    for way in (_back_to_probe, ways[first], ways[1 - first]):
        planned = way(s)
        if planned:
            return planned
    return None


def _back_to_probe(s: Situation) -> Planned | None:
    """What was authored for words of theirs that were passed over; with a word on where it comes
    from."""
    found = left_over(s)
    if found is None:
        return None
    lead = s.talk.pick(topics.EARLIER_LEADS)
    return replace(found, parts=in_a_breath(lead, *found.parts), marks=found.marks | {BACK})


def _most_uses(s: Situation) -> int:
    """The deep dive returns to what was said; before it, only what was passed over is taken up."""
    return MOST_USES if s.segment.id == "deep_dive" else 1


def _back_to_moment(s: Situation) -> Planned | None:
    def used(moment: Moment) -> int:
        return s.talk.tally[f"quoted:{normal(moment.quote)}"]

    for moment in sorted(moments(s), key=used):
        mark = f"quoted:{normal(moment.quote)}"
        if used(moment) >= _most_uses(s):
            continue
        asks: tuple[Ask, ...] = topics.ON_QUOTE
        if moment.kind == "number":
            asks = topics.ON_NUMBER + topics.ON_QUOTE
        for ask, line in _usable(s, asks, q=moment.quote):
            why = f'returns to "{moment.quote}", which {moment.why}'
            return _dug(s, ask, line, None, moment.quote, why, mark, BACK)
    return None


def _back_to_phrase(s: Situation) -> Planned | None:
    lead = s.talk.pick(topics.EARLIER_LEADS)
    tally = s.talk.tally

    def used(phrase: NounPhrase) -> int:
        said = normal(phrase.said)
        return 2 * tally[f"earlier:{said}"] + (f"about:{said}" in s.talk.marks)

    # What was not asked about yet comes first.
    for phrase in sorted(_named_before(s), key=used):
        mark = f"earlier:{normal(phrase.said)}"
        if used(phrase) >= 2 * _most_uses(s):
            continue
        for ask, line in _usable(s, asks_on(s, phrase), x=phrase.named):
            why = f"returns to {phrase.said!r}, named earlier"
            return _dug(s, ask, line, lead, phrase.said, why, mark, BACK)
    return None


def in_mind(s: Situation) -> Planned | None:
    """Something concrete to answer, put to what was said before: the nearest there is."""

    def uses(said: str) -> int:
        return s.talk.tally[f"in mind:{normal(said)}"]

    turn = s.talk.tally[BACK]
    options: list[tuple[str, str, tuple[str, ...]]] = [
        *((phrase.said, phrase.named, topics.IN_MIND) for phrase in _named_before(s)),
        *((moment.quote, moment.quote, topics.EARLIER_QUOTE) for moment in moments(s)),
    ]
    for said, told, forms in sorted(options, key=lambda option: uses(option[0])):
        leads = [form.format(x=told, q=told) for form in forms]
        start = turn % len(leads)
        leads = leads[start:] + leads[:start]
        lead = s.talk.pick_varied(leads) or s.talk.pick(leads)
        question = s.talk.pick(nearest_first(s.plain_questions(), said))
        if lead and question:
            return Planned(
                kind="probe",
                reason=f"something concrete to answer; with {said!r}, said earlier, in mind",
                parts=(lead, question),
                question=OpenQuestion(question, s.talk.open.base if s.talk.open else None),
                about=said,
                template="plain",
                marks=frozenset({f"in mind:{normal(said)}", BACK}),
            )
    return None


def _named_before(s: Situation) -> list[NounPhrase]:
    """What was named on the problem before the running turn, that of earlier segments first."""
    latest = {item.id for turn in s.talk.turns()[-1:] for item in turn}
    found = {normal(phrase.said): phrase for phrase in s.earlier_phrases()}
    for item in on_the_problem(s):
        if item.id not in latest:
            for phrase in s.phrases(item.text):
                found.setdefault(normal(phrase.said), phrase)
    return list(found.values())


def follow_up(s: Situation, text: str) -> Planned | None:
    """When nothing authored is left: on what was just said, on what was said before, or at least
    something concrete to answer."""
    if s.index > 0 and not s.last:
        found = back(s) if due_back(s) else None
        found = found or on_phrase(s, s.phrases(text), text)
        # Elsewhere two such questions in a row would be an echo.
        deep = s.segment.id == "deep_dive"
        if found is None and (deep or not (s.talk.backs and s.talk.backs[-1])):
            found = back(s)
        if found:
            return found
    kept = in_mind(s) if due_back(s) else None
    if kept:
        return kept
    question = s.talk.pick(nearest_first(s.plain_questions(), text))
    if question is None:
        return None
    near = bool(telling(text) & telling(question))
    return Planned(
        kind="reflect" if s.last else "probe",
        reason="nothing authored is left; "
        + ("near to what was said" if near else "something concrete to answer"),
        parts=in_a_breath(acknowledge(s, text), question),
        question=OpenQuestion(question, s.talk.open.base if s.talk.open else None),
        template="plain",
    )
