"""What the candidate wants, has, refuses or lacks, and how fresh they need it."""

from __future__ import annotations

import re

from interview.observing.numbers import numbers
from interview.observing.stance import GENERIC, Stance, bag, content, object_of

# Said of how fresh something must be, and no part of what it is said of.
_MARKS = bag(
    """
need must required require requires essential critical necessary enough fine sufficient okay ok
adequate suffice more computed compute done perfectly totally unnecessary needn't important
"""
)
_FIRM = re.compile(r"\b(?:never|at all|under no circumstances|absolutely|no need|must|any)\b")
_USE_VERBS = (
    r"(?:use|choose|pick|take|go with|go for|train|build|need|want|add|have|rely on"
    r"|include|run|deploy"
    r"|bother with|keep|require|store|cache|log|shard|show|retrain|block|optimi[sz]e(?: "
    r"for)?|monitor)"
)
_BEGIN = r"(?:start|begin) (?:with|from|off with)"
_ADV = (
    r"(?:(?:really|definitely|also|then|just|always|certainly|clearly|simply|rather"
    r"|absolutely|even|personally|ever) )*"
)
_WANTS = re.compile(
    rf"\b(?:i|we)(?: would|'d|'ll| will| should| must|'m going to| am going to|'re going "
    rf"to| have to"
    rf"| need to| want to)? {_ADV}(?P<verb>{_USE_VERBS}|{_BEGIN}|need|must have) (?P<object>.+)$"
)
_REFUSES = re.compile(
    rf"\b(?:i|we)(?:(?: would|'d|'ll| will| should| must| do)? {_ADV}(?:not|never)"
    rf"| wouldn't| won't| shouldn't| don't| can't| cannot) {_ADV}(?:need to |have to |want to )?"
    rf"(?P<verb>{_USE_VERBS}|{_BEGIN}) (?P<object>.+)$"
    rf"|\b(?:i|we)(?: would|'d|'ll| will)? {_ADV}(?P<verb2>avoid|skip|drop|rule out|leave "
    rf"out) (?P<object2>.+)$"
    r"|\b(?:there(?:'s| is) )?no (?P<verb3>need|point|reason) (?:for|to log|to use|to have|to "
    r"build|to train"
    r"|to run|in|in using|in having) (?P<object3>.+)$"
)
_AND_NO = re.compile(
    rf"\b(?:i|we)(?: would|'d|'ll| will| should) {_ADV}{_USE_VERBS} .+? (?:and|but) no "
    rf"(?P<object>.+)$"
)
_WHOLE = re.compile(
    r"\b(?:compute|computed|run|runs|score|scored|do|done)\b.*\b(?:everything|all of it)\b"
    r"|\b(?:everything|all of it)\b.*\b(?:computed|run|runs|scored|done)\b"
)
_HAVE = re.compile(
    r"\b(?:we|they|you) (?:already )?(?P<no>don't |do not )?have (?P<no2>no )?(?P<object>.+)$"
    r"|\bthere(?: is|'s| are)(?P<no3> no|n't any|n't enough)? (?P<object2>.+)$"
)
_NEEDS = re.compile(
    r"\b(?:needs?|needed|must|has to|have to|required?|requires|should be|got to|essential|critical"
    r"|necessary|is a must)\b"
)
_ENOUGH = re.compile(
    r"\b(?:(?:is|are|will be|would be|'s) (?:more than |good |perfectly |totally "
    r")?(?:enough|fine|sufficient"
    r"|okay|ok|good enough|adequate)|suffices?|will do|would do|does the job)\b"
)
_NO_NEED = re.compile(
    r"\b(?:(?:do not|don't|does not|doesn't) (?:have to|need)|no need|not (?:needed"
    r"|necessary|required)"
    r"|unnecessary|isn't (?:needed|necessary|required)|needn't)\b"
)


def use(text: str) -> list[Stance]:
    firm = bool(_FIRM.search(text))
    refused = _REFUSES.search(text)
    have = _HAVE.search(text)
    has = (have.group("object") or have.group("object2") or "") if have else ""
    # "Have to", "have never", "have worked": no possession.
    left_out = _AND_NO.search(text)
    if left_out:
        subject, scope = object_of(left_out.group("object"))
        return [Stance("use", subject, "no", scope=scope)] if subject else []
    if have and not re.match(r"(?:to|never|been|done|\w+ed|not|no need|need|point|reason)\b", has):
        no = any(have.group(name) for name in ("no", "no2", "no3"))
        subject, scope = object_of(has)
        subject -= {"enough", "good", "lot", "plenty"}
        if subject and not numbers(text):
            return [Stance("have", subject, "no" if no else "yes", scope=scope, firm=firm)]
        return []
    if have and not re.match(r"(?:to|no need|need|point|reason)\b", has):
        return []
    if refused:
        groups = [g for g in ("object", "object2", "object3") if refused.group(g)]
        verb = next(refused.group(v) for v in ("verb", "verb2", "verb3") if refused.group(v))
        subject, scope = object_of(refused.group(groups[0]))
        axis = "begin" if verb.startswith(("start", "begin")) else ""
        firm = firm or verb in {"avoid", "rule out"}
        return [Stance("use", subject, "no", axis, scope, firm)] if subject else []
    wanted = _WANTS.search(text)
    if wanted:
        subject, scope = object_of(wanted.group("object"))
        if re.search(r"\b(?:instead|rather|without|except)\b", text) or not subject:
            return []
        axis = "begin" if wanted.group("verb").startswith(("start", "begin")) else ""
        return [Stance("use", subject, "yes", axis, scope, firm)]
    return []


def timing(text: str) -> list[Stance]:
    realtime, batch = "realtime" in text.split(), "nightbatch" in text.split()
    if realtime == batch or re.search(r"\b(?:if|unless|part|some|both|most|mostly|first)\b", text):
        return []
    no_need, needs, enough = _NO_NEED.search(text), _NEEDS.search(text), _ENOUGH.search(text)
    if not (no_need or needs or enough or _WHOLE.search(text)):
        return []
    fresh = realtime != bool(no_need)
    if realtime and enough and not no_need:
        return []
    words = content(text) - {"realtime", "nightbatch", "do", "job", "run", "every", "day", "night"}
    subject = frozenset(w for w in words if w not in _MARKS and w not in GENERIC)
    return [Stance("timing", subject, "fresh" if fresh else "stale")]
