"""How the candidate rates things: their qualities, their order, and the figures put on them."""

from __future__ import annotations

import re

from interview.language import normal
from interview.observing.numbers import Number, numbers, value_of
from interview.observing.stance import TAKES_BACK, Stance, bag, content, object_of

NEGATION = r"(?:not|never|n't|don't|doesn't|wouldn't|won't|shouldn't|can't|cannot|isn't|aren't)"
_MATTERS = re.compile(
    r"^(?P<subject>.+?) (?P<verdict>(?:really |definitely |certainly )?(?:matters?"
    r"|(?:does not|doesn't"
    r"|do not|don't) (?:really )?matter)(?: (?:here|a lot|at all|much|most))*)$"
)
_CARES = re.compile(
    r"\b(?:i|we) (?P<no>don't |do not |wouldn't )?(?:really )?care (?:a lot )?about "
    r"(?P<subject>.+)$"
)
_IS = re.compile(
    r"^(?P<subject>.+?)(?: (?:is|are)|'s|'re)(?P<no> not|n't)?(?: going to be)? "
    r"(?:(?:very|really|quite|so|extremely"
    r"|pretty|definitely|absolutely|certainly|clearly|always) )*"
    r"(?P<no2>not |no )?(?:an? |the |our )?(?:real |big |huge |major |serious )?"
    r"(?P<word>[a-z-]+)(?P<rest>.*)$"
)
# What may follow the word that rates without limiting it.
_NO_LIMIT = frozenset(
    (
        *("", "here", "for us", "anyway", "now", "in this case"),
        *("constraint", "thing", "factor", "requirement", "point", "constraint here"),
    )
)
_AXES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "importance": (
        bag(
            "important critical crucial essential key vital priority necessary"
            " concern issue problem"
        ),
        bag("unimportant irrelevant secondary negligible unnecessary pointless useless overkill"),
    ),
    "cost": (frozenset(("cheap", "inexpensive", "free")), frozenset(("expensive", "costly"))),
    "speed": (frozenset(("fast", "quick")), frozenset(("slow",))),
    "ease": (
        bag("easy simple trivial straightforward"),
        bag("hard difficult tricky challenging complicated"),
    ),
    "trust": (
        bag("reliable trustworthy clean accurate unbiased dependable"),
        bag("unreliable noisy untrustworthy inaccurate biased dirty misleading"),
    ),
    "amount": (
        bag("plentiful abundant plenty"),
        bag("scarce rare sparse"),
    ),
    "change": (
        bag("stable static constant stationary"),
        bag("unstable changing shifting moving volatile"),
    ),
}  # fmt: skip
_MORE = re.compile(
    r"^(?P<a>.+?) (?:matters? more than|(?:is|are) (?:much |far |way )?more important "
    r"than|comes? before"
    r"|beats?|wins? over|goes? before|outweighs?) (?P<b>.+)$"
)
_OVER = re.compile(
    r"\b(?:prefer|favou?r|prioriti[sz]e|choose|pick|put|value|optimi[sz]e(?: for)?|go "
    r"(?:with|for)|take|use)"
    r" (?P<a>.+?) (?:over|rather than|instead of|ahead of|above|before|to(?= )) (?P<b>.+)$"
)
_PERIODS = {60.0: "minute", 3600.0: "hour", 86400.0: "da", 604800.0: "week", 2629800.0: "month"}
_OFTEN = re.compile(
    r"\b(?:(?:every|each|once an?|once every) (?:single )?(?:minute|hour|day|week|month)"
    r"|hourly|daily|weekly|monthly)\b"
)
_REPEATED = re.compile(r"\b(?:re)?(?P<what>train)(?:ing|ed|s)?\b")
_SLOT = re.compile(
    r"\b(?:the|my|our) (?:single |one )?(?P<which>primary|main|most important|north star"
    r"|key|headline)"
    r" (?P<what>metric|objective|goal|number|figure|target|measure|kpi)(?: i(?:'d| would) "
    r"\w+| for \w+)?"
    r" (?:is|would be|will be|should be|has to be|must be) (?P<value>.+)$"
)
_SLOT_BACK = re.compile(
    r"^(?P<value>.+?) (?:is|would be|will be|should be|has to be|must be) (?:the|my|our) "
    r"(?:single |one )?"
    r"(?P<which>primary|main|most important|north star|key|headline)"
    r" (?P<what>metric|objective|goal|number|figure|target|measure|kpi)$"
)
_OF_SCALE = re.compile(
    r"\b(?:(?:we|they|you) (?:already )?have|there are) (?:about |around |roughly )?$"
)
_FIGURE_OF = re.compile(
    r"^(?:(?:so|and|then|well|i think|i assume|let's say|say) )*(?:the |our |a "
    r")?(?P<subject>[a-z][a-z' -]+?) "
    r"(?:budget |limit |target |threshold )?"
    r"(?:is|are|must be|should be|has to be|will be|must stay|has to stay|stays|must not "
    r"exceed|needs to be)"
    r" (?:about |around |roughly |at |under |below |at most |within |less than |no more "
    r"than |up to |set to )*$"
)


