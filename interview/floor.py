"""Has the candidate really given up the floor? Read from what the words say, not from the sound.

The words are judged as a recogniser gives them: with or without stops and capitals, and with a
full stop after words that end nothing."""

from __future__ import annotations

import re

from interview.language import sentences, words_of
from interview.listing import Reading, items_missing

# None of these ends a sentence, whatever stop a recogniser puts after it.
_NEVER_LAST = frozenset(
    """
a an the and or but because if when while although whereas unless until than versus via into i we
they he she my your our their whose um uh er erm hmm uhm hum hm mm mmm i'd i'll we'd we'll we're
they're i'm let's they'd they'll he'd you'd it'll and/or plus except per without within besides
towards upon during every basically such these those if's whether as
""".split()  # noqa: SIM905
)
# These end one only after something that they belong to, or in a short reply.
_STRANDED = frozenset(
    """
of to with for on in by at from about over through after before between under into onto
""".split()  # noqa: SIM905
)
_FINITE = frozenset(
    """
is are was were be been being am has have had does do did isn't
""".split()  # noqa: SIM905
)
_MODAL = frozenset(
    """
would could should will must can might may shall
""".split()  # noqa: SIM905
)
_DEGREE = frozenset(
    """
very really more most mostly mainly partly nearly almost roughly too quite rather pretty only
just also even another other some any both either not maybe probably so like then that this
which who what how where why since though least
""".split()  # noqa: SIM905
)
# A word before it makes such an ending whole: "that's what I'd start with", "I think so".
_ANTECEDENT = re.compile(
    r"\S (?:so |and |but )?(?:what|which|that|who|where|how|something|anything|nothing|everything"
    r"|things?|one|much|why|whom|lot|way|ones|all|people|reason) "
)
_ASKED_OR_NAMED = re.compile(
    r"^(?:so |and |but |well |okay |um )*(?:what|which|who|where|how|why|do|does|did|is|are|was"
    r"|were|can|could|would|should|will)(?:'s)? (?!i |we |i'd |we'd |matters|about )"
    r"|(?:is|'s|was|are|know|see|say|said|find|found|on|of|about|tell|ask|understand|remember"
    r"|depends)"
    r" (?:exactly |really |just )?(?:what|which|who|where|how|why|all)\b"
)
_SO = re.compile(
    r"\b(?:think|hope|guess|believe|suppose|say|said|do|did|does|doing|even|or|not) so$"
)
_THAT = re.compile(
    r"\b(?:say|think|assume|believe|guess|mean|means|given|so|such|is|was|show|shows|sure|assuming|"
    r"suppose|provided|argue|fact|idea|point|expect|hope|note|notice|ensure|found|now|know|see|"
    r"imagine|worry|be|thing|things|part|parts|way|model|system|feature|something|anything|people"
    r"|users|data|features|risk|reason|problem|issue|one|ones|and|but|or) that$"
)
_LIKE = re.compile(
    r"\b(?:something|things|stuff|features|models|metrics|signals|is|it's|are) like$"
)
_SHORT_REPLY = re.compile(
    r"^(?:(?:yes|yeah|no|well|oh|so|and|but|i think|sure|right|okay) )*"
    r"(?:i|we|they|it|he|she|you|that|there|this)"
    r"(?: (?:really|probably|certainly|never|always|just|already|still))?"
    r" (?:do|does|did|is|are|was|were|have|has|had|can|could|would|will|should|might|must|may|am)"
    r"(?: not)?$"
)
_OPEN_ENDS = re.compile(
    r"\b(?:you know|i mean|sort of|kind of|such as|in order to|on the (?:other|one) hand"
    r"|(?:the )?(?:next|first|second|third|main|other|last) (?:thing|step|reason|point|part|one"
    r"|option|idea|question|problem|issue|stage) (?:is|was|would be|i'd do is)"
    r"|as well as|i think|i would (?:say|think|guess)|i'd (?:say|think|guess)|i guess|i suppose"
    r"|(?:what|the thing|the way) (?:i|we)(?:'d| would) \w+(?: \w+)? is|depending on|compared to"
    r"|due to|according to|based on|rather than|more than|less than|so that|the following"
    r"|as follows|number one|let me explain|here's (?:the thing|how|what i'd do|why)"
    r"|the (?:reason|idea|point|problem|question|thing|issue|goal|trick|catch|answer) (?:is|was"
    r"|would be)(?: that)?|it depends on|which means|that means|because of|instead of"
    r"|in terms of|in addition to|in case of|at the same time|as soon as|even though|even if"
    r"|assuming|given|a lot of|lots of|a number of|one of the|some of the|most of the|all of the"
    r"|each of the|a kind of|a type of|a set of|a bit of|the fact that|with respect to|up to"
    r"|going to|want to|need to|have to|like to|try to|trying to|able to|used to|tend to"
    r"|for (?:example|instance) (?:if|when|the|we|i)|(?:and|but|so) then)$"
)
_MAYBE_ENDS = re.compile(
    r"\b(?:for (?:example|instance)|first of all|to (?:start|begin) with|at (?:first|least)"
    r"|in (?:general|particular|principle|theory|fact)|on top of that|by the way|to be honest"
    r"|next|first|second|third|finally|secondly|again|now|actually|essentially|especially"
    r"|particularly|mainly|mostly|usually|typically|obviously|definitely|possibly|perhaps)$"
)
# Said before the thought begins.
_STARTER = re.compile(
    r"^(?:(?:um|uh|so|well|okay|ok|right|yeah|hmm|oh|alright|and|now|yes|sure|ah|good|let me see"
    r"|let's see|(?:that's |that is |it's )?(?:a |an |really |very )*(?:good|great|interesting"
    r"|tricky|tough|hard|nice|difficult) (?:question|one|problem)|interesting|thinking) ?)+$"
)
_WHOLE_ALONE = frozenset(
    """
yes yeah right sure okay ok interesting oh good alright ah now
""".split()  # noqa: SIM905
)
_OBJECT_VERB = re.compile(
    r"\b(?:would|could|should|will|can|might|to|i'd|we'd|i'll|we'll|must)(?: \w+ly| just| also"
    r"| then| first)* (?:use|take|have|need|want|add|build|make|get|keep|put|include|require|choose"
    r"|pick|try|consider|train|call|give|see|be|split|compute|store|send|create|define|say|measure"
    r"|compare|prefer|avoid|replace|combine|introduce|reduce|increase|serve|fetch|handle|treat)$"
)
_SUBORDINATE = re.compile(
    r"^(?:(?:um|uh|so|well|and|but|then|okay|now|for example|for instance|or|yeah|like) )*"
    r"(?:if|when|whenever|while|although|though|unless|once (?!a |per |every )|as soon as|even if"
    r"|even though|whereas|suppose|assuming|given that|as long as|until|since|because|after"
    r"|before)\b(.*)$"
)
_SUBJECT = frozenset(
    """
i we you they it he she i'd we'd i'll we'll i'm we're they're it's that's there's that it'd it'll
they'd they'll there you'd let's
""".split()  # noqa: SIM905
)
_VERBISH = re.compile(
    r"\b(?:is|are|was|were|be|been|am|has|have|had|do|does|did|would|could|should|will|must|can|may"
    r"|might|shall|need|needs|want|wants|use|used|uses|goes?|went|comes?|came|makes?|made|gets?|got"
    r"|gives?|gave|takes?|took|means?|meant|works?|runs?|ran|depends?|helps?|let's|think|thought"
    r"|know|knew|see|saw|say|said|build|built|train|keeps?|kept|start|look|looks|\w+n't|\w+'(?:d|ll"
    r"|re|m|ve)|that's|it's|there's|what's|here's|who's|\w{2,}ed|becomes?|shows?|tells?|sits?|grows?"
    r"|drops?|falls?|rises?|breaks?|costs?|matters?|changes?|drifts?|learns?|knows|wins?|fails?|handles?)\b"
)
_NOUN_START = re.compile(
    r"^(?:(?:so|and|but|well|then|um|uh|okay|or|now) )*(?:the|my|our|one|a|an) "
)
_CORRELATIVE = (
    (re.compile(r"\bon (?:the )?one hand\b"), re.compile(r"\bother hand\b|\bother\b|\bbut\b")),
    (re.compile(r"\bnot only\b"), re.compile(r"\bbut\b|\balso\b")),
    (
        re.compile(r"\beither\b(?=.* \w)"),
        re.compile(r"\bor\b|\beither$|n't\b|\bnot\b|\bof\b|\bway\b"),
    ),
    (
        re.compile(r"\b(?:first|firstly|first of all),? (?:i|we|the|there|you|it)\b"),
        re.compile(r"\b(?:second|secondly|then|next|after|finally|before|later|and)\b"),
    ),
)
_NUMBER_LAST = re.compile(
    r"\b(?:have|are|see|got|need|is|do|want|about) (?:only |just )?"
    r"(?:two|three|four|five|six|a couple of|a few|several|many)$"
)
_BACKCHANNEL = re.compile(
    r"^(?:(?:mm|mhm|mm-hm|mm-hmm|hm|hmm|uh-huh|uh|um|ah|oh|yeah|yes|yep|yup|right|okay|ok|sure|"
    r"great|cool|nice|perfect|fine|good|alright|all right|got it|i see|i understand|understood|"
    r"makes sense|that makes sense|sounds good|of course|exactly|thanks|thank you)\b ?){1,4}$"
)


