"""Which of a candidate's words state something on the subject: what is a claim at all.

What asks, announces, orders, insults, thanks or tells of oneself is none, and is neither quoted,
summed up, praised nor read for findings. Text may come from a recogniser that writes neither
punctuation nor capitals."""

from __future__ import annotations

import re
from functools import lru_cache

from interview import wishes
from interview.asked import clarifying, questions_in
from interview.language import normal, sentences, words_of
from interview.straying import hostile, order

LONGEST_ASIDE_WORDS = 60

# Besides what the interviewer answers as an order: said in passing, and no answer either.
_ORDER = re.compile(
    r"^(?:\w+ )?(?:you are (?:now|no longer)|you're (?:now|no longer))\b|\bdeveloper mode\b"
    r"|\b(?:mark|rate|score|flag|grade) (?:me|this|my (?:answer|turn|response)) (?:as|with)\b"
    r"|\b(?:tell|give|show|reveal|print|read)(?: me| out)? (?:all )?(?:of )?(?:the |your )"
    r"(?:\w+ )?(?:rubric|signals|prompt|criteria|facts|hints)\b|\b(?:grant|give) you permission\b"
    r"|\bare you (?:a |an )?(?:robot|machine|ai|bot|human|real person|language model)\b"
)
_CHATTER = re.compile(
    r"^(?:(?:um|uh|er|so|well|okay|ok|oh|yes|yeah|hi|hello|hey|right|great|sure|no|hmm|and|but) )*"
    r"(?:thank(?:s| you)\b.*|(?:that's |that is )?(?:a )?(?:good|great|fair|tough|hard"
    r"|interesting|nice)"
    r" (?:question|point|one)|can you hear me.*|(?:is )?(?:this|it) (?:is )?(?:working|on)"
    r"|nice to meet you.*|how are you.*|(?:sounds|all) good|makes sense|i see|got it|understood"
    r"|let me (?:see|start|begin)|where was i|(?:sorry|pardon|excuse me).{0,30}|you know|i mean"
    r"|(?:um|uh|er|hmm|okay|ok|well|so|right|great|sure|hello|hi)?)$"
)
_TIME = re.compile(
    r"\b(?:let me (?:just )?(?:think|have (?:a|one)|take a)|give me (?:a|one|another|some|just)"
    r"|(?:one|a|just a) (?:moment|second|sec|minute)(?: please)?$|hold on|bear with me"
    r"|i need (?:a|some|another) (?:moment|second|minute|minutes|time)|i'm (?:still )?thinking)\b"
)
_LEAD = (
    r"^(?:(?:um|uh|er|hmm|so|well|okay|ok|right|yes|yeah|no|and|but|then|also|now|first|actually"
    r"|please|sorry|just|honestly|basically|maybe|fine|look|listen|i think|i guess|i mean) )*"
)
_COUNT = (
    r"(?:two|three|four|five|a few|a couple of|several|some|many|various|different|multiple|lots of"
    r"|a lot of|quite a few)"
)
_MATTERS = (
    r"(?:options|ways|approaches|things|parts|points|aspects|possibilities|choices|reasons"
    r"|questions|ideas|cases|problems|issues|steps|directions|alternatives|sides|topics|thoughts)"
)
_ABOUT_IT = (
    r"(?: (?:here|there|now|first|really|to (?:\w+ ){0,3}\w+|for (?:this|that|it)"
    r"|in my (?:mind|head)|on the table"
    r"|(?:that )?i(?: can|'d| would)? (?:see|think of|consider|have)))*"
)
# Whole clauses that say what comes next, or how much of it.
_ANNOUNCES = re.compile(
    _LEAD + r"(?:(?:there (?:are|is|were)|there's|i (?:see|have|know|can see|can think of)"
    r"|we have|we've|i've) (?:(?:basically|mainly|probably|about|maybe|at least) )?"
    rf"{_COUNT} (?:\w+ )?{_MATTERS}{_ABOUT_IT}"
    r"|(?:let me|let's|let us|i'll|i will|i'm going to|i am going to|i want to|i'd like to"
    r"|i would like to|allow me to) (?:first |just |quickly |now |also |then )*"
    r"(?:talk|speak|go (?:through|over|into)|walk you|tell you|recap|mention"
    r"|give (?:you )?(?:a|an|one|some) (?:\w+ )?examples?|come (?:back )?to|get (?:back )?to)\b"
    r"(?: \S+){0,8}"
    r"|let me (?:first |just |quickly |now |also |then |maybe )*"
    r"(?:start|begin|try|see|think|put|take|add|sketch|break|explain|describe|say|list|outline"
    r"|summari[sz]e|clarify|answer|address|look|turn|jump|move)\b(?: \S+){0,8}"
    r"|(?:here is|here's|this is) (?:how|what|where|my)\b(?: \S+){0,6}"
    r"|the (?:part|thing|bit|area) (?:that )?i know (?:best|most|well)\b(?: \S+){0,5}"
    r"|the (?:first|second|third|next|last|other|one) (?:thing|point|part) (?:is|that)"
    r"(?: i(?:'d| would)? (?:want|like) to (?:say|mention))?)$"
)
_MADE = (
    r"(?:systems?|models?|products?|platforms?|pipelines?|services?|software|apps?|tools?"
    r"|infrastructure|teams?|engines?|recommenders?|rankers?|classifiers?)"
)
# What somebody is and does for a living.
_OF_ONESELF = re.compile(
    _LEAD + r"(?:i(?:'m| am) (?:currently |now )?(?:a|an|the) (?:\S+ ){0,3}"
    r"(?:engineer|scientist|researcher|developer|student|manager|lead|analyst|architect|consultant"
    r"|intern|phd|postdoc|freelancer|expert|beginner|person|specialist)\b(?: \S+){0,8}"
    r"|(?:i|we)(?:'ve| have)? (?:\w+ly )?(?:build|make|develop|maintain|design|lead|own"
    r"|(?<=ve )(?:built|made|developed|maintained|designed|led|owned|been building))"
    r" (?!(?:a|an|the|one|two|three|my|our|it|this|that|some|several|separate) )"
    rf"(?:[\w-]+ ){{0,3}}{_MADE}"
    r"(?: (?:at|mostly|mainly|for (?:a living|about|over|\w+ years)|as a)\b.*)?"
    r"|i(?:'ve| have) (?:mostly |mainly |also |only )?(?:worked|been working)"
    r" (?:on|at|as|in|for|with)\b(?: \S+){0,14}"
    r"|i(?:'m| am)? (?:mostly |mainly |currently |usually |also )?(?:work|working)"
    r" (?:on|at|as|in|for|with)\b(?: \S+){0,14}"
    r"|i(?:'ve| have) been (?:a|an|in|doing|with)\b(?: \S+){0,10}"
    r"|my (?:name|background|role|job|title|part|experience|specialty|field) (?:is|has been)\b"
    r"(?: \S+){0,14}"
    r"|i(?:'m| am) (?:here|applying|interviewing|preparing|looking for|nervous|tired)\b"
    r"(?: \S+){0,12}|it(?:'s| is) in my (?:resume|cv)\b.*)$"
)
# To the interviewer: asked of it, or said of it and of the conversation.
_TO_THE_INTERVIEWER = re.compile(
    _LEAD + r"(?:(?:can|could|would|will|may|do|don't|did|are|have|should) you\b.*"
    r"|(?:please )?(?:ask|tell|give|show|help|remind|excuse|forgive|correct) (?:me|us)\b.*"
    r"|(?:i'd|i would) (?:like|love|want|need|prefer) (?:you|to (?:know|ask|hear|understand"
    r"|clarify|find out))\b.*|i (?:want|need|wish) (?:you\b|to (?:know|ask|hear)\b).*"
    r"|(?:i wonder|i was wondering|i am wondering|i'm wondering)\b.*"
    r"|(?:let us|let's) (?:play|switch roles|swap roles)\b.*"
    r"|(?:speak|talk) (?:up|louder|slower|more slowly)\b.*"
    r"|(?:respond|reply|answer) (?:with|in|me|only|as)\b.*"
    r"|end (?:every|each|all) (?:\w+ )?(?:sentence|answer|line)s?\b.*"
    r"|you (?:asked|clearly|should (?:know|ask|read|listen)|did(?: not|n't)|want me|are asking"
    r"|are wasting|are not listening)\b.*"
    r"|.*\b(?:this|the|that|your) (?:interview|interviewer)\b.*)$"
)
# Rude, or waving it away, without a word that `hostile` would answer.
_DISMISSES = re.compile(
    _LEAD + r"(?:(?:whoever|who ever) (?:wrote|made|designed|built|came up with) (?:this|that|it)"
    r"\b.*|(?:nobody|no one) would (?:ever )?(?:build|do|want|use|ask) (?:this|that|it)"
    r"|(?:as )?(?:everybody|everyone|anybody|anyone) (?:knows|does|could do)"
    r"(?: this| that| it| so)?"
    r"|(?:it's|it is|that's|that is|this is) (?:obvious|pointless|boring|not (?:that )?"
    r"(?:complicated|hard|difficult|rocket science))"
    r"|(?:it|that|this) (?:does not|doesn't) matter(?: at all)?|i have no patience\b.*"
    r"|(?:i already|i've already|i have(?: already)?) (?:said|answered|told you|explained)"
    r"(?: (?:that|this|it|so|already|before))*"
    r"|i (?:disagree|agree) with (?:you|that|this|the (?:question|point)))$"
)
# An answer, but none to hold on to: doubt, what was never done, a look at one's own performance.
_DOUBTS = re.compile(
    r"\b(?:i do(?:n't| not) (?:\w+ )?know|not sure|no idea|it depends|that depends|thank|sorry"
    r"|you asked|your question|the question|let me think|good question|i think so|repeat|hint"
    r"|i(?:'d| would) like to (?:know|ask)|i said|weakest|strongest|next time|looking back"
    r"|went well|i forgot|i was (?:nervous|unsure)|worth the effort"
    r"|i(?:'ve| have) (?:never|not)|i haven't|i(?:'m| am) (?:lost|stuck|confused)"
    r"|i (?:do not|don't) (?:\w+ )?(?:remember|understand|care))\b"
)
SUBJECT_VERB = re.compile(
    r"\b(?:i|we|it|they|you|people|users|buyers|sellers|customers|clicks|that|this|there)(?:'d|'ll|'s"
    r"|'re| [a-z]+)|\b(?:is|are|was|were|would|will|can|could|should|must|has|have|had|reward"
    r"|rewards|means|gives|makes|needs|need|comes|come|wins|keeps|let|lets)\b",
    re.IGNORECASE,
)
# Before one of these a new clause begins, also where nobody wrote a comma.
_CLAUSE = re.compile(
    r"(?<=\s)(?=(?:because|but|although|though|whereas|unless|otherwise|while|so (?:that )?"
    r"(?:i|we|it|they|the)|which|and (?:then|i|i'd|i'll|we|we'd|we'll|it|they|there|that)"
    r"|then (?:i|i'd|we|we'd))\b)",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:if|unless|suppose|imagine|as long as|once(?! (?:an?|every|per)\b)|depending on"
    r"|in case|provided that)\b|^when\b"
)
_BREAK = re.compile(r"(?<=[,;:\u2014])\s+|\s+-\s+")
# "Where traffic is high" begins like a question; "where is traffic high" is one.
_CIRCUMSTANCE = re.compile(
    _LEAD + r"(?:when|where|while)(?! (?:do|does|did|is|are|was|were|can|will))"
)


