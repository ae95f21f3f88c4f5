"""What a stance is, the words that it is made of, and when two of them conflict."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from interview.language import normal

Kind = Literal["use", "have", "timing", "quality", "order", "slot", "figure"]


@dataclass(frozen=True, slots=True)
class Stance:
    """`subject` is what it is about, in stems; `value` where it stands: two stances of a kind on
    the same subject conflict when their values are opposed. `scope`: what it is limited to.
    `firm`: said without exception. `axis`: which kind of value, as in cheap or expensive."""

    kind: Kind
    subject: frozenset[str]
    value: str
    axis: str = ""
    scope: frozenset[str] = frozenset()
    firm: bool = False
    amount: float = 0.0


def bag(text: str) -> frozenset[str]:
    """The words of `text` as a set."""
    return frozenset(text.split())


# One concept, one word; the order is that of replacement.
_CONCEPTS: tuple[tuple[str, str], ...] = (
    (r"(?:deep |artificial )?neural (?:net(?:work)?s?|models?)|deep (?:nets?|networks?|learning"
     r"|models?|learning models?)|\bdnns?\b", "neuralnet"),
    (r"(?:near )?real[- ]time|\brealtime\b|on the fly|\bstreaming\b|\binstantly\b|\bimmediately\b",
     "realtime"),
    (r"night(?:ly)?(?: batch(?:es)?| jobs?)|overnight(?: batch)?|daily (?:batch(?:es)?|jobs?)"
     r"|batch(?:es)? (?:every|each|once a|per) (?:night|day)|\bnightly\b|\bovernight\b"
     r"|offline batch(?:es)?|batch(?: mode| jobs?| processing| scoring| predictions?)?",
     "nightbatch"),
    (r"gradient[- ]boost(?:ed|ing)(?: (?:decision )?trees?| models?)?|boosted trees?|\bgbdts?\b"
     r"|\bxgboost\b|\blightgbm\b", "boostedtrees"),
    (r"two[- ]towers?(?: (?:models?|networks?))?", "twotower"),
    (r"\ba/?b[- ]tests?\b|online (?:experiment|test)s?|live experiments?", "abtest"),
    (r"feature stores?", "featurestore"),
    (r"cold[- ]start", "coldstart"),
    (r"large language models?|\bllms?\b", "llm"),
    (r"(?:logistic|linear) (?:regressions?|models?)", "linearmodel"),
    (r"explicit feedback|explicit ratings?", "explicitfeedback"),
    (r"implicit feedback", "implicitfeedback"),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern), f" {name} ") for pattern, name in _CONCEPTS)
_STOP = bag(
    """
a an the my our your their its this that these those any some it they them we i you he she there
there's here it's that's is are was were be been being am 's do does did will would shall should
can could may might must have has had of and or as at by so very really quite pretty fairly rather
too also then just definitely clearly absolutely certainly simply always actually think guess
believe feel say well um uh er okay yes no not never ever n't don't doesn't didn't wouldn't won't
isn't aren't can't problem system design case all everything thing point view opinion me us good
whole kind sort lot bit people to for in on with from about into still even such what which who
"""
)
GENERIC = bag(
    """
prediction result score model output system recommendation answer it everything service job
inference serve serving scoring response need enough fine work
"""
)
# Such words limit, weaken, hand over or take back what the clause says.
TAKES_BACK = re.compile(
    r"\b(?:if|unless|until|when|whenever|while|depending|depends|except|suppose|imagine"
    r"|maybe|perhaps"
    r"|might|could|may|possibly|probably|sometimes|often|usually|mostly|partly|some|few|many|most"
    r"|not (?:sure|only|just|all|every|necessarily|always|yet|both|by itself|on its own"
    r"|immediately|directly)"
    r"|only|alone|on (?:its|their) own|by (?:itself|themselves)|at first|initially|to begin|first"
    r"|for now|later|eventually|in the beginning|to start|yet|already|instead|anymore|any "
    r"more|again"
    r"|other|another|different|either|neither|almost|nearly|hardly|more than|less than|as much"
    r"|would be|could be|can be|used to|back then|at my|my (?:last|previous|old)|they|he"
    r"|she|people say"
    r"|i said|you said|somebody|someone|one could|the temptation|tempting|tempted|would like)\b"
)
_OBJECT_ENDS = re.compile(
    r"\b(?:for|in|on|with|at|as|because|since|so|and|or|but|from|by|to|when|if|that|which"
    r"|here|there"
    r"|at all|before|after|until|between|across|than|instead|over|within|during|it)\b"
)


def stem(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


def content(text: str) -> frozenset[str]:
    return frozenset(stem(w) for w in text.split() if w not in _STOP and stem(w) not in _STOP)


def object_of(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """What the verb acts on, and what it is limited to."""
    ends = _OBJECT_ENDS.search(text)
    head, rest = (text[: ends.start()], text[ends.start() :]) if ends else (text, "")
    whole, _, part = head.partition(" of ")
    if content(whole):
        head, rest = whole, f"{part} {rest}"
    return content(head), content(rest)


def reduced(clause: str) -> str:
    """`clause` in lower case, with one word for each concept."""
    text = f" {normal(clause)} "
    for pattern, name in _COMPILED:
        text = pattern.sub(name, text)
    return " ".join(text.split())


def conflict(earlier: Stance, later: Stance) -> bool:
    """True when nobody could hold both at once."""
    if earlier.kind != later.kind:
        return False
    match earlier.kind:
        case "use":
            return _use_conflict(earlier, later)
        case "have":
            return (
                earlier.value != later.value
                and earlier.subject == later.subject
                and earlier.scope == later.scope
            )
        case "timing":
            same = earlier.subject == later.subject or bool(earlier.subject & later.subject)
            return earlier.value != later.value and same
        case "quality":
            return (
                earlier.axis == later.axis
                and earlier.value != later.value
                and earlier.subject == later.subject
                and earlier.scope == later.scope
            )
        case "order":
            same = earlier.subject == later.subject and earlier.scope == later.scope
            return earlier.value != later.value and same
        case "slot":
            shared = set(earlier.value.split()) & set(later.value.split())
            same = earlier.subject == later.subject and earlier.scope == later.scope
            return same and not shared
        case "figure":
            low, high = sorted((earlier.amount, later.amount))
            apart = 4.0 if earlier.axis == "period" else 1.5
            same = earlier.axis == later.axis and earlier.subject == later.subject
            return same and high >= apart * low


def _use_conflict(earlier: Stance, later: Stance) -> bool:
    if earlier.value == later.value:
        return False
    yes, no = (earlier, later) if earlier.value == "yes" else (later, earlier)
    # "Not to begin with X" is no refusal of X, and a refusal of a kind is none of its parts.
    if no.axis == "begin" and yes.axis != "begin":
        return False
    if not no.subject <= yes.subject or not yes.subject:
        return False
    if no.subject != yes.subject and not no.firm:
        return False
    if yes.scope == no.scope or not (yes.scope or no.scope):
        return True
    if yes.scope & no.scope:
        return True
    return no.firm and not no.scope