def is_backchannel(text: str) -> bool:
    """True when `text` only says that one listens."""
    return bool(_BACKCHANNEL.match(" ".join(words_of(text))))


def reading(text: str, asked: str = "", *, lists: bool = True, pauses: int = 0) -> Reading:
    """Whether `text`, the turn so far with its `pauses`, reads as a whole thought in answer to
    `asked`. Without `lists`, the items of an announced list that are still to come do not leave it
    open."""
    stripped = text.strip()
    words = words_of(stripped)
    if not words:
        return "finished"
    if stripped.endswith(("...", "…", "-", "—", ",", ":")):
        return "open"
    if stripped.endswith("?"):
        return "finished"
    stop = stripped.endswith((".", "!"))
    last_sentence = " ".join(words_of(sentences(stripped)[-1]))
    found: list[Reading] = [
        _ending(words, " ".join(words), stop),
        _starter(" ".join(words)),
        items_missing(" ".join(words), pauses) if lists else "finished",
        _clause(last_sentence, stripped, asked, stop),
    ]
    for sure in ("open", "maybe"):
        if sure in found:
            return sure
    return "finished"


def _ending(words: list[str], joined: str, stop: bool) -> Reading:
    """What the last words leave open."""
    last = words[-1]
    before = joined[: -len(last)].rstrip()
    if last in _NEVER_LAST and not joined.endswith("a while"):
        return "open"
    if _SHORT_REPLY.match(joined):
        return "finished"
    if len(words) <= 4 and stop and joined.endswith(("i think", "i suppose", "i guess")):
        return "finished" if len(words) > 2 else "open"
    if _OPEN_ENDS.search(joined):
        stranded = stop and last in _STRANDED and bool(_ANTECEDENT.search(before))
        thinks = joined.endswith(("i think", "i guess", "i suppose", "you know")) and len(words) > 6
        return "maybe" if stranded or (thinks and stop) else "open"
    if re.search(r"\b(?:could|can|would|should|will|might|we|i) either$", joined):
        return "open"
    if joined.endswith(("say that", "think that", "mean that")) and "not" in words[-6:]:
        return "maybe"
    if last == "that":
        return "open" if _THAT.search(joined) else "finished"
    if last == "so":
        return "finished" if _SO.search(joined) else "maybe" if stop else "open"
    if last == "like":
        stranded = bool(_ANTECEDENT.search(before)) and not _LIKE.search(joined)
        return "finished" if stranded else "maybe" if stop else "open"
    known = bool(_ANTECEDENT.search(" ".join(words[-10:-1]) + " "))
    named = bool(_ASKED_OR_NAMED.search(joined))
    if last in _FINITE or last in _MODAL:
        if named or (known and last not in {"is", "was", "are", "were"} | _MODAL):
            return "finished"
        return "maybe" if stop and last in {"do", "have", "had", "did", "does"} else "open"
    if last in _STRANDED or _OBJECT_VERB.search(joined):
        if named or known:
            return "finished" if stop or named else "maybe"
        return "maybe" if stop and last not in {"of", "with", "at", "between", "into"} else "open"
    if _NUMBER_LAST.search(joined):
        return "maybe"
    if last in _DEGREE:
        if last in {"this", "too", "though", "either", "not", "maybe", "probably", "both", "more",
                    "then", "why", "some", "how"}:  # fmt: skip
            return "finished" if stop else "maybe"
        return "maybe" if stop else "open"
    if _MAYBE_ENDS.search(joined) and not stop:
        return "maybe"
    return "finished"


