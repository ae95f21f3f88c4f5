"""Looking back: the summary of what was decided, and the feedback on how it went.

Every strength and every gap carries its moment: the candidate's words in `about`, the criterion in
`ref`, and both with the question in the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from interview import assessing, background, closing_phrasing, framing, phrasing, standing
from interview.conversation import Heard, OpenQuestion, Planned
from interview.language import count_phrases, find_phrase, normal, sentences, words_of
from interview.nouns import COUNTED
from interview.praising import strengths
from interview.probing import half_to_probe
from interview.quoting import clauses
from interview.rubric import Criterion
from interview.situation import Situation
from interview.standing import fit, on_the_problem
from interview.straying import strays

# With fewer words on the problem, nothing can be said of how it went.
TOO_LITTLE_WORDS = 12
LONGEST_QUOTED_WORDS = 12
# In a last segment shorter than this there is time for one strength and one gap, in seconds.
SHORT_WRAP_UP_S = 90.0
# With nothing authored left to ask, feedback comes once this part of the last segment is left.
LATE_ENOUGH = 0.4
# How fast the interviewer speaks, and what a breath between two moves is worth, in words.
WORDS_A_SECOND = 2.6
BREATH_WORDS = 2
# With less left after the feedback, in seconds, nobody is asked how they see it.
ASKS_BACK_S = 12.0
# The feedback may run over its time by so much, in seconds, before a part of it is dropped.
OVER_S = 8.0
# The goodbye takes about so long, and each resource named in it, in seconds.
GOODBYE_S = 4.0
RESOURCE_S = 6.0
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


def summary(s: Situation) -> Planned:
    """What was decided, in the candidate's own words; honest when nothing was."""
    decided = {normal(note.finding.quote) for note in s.coverage.decisions()}
    weighed: dict[str, tuple[int, int, str]] = {}
    for order, item in enumerate(on_the_problem(s)):
        best: tuple[int, int, str] | None = None
        for quote in clauses(item.text):
            weight = min(2, count_phrases(_DECISION_MARKS, quote))
            weight += 2 * min(2, len(s.phrases(quote)))
            weight += 3 * any(normal(quote) in words or words in normal(quote) for words in decided)
            if weight and (best is None or -weight < best[0]):
                best = (-weight, order, quote)
        if best:
            weighed.setdefault(normal(best[2]), best)
    chosen = sorted((order, quote) for _, order, quote in sorted(weighed.values())[:2])
    quotes = [quote for _, quote in chosen][: 1 if s.last and s.allotted < SHORT_WRAP_UP_S else 2]
    if len(quotes) == 2:
        line = s.pick(closing_phrasing.SUMMARY, a=quotes[0], b=quotes[1])
    elif quotes:
        line = s.pick(closing_phrasing.SUMMARY_ONE, a=quotes[0])
    else:
        line = s.pick(closing_phrasing.SUMMARY_NONE)
    if quotes:
        reason = f"sums up: {len(decided)} decisions were heard, the most telling words are quoted"
    else:
        reason = "sums up: no decision was heard, and says so"
    return Planned(
        kind="summarise",
        reason=reason,
        parts=(line,) if line else (),
        about=quotes[-1] if quotes else None,
        marks=frozenset({"summary"}),
    )


def feedback_due(s: Situation) -> bool:
    """In the last segment, once the rest is just enough for it or nothing else is left to ask."""
    if not s.last or "feedback" in s.talk.marks:
        return False
    nothing_left = not s.unasked() and s.remaining <= LATE_ENOUGH * s.allotted
    return s.remaining <= feedback_room(s.allotted) or nothing_left


def feedback_room(allotted: float) -> float:
    """Seconds before the last segment's end at which feedback is given at the latest."""
    return min(max(30.0, 0.3 * allotted), 0.6 * allotted)


def resources_named(allotted: float) -> int:
    """How many resources a last segment of so many seconds has the time to name."""
    return 0 if allotted < 50 else 1 if allotted < 2 * SHORT_WRAP_UP_S else 2


def farewell_room(allotted: float) -> float:
    """Seconds that the last words of a last segment take."""
    return min(GOODBYE_S + RESOURCE_S * resources_named(allotted), 0.25 * allotted)