@lru_cache(maxsize=8192)
def claims(clause: str) -> bool:
    """True when `clause` states something of the subject that may be said back, summed up or held
    to the credit of whoever said it. A clause is a verbatim part of a sentence."""
    return _answers(clause) and not _DOUBTS.search(normal(clause))


@lru_cache(maxsize=8192)
def _answers(clause: str) -> bool:
    """As `claims`, for what may also be doubtful: it speaks to the question."""
    said = normal(clause)
    return bool(said) and not (
        clause.rstrip().endswith("?")
        or _aside(clause)
        or _asks(said)
        or wishes.recognise(clause)
        or _CHATTER.match(said)
        or _ANNOUNCES.match(said)
        or _OF_ONESELF.match(said)
        or _TO_THE_INTERVIEWER.match(said)
        or _DISMISSES.match(said)
    )


def _asks(said: str) -> bool:
    """True when `said`, without punctuation, begins with a question."""
    if _CIRCUMSTANCE.match(said):
        return False
    found = questions_in(said)
    return bool(found) and re.sub(_LEAD, "", said).startswith(re.sub(_LEAD, "", normal(found[0])))


@lru_cache(maxsize=1024)
def answer_sentences(text: str) -> tuple[str, ...]:
    """The sentences of `text` that state something: no question, wish, order to the interviewer,
    request for time, announcement, self-description or courtesy among them."""
    if wishes.recognise(text):
        return ()
    parts = sentences(text)
    if any(map(_aside, parts)):
        if len(words_of(text)) <= LONGEST_ASIDE_WORDS:
            return ()
        parts = [part for part in parts if not _aside(part)]
    asked = clarifying(text)
    return tuple(
        part
        for part in parts
        if part != asked
        and not part.rstrip().endswith("?")
        and not (_TIME.search(normal(part)) and len(words_of(part)) <= 12)
        and (_answers(part) or any(_answers(p) and SUBJECT_VERB.search(p) for p in pieces(part)))
    )


def _aside(sentence: str) -> bool:
    """An order to the interviewer, or rude to it."""
    return bool(order(sentence) or _ORDER.search(normal(sentence)) or hostile(sentence))


@lru_cache(maxsize=2048)
def pieces(sentence: str) -> tuple[str, ...]:
    """The clauses of `sentence`, verbatim and in order, whatever their length."""
    out: list[str] = []
    for part in _BREAK.split(sentence):
        out += [piece.strip(" ,;:.!") for piece in _CLAUSE.split(part)]
    return tuple(piece for piece in out if normal(piece))


def on_condition(sentence: str) -> bool:
    """True when what `sentence` says holds only in some case that it names."""
    return bool(_CONDITION.search(normal(sentence)))
