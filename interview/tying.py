"""Which of the candidate's earlier words an authored question can be tied to."""

from __future__ import annotations

from interview import topics
from interview.followups import stem, telling
from interview.language import find_phrase, normal, words_of
from interview.nouns import KIND_OF
from interview.scenario import Question
from interview.situation import Situation
from interview.standing import Moment, moments


def common_ground(s: Situation, question: Question, said: str) -> int:
    """How many of the things that `question` listens for are in `said`, as whole words of the same
    subject: a term of several words, or a noun of the trade or of the scenario; words that fit
    nearly any question count for nothing."""
    listened = (*question.listens_for, *(word for p in question.probes for word in p.when))
    nouns = {stem(w) for term in (*s.scenario.terms, *KIND_OF) for w in words_of(term)}
    found: set[str] = set()
    for phrase in listened:
        words = telling(phrase)
        if not words or not find_phrase((phrase,), said):
            continue
        if len(words_of(phrase)) > 1 or words <= nouns:
            found.add(normal(phrase))
    return len(found)


def tie(s: Situation, question: Question) -> tuple[str, str, str] | None:
    """`(lead, the candidate's words, mark)` that ties an authored question to earlier words which
    it fits; None when none do."""
    fits: list[tuple[int, int, str, str, str]] = []
    for order, moment in enumerate(_untied(s)):
        score = common_ground(s, question, moment.quote)
        lead = s.talk.pick(form.format(q=moment.quote) for form in topics.EARLIER_QUOTE)
        if score and lead:
            fits.append((-2 * score, order, lead, moment.quote, f"tied:{normal(moment.quote)}"))
    for order, phrase in enumerate(s.earlier_phrases()):
        mark = f"tied:{normal(phrase.said)}"
        score = common_ground(s, question, phrase.said)
        lead = s.talk.pick(form.format(x=phrase.named) for form in topics.EARLIER_PHRASE)
        if score and lead and mark not in s.talk.marks:
            fits.append((-2 * score - 1, order, lead, phrase.said, mark))
    spare = 35 - len(question.ask.split())
    for _, _, lead, words, mark in sorted(fits):
        if len(lead.split()) <= spare:
            return lead, words, mark
    return None


def _untied(s: Situation) -> list[Moment]:
    return [m for m in moments(s) if f"tied:{normal(m.quote)}" not in s.talk.marks]