def feedback(s: Situation) -> Planned:
    """Two strengths and two things to work on, each tied to its moment, one after the other."""
    items = on_the_problem(s)
    if sum(len(words_of(item.text)) for item in items) < TOO_LITTLE_WORDS:
        line = s.pick(closing_phrasing.FEEDBACK_NONE) or phrasing.FEEDBACK_ASK[0]
        told = " ".join(sentences(line)[:-1])
        if told and _words_left(s, told) < ASKS_BACK_S * WORDS_A_SECOND:
            return Planned(
                kind="feedback",
                reason="too little was said to judge; says so",
                parts=(told,),
                marks=frozenset({"feedback"}),
            )
        return Planned(
            kind="feedback",
            reason="too little was said to judge; says so",
            parts=(line,),
            question=OpenQuestion(sentences(line)[-1]),
            marks=frozenset({"feedback"}),
        )
    short = s.allotted < SHORT_WRAP_UP_S
    weak = weakest(s, items)
    praise = strengths(s, items)[: 1 if short else 2]
    taken = [piece.about for piece in praise if piece.about]
    missed = _gaps(s, items, weak[: 1 if short else 2], taken)
    own = [] if short else _reflected(s, weak)
    meant = [] if short else _for_them(s, weak, missed)
    pieces = [*own, *praise, *missed, *meant]
    for extra in (meant, own, missed[1:], praise[1:]):
        if _words_left(s, *_lines(pieces)) >= -OVER_S * WORDS_A_SECOND:
            break
        pieces = [piece for piece in pieces if not any(piece is other for other in extra)]
        if extra and extra[0] in missed:
            pieces = [piece for piece in pieces if not any(piece is other for other in meant)]
    asks = _words_left(s, *_lines(pieces)) >= ASKS_BACK_S * WORDS_A_SECOND
    return _one_after_the_other(pieces, _asks_back(s) if asks or not pieces else None)


def _lines(pieces: Sequence[Planned]) -> list[str]:
    return [part for piece in pieces for part in piece.parts]


def _words_left(s: Situation, *lines: str) -> float:
    """How many words can still be said after `lines` before the last words are due."""
    said = sum(len(line.split()) + BREATH_WORDS for line in lines)
    return (s.remaining - farewell_room(s.allotted)) * WORDS_A_SECOND - said


def invite(s: Situation) -> Planned | None:
    """Once, with the feedback given and time left: what the candidate wants to ask."""
    time = s.remaining > farewell_room(s.allotted) + 2 * ASKS_BACK_S
    if not s.last or not time or not {"feedback"} <= s.talk.marks or "invited" in s.talk.marks:
        return None
    line = s.pick(closing_phrasing.INVITE)
    if line is None:
        return None
    return Planned(
        kind="reflect",
        reason=f"{s.remaining:.0f} s left after the feedback; invites their own questions",
        parts=(line,),
        question=OpenQuestion(line),
        marks=frozenset({"invited"}),
    )


def _asks_back(s: Situation) -> Planned | None:
    line = s.talk.pick(phrasing.FEEDBACK_ASK)
    if line is None:
        return None
    reason = "asks how the candidate sees it"
    return Planned(kind="feedback", reason=reason, parts=(line,), question=OpenQuestion(line))


def _one_after_the_other(pieces: Sequence[Planned], ask: Planned | None) -> Planned:
    """The pieces as one chain; the question at its end goes with the last that quotes nothing."""
    left = list(pieces)
    chain = ask
    if ask and left and not left[-1].about:
        last = left.pop()
        reason = f"{last.reason}; then {ask.reason}"
        chain = replace(ask, parts=(*last.parts, *ask.parts), reason=reason, ref=last.ref)
    for piece in reversed(left):
        chain = replace(piece, rest=chain)
    if chain is None:
        raise AssertionError("there is always something to say")
    return replace(chain, marks=chain.marks | {"feedback"})


def weakest(s: Situation, items: Sequence[Heard]) -> list[Criterion]:
    """The criteria, those first that nothing speaks for, then the thin ones, then those that were
    named the least."""
    said = " ".join(item.text for item in items)
    open_ids = {criterion.id for criterion in standing.uncovered(s)}
    thin_ids = {criterion.id for criterion in standing.thin(s)}
    order = standing.judged(s)
    return sorted(
        order,
        key=lambda c: (
            c.id not in open_ids,
            c.id not in thin_ids,
            count_phrases(c.signals, said),
            order.index(c),
        ),
    )


