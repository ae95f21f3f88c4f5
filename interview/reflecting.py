"""What the candidate said of the interview themself, and what the feedback means for their aims."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interview import background, closing_phrasing
from interview.conversation import Planned
from interview.language import find_phrase, normal, sentences, words_of
from interview.nouns import COUNTED
from interview.rubric import Criterion
from interview.situation import Situation
from interview.straying import strays
from interview.substance import answer_sentences

# With fewer words of a look back there is nothing to take up.
LEAST_WORDS = 4

_REGRET = re.compile(
    r"\b(?:i|we) (?:really |probably |just |also |maybe )*(?:should|could|might) (?:have|of)\b"
    r"|\bi (?:should|could|need to|must|have to|ought to) (?:\w+ )?(?:ask|say|give|spend|think|read"
    r"|learn|practi[sc]e|work|improve|start|be more|get better)\b"
    r"|\b(?:i|we)(?: would|'d) (?:have (?:liked|wanted|needed|preferred)|like to have|rather have"
    r"|want to (?:revisit|redo|rethink)|revisit|redo|rethink|reconsider|change|spend more|ask more"
    r"|go back|do (?:\w+ ){1,6}differently|begin differently|start differently)\b"
    r"|\bi wish\b|\bi regret\b|\bi forgot\b|\bi (?:missed|neglected|skipped|rushed|ignored|skimmed"
    r"|glossed over|overlooked|underestimated|struggled|stumbled|rambled|hesitated|got stuck)\b"
    r"|\b(?:i|we) (?:did not|didn't|never|hardly|barely) (?:\w+ )?(?:g[eo]t to|mention(?:ed)?"
    r"|cover(?:ed)?|think|thought|spen[dt]|said|say|ask(?:ed)?|talk(?:ed)?|gave|give|consider(?:ed)?"
    r"|explain(?:ed)?|know|knew|quantif\w+|define[d]?)\b"
    r"|\bi (?:was|am|stayed|remained|got|went|felt|feel|spent|said|jumped) (?:\w+ ){0,3}?(?:too|not"
    r"|rather|a bit|a little|unsure|vague|lost|nervous|shallow|weak|little|general|all over)\b"
    r"|\bi'm (?:not|least|less|unsure)\b"
    r"|\bnext time\b|\bdifferently\b|\b(?:weak(?:est|ness)?|worst) (?:\w+ )?(?:part|point|spot|link"
    r"|piece|answer|side|area|was|were|is)\b|\bmy (?:weakness|weak|worst)\w*\b"
    r"|\b(?:hardest|least (?:sure|happy|comfortable|confident|certain|convinced))\b"
    r"|\bnot (?:happy|comfortable|satisfied|confident|sure|convinced) (?:with|about|of)\b"
    r"|\b(?:not|n't) (?:go|went|gone) (?:so |very |too |that )?well\b"
    r"|\b(?:more|less) time (?:on|for|with)\b"
)
# Pieces with one of these name no weakness, whatever else is in them.
_CONTENT = re.compile(
    r"\b(?:strong(?:est)?|best|happy with|happiest|proud|i(?:'m| am) confident|comfortable with"
    r"|i liked?|went (?:\w+ )?well|good (?:at|about|with))\b(?<!n't go well)"
    r"|\b(?:nothing|not|n't|never|no)\b (?:\w+ ){0,3}(?:change|regret|differently|revisit|miss)\b"
    r"|\bsame (?:way )?again\b"
)
_PIECES = re.compile(r"[,;.!]|\s-\s|\b(?:but|while|whereas|although|and(?= i\b))\b", re.IGNORECASE)
# What still belongs to the regret before it: its reason, its example, another item of its list.
_GOES_ON = re.compile(
    r"(?:because|since|so|especially|namely|like|for (?:example|instance)|or|such as|which)\b"
    r"|(?:and )?(?:\S+ ?){1,3}$"
)


def reflected(s: Situation, weak: Sequence[Criterion]) -> list[Planned]:
    """A sentence on what the candidate said of the interview themself; only what they called weak
    themself is taken up by name."""
    own = [item.text for item in s.talk.candidate if item.segment == s.segment.id]
    own = [text for text in own if not strays(s.scenario, text)]
    if sum(len(words_of(part)) for text in own for part in answer_sentences(text)) < LEAST_WORDS:
        return []
    weaknesses = [piece for text in own for piece in regrets(text)]
    said = " ; ".join(weaknesses)
    shared = next((w for c in weak[:2] if (w := find_phrase(c.signals, said))), None)
    phrase = next((phrase for piece in weaknesses for phrase in s.phrases(piece)), None)
    about: str | None
    if shared:
        named = f"the {shared}" if shared.lower() in COUNTED else shared
        line, about = s.pick(closing_phrasing.REFLECTION_SHARED, x=named), shared
    elif phrase:
        line, about = s.pick(closing_phrasing.REFLECTION_OTHER, x=phrase.named), phrase.said
    else:
        line, about = s.pick(closing_phrasing.REFLECTION_PLAIN), None
    if line is None:
        return []
    reason = "takes up what the candidate said of it themself" + (f", {about!r}" if about else "")
    return [Planned(kind="feedback", reason=reason, parts=(line,), about=about)]


def regrets(text: str) -> list[str]:
    """The clauses of a look back that name a weakness, a regret or what would come next time, and
    what each of them goes on with."""
    found: list[str] = []
    goes_on = False
    for sentence in sentences(text):
        for piece in _PIECES.split(sentence):
            said = normal(piece)
            if not said:
                continue
            regretted = _REGRET.search(said) and not _CONTENT.search(said)
            goes_on = bool(regretted) or (
                goes_on and not _CONTENT.search(said) and bool(_GOES_ON.match(said))
            )
            if goes_on:
                found.append(piece.strip())
        goes_on = False
    return found


def for_them(s: Situation, weak: Sequence[Criterion], missed: Sequence[Planned]) -> list[Planned]:
    """What the feedback means for what they came for, in their words."""
    if len(missed) < 2:
        return []
    known = background.background(s.scenario, s.talk)
    if known.goal:
        words = set(words_of(known.goal.words))
        shared = any(
            words & set(words_of(" ".join((c.title, *c.signals)))) - {"and", "the", "at", "with"}
            for c in weak[:2]
        )
        pool = closing_phrasing.FOR_GOAL_SHARED if shared else closing_phrasing.FOR_GOAL
        line, about = s.pick(pool, x=known.goal.told), known.goal.words
        reason = "relates the feedback to what they want to get out of this"
    elif known.role:
        line, about = s.pick(closing_phrasing.FOR_ROLE, x=known.role.told), known.role.words
        reason = "relates the feedback to the role they are after"
    else:
        return []
    if line is None:
        return []
    return [Planned(kind="feedback", reason=f"{reason}: {about!r}", parts=(line,))]