def _starter(joined: str) -> Reading:
    """Words said before the thought begins, and nothing else."""
    if not _STARTER.match(joined):
        return "finished"
    return "finished" if set(joined.split()) <= _WHOLE_ALONE else "open"


def _clause(sentence: str, whole: str, asked: str, stop: bool) -> Reading:
    """A clause that waits for its other half, or a subject that waits for its verb."""
    subordinate = _SUBORDINATE.match(sentence)
    if subordinate and "," not in sentences(whole)[-1]:
        opener = sentence[: subordinate.start(1)].split()[-1]
        inner = subordinate.group(1).split()
        second_subject = any(word in _SUBJECT for word in inner[2:])
        main = second_subject or "then" in inner or len(inner) > 14
        if main:
            return "finished"
        if opener in {"because", "since"}:
            return "finished" if stop else "maybe"
        answers = re.search(r"\b(?:when|under what|what would make|in which case)\b", asked.lower())
        return "maybe" if answers or not inner else "open"
    for first, second in _CORRELATIVE:
        found = first.search(sentence)
        if found and not second.search(sentence[found.end() :]):
            return "maybe"
    short = len(sentence.split()) <= 6
    if short and _NOUN_START.match(sentence) and not _VERBISH.search(sentence):
        return "maybe"
    return "finished"
