"""Which turns are noteworthy, and why. Most are not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interview.events import Finding, FlagKind
from interview.language import count_phrases, normal, words_of
from interview.observing.contradictions import changes_mind
from interview.observing.decisions import Decision
from interview.observing.numbers import numbers
from interview.scenario import Question, Scenario
from interview.substance import answer_sentences

STRONG_WORDS = 9
THIN_WORDS = 4
REFLECT_WORDS = 7
# Said back of the question, this part of the words makes the answer an echo.
ECHO = 0.75

_HOLLOW = frozenset(
    """
a an the and or but so if of to in on at for with by from as is are was were be been am i'm it's
that this these those it we i you they my our your their would could should can will may might do
does did have has had i'd i'll we'd we'll i've not no yes yeah yep nope okay ok well um uh er erm
hmm like just maybe probably perhaps possibly think guess suppose really sort kind of know sure idea
something somehow stuff things thing don't depends it'd there here what how why which who when then
also very quite bit lot some any good nice fine sorry honestly basically actually say mean see
let's let me about into up out get got go going
""".split()  # noqa: SIM905
)
_DOUBTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"\b(?:i(?:'m| am) (?:not (?:so |entirely |completely |really |quite )?sure"
            r"|unsure|not certain)"
            r" (?:that |if |whether )?(?:this|that|it|my|the|these|i|we|how (?:well|it|this))"
            r"|least sure|i might be wrong|i may be wrong|i could be wrong|i doubt "
            r"(?:that|whether|if|my)"
            r"|what worries me|my worry|i(?:'m| am) worried|i haven't (?:thought|considered)"
            r"|i hadn't (?:thought|considered)|i have not thought|i may be missing|i "
            r"might be missing"
            r"|i(?:'m| am) guessing here|that's a guess)\b"
        ),
        "Doubt about the answer itself.",
    ),
    (
        re.compile(
            r"\b(?:(?:the|one|a|its|main|biggest|obvious|my) (?:limitation|weakness|weak "
            r"(?:spot|point)|downside"
            r"|drawback|flaw|blind spot|caveat)|would break (?:down )?(?:if|when)|this "
            r"(?:fails|breaks) (?:if|when|for)"
            r"|that (?:fails|breaks) (?:if|when|for)|doesn't (?:work|help|scale) (?:if|when|for)"
            r"|the (?:risk|danger|catch) (?:is|here is|with (?:this|that)))\b"
        ),
        "Names a limit of the idea.",
    ),
)
_QUOTED = re.compile(r'"[^"]*"')
_CHANGED = "A change of mind about something said earlier."


def flag(
    scenario: Scenario,
    segment: int,
    text: str,
    question: str,
    base: Question | None,
    decided: Sequence[Decision],
    findings: Sequence[Finding],
) -> tuple[FlagKind | None, str]:
    """The flag of a turn with its reason, (None, "") for most. `segment`: its index."""
    on_the_problem = 0 < segment < len(scenario.segments) - 1
    against = next((f.against for f in findings if f.kind == "contradiction"), "")
    if against:
        return "contradictory", f'Doesn\'t fit what was said earlier: "{against}".'
    weight = _content(text)
    if segment < len(scenario.segments) - 1 and len(weight) >= REFLECT_WORDS:
        said = normal(" ".join(answer_sentences(text)))
        if changes_mind(said):
            return "reflect", _CHANGED
        for pattern, reason in _DOUBTS:
            if pattern.search(said):
                return "reflect", reason
    if not on_the_problem:
        return None, ""
    strong = _strong(decided) if len(weight) >= STRONG_WORDS else ""
    if strong:
        return "strong", strong
    thin = _thin(scenario, text, question, base)
    return ("thin", thin) if thin else (None, "")


def _content(text: str) -> list[str]:
    return [word for word in words_of(text) if word not in _HOLLOW]


def _strong(decided: Sequence[Decision]) -> str:
    for decision in decided:
        if not decision.reasoned or decision.rejects:
            continue
        counted = numbers(decision.context)
        if counted and decision.weighed:
            return f'A decision with its reason, a number ("{counted[0].said}") and what it costs.'
        if counted:
            return f'A decision with its reason and a number: "{counted[0].said}".'
        if decision.weighed:
            return "A decision with its reason, weighed against the alternative."
    return ""


def _thin(scenario: Scenario, text: str, question: str, base: Question | None) -> str:
    """Why the answer is thin for what was asked, "" when it is not."""
    if not question:
        return ""
    said = _content(" ".join(answer_sentences(text)) or text)
    # What the question quotes is the candidate's own.
    asked = set(_content(_QUOTED.sub(" ", question)))
    new = [word for word in said if word not in asked]
    if len(said) >= THIN_WORDS and len(new) <= (1 - ECHO) * len(said):
        return "Says the question back rather than answering it."
    signals = [signal for criterion in scenario.rubric for signal in criterion.signals]
    listened = base.listens_for if base else ()
    if len(set(new)) >= THIN_WORDS or numbers(text) or count_phrases((*signals, *listened), text):
        return ""
    if not new:
        return "No answer in it, only a hedge."
    return "Very few words for what was asked."