def _gaps(
    s: Situation, items: Sequence[Heard], weak: Sequence[Criterion], taken: Sequence[str]
) -> list[Planned]:
    """What was missing and where it would have fitted; the second may be a question that the
    candidate never asked."""
    found: list[Planned] = []
    used = list(taken)
    stages: set[str] = set()
    never = framing.never_asked(s)
    for place, criterion in enumerate(weak):
        if place and never and not s.talk.facts:
            break
        what = assessing.missing(criterion)
        question, moment = _missed_moment(s, criterion, used)
        stage = _stage(s, criterion)
        if moment:
            used.append(moment)
            line = s.pick(closing_phrasing.MISSING_AT_QUOTE[place], quote=moment, what=what)
            where = f'after "{moment}"'
        elif stage not in stages:
            stages.add(stage)
            said = assessing.STAGES.get(stage, "")
            line = s.pick(closing_phrasing.MISSING_AT_STAGE[place], stage=said, what=what)
            where = f"in {stage}"
        else:
            line = s.pick(closing_phrasing.MISSING_THERE[place], what=what)
            where = f"in {stage}, too"
        if line:
            asked = f", at the question {question!r}" if question else ""
            found.append(
                Planned(
                    kind="feedback",
                    reason=f"to work on: {criterion.title!r} was missing {where}{asked}",
                    parts=(line,),
                    ref=criterion.id,
                    about=moment,
                )
            )
    if never and len(found) <= len(weak):
        line = s.pick(closing_phrasing.NEVER_ASKED, topic=never[0].topic)
        if line:
            reason = f"to work on: never asked for the fact {never[0].id!r}, in problem_framing"
            found.append(Planned(kind="feedback", reason=reason, parts=(line,), ref=never[0].id))
    return found


def _stage(s: Situation, criterion: Criterion) -> str:
    """The segment whose questions listen most for `criterion`."""
    segments = s.scenario.segments[1:-1]
    return max(segments, key=lambda seg: max(fit(criterion, q) for q in seg.questions)).id


def _missed_moment(
    s: Situation, criterion: Criterion, taken: Sequence[str]
) -> tuple[str | None, str | None]:
    """`(question id, quote)`: where it would have fitted: what an observer noted, or the answer to
    the question that listened most for it. None for what there is not."""
    for note in s.coverage.gaps():
        if note.finding.criterion == criterion.id:
            quote = _first_quote([note.finding.quote], taken)
            if quote:
                return note.ref, quote
    asked = [
        question
        for segment in s.scenario.segments[1:-1]
        for question in segment.questions
        if question.id in s.talk.asked and fit(criterion, question)
    ]
    for question in sorted(asked, key=lambda q: -fit(criterion, q)):
        answers = [item.text for item in s.talk.answers_to(question.id)]
        answers = [text for text in answers if not strays(s.scenario, text)]
        quote = _first_quote(answers, taken)
        if quote:
            return question.id, quote
    return (asked[0].id if asked else None), None


def _first_quote(texts: Sequence[str], taken: Sequence[str]) -> str | None:
    quotes = (quote for text in texts for quote in clauses(text))
    fitting = (q for q in quotes if q not in taken and len(words_of(q)) <= LONGEST_QUOTED_WORDS)
    return next(fitting, None)


def _reflected(s: Situation, weak: Sequence[Criterion]) -> list[Planned]:
    """A sentence on what the candidate said of the interview themself."""
    own = [item.text for item in s.talk.candidate if item.segment == s.segment.id]
    own = [text for text in own if not strays(s.scenario, text)]
    if sum(len(words_of(text)) for text in own) < 4:
        return []
    regrets = " ; ".join(half_to_probe(text) for text in own)
    shared = next((w for c in weak[:2] if (w := find_phrase(c.signals, regrets))), None)
    phrase = next((phrase for text in own for phrase in s.phrases(half_to_probe(text))), None)
    about: str | None
    if shared:
        named = f"the {shared}" if shared.lower() in COUNTED else shared
        line, about = s.pick(closing_phrasing.REFLECTION_SHARED, x=named), shared
    elif phrase:
        line, about = s.pick(closing_phrasing.REFLECTION_OTHER, x=phrase.named), phrase.said
    else:
        line, about = s.pick(closing_phrasing.REFLECTION_PLAIN), None
    if line is None:
        return []
    reason = "takes up what the candidate said of it themself" + (f", {about!r}" if about else "")
    return [Planned(kind="feedback", reason=reason, parts=(line,), about=about)]


def _for_them(s: Situation, weak: Sequence[Criterion], missed: Sequence[Planned]) -> list[Planned]:
    """What the feedback means for what they came for, in their words."""
    if len(missed) < 2:
        return []
    known = background.background(s.scenario, s.talk)
    if known.goal:
        words = set(words_of(known.goal.words))
        shared = any(
            words & set(words_of(" ".join((c.title, *c.signals)))) - {"and", "the", "at", "with"}
            for c in weak[:2]
        )
        pool = closing_phrasing.FOR_GOAL_SHARED if shared else closing_phrasing.FOR_GOAL
        line, about = s.pick(pool, x=known.goal.told), known.goal.words
        reason = "relates the feedback to what they want to get out of this"
    elif known.role:
        line, about = s.pick(closing_phrasing.FOR_ROLE, x=known.role.told), known.role.words
        reason = "relates the feedback to the role they are after"
    else:
        return []
    if line is None:
        return []
    return [Planned(kind="feedback", reason=f"{reason}: {about!r}", parts=(line,))]
