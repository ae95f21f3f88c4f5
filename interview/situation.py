"""What the director looks at, and the small choices that every move shares."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from interview import ack_phrasing, followups, phrasing
from interview.asked import questions_in
from interview.conversation import Conversation
from interview.coverage import Coverage
from interview.depth import DEPTHS, Depth
from interview.language import affirmed, normal, words_of
from interview.quoting import NounPhrase, noun_phrases
from interview.scenario import Question, Scenario, Segment
from interview.straying import strays
from interview.toned import Lines, Toned, lines_of

# What is said in one breath, in words.
MOST_WORDS = 35
# A question needs about this long to be asked and answered, in seconds.
QUESTION_SECONDS = 60.0
# A phrase of this weight has a term of the scenario or two words.
TELLING = 2
UNSURE_WORDS = 8
_UNSURE = re.compile(
    r"\b(?:(?:do not|don't) (?:really )?know|no idea|not (?:really |so |quite )?sure|can't think of"
    r"|never (?:done|used|tried)|nothing comes to mind|no clue|hard to say|i(?:'ll| will)? pass"
    r"|i have to pass)\b"
)


@dataclass(frozen=True, slots=True)
class Situation:
    """`remaining` and `allotted` are seconds of the running segment. At a `rate` of 2 the
    interviewer speaks twice as fast as usual."""

    scenario: Scenario
    segment: Segment
    index: int
    remaining: float
    allotted: float
    difficulty: str
    tone: str
    talk: Conversation
    coverage: Coverage = field(default_factory=Coverage)
    rate: float = 1.0

    @property
    def last(self) -> bool:
        return self.index == len(self.scenario.segments) - 1

    @property
    def depth(self) -> Depth:
        return DEPTHS[self.difficulty]

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

    def pick(self, pool: Lines, **named: str) -> str | None:
        """The first line of `pool` in the tone that was not said yet, with what is named in it,
        beginning otherwise than the last lines; None when all were said."""
        lines = [line.format(**named) for line in lines_of(pool, self.tone)]
        return self.talk.pick_varied(lines) or self.talk.pick(lines)

    def pick_varied(self, pool: Toned, **named: str) -> str | None:
        """As `pick`, but rather nothing than a line of another tone, or one that begins as one of
        the last did."""
        return self.talk.pick_varied(line.format(**named) for line in pool.own(self.tone))

    def phrases(self, text: str) -> tuple[NounPhrase, ...]:
        """What may be picked up from `text`, the most telling first."""
        return noun_phrases(text, self.scenario.terms)

    def plain_questions(self) -> tuple[str, ...]:
        """Questions for this segment that lean on nothing said and on no authored question; where
        they begin differs by the scenario and by what the candidate said first."""
        authored = tuple(
            line
            for segment in self.scenario.segments
            for question in segment.questions
            for line in (question.ask, question.rephrase)
        )
        lines = followups.plain(self.segment.id, authored, self.scenario.talk)
        first = self.talk.candidate[0].text if self.talk.candidate else ""
        seed = f"{self.scenario.id}/{normal(first)}"
        return followups.turned(lines, self.segment.id, self.scenario.talk, seed)

    def earlier_phrases(self) -> list[NounPhrase]:
        """What may be picked up from the segments on the problem before this one."""
        before = {segment.id for segment in self.scenario.segments[1 : self.index]}
        found: dict[str, NounPhrase] = {}
        for item in self.talk.candidate:
            if item.segment in before and not strays(self.scenario, item.text):
                for phrase in self.phrases(item.text):
                    found.setdefault(normal(phrase.said), phrase)
        return sorted(found.values(), key=lambda phrase: -phrase.weight)


def unsure(text: str) -> bool:
    """True when `text` says no more than that there is no answer."""
    return len(words_of(text)) <= UNSURE_WORDS and bool(_UNSURE.search(normal(text)))


def question_again(s: Situation) -> str | None:
    """The open question in words that were not used yet; None when none are left."""
    question = s.talk.open
    if question is None:
        return None
    if (
        question.base
        and question.text == question.base.ask
        and s.talk.fresh(question.base.rephrase)
    ):
        return question.base.rephrase
    lines = (f"{lead} {s.talk.lowered(question.text)}" for lead in phrasing.REPHRASE_LEAD)
    return next((line for line in lines if s.talk.new_line(line)), None)


def in_a_breath(*parts: str | None) -> tuple[str, ...]:
    """`parts` that are there, without those before the last when they would be too long."""
    said = tuple(part for part in parts if part)
    while len(said) > 1 and sum(len(part.split()) for part in said) > MOST_WORDS:
        said = said[1:]
    return said


def acknowledge(s: Situation, text: str) -> str | None:
    """A remark that takes up what was said, without judging it; None when none is left or none is
    called for."""
    if not text.strip() or questions_in(text) or strays(s.scenario, text):
        return None
    if s.talk.said_before(text):
        repeated = s.pick_varied(ack_phrasing.ACK_REPEATED)
        if repeated:
            return repeated
    if unsure(text):
        return s.pick_varied(ack_phrasing.ACK_UNSURE)
    latest = {item.id for turn in s.talk.turns()[-1:] for item in turn}
    # What they turned down, or put something else in the place of, is not what they said for it.
    for phrase in s.phrases(affirmed(text)):
        if s.talk.misheard(phrase.said, latest):
            continue
        if phrase.weight >= TELLING and not s.talk.mentioned(phrase.said):
            pool = [line.format(x=phrase.named) for line in ack_phrasing.ACK_SAID.own(s.tone)]
            start = len(s.talk.candidate) % len(pool)
            return s.talk.pick_varied(pool[start:] + pool[:start])
    return s.pick_varied(ack_phrasing.ACK_PLAIN) if s.talk.turns_heard % 2 else None


def colour(s: Situation) -> str | None:
    """What the tone adds before a follow-up, now and then: reassurance, nothing much, or a word on
    what is wanted."""
    if s.talk.turns_heard % 3 or s.last:
        return None
    return s.pick_varied(ack_phrasing.COLOUR)
