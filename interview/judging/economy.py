"""How much is said with the words of a text: what is specific in them, and what is set against
something else, less what hedges or could be said of anything. Terse and long answers alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from interview.judging.sense import specific
from interview.judging.statements import Statement
from interview.language import normal, words_of

_HEDGE = re.compile(
    r"\b(?:i think|i guess|maybe|probably|usually|of course|basically|i'd say|you can|you could"
    r"|kind of|sort of|things like|something like|somehow|obviously|i suppose|or something"
    r"|and so on|pretty|quite|really|a lot|in general|normally|definitely|actually)\b"
)
_CONTRAST = re.compile(
    r"\b(?:can't|cannot|won't|never|not|nothing|nobody|but|unless|only|without|though|although"
    r"|rather|instead|fails?|wrong|hence|until|except|less|worse|below|above|than|costs?|lose"
    r"|loses|still|against|too)\b"
)
# Rates are taken of at least so many words, and are no higher than the most.
LEAST_WORDS = 60
MOST_RATE = 5.0


@dataclass(frozen=True, slots=True)
class Economy:
    """`specific`: distinct words that are of this problem; `contrasts`, `hedges`: how often;
    `words`: of all; `vague`: the part of the words with a meaning that could be of any problem."""

    words: int = 0
    specific: int = 0
    contrasts: int = 0
    hedges: int = 0
    vague: float = 0.0

    @property
    def hedge_rate(self) -> float:
        """In a hundred words."""
        return min(MOST_RATE, 100 * self.hedges / max(LEAST_WORDS, self.words))

    @property
    def contrast_rate(self) -> float:
        """In a hundred words."""
        return min(MOST_RATE, 100 * self.contrasts / max(LEAST_WORDS, self.words))


def economy(texts: Iterable[str]) -> Economy:
    text = ". ".join(texts)
    said = normal(text)
    own, content = specific(text)
    return Economy(
        words=len(words_of(text)),
        specific=len(set(own)),
        contrasts=len(_CONTRAST.findall(said)),
        hedges=len(_HEDGE.findall(said)),
        vague=1 - len(own) / len(content) if content else 0.0,
    )


def economy_of_all(statements: Iterable[Statement]) -> Economy:
    """That of all that was said: what names things only has nothing specific to it, nor sets one
    thing against another, but it has been said."""
    said = list(statements)
    made = economy(one.text for one in said if not one.named_only)
    named = economy(one.text for one in said if one.named_only)
    _, content = specific(". ".join(one.text for one in said))
    own, _ = specific(". ".join(one.text for one in said if not one.named_only))
    return Economy(
        words=made.words + named.words,
        specific=made.specific,
        contrasts=made.contrasts,
        hedges=made.hedges + named.hedges,
        vague=1 - len(own) / len(content) if content else 0.0,
    )
