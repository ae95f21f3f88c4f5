"""Questions on a noun phrase of the candidate's, by the kind of noun.

`{x}` may be singular or plural, so nothing agrees with it. None says that the phrase is a good or a
bad idea. Order is preference."""

from __future__ import annotations

from interview.nouns import NounKind

ABOUT: dict[NounKind, tuple[str, ...]] = {
    "part": (
        "You mentioned {x}; what would be the hardest part to get right?",
        "What would make you replace {x} with something simpler?",
        "Suppose {x} went down at the busiest hour; what would people see?",
        "How would you test {x} before launch?",
        "What did you weigh {x} against?",
        "What would ten times the traffic do to {x}?",
        "What's the smallest version of {x} you'd be willing to ship?",
        "What would {x} cost to run, roughly, and who'd pay?",
    ),
    "data": (
        "You brought up {x}; what could be wrong there without anyone noticing?",
        "Whose behaviour is missing from {x}?",
        "How old could {x} get before it hurt?",
        "What would you do if half of {x} disappeared overnight?",
        "How would you check {x} before training on any of it?",
        "Where might {x} lead the model astray?",
    ),
    "metric": (
        "You named {x}; what can't that number tell you?",
        "How big a change in {x} would you act on?",
        "What would you accept losing for a gain in {x}?",
        "How could a team improve {x} and still do harm?",
        "For which users might {x} look worse than the average?",
        "How soon after a change could you trust {x}?",
    ),
    "check": (
        "You'd rely on {x}; what could mislead you there?",
        "How would you know that {x} had told you enough?",
        "What would {x} miss, even when done well?",
        "What result from {x} would stop the launch?",
        "What would you have ready before starting {x}?",
    ),
    "risk": (
        "You named {x}; how would you notice that early?",
        "Which users would suffer first from {x}?",
        "How much effort would you spend against {x} in the first version?",
        "How would you put a number on {x}?",
        "What would you change first if {x} got worse?",
    ),
}
ABOUT_STAFF: dict[NounKind, tuple[str, ...]] = {
    "part": (
        "If {x} worked well, what second effect would that have on the rest of the system?",
        "Two years on, what would {x} let other teams do, or keep them from doing?",
        "Where does {x} move the work to, if not to your team?",
    ),
    "data": (
        "How does your own system change {x} over the months?",
        "Which other team would break {x} without meaning to?",
    ),
    "metric": (
        "What will people start doing once they're judged by {x}?",
        "Which slower effect would {x} hide for a year?",
    ),
    "check": (
        "How would the answer from {x} change once many teams run theirs at the same time?",
        "Which long-term effect could {x} never show?",
    ),
    "risk": (
        "What would your fix for {x} make worse somewhere else?",
        "Who outside your team would have to help with {x}?",
    ),
}
EARLIER_LEADS = (
    "Let's go back to something you said.",
    "I'd like to return to an earlier point.",
    "Something from before.",
    "I kept a note from earlier.",
    "Back to a piece we passed quickly.",
    "There's an earlier point I'd like to finish.",
)
