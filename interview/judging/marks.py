"""What makes a statement worth something: marks of an argument, read from its words.

A mark is a form, not a truth: a reason may be wrong and still be one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from interview.language import normal
from interview.observing.gaps import waves_hands
from interview.observing.numbers import numbers
from interview.scenario import Talk

Mark = Literal[
    "reason", "number", "weighing", "limit", "check", "mechanism",
    "own part", "other side", "outcome", "learning",
]  # fmt: skip

_HOLLOW_REASON = re.compile(
    r"\b(?:because|since|as) (?:it|that|they|this|these|those|everything|we|i|you|there)"
    r"(?:'s| is|'re| are| was| were|'d| would| will| can| always| just)?"
    r"(?: (?:be|is|are|very|really|so|also|just|quite|all|always|the|a|an|more|most))*"
    r" (?:important|good|better|best|great|nice|useful|needed|necessary|standard|popular|common"
    r"|powerful|helpful|works?|well|key|crucial|critical|modern|right|robust|scalable|easy"
    r"|state of the art|what (?:everybody|everyone|people)\b.*|many (?:factors|things|aspects)"
    r"|need (?:it|that|this|to)|want (?:it|that|this|to)|know|like (?:it|that))\b"
)
_REASON = re.compile(
    r"\b(?:because|since(?! (?:then|last|yesterday|\w+day|the (?:launch|beginning|release)))"
    r"|the reason|that's why|which is why|so that|otherwise|therefore|due to|in order to"
    r"|as (?:it|they|we|i|the|there|this|that|each|every|people|somebody|someone|rows?)"
    r" (?:\w+ )?\w+|given that"
    r"|to (?:avoid|keep|prevent|protect|limit|save|reduce|make sure))\b"
)
_MECHANISM = re.compile(
    r"\b(?:which (?:means|lets|makes|gives|leads|keeps|leaves|shows|explains|would|can|has|is|costs"
    r"|punishes|takes|needs)|that (?:means|lets|makes|way)|so (?:it|the|they|each|a|that|its"
    r"|people|both|fewer|more|those|there|shallower)(?:'d|'ll|'s)? ?\w+"
    r"|if\b.{3,90}?,? (?:then |it |we |i |the |that |they |you |he |she |both |it's |that's |there"
    r"|my )"
    r"|for (?:example|instance)|(?:moves?|rises?|falls?|grows?|scales?|varies|changes|shrinks?)"
    r" (?:with|as|when|by|once)|leads? to|results? in|the more\b.*\bthe|whenever|as soon as"
    r"|once (?:it|we|the|they|that)"
    r"|by (?:\w+ )?\w+ing|until|ends? up|causes?|pulls?|depends? on (?!how you|the case|many)"
    r"|learns"
    r" (?:from|its|only|that))\b"
)
_WEIGHING = re.compile(
    r"\b(?:trade-?offs?|trade off|instead|rather than|rather|at the (?:cost|price|expense)|the "
    r"price of|the price is|on the other hand|whereas|versus|compared (?:to|with)|cheaper"
    r"|costs? (?:us|about|around|half|one|two|a|more|maybe|some|too)|that costs|it costs"
    r"|give up|gives up|giving up|i'd pay|would pay|and pay|worth (?:it|the|that|paying)"
    r"|something (?:faster|simpler|cheaper|slower|smaller)|(?:but|and) not the other way"
    r"|in exchange|accept(?:s|ing)?|sacrific\w+|but (?:slower|harder|more expensive|less|worse"
    r"|cheaper|it (?:costs|needs|takes|is|would))|although|even though|slower (?:but|to|by)"
    r"|faster (?:but|than)|larger than|smaller than|better than|worse than|more than it|not just"
    r"|the (?:alternative|downside|drawback|upside|other option)|either|more \w+ than|less \w+ than"
    r"|against the|beats? (?:the|it|that)|has to (?:beat|win)|i(?:'d| would) still|in parallel"
    r"|we(?:'d| would)? lose|loses? (?:maybe|about|some|half|a)|(?:lost|gained|won) (?:half|about|a"
    r"|one|two|three))\b"
)
_LIMIT = re.compile(
    r"\b(?:fails?|failed|failure|breaks?|broke|goes? wrong|went wrong|falls? back|fallback"
    r"|if .{2,40}? (?:is|are|goes?|times?) (?:down|late|wrong|missing|off|out|stale|slow|empty)"
    r"|stale|drift\w*|leak\w*|bias(?:ed)?|mislead\w*|misses|overfit\w*|underestimat\w*"
    r"|overestimat\w*"
    r"|worst|abuse\w*|gamed|fak\w+|poor proxy|noise|noisy|confus\w+|hides?|wouldn't|can't|cannot"
    r"|doesn't (?:hold|help|work|matter|scale|tell|mean|see|cover|apply|fit)|don't know|not "
    r"(?:know|sure|independent|true|random|enough|everything|available|only)|aren't|isn't (?:enough"
    r"|true|the whole|random)|unless|except|only (?:works|holds|if|when|after|known|on|once|true)"
    r"|the (?:risk|danger|catch|problem|trouble|limit) (?:is|here|with)|too (?:slow|late|few|many"
    r"|small|large|little|much|big)|at random|ignores?|blind|never (?:shown|seen|on|sees|call)"
    r"|correlat\w+|interfer\w+|spill\w*|while the|looks fine|subtle\w*|wrong|rare|delay\w*"
    r"|suffer\w*"
    r"|nobody (?:will|would|else|notic\w+)|pull\w* (?:the|it|to)|fades?|collision|skew\w*"
    r"|censored)\b"
)
_CHECK = re.compile(
    r"\b(?:measur\w+|check\w*|verif\w+|validat\w+|compar\w+|test(?:s|ed|ing)?|monitor\w*|alert\w*"
    r"|track\w*|watch\w*|evaluat\w+|experiment\w*|holdout|held[- ]out|hold out|backtest\w*|a/b"
    r"|audit\w*"
    r"|randomi[sz]\w+|bootstrap\w*|count(?:ed)? (?:how|what|the)|see (?:if|whether)|interval"
    r"|baseline"
    r"|control group|shadow|canary|inspect\w*|diagnos\w+|learning curve|plot|reliability"
    r"|guardrails?"
    r"|look (?:at|per|by) (?:the|each|it|every|a)|ask (?:if|whether|when|how|what|for)"
    r"|asked (?:him|her|them|if|what|how|when|two)|sat with|timed|survey|split by|per (?:group"
    r"|clinic"
    r"|slice|person|region|segment|user|age|shop))\b"
)
_OWN_PART = re.compile(
    r"\bi(?:'d| would| will|'ll| had|'ve| have)? (?:(?:then|also|first|myself|just|only|still|never"
    r"|began to|started to|offered to|wanted to|tried to|had to|decided to|agreed to) )*"
    r"(?:told|tell|called|call|rang|ring|asked|ask|wrote|write|decided|decide|rolled|roll|built"
    r"|build"
    r"|changed|change|noticed|owned|own|took|take|spent|sat|sit|proposed|propose|stopped|stop"
    r"|counted"
    r"|read|apologi[sz]ed?|shipped|broke|joined|timed|narrowed|set|showed?|let|said|say|found|made"
    r"|make|paired|reviewed|ran|run|organi[sz]ed|documented|fixed|fix|started|collected|measured"
    r"|invited|volunteered|handed|explained|offered|talked|talk|met|convinced|split|claimed"
    r"|drew|put"
    r"|check|checked|want(?:ed)?|admit(?:ted)?|learn(?:ed|t))\b"
)
_OTHER_SIDE = re.compile(
    r"\b(?:(?:from|on) (?:his|her|their) side|(?:his|her|their) (?:view|perspective|point|reason"
    r"|worry|concern|goal|side|fear)|(?:he|she|they|mara|jonas|lena|ines|tomas) (?:\w+ )?(?:wanted"
    r"|thought|felt|feared|feels?|sees?|saw|worried|said|needs?|needed|asked|was right|had a point"
    r"|believed|meant|agreed|explained|cared|would need|knows?|knew|trusts?|lost?|loses?|'ll trust)"
    r"|i understand|understood (?:that|why)|listen\w*|what would convince|what (?:he|she|they) "
    r"(?:would|need\w*|want\w*|fear\w*|saw|see)|put myself|in (?:his|her|their) (?:place|shoes)"
    r"|credit (?:to|for)|gave (?:him|her|them)|so that (?:she|he|they)|as if i|both (?:of us|sides"
    r"|could))\b"
)
_OUTCOME = re.compile(
    r"\b(?:in the end|as a result|the result|afterwards?|after (?:that|half|a|two|three|one"
    r"|the first|"
    r"some|six)|since then|went (?:down|up|from)|dropped|rose|fell|cut (?:it|the|by)|saved|reduced"
    r"|improved|instead of|from \w+ to|by (?:one|two|three|four|five|ten|\w+ percent|half|a third)"
    r"|got to|ended|turned out|to this day|still use|use it now|kept|we agreed|it was (?:eight"
    r"|better"
    r"|slower|down|up|over)|has caught|now (?:i|we|they|uses?)|until)\b"
)
_LEARNING = re.compile(
    r"\b(?:learn(?:ed|t)|mistake|my fault|i was wrong|i'd been wrong|been wrong|should have"
    r"|shouldn't "
    r"have|next time|since then|now i|from then on|i had missed|i missed|i noticed that i"
    r"|the same kind"
    r"|i still|looking back|post-?mortem|apologi[sz]\w*|changed my mind|i don't know|i was (?:hurt"
    r"|angry|too|afraid|stubborn|proud)|hadn't|in hindsight|pattern|i'd do|i would do"
    r"|wouldn't do)\b"
)
_FORMS: dict[Talk, dict[Mark, re.Pattern[str]]] = {
    "design": {
        "reason": _REASON,
        "mechanism": _MECHANISM,
        "weighing": _WEIGHING,
        "limit": _LIMIT,
        "check": _CHECK,
    },
    "stories": {
        "reason": _REASON,
        "weighing": _WEIGHING,
        "own part": _OWN_PART,
        "other side": _OTHER_SIDE,
        "outcome": _OUTCOME,
        "learning": _LEARNING,
    },
}
_FORMS["basics"] = _FORMS["design"]


@lru_cache(maxsize=8192)
def marks(sentence: str, talk: Talk) -> frozenset[Mark]:
    """The marks in `sentence`; none in one that waves its hands. What follows a hollow reason, such
    as "because it's important", is none."""
    if waves_hands(sentence):
        return frozenset()
    said = normal(sentence)
    found = {mark for mark, form in _FORMS[talk].items() if form.search(said)}
    if "reason" in found and _HOLLOW_REASON.search(said) and len(_REASON.findall(said)) == 1:
        found.discard("reason")
    if numbers(sentence):
        found.add("number")
    return frozenset(found)
