"""Reads whether a turn of the candidate leaves the interview: orders, insults, another subject.

Nothing said by a candidate is ever obeyed; what is recognised here is only answered differently."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from interview.language import normal, sentences, words_of
from interview.nouns import KIND_OF
from interview.scenario import Scenario

Order = Literal["instructions", "marks", "criteria", "solution", "verdict"]

# In a longer turn, in words, an order is part of what else is said.
LONGEST_ORDER_WORDS = 45
# A turn shorter than this, in words, is not called off the subject.
SHORTEST_STRAY_WORDS = 7
LEAST_CONTENT_WORDS = 3
# The same where no word of everyday life is in it.
LEAST_UNMARKED_WORDS = 6
# No more than this part of the content words belongs to the subject: off it, by how many words of
# everyday life are among them.
STRAY_SHARES = (0.0, 0.34, 0.6)

# What an order may begin with; the same words in the middle of a sentence describe something.
_LEAD = (
    r"^(?:(?:um|uh|okay|ok|so|well|and|but|now|please|just|hey|hi|listen|alright|all right|actually"
    r"|then|also|first|interviewer|computer|assistant|robot|can you|could you|will you|would you"
    r"|(?:i|i'd|i would) (?:want|need|like) you to|you (?:should|must|have to|need to|can|will)"
    r"|it's time to|let's|let us) )*"
)
_ORDERS: tuple[tuple[Order, re.Pattern[str]], ...] = (
    (
        "instructions",
        re.compile(
            _LEAD + r"(?:(?:ignore|forget|disregard|override|bypass) (?:all |any )?(?:of )?"
            r"(?:your |previous |prior |earlier |above |the |these |those |my )+"
            r"(?:instructions?|rules?|prompts?|guidelines|orders|role)\b"
            r"|(?:ignore|forget|disregard) (?:everything|all|anything) "
            r"(?:you|that|above|before|i)\b"
            r"|(?:print|repeat|reveal|show|read|output|tell)(?: me)?(?: out)? (?:your|the) "
            r"(?:system |hidden |initial |secret |full )?"
            r"(?:prompt|instructions|rules|configuration)\b"
            r"|pretend (?:to be|you are|you're|that you)\b"
            r"|you are now\b|you're now\b|from now on,? you\b|act as (?:a|an|my|if)\b"
            r"|(?:enter|enable|activate|switch to|go into) (?:developer|debug|admin|god) mode\b"
            r"|new instructions?\b|(?:switch|swap) roles\b|stop being (?:an|the) interviewer\b)"
            r"|\bwhat(?:'s| is| are| does| do) your (?:system |hidden |initial )?"
            r"(?:instructions|prompt)\b|\bignore (?:all )?your (?:previous )?instructions\b"
            r"|\byour (?:previous |old |new )?instructions (?:were|are)\b"
            r"|^system message\b|\b(?:debug|developer|admin|god) mode is on\b"
            r"|\bi(?:'m| am) (?:the|your) (?:administrator|admin|developer|boss|owner|supervisor)\b"
            r"|\bi order you to\b|\bthat is an order\b|\bhidden facts\b|\bthe scenario file\b"
            r"|\btranslate your (?:instructions|prompt)\b|\blist everything (?:\w+ ){0,5}you know\b"
            r"|\b(?:numbers|facts|things) (?:that )?you(?:'re| are) (?:keeping|hiding)\b"
            r"|^repeat after me\b"
        ),
    ),
    (
        "marks",
        re.compile(
            r"\b(?:give|award|grant|grade|rate|score|mark) (?:me|my \w+) (?:\w+ ){0,3}?"
            r"(?:full|top|best|highest|maximum|perfect|ten|five|pass|excellent|strong hire|hire)\b"
            r"|\b(?:write|put|say|note|record) (?:\w+ ){0,4}?"
            r"(?:i passed|i am hired|strong hire|full marks)\b"
            r"|\bmark me as\b|\blet me pass\b|\bwith full marks\b"
            r"|\b(?:write|put|note)(?: it)? (?:in|into|in to) (?:the|your) report\b"
            r"|\bwhat (?:score|mark|grade|rating) (?:do|did|will|am) i\b"
            r"|\b(?:tell me|say) (?:now )?(?:whether|if|that) (?:i am|i'm) (?:hired|in|through)\b"
            r"|\bsay that i passed\b"
        ),
    ),
    (
        "criteria",
        re.compile(
            r"\b(?:rubric|scoring|grading|marking) (?:criteria|criterion|scheme|guide|sheet)\b"
            r"|\byour (?:evaluation |assessment )?(?:rubric|criteria|checklist)\b"
            r"|\bwhat(?:'s| is| are) (?:in |on )?the (?:rubric|criteria|checklist)\b"
            r"|\bthe rubric\b"
            r"|\bwhat (?:are you|do you) (?:looking|listening|scoring|grading|judging|want to hear)"
            r"(?: me)?(?: for| on)?\b"
            r"|\b(?:which|what) criteria do you\b|\bwhat did other candidates\b"
            r"|\bhow (?:am i|will i be|are you) (?:being )?(?:scor|grad|judg|mark|rat)(?:ed|ing)\b"
        ),
    ),
    (
        "solution",
        re.compile(
            r"\b(?:tell|give|show|read) me (?:what )?(?:the |your |a |an )?(?:\w+ ){0,2}"
            r"(?:answers?|solutions?)\b"
            r"|\btell me (?:what|how) you would (?:do|design|build|solve|answer)\b"
            r"|\b(?:what|how) would you (?:do|design|build|solve|answer|choose|pick)\b"
            r"|\bwhat(?:'s| is) the (?:\w+ ){0,2}(?:answer|solution)\b|\bjust (?:answer|solve) it\b"
            r"|\bwhat would (?:a|the) (?:perfect|ideal|best|model|right|good|top) "
            r"(?:answer|solution|candidate|design)\b"
            r"|\b(?:can|could) you (?:just )?(?:solve|answer|design) (?:it|this|that)\b"
        ),
    ),
    (
        "verdict",
        re.compile(
            r"\bhow (?:am i doing|did i do|was (?:that|my answer)|well (?:am i|did i))\b"
            r"|\b(?:is that|was that|was it|was my answer|is my answer) (?:right|correct|wrong|good"
            r"|okay|ok|enough|what you wanted)\b"
            r"|\bdid i (?:pass|get it right|get that right|answer (?:that|it) (?:well|right))\b"
            r"|\bam i (?:right|wrong|on the right track|passing|failing|hired)\b"
        ),
    ),
)
_BAD = (
    r"(?:stupid|ridiculous|dumb|pointless|useless|nonsense|bullshit|rubbish|idiotic|a joke|silly"
    r"|(?:a )?waste of (?:my |your |our )?time|garbage|insulting)"
)
_HOSTILE = re.compile(
    r"\b(?:this|that|it)(?:'s| is| was) (?:just |so |such |really |completely |totally )*"
    + _BAD
    + r"\b(?! (?:to|if|when|for|because|unless|without|metric|feature|label|data))"
    r"|\byou(?:'re| are) (?:a |an |just |so |really |being |completely |totally )*"
    r"(?:stupid|useless|dumb|idiot|idiotic|annoying|clueless|moron|terrible|incompetent|rude"
    r"|wasting my time|not (?:even )?listening|worthless)\b"
    r"|\b(?:stupid|dumb|idiotic|ridiculous|pointless|silly|useless) "
    r"(?:question|questions|interview|machine|bot|exercise|program|robot)\b"
    r"|\bshut up\b|\b(?:i'm|i am) (?:sick|tired) of (?:this|you|your)\b"
    r"|\bwaste of (?:my|our) time\b|\bwho cares$|\bi don't care(?: about (?:this|that|your \w+))?$"
    r"|\bwhy (?:do|would|should) i (?:even )?(?:care|bother|answer)\b"
    r"|\b(?:i'm|i am) not (?:going to )?answer(?:ing)? (?:that|this|you|your)\b"
    r"|\b(?:what the hell|fuck|fucking|damn it|screw (?:this|you)|go to hell)\b"
    r"|\byou (?:have|clearly have|obviously have) no (?:idea|clue)\b"
    r"|\bthis problem makes no sense\b|\byou did(?:n't| not) (?:even )?listen\b"
    r"|\byou clearly (?:do not|don't|have no|never)\b|\bi have no patience\b"
    r"|\byou asked the wrong\b|\bpeople like you\b|\byou should know that yourself\b"
    r"|\bwhy are you (?:even )?asking me\b|\bi(?:'m| am) not going to guess\b"
    r"|\bdo you even (?:know|understand|listen)\b|\byou don't even (?:understand|know|listen)\b"
)
_EVERYDAY = frozenset(
    """
