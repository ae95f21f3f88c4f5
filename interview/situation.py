"""What the director looks at, and the small choices that every move shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interview import phrasing
from interview.conversation import Conversation
from interview.language import key_phrases, lower_first, normal
from interview.scenario import Question, Scenario, Segment

# A question needs about this long to be asked and answered, in seconds.
QUESTION_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Situation:
    """`remaining` and `allotted` are seconds of the running segment."""

    scenario: Scenario
    segment: Segment
    index: int
    remaining: float
    allotted: float
    difficulty: str
    tone: str
    talk: Conversation

    @property
    def last(self) -> bool:
        return self.index == len(self.scenario.segments) - 1

    def questions(self) -> list[Question]:
        """The authored questions of the segment that fit the difficulty."""
        return [
            question
            for question in self.segment.questions
            if not question.difficulties or self.difficulty in question.difficulties
        ]

    def unasked(self) -> list[Question]:
        """Those not asked yet, in order, with the ones answered already at the end."""
        left = [question for question in self.questions() if question.id not in self.talk.asked]
        return [q for q in left if not self.talk.covered(q)] + [
            q for q in left if self.talk.covered(q)
        ]

    def short_of_time(self) -> bool:
        return self.remaining < max(
            0.35 * self.allotted, QUESTION_SECONDS * min(2, len(self.unasked()))
        )

    def phrases(self, text: str) -> list[str]:
        return key_phrases(text, self.scenario.terms)


def acknowledge(s: Situation, text: str) -> str | None:
    """A remark that takes up what was said, without judging it; None when none is left."""
    phrase = next(iter(s.phrases(text)), None)
    if phrase and len(text.split()) >= 6:
        x = lower_first(phrase)
        used = sum(normal(x) in line for line in s.talk.lines)
        if not used:
            start = len(s.talk.candidate) % len(phrasing.ACK_SAID)
            turned = phrasing.ACK_SAID[start:] + phrasing.ACK_SAID[:start]
            return s.talk.pick(v.format(x=x, X=x[:1].upper() + x[1:]) for v in turned)
    return s.talk.pick(phrasing.ACK_PLAIN)


def colour(s: Situation) -> str | None:
    """What the tone adds before a follow-up: reassurance, nothing, or what is missing."""
    every_third = len(s.talk.candidate) % 3 == 0
    if s.tone == "warm" and every_third:
        return s.talk.pick(phrasing.REASSURE)
    if s.tone == "direct" and every_third and not s.last:
        return s.talk.pick(phrasing.PRESS)
    return None


def least_used(
    s: Situation, templates: Sequence[str], words: Sequence[str]
) -> tuple[str, str] | None:
    """`(template, line)` of the least used template with the first of `words` that makes a line not
    said before; None when nothing is new."""
    ordered = sorted(templates, key=lambda template: s.talk.templates[template])
    for word in words:
        for template in ordered:
            line = template.format(x=lower_first(word))
            if s.talk.templates[template] <= s.talk.templates[ordered[0]] and s.talk.fresh(line):
                return template, line
    return None
