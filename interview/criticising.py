"""What was missing: the criteria that little speaks for, each with the moment it belonged to."""

from __future__ import annotations

from collections.abc import Sequence

from interview import assessing, closing_phrasing, framing, standing
from interview.conversation import Heard, Planned
from interview.language import count_phrases, words_of
from interview.quoting import clauses
from interview.rubric import Criterion
from interview.situation import Situation
from interview.standing import fit
from interview.straying import strays

LONGEST_QUOTED_WORDS = 12


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


def gaps(
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
            quote = _first_quote(s, [(note.finding.quote, note.turn)], taken)
            if quote:
                return note.ref, quote
    asked = [
        question
        for segment in s.scenario.segments[1:-1]
        for question in segment.questions
        if question.id in s.talk.asked and fit(criterion, question)
    ]
    for question in sorted(asked, key=lambda q: -fit(criterion, q)):
        answers = s.talk.answers_to(question.id)
        said = [(item.text, (item.id,)) for item in answers if not strays(s.scenario, item.text)]
        quote = _first_quote(s, said, taken)
        if quote:
            return question.id, quote
    return (asked[0].id if asked else None), None


def _first_quote(
    s: Situation, said: Sequence[tuple[str, tuple[str, ...]]], taken: Sequence[str]
) -> str | None:
    """The first quote of `said`, each with the utterances it is from, that was not misheard; one
    that may have been where there is no other."""
    fitting = [
        (s.talk.misheard(quote, utterances), quote)
        for text, utterances in said
        for quote in clauses(text)
        if quote not in taken and len(words_of(quote)) <= LONGEST_QUOTED_WORDS
    ]
    return min(fitting, key=lambda entry: entry[0], default=(False, None))[1]
