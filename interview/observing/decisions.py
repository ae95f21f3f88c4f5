"""Decisions: what the candidate would do, whether they said why, and what they weighed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from interview.language import words_of
from interview.quoting import clauses
from interview.substance import answer_sentences, on_condition, pieces

LONGEST_QUOTE_WORDS = 22
# In the note of what was said on a condition.
CONDITIONAL = "on a condition"
# A reason given without punctuation is looked for in so many words after the decision.
REASON_WITHIN_WORDS = 30
# "So I'd ..." is a conclusion when at least so many words of the sentence stand before it.
SHORTEST_GROUND_WORDS = 4

_ADVERBS = (
    r"(?:(?:also|then|just|probably|definitely|maybe|first|simply|still|rather|certainly|actually"
    r"|initially|always|only|really|clearly|instead|personally|even|again|now) )*"
)
_DOING = (
    r"(?:use|using|choose|pick|take|go (?:with|for)|start (?:with|by|from|off|in)|begin (?:with|by)"
    r"|build|train|store|cache|split|serve|prefer|keep|put|add|run|measure|optimi[sz]e|log|treat"
    r"|weight|weigh|sample|rank|retrain|deploy|launch|evaluate|compare|monitor|precompute|compute"
    r"|define|frame|model|predict|leave|skip|avoid|drop|fall back|rely on|switch|set|combine"
    r"|distil|distill|fine-tune|shard|index|limit|cap|call|send|filter|test|track|introduce|have"
    r"|join|generate|retrieve|score|design|implement|focus on|exclude|include|replace|estimate"
    r"|randomi[sz]e|calibrate|quanti[sz]e|batch|stream|update|alert|roll (?:it )?out|label"
    r"|buy|apply|show|give|spend|separate|opt for|stick with|settle on|look at|cut|reduce|refuse)"
)
# What one says one would do without deciding anything on the subject.
_SAYING = (
    r"(?:be|been|say|think|guess|assume|suppose|love|like|hate|argue|imagine|expect|hope|worry"
    r"|know|wonder|ask|need|agree|not|never|want|also|just|then|have|believe|feel|see|tell|mean"
    r"|wish|mind|care|answer|talk|mention|explain|describe|read|learn|practise|prepare|struggle"
    r"|forget|remember|find|get|come|lose|miss|repeat|call it|go back|depend|like|appreciate)"
)
_DECIDES = re.compile(
    rf"\b(?:(?:i|we)(?:'d| would|'ll| will|'m going to|'re going to| am going to| are going to"
    rf"| should) {_ADVERBS}(?:want to |have to |need to )?{_DOING}"
    rf"|(?:i|we)(?:'d| would|'ll| will) {_ADVERBS}(?!{_SAYING}\b)[a-z]+"
    r"|(?:i|we) (?:would |will |'d )?(?:give up|accept)"
    rf"|(?:i|we)(?: would|'d|'ll| will) (?:never|not) {_DOING}|(?:i|we) (?:wouldn't|won't) {_DOING}"
    rf"|let(?:'s| us) {_ADVERBS}(?:go with|go for|use|pick|choose|start with|say we|take|keep)"
    r"|(?:i|we) (?:choose|pick|prefer|opt for|settle on|go with|am going with|'m going with)"
    r"|(?:i'm|we're|i am|we are) (?:going|choosing|sticking|starting) (?:with|for)"
    r"|my (?:choice|pick|decision|answer|preference) (?:is|would be|will be)"
    r"|the (?:right|best) (?:choice|call) (?:is|would be))\b",
    re.IGNORECASE,
)
# In the tone of a decision, but none.
_NO_DECISION = re.compile(
    r"\b(?:(?:i|we)(?:'d| would) (?:have (?:to )?(?:said|thought|been|done|known)|have to "
    r"(?:think|guess|check)"
    r"|look (?:it|that) up)|if (?:i|we) would|(?:i|we)(?:'d| would) have (?:no idea"
    r"|trouble|a question"
    r"|questions|problems|to say))\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|cause|since(?! (?:then|last|yesterday|day|the beginning|launch))|so "
    r"that|as (?:it|they"
    r"|we|the|there)"
    r" (?:is|are|has|have|gives?|needs?|lets?|can)|due to|the reason|for that reason|that's why"
    r"|which (?:means|lets|gives|keeps|leaves|makes|saves|avoids|is (?:cheaper|faster"
    r"|simpler|easier))"
    r"|that way|this way|in order to|to (?:avoid|keep|reduce|make sure|save|prevent|limit|protect"
    r"|get rid of|stay|correct)|so (?:we|it|they|i|the|there)(?:'d|'ll|'s| )|otherwise"
    r"|(?:it|they)(?:'s| is| are|'re) (?:fast|cheap|simple|easy|easier|cheaper|faster"
    r"|simpler|robust))",
    re.IGNORECASE,
)
_TRADE_OFF = re.compile(
    r"\b(?:trade-?offs?|trade off|trading|at the (?:cost|price|expense) of|the (?:cost"
    r"|price) (?:is|of that"
    r"|would be|we pay)|on the other hand|downside|drawback|in exchange|instead of|rather than"
    r"|although|even though|even if (?:it|that|we)|versus|compared (?:to|with)"
    r"|sacrific\w+|give up|accept(?:ing)?|rather pay"
    r"|costs? (?:about|around|us|half|one|two|a|more)|(?:gets?|wins?|get) .{0,40} in return"
    r"|we(?:'d| would)? lose|but (?:slower|more expensive|harder|less|worse|it (?:costs"
    r"|needs|is)))\b",
    re.IGNORECASE,
)
_REJECTS = re.compile(
    r"\b(?:not|never|wouldn't|won't|avoid|skip|drop|leave \w+(?: \w+)? out|exclude|refuse)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Decision:
    """`quote`: the clause that decides, verbatim. `context`: the words around it in which a number
    or a price belongs to it. `rejects`: it decides against something."""

    quote: str
    context: str
    reasoned: bool
    weighed: bool
    rejects: bool
    conditional: bool

    @property
    def note(self) -> str:
        what = "rejected" if self.rejects else "chosen"
        why = "with a reason" if self.reasoned else "without a reason"
        weighed = ", weighed against something else" if self.weighed else ""
        return f"{what} {why}{weighed}" + (f", {CONDITIONAL}" if self.conditional else "")


@lru_cache(maxsize=512)
def decisions(text: str) -> tuple[Decision, ...]:
    """The decisions in `text`, in order, no clause twice."""
    found: dict[str, Decision] = {}
    said = answer_sentences(text)
    for index, sentence in enumerate(said):
        following = said[index + 1] if index + 1 < len(said) else ""
        leads_on = re.match(
            r"(?:because|that's because|the reason|that way|otherwise|it|that)\b", following, re.I
        )
        for piece in pieces(sentence):
            match = _DECIDES.search(piece)
            if match is None or _NO_DECISION.search(piece):
                continue
            begins = sentence.index(piece)
            after = " ".join(sentence[begins:].split()[: REASON_WITHIN_WORDS + len(piece.split())])
            before = sentence[:begins]
            concludes = re.match(r"(?:so|that's why|therefore|hence)\b", after, re.I)
            after = re.sub(r"^so\b", "", after, flags=re.I)
            given = re.match(r"(?:\w+ ){0,2}(?:because|since|as)\b", before.strip(), re.I)
            if concludes and len(words_of(before)) < SHORTEST_GROUND_WORDS:
                concludes = None
            near = " ".join(before.split()[-REASON_WITHIN_WORDS:])
            if leads_on:
                after = f"{after} {following}"
            quote = _quote(piece, match.start())
            if len(words_of(quote)) < 4:
                continue
            found.setdefault(
                quote,
                Decision(
                    quote=quote,
                    context=f"{near} {after}",
                    reasoned=bool(concludes or given or _REASON.search(after)),
                    weighed=bool(_TRADE_OFF.search(f"{near} {after}")),
                    rejects=bool(_REJECTS.search(quote)),
                    conditional=on_condition(sentence),
                ),
            )
    return tuple(found.values())


def _quote(piece: str, begins: int) -> str:
    """The clause as it can be said back, where it can; otherwise the words from the decision on."""
    for clause in clauses(piece):
        if _DECIDES.search(clause):
            return clause
    return " ".join(piece[begins:].split()[:LONGEST_QUOTE_WORDS])