def quality(text: str) -> list[Stance]:
    if " than " in f" {text} ":
        return []
    matters = _MATTERS.search(text)
    if matters:
        subject = content(matters.group("subject"))
        no = bool(re.search(r"\b(?:not|don't|doesn't)\b", matters.group("verdict")))
        return (
            [Stance("quality", subject, "low" if no else "high", "importance")] if subject else []
        )
    cares = _CARES.search(text)
    if cares:
        subject, scope = object_of(cares.group("subject"))
        value = "low" if cares.group("no") else "high"
        return [Stance("quality", subject, value, "importance", scope)] if subject else []
    is_ = _IS.search(text)
    if not is_ or is_.group("rest").strip() not in _NO_LIMIT:
        return []
    for axis, (high, low) in _AXES.items():
        word = is_.group("word")
        if word in high or word in low:
            subject = content(is_.group("subject"))
            no = bool(is_.group("no") or is_.group("no2"))
            value = "high" if (word in high) != no else "low"
            negated = no and axis not in {"importance", "trust", "change"}
            if subject and len(subject) <= 3 and not negated:
                return [Stance("quality", subject, value, axis)]
    return []


def order(text: str) -> list[Stance]:
    if re.search(r"\b(?:if|unless|sometimes|depends|when|at first|first version|for now)\b", text):
        return []
    match = _MORE.search(text) or _OVER.search(text)
    if not match or re.search(rf"\b{NEGATION}\b", text):
        return []
    a, (b, scope) = content(match.group("a")), object_of(match.group("b"))
    if not a or not b or a & b or len(a) > 3 or len(b) > 3:
        return []
    return [Stance("order", a | b, " ".join(sorted(a)), scope=scope)]


def slot(text: str) -> list[Stance]:
    match = _SLOT.search(text) or _SLOT_BACK.search(text)
    if not match or TAKES_BACK.search(text.replace("would be", "is")):
        return []
    value, scope = object_of(match.group("value"))
    what = "goal" if match.group("what") in {"goal", "objective", "target"} else "metric"
    if not value or len(value) > 3:
        return []
    return [Stance("slot", frozenset((what,)), " ".join(sorted(value)), scope=scope)]


def figure(text: str, clause: str) -> list[Stance]:
    """ "The latency budget is two hundred milliseconds", "we have ten million users"."""
    said = numbers(clause)
    if len(said) != 1 or re.search(
        r"\b(?:if|suppose|imagine|say|would|times|grow|next|peak|later|today|now|each|per"
        r"|every|from|first"
        r"|between|maybe|could|might|after|before|when|then|more|less|another|other|only"
        r"|median|average"
        r"|p\d+|percentile|worst|new|old|some|of (?:them|those|these|which))\b",
        text,
    ):
        return []
    number: Number = said[0]
    before = normal(clause[: number.start])
    after = content(normal(clause[number.end :]))
    of = _FIGURE_OF.match(f"{before} ")
    if of is None:
        of = _FIGURE_OF.match(before)
    if of and (number.dimension != "count" or not number.unit):
        subject = content(of.group("subject")) | after
        return [_amount(number, subject)] if subject else []
    if _OF_SCALE.search(f"{before} ") and number.dimension in {"count", "rate"}:
        counted = " ".join(w for w in normal(number.said).split() if value_of(w) is None)
        return [_amount(number, content(counted) | after)]
    return []


def _amount(number: Number, subject: frozenset[str]) -> Stance:
    return Stance("figure", subject, "amount", axis=number.dimension, amount=number.value)


def often(text: str) -> list[Stance]:
    """ "We retrain every hour", "once a month is enough for training"."""
    how_often, what = _OFTEN.search(text), _REPEATED.search(text)
    if not how_often or not what or re.search(r"\b(?:or|if|when|but|except|per)\b", text):
        return []
    period = next(p for p, form in _PERIODS.items() if form in how_often.group(0))
    left = _OFTEN.sub(" ", _REPEATED.sub(" ", text))
    subject = content(left) - bag("enough fine sufficient essential model once more important")
    return [Stance("figure", subject | {what.group("what")}, "period", "period", amount=period)]
