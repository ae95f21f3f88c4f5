"""What a thorough candidate asks before designing, and whether this one did."""

from __future__ import annotations

from interview.language import count_phrases, find_phrase
from interview.scenario import Fact
from interview.situation import Situation
from interview.standing import uncovered

# Who was told so many facts has framed the problem by asking.
ENOUGH_FACTS = 4


def never_asked(s: Situation) -> list[Fact]:
    """The facts worth asking for that were neither asked for nor spoken of, those that bear on what
    stayed uncovered first. Empty when enough was asked."""
    if len(s.talk.facts) >= ENOUGH_FACTS:
        return []
    said = s.talk.text_in(*(segment.id for segment in s.scenario.segments[1:-1]))
    left = [
        fact
        for fact in s.scenario.facts
        if fact.topic and fact.id not in s.talk.facts and not find_phrase(fact.about, said)
    ]
    missing = [signal for criterion in uncovered(s) for signal in criterion.signals]
    return sorted(
        left, key=lambda fact: -count_phrases(missing, " ".join((*fact.about, fact.topic)))
    )