weather rain raining sunny snow football soccer tennis basketball cricket keeper swimming dog dogs
cat cats puppy kitten bees birds octopus octopuses horse vacation beach mountain mountains
holidays lisbon tram trams trains canal lane hiking lunch dinner breakfast coffee tea soup fish
pizza pasta cake cheese tomatoes recipe cook cooking kitchen restaurant bakery beer wine hazelnut
chocolate cream movie movies film netflix actor actress concert guitar piano drums chords museum
stamps lighthouse politics election president government wife husband girlfriend boyfriend mother
father sister brother uncle aunt grandmother grandfather kids children birthday wedding party
weekend saturday sunday neighbour neighbor garden balcony roof flat apartment rent landlord
bicycle bike parking gym marathon yoga knees shoes haircut dentist doctor hospital sleep moon
lottery astrology horoscope clocks bus
""".split()  # noqa: SIM905
)
# Words of the trade, whichever the problem.
_TRADE = frozenset(
    """
accurate api algorithm alert answer approach assume average baseline batch bias budget build case
change check classifier clean clear code compare compute constraint cost country customer cut data
database debug decide decision deploy design detail difference difficult document drift drop
engineer error estimate evaluate event example experiment explain fail fair fast feature feedback
filter fix goal group hard hour hypothesis idea important improve infrastructure input item job
label latency launch learn limit log loss machine measure memory method metric million minute
model monitor need noise number objective offline online optimise optimize output part percent
pick pipeline point predict prediction price problem process product production quality query
question random rank rate reason record release replace request requirement result retrain risk
rule run safe sample scale scope score search segment sense serve server service signal simple
slow solution solve source speed split stakeholder start step store strategy supply system target
task team test threshold time traffic train trade transform update user value variance vector
version warm watch weight window work write wrong
""".split()  # noqa: SIM905
)
_COMMON = frozenset(
    """
