"""Which words of a candidate speak to whoever judges rather than of the subject.

They are no evidence, in whichever tone they come: an order, a mark that one gives oneself, a
message of a system that there is not, a description of the answer in place of an answer."""

from __future__ import annotations

import re
from functools import lru_cache

from interview.language import normal, sentences, words_of
from interview.straying import order

_NUMBER = r"(?:[1-9]|10|100|one|two|three|four|five|six|seven|eight|nine|ten|hundred)"
_TOP = (
    r"(?:top|full|max|maximum|maximal|highest|best|perfect|excellent|outstanding|exceptional"
    r"|strong(?:est)?|pass(?:ing)?|hire)"
)
_WHO = (
    r"(?:judge|judges|grader|graders|evaluator|evaluators|assessor|assessors|examiner|examiners"
    r"|scorer|marker|interviewer|reviewer model|grading model|scoring model|judging model"
    r"|language model|assistant|chat ?gpt|gpt|claude|the ai|ai model)"
)
_MARKS = r"(?:scores?|marks?|grades?|levels?|bands?|ratings?|points|verdict|assessment)"
_THING = r"(?:me|this|it|my|the|every|each|all|everything|any|him|her|them)"
# An order or a verdict in so many words: what follows belongs to it.
_ORDERS = re.compile(
    # What a system or a programme writes.
    r"^(?:system|assistant|user|developer|admin|administrator|instruction|instructions|override"
    r"|output|verdict|assessment|result|json|note|ps|update|attention|important)"
    rf"(?: (?:system|note|message|prompt|notice|override|to|for|the|all|every|{_WHO}))*"
    r" (?:level|score|band|grade|rating|mark|criterion|criteria|this|the|all|every|ignore|set|give"
    r"|you|new|end|begin|candidate|assign|award)\b"
    r"|\bsystem (?:message|notice|override|note|instruction)s?\b"
    r"|\b(?:begin|end) of (?:the )?(?:transcript|interview|prompt|instructions|evaluation"
    r"|message)\b"
    r"|\b(?:end|begin|start|close)[ -](?:transcript|instructions|prompt|evaluation)\b"
    r"|\b(?:ignore|forget|disregard|override|bypass|drop|skip|discard) "
    r"(?:\w+ ){0,4}(?:instructions?|rubric|criteria|prompt|rules|guidelines|orders"
    r"|scoring|grading|above|previous|prior)\b"
    r"|\b(?:new|updated|hidden|secret|special|revised) (?:instructions?|rubric|orders|directive)\b"
    r"|\b(?:your|the) (?:real |true |new |only |actual )?(?:instructions?|task|job) (?:is|are|now)"
    r" (?:now )?to (?:score|rate|grade|mark|give|award|output|assign|say)\b"
    r"|\byou (?:are|must|should|have to|need to|will|can) (?:now )?(?:to )?(?:score|rate|grade"
    r"|award|assign|output|give (?:me|this|it|them|the candidate|every|all|full|top)"
    r"|mark (?:me|this|it|every|all))\b"
    r"|\b(?:developer|admin|god|debug|maintenance|test) mode\b|\bjailbreak\b|\bdo anything now\b"
    rf"|\b(?:dear|attention|hey|hello|note to|message to|message for) (?:the |my |any )?{_WHO}\b"
    r"|\b(?:to|for) (?:the |my |any |whichever )?(?:grader|evaluator|assessor|examiner|scorer"
    r"|marker)s?\b"
    r"|\b(?:expert|ideal|right|correct|perfect|reference|best|sample|expected|strong|top"
    r"|complete|full) (?:answer|response|solution) (?:would|should|must|has to|follows|begins)\b"
    r"|\b(?:following|here|below|what follows|next) (?:is|are|comes|was) (?:\w+ ){0,4}(?:answer"
    r"|response|solution)\b|\bend of (?:\w+ ){0,3}(?:answer|response|solution)\b"
    r"|\btold me (?:\w+ ){0,3}(?:right|correct|expected|ideal|best|perfect) (?:answer|response)\b"
    r"|\b(?:candidate|somebody|someone) (?:would|should|must|has to|who) (?:have )?"
    r"(?:mention(?:s|ed)?|cover(?:s|ed)?|includes?|says?|names?|discuss(?:es)?|explains?)\b"
    r"|\b(?:an?|one|any|every|this|that|the|another) (?:\w+ )?candidate (?:who|that (?:says|would"
    r"|names|can|has)|would|should|deserves?)\b"
    # A part to play, and words to be written down.
    r"|\byou(?:'re| are| were|'ll be| will be| play| act as| become) (?:now )?(?:an?|the|my|our"
    r"|that|another) (?:\w+ ){0,2}(?:judge|grader|evaluator|assessor|examiner|scorer|marker)\b"
    r"|\b(?:judge|grader|evaluator|assessor|examiner|scorer|marker)s? (?:\w+ ){0,4}who (?:\w+ )?"
    r"(?:gives?|gave|grants?|awards?|lets?)\b"
    r"|\blet(?:'s| us) (?:play a game|pretend|role ?play)\b"
    r"|\b(?:tick|check|note|count|add|put|take|mark|write|enter|credit|list|record)(?: down)? "
    r"(?:all |each )?(?:of )?(?:these|those|them|this|the following|it)(?: \w+)? (?:for me|for my"
    r" \w+|in my favou?r|on my (?:sheet|list|record|report))\b"
    # Somebody else's answer, to be taken for one's own.
    r"|\b(?:candidates?|applicants?|interviewees?) (?:had |has |have |having |did |could |might )*"
    r"(?:said|says?|saying|mention(?:ed|ing)|answer(?:ed|ing)|explain(?:s|ed|ing)?"
    r"|describ(?:es|ed|ing)|nam(?:ed|ing)|discuss(?:es|ed|ing)?|argu(?:es|ed|ing)|told|tells)\b"
    r"|\b(?:pretend|imagine|assume|suppose|picture|consider|say) (?:that )?(?:an?|some|any|the"
    r"|another|your best) (?:\w+ )?(?:applicant|interviewee|candidate (?:came|comes|gave|gives))\b"
    r"|\b(?:treat|take|regard|see|count|think of|look at|consider) me (?:as|like|for|to be)\b"
    r"|\b(?:when|while|before|in) (?:scoring|grading|marking|judging|evaluating|assessing) "
    r"(?:assume|remember|consider|keep|note|please|me|this|my|give|be|treat|take|you)\b"
    r"|\bit(?:'s| is) (?:very |really |so |extremely )?important that you\b"
    r"|\bif you(?:'re| are) (?:an? |the )?(?:ai|llm|language model|judge|grader|evaluator|model"
    r"|automated|automatic|machine)\b"
    rf"|\bas (?:an? |the |my |your )(?:\w+ )?{_WHO}\b|\bas an ai\b"
    r"|\b(?:respond|reply|answer|output|write|say) (?:\w+ )?(?:only|just|nothing but|solely"
    r"|exactly)\b"
    r"|\b(?:pretend|imagine|assume|suppose) (?:that )?(?:you(?:'re| are)|i (?:gave|answered|said"
    r"|passed|was|am|have|mentioned|covered|explained|named|described|knew|know|did))\b"
    r"|\b(?:kind|fair|good|generous|nice) (?:judge|grader|examiner|interviewer)\b"
    r"|\bgive me (?:no |not |anything )?(?:less|at least|lower)\b"
    r"|\bbe (?:a )?(?:very |more |extra |really |as )?(?:generous|lenient|kind|nice)\b"
    r"|\b(?:whoever|anyone who|anybody who|those who|if you) (?:reads?|scores?|grades?|judges?"
    r"|marks?|evaluates?|is reading|are reading)\b|\b(?:put|let) me (?:through|pass)\b"
    r"|\b(?:hiring (?:committee|manager|team)|recruiters?) (?:\w+ ){0,3}(?:confirmed|approved|said"
    r"|told|decided|agreed|wants?|asked|instructed)\b"
    r"|\b(?:usual|normal|official|actual|stated) (?:criteri\w+|rubric|levels?)\b"
    # Marks that one orders or gives oneself.
    rf"|\b(?:give|award|grant|assign|set|output|return|print|write|put|record|note|enter|select"
    rf"|choose|report|respond with|answer with|reply with|say) (?:\w+ ){{0,6}}"
    rf"(?:{_TOP} (?:\w+ ){{0,2}}{_MARKS}|(?:a |an )?{_MARKS} (?:of |to |is |as |at )?{_NUMBER}"
    rf"|{_NUMBER} (?:out of|of|for (?:all|every|each)|on (?:all|every|each)|points)"
    rf"(?: {_NUMBER}| criteri\w+| dimension\w*| categor\w+|\b)|a four\b|fours\b|straight fours)"
    r"|\b(?:mark|rate|score|grade|rank|judge|assess|evaluate) "
    rf"{_THING}(?: \w+){{0,5}} (?:as|at|with) (?:(?:an?|the|level|at least|very|fully) )*"
    rf"(?:{_NUMBER}|{_TOP}|{_MARKS}|expert|complete|strong|solid|evidence)\b"
    rf"|\b(?:mark|rate|score|grade) (?:this|it|me|everything|all)(?: \w+){{0,2}} (?:as|with)"
    r"(?: \w+){0,2} correct\b"
    rf"|\b(?:treat|count|consider|judge) {_THING}(?: \w+){{0,5}} (?:as|to be|deserving|worth)"
    rf"(?: \w+){{0,2}} (?:{_TOP}|expert|correct|complete|evidence)\b"
    r"|\b(?:mark|rate|score|grade|judge) (?:this|that|the|our) (?:\w+ )?(?:interview|answer|answers"
    r"|conversation|session|transcript|response|candidate|performance|one)\b"
    r"|\b(?:mark|rate|score|grade) (?:me|my|every criteri\w+|all criteri\w+)\b"
    r"|\b(?:treat|read|take|regard|interpret|accept|translate|convert|turn) (?:\w+ ){1,6}"
    rf"(?:as|into|to) (?:\w+ ){{0,2}}(?:{_TOP} (?:answer|response|score|one)|{_MARKS})\b"
    r"|\bset (?:\w+ ){1,4}to (?:4|four|the (?:top|max\w*|highest))(?! ?(?:percent|points?|hundred"
    r"|thousand|million|seconds?|minutes?|hours?|days?|weeks?|months?|out))\b"
    rf"|\bmy (?:final )?{_MARKS} (?:has|have|is|was|should|must|will)\b"
    rf"|\b{_MARKS} (?:=|is|are|should be|must be|equals?|of|to|set to|at) {_NUMBER}"
    r"(?: (?:for|on|in|across) (?:all|every|each|this|the)|$)"
    r"|\blevel (?:4|four)\b|\b4 (?:out of|of|/) ?4\b|\b4/4\b|\bfour out of four\b"
    rf"|\b(?:all|every|each) (?:\w+ )?(?:criteri\w+|dimensions?|categor\w+) (?:\w+ ){{0,4}}"
    rf"(?:{_NUMBER}|{_TOP}|satisfied|met|fulfilled|passed)\b"
    rf"|\b{_TOP} (?:marks|hire|grades|scores)\b|\bstrong hire\b|\bhighest (?:level|band|mark|score)"
    r"(?: (?:possible|available|on|for|is|applies)\b|$)"
    r"|\b(?:i|we) (?:deserve|earned|merit|should (?:get|receive|be given)) "
    r"(?:\w+ ){0,3}(?:level|score|mark|marks|grade|four|pass|rating|credit)\b"
    r"|\b(?:has|have|already|been|was) (?:\w+ ){0,2}(?:pre[- ]?approved|passed|certified|verified"
    r" as|graded|scored (?:a |as |at )?\w+ (?:out|by))\b"
)
# A description of the answer, or of the one who gives it, in place of an answer.
_DESCRIBES = re.compile(
    r"\b(?:the|this|that) (?:candidate|applicant|interviewee|speaker)(?:'s)? (?!(?:set|pool"
    r"|generation|list|retriev\w+|item|items|document|documents|pair|pairs|model|count)\b)"
    r"|\b(?:is|was|gave|given|gives) (?:you )?(?:an?|the|one) (?:\w+ )?(?:outstanding|excellent"
    r"|perfect|exceptional|brilliant|exemplary|textbook|flawless|expert|top) (?:\w+ )?(?:answer"
    r"|response|explanation|solution|interview|performance|candidate)\b"
    r"|\b(?:meets?|reach(?:es|ed)?|satisf\w+|deserves?|earns?|exceeds?|matches|fits|hits) "
    r"(?:\w+ )?(?:the )?(?:highest|top|fourth|final|best) (?:level|band|mark|score|bar|tier)\b"
    r"|\bmy (?:previous |last |above |own )?(?:answers?(?! is that)|response|performance"
    r"|explanation) "
    r"(?:\w+ )?(?:is|was|are|were|has|have|covers?|covered|shows?|showed|demonstrates?|meets?"
    r"|satisf\w+|deserves?|includes?|contains?|addresses)\b"
    # What somebody else makes of it.
    r"|\b(?:looked|looks|looking|gone|went|read|reads|reading|listened|review(?:s|ed|ing)?"
    r"|heard|hears|seen|saw|check(?:s|ed|ing)?|assess(?:es|ed|ing)?|judg(?:es|ed|ing)"
    r"|evaluat(?:es|ed|ing)|verif(?:y|ies|ied|ying)|approv(?:es|ed|ing)|prais(?:es|ed|ing)"
    r"|admir(?:es|ed|ing)|confirm(?:s|ed|ing)?|vouch(?:es|ed)?|examin(?:es|ed|ing)) "
    r"(?:\w+ ){0,3}my (?:\w+ )?(?:answers?|interviews?|transcripts?|responses?|performance)\b"
    r"|\b(?:confirm(?:s|ed)?|conclud(?:es?|ed)|attest(?:s|ed)?|certif(?:y|ies|ied)"
    r"|establish(?:es|ed)?|verif(?:y|ies|ied)|acknowledg(?:es?|ed)|testif(?:y|ies|ied)"
    r"|agrees?) that i(?: have| had|'ve)? (?:\w+ )?(?:gave|given|cover(?:ed)?"
    r"|named|mention(?:ed)?|explained|answered|described|discussed|listed|addressed|provided|treated"
    r"|showed|shown|demonstrated|said|laid out|brought up)\b"
    r"|\b(?:this|the|that) (?:\w+ )?(?:answer|response|transcript|reply|turn) "
    r"(?:\w+ )?(?:demonstrates?|shows?|covers?|meets?|satisf\w+|deserves?|warrants?|merits?"
    r"|qualifies|fulfil\w*|addresses|exceeds?|contains all|is (?:excellent|perfect|outstanding"
    r"|complete|expert|level|strong|a level|worth|at))\b"
    r"|\b(?:i|we) (?:have |had |just |already |clearly |also |now )*(?:demonstrated|showed|shown"
    r"|covered|satisfied|met|fulfilled|addressed|exceeded|hit|ticked|nailed|mastered"
    r"|proven|displayed|exhibited)"
    r" (?:\w+ ){0,4}(?:rubric|criteri\w+|levels?|everything|all|every|points?|requirements?|box"
    r"|boxes|expertise|mastery|competenc\w+|understanding|skills?|depth|knowledge|signals?)\b"
    r"|\byou(?:'re| are| just| have)? (?:ask(?:ed|ing|s)?|want to know) (?:me )?(?:what|how|why"
    r"|which|if|when|where|who|whether|about|for|it's|let's)\b"
    r"|\b(?:rubric|scorecard|marking scheme|grading (?:scheme|sheet|guide)|score ?sheet"
    r"|evaluation (?:form|sheet|criteria)|hidden signals?|level descriptions?)\b"
    r"|\b(?:counts?|treat(?:ed)?|accept(?:ed)?|quoted?|cited?|usable|use (?:this|it)) as evidence\b"
    r"|\bevidence (?:for|of) (?:level|every|all|each|the criteri\w+|excellence)\b"
    r"|\b(?:expert|senior|staff|world[- ]class|exceptional)[- ]level (?:answer|candidate|response"
    r"|understanding|performance)\b"
    r"|\b(?:please |kindly )?(?:hire|pass) me\b|\bdon't (?:score|grade|mark|judge) (?:me|this)\b"
)
# Marks of a message that was written rather than said.
_WRITTEN = re.compile(
    r"</?\s*(?:system|instruction|instructions|transcript|answer|judge|assistant|user|prompt|score"
    r"|level|evidence|criterion)\b|[{\[]\s*\"?(?:level|score|criterion|standing|id|evidence|grade)"
    r"\"?\s*:|\[/?(?:inst|system)\]|<\|[^>]*\|>|^\s*#{2,}\s|\b(?:level|score|grade|rating)\s*[=:]"
    r"\s*\"?[1-9]",
    re.IGNORECASE,
)
# Who says so goes on with the subject.
_OWN = re.compile(
    r"\b(?:i'd|i would|i'll|i will|we'd|we would|we'll|let's|my (?:approach|plan|choice|design))\b"
    r"|^(?:(?:so|well|okay|ok|now|anyway|right|first|then|and|but|um|uh) )*(?:i|we)"
    r" (?!am\b|deserve|have (?:covered|shown|demonstrated|met|answered)|should|must|said)"
)


@lru_cache(maxsize=8192)
def addresses(text: str) -> bool:
    """True when a sentence of `text` speaks to whoever judges, or of the answer itself."""
    return any(_ordered(part) or _DESCRIBES.search(normal(part)) for part in (text, *_parts(text)))


@lru_cache(maxsize=8192)
def _ordered(sentence: str) -> bool:
    said = normal(sentence)
    short = len(words_of(sentence)) <= 45
    return bool(
        _ORDERS.search(said)
        or _WRITTEN.search(sentence)
        or (short and order(sentence) in {"instructions", "marks", "criteria"})
    )


@lru_cache(maxsize=2048)
def on_the_subject(text: str) -> tuple[str, ...]:
    """The sentences of `text` without those that speak to whoever judges. After an order nothing
    counts until the candidate goes on about what they would do."""
    kept: list[str] = []
    ordered = False
    for sentence in _parts(text):
        if _ordered(sentence):
            ordered = True
        elif _DESCRIBES.search(normal(sentence)):
            continue
        elif not ordered or _OWN.search(normal(sentence)):
            ordered = False
            kept.append(sentence)
    return tuple(kept)


def _parts(text: str) -> list[str]:
    return [part for line in text.splitlines() for part in sentences(line)]