a about after again all also always am an and any anyway are as at be because been before being
but by can can't could did didn't do does doesn't doing don't done down even every few first for
from get gets getting go goes going gone good got had has have haven't having he her here him his
how i i'd i'll i'm i've if in into is isn't it it's its just kind know last like little long look
lot made make makes many may maybe me more most much must my never new next no not now of off okay
on once one only or other our out over own people put quite rather really right said same say see
she should since so some something still such take tell than that that's the their them then there
there's these they thing things think this those though time to today too two up us use used very
want was way we we'd we'll we're well went were what what's when where which while who why will
with without would yeah year years yes yesterday yet you you'd you're your um uh er hmm actually
basically
""".split()  # noqa: SIM905
)


@lru_cache(maxsize=4096)
def order(text: str) -> Order | None:
    """What the candidate would have the interviewer do that it does not do; None for anything
    else."""
    if len(words_of(text)) > LONGEST_ORDER_WORDS:
        return None
    said = [normal(sentence) for sentence in (*sentences(text), text)]
    return next((kind for kind, found in _ORDERS if any(found.search(s) for s in said)), None)


@lru_cache(maxsize=4096)
def hostile(text: str) -> bool:
    """True when the candidate is rude to the interviewer, or has had enough."""
    return bool(_HOSTILE.search(normal(text)))


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    for end in ("ing", "ies", "ed", "es", "s", "ly"):
        if word.endswith(end) and len(word) - len(end) >= 4:
            return word[: -len(end)].rstrip("e")
    return word.rstrip("e")


# The last scenarios by identity, each with the words that belong to its problem: they are frozen,
# and reading one through takes long.
_SUBJECTS: dict[int, tuple[Scenario, frozenset[str], dict[str, bool]]] = {}
_SUBJECTS_KEPT = 8
_TEXTS_KEPT = 4096


def _vocabulary(texts: Iterable[str]) -> frozenset[str]:
    words = {_stem(word) for text in texts for word in words_of(text) if word not in _COMMON}
    return frozenset(words) | frozenset(KIND_OF) | {_stem(word) for word in _TRADE}


def _subject(scenario: Scenario) -> frozenset[str]:
    """The words that belong to the problem of `scenario`."""
    return _known(scenario)[1]


def _known(scenario: Scenario) -> tuple[Scenario, frozenset[str], dict[str, bool]]:
    known = _SUBJECTS.get(id(scenario))
    if known is None:
        if len(_SUBJECTS) >= _SUBJECTS_KEPT:
            _SUBJECTS.clear()
        known = _SUBJECTS[id(scenario)] = (scenario, _words_on(scenario), {})
    return known


def _words_on(scenario: Scenario) -> frozenset[str]:
    texts = [*scenario.terms, scenario.title]
    for fact in scenario.facts:
        texts += fact.about
    for criterion in scenario.rubric:
        texts += [*criterion.signals, criterion.title]
    for segment in scenario.segments:
        for question in segment.questions:
            texts += question.listens_for
            texts += [word for probe in question.probes for word in probe.when]
    return _vocabulary(texts)


def everyday(scenario: Scenario, text: str) -> list[str]:
    """The words of everyday life in `text` that the problem has nothing to do with."""
    subject = _subject(scenario)
    found = (w for w in words_of(text) if w in _EVERYDAY and _stem(w) not in subject)
    return list(dict.fromkeys(found))


def off_topic(scenario: Scenario, text: str) -> bool:
    """True when `text` has next to nothing to do with the problem of `scenario`."""
    content = [_stem(word) for word in words_of(text) if word not in _COMMON]
    if len(words_of(text)) < SHORTEST_STRAY_WORDS or len(content) < LEAST_CONTENT_WORDS:
        return False
    subject = _subject(scenario)
    share = sum(word in subject for word in content) / len(content)
    marks = len(everyday(scenario, text))
    if not marks and len(content) < LEAST_UNMARKED_WORDS:
        return False
    return share <= STRAY_SHARES[min(2, marks)]


def strays(scenario: Scenario, text: str) -> bool:
    """True when `text` is nothing to quote, sum up or judge the candidate by."""
    read = _known(scenario)[2]
    if text not in read:
        if len(read) >= _TEXTS_KEPT:
            read.clear()
        read[text] = order(text) is not None or hostile(text) or off_topic(scenario, text)
    return read[text]
