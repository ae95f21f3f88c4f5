"""Questions on what the candidate said: on a noun phrase by its kind, and on a whole quote.

`{x}` may be singular or plural, so nothing agrees with it; `{q}` is a quote of the candidate's.
None says that what was said is a good or a bad idea. Order is preference."""

from __future__ import annotations

from functools import lru_cache

from interview.asks import IN_A_STORY, ON_ANYTHING, Ask, asks
from interview.nouns import NounKind
from interview.scenario import Talk

# One of these questions is asked so often, each time about something else.
USES = 2


ABOUT: dict[NounKind, tuple[Ask, ...]] = {
    "part": (
        *asks("depth", "You mentioned {x}; what would be the hardest part to get right?"),
        *asks("depth", "How would you test {x} before launch?", design=True),
        *asks("depth", "What goes into {x}, and what comes out?"),
        *asks("depth", "Who'd look after {x} in production?", design=True),
        *asks(
            "trade_off",
            "What did you weigh {x} against?",
            "What would make you replace {x} with something simpler?",
            "What do you give up by choosing {x}?",
        ),
        *asks(
            "failure",
            "Suppose {x} went down at the busiest hour; what would people see?",
            design=True,
        ),
        *asks(
            "failure",
            "When would {x} be the wrong choice?",
            "How would you notice that {x} no longer did the job?",
        ),
        *asks(
            "number",
            "What would ten times the traffic do to {x}?",
            "What would {x} cost to run, roughly, and who'd pay?",
            design=True,
        ),
        *asks("number", "Which number would tell you whether to keep {x}?"),
        *asks("contradiction", "What would somebody who's against {x} say?"),
        *asks(
            "trade_off",
            "If {x} worked well, what second effect would that have on the rest of the system?",
            "Two years on, what would {x} let other teams do, or keep them from doing?",
            "With {x}, where does the work move to, if not to your team?",
            "Once people have got used to {x}, what changes in how they behave?",
            second_order=True,
            design=True,
        ),
    ),
    "data": (
        *asks(
            "failure",
            "You brought up {x}; what could be wrong there without anyone noticing?",
            "What would you do if half of {x} disappeared overnight?",
            "Where might {x} lead the model astray?",
        ),
        *asks(
            "depth",
            "Whose behaviour is missing from {x}?",
            "How would you check {x} before you train on that?",
        ),
        *asks("depth", "How do you get {x} to the model in time?", design=True),
        *asks(
            "number",
            "How old could {x} get before anybody noticed?",
            "How much of {x} would you need for a first model?",
        ),
        *asks(
            "trade_off",
            "What would you use in place of {x}, if that were forbidden?",
            "What's the price of collecting {x}?",
        ),
        *asks(
            "contradiction",
            "How does your own system change {x} over the months?",
            "Which other team would break {x} without meaning to?",
            second_order=True,
            design=True,
        ),
        *asks(
            "contradiction",
            "If the model gets better, what happens to {x} that you train the next one on?",
            second_order=True,
        ),
    ),
    "metric": (
        *asks(
            "failure",
            "You named {x}; what can't that number tell you?",
            "How could a team improve {x} and still do harm?",
        ),
        *asks("failure", "For which users might {x} look worse than the average?", design=True),
        *asks(
            "number",
            "How big a change in {x} would you act on?",
            "How soon after a change could you trust {x}?",
        ),
        *asks(
            "trade_off",
            "What would you accept losing for a gain in {x}?",
            "Which other number would you keep next to {x}, so that nobody cheats?",
        ),
        *asks("depth", "How exactly would you compute {x}?"),
        *asks(
            "contradiction",
            "What will people start doing once they're judged by {x}?",
            "Which slower effect would {x} hide for a year?",
            "If {x} went up for the wrong reason, which second number would show it?",
            second_order=True,
        ),
    ),
    "check": (
        *asks(
            "failure",
            "You'd rely on {x}; what could mislead you there?",
            "What would {x} miss, even when done well?",
        ),
        *asks(
            "depth",
            "How would you know that {x} had told you enough?",
            "What would you have ready before starting {x}?",
        ),
        *asks("number", "For how long would {x} have to run, and why that long?"),
        *asks("trade_off", "What result from {x} would stop the launch?", design=True),
        *asks(
            "contradiction",
            "How would the answer from {x} change once many teams run theirs at the same time?",
            second_order=True,
            design=True,
        ),
        *asks("contradiction", "Which long-term effect could {x} never show?", second_order=True),
    ),
    "risk": (
        *asks(
            "depth",
            "You named {x}; how would you notice that early?",
            "What would you change first if {x} got worse?",
        ),
        *asks("failure", "Which users would suffer first from {x}?", design=True),
        *asks("number", "How would you put a number on {x}?"),
        *asks(
            "trade_off",
            "How much effort would you spend against {x} in the first version?",
            design=True,
        ),
        *asks(
            "contradiction",
            "What would your fix for {x} make worse somewhere else?",
            second_order=True,
        ),
        *asks(
            "contradiction",
            "Who outside your team would have to help with {x}?",
            second_order=True,
            design=True,
        ),
        *asks(
            "contradiction",
            "Once you've dealt with {x}, which problem comes next?",
            second_order=True,
        ),
    ),
    "thing": ON_ANYTHING,
}
# On a whole statement, for when there's more to it than a name.
ON_QUOTE: tuple[Ask, ...] = (
    *asks(
        "depth",
        'You said "{q}"; what would that look like in practice?',
        'Earlier I heard "{q}"; how would you show that it holds?',
        'About "{q}": what would have to be true for that?',
        'Take "{q}" one step further; what comes next?',
        'When you said "{q}", what did you have in mind?',
    ),
    *asks(
        "trade_off",
        'You went for this: "{q}"; what speaks against it?',
        'With "{q}", who gains and who loses?',
        'You said "{q}"; what would make you change your mind?',
    ),
    *asks(
        "failure",
        'Coming back to "{q}": when does that go wrong?',
        'If somebody doubted "{q}", where would they look first?',
        'Suppose "{q}" turned out to be false; what would you do then?',
    ),
    *asks(
        "number",
        'About "{q}": which figure would you put behind that?',
        'You told me "{q}"; how much of a difference would that make?',
    ),
    *asks(
        "contradiction",
        'What would "{q}" change for the other teams around you?',
        'If "{q}" worked, what would people do differently a year later?',
        second_order=True,
    ),
)
# On a statement with a number in it.
ON_NUMBER: tuple[Ask, ...] = (
    *asks(
        "number",
        'You put a number on it, "{q}"; where does that come from?',
        'On "{q}": what would you do if it were ten times as much?',
        'You said "{q}"; how far off could that be before you\'d change course?',
        'Let me check "{q}" with you; what does it add up to?',
    ),
)
# Both halves of a contradiction: {a} came first.
CONTRADICTION = (
    'Earlier you said "{a}", and now "{q}"; which holds?',
    'I have two things from you, "{a}" and "{q}"; how do they go together?',
    'First it was "{a}", then "{q}"; what changed?',
    'You told me "{a}" before, and "{q}" after that; which one would you keep?',
)
# Before an authored question that a quote or a phrase of the candidate's fits.
EARLIER_QUOTE = (
    'Earlier you said "{q}".',
    'You told me "{q}" a while ago.',
    'Back when we laid this out, you said "{q}".',
    'I wrote down that "{q}".',
    'One thing you said was "{q}".',
    'There was "{q}" in what you told me.',
    'Let me take up "{q}", from earlier.',
    'I remember "{q}".',
)
EARLIER_PHRASE = (
    "You brought up {x} earlier.",
    "Let me return to {x}, which you mentioned.",
    "Earlier on you spoke of {x}.",
    "Back to {x}, from before.",
    "A while ago you named {x}.",
    "Something on {x}, since you raised that.",
    "I'd like to connect this to {x} from earlier.",
    "You had {x} in there before.",
)
# The same with what somebody said of themself at the beginning.
PAST = (
    "Earlier you said {x}.",
    "You told me {x}, so from there.",
    "At the beginning you said {x}.",
)
ROLE = (
    "Earlier you named {x} as the role you're after.",
    "You said you're after {x}, so in that role.",
    "You mentioned {x} as your aim.",
)
# Before a question that leans on nothing said, to put it to what was named earlier.
IN_MIND = (
    "Let's take {x} as the example, since you named that.",
    "Keep {x} in mind for this one.",
    "You spoke of {x}, so let that be the case in point.",
    "Think of {x}, which you brought up.",
    "For this one, stay with {x}.",
    "Use {x} for this, from what you told me.",
)
EARLIER_LEADS = (
    "Let's go back to something you said.",
    "I'd like to return to an earlier point.",
    "Here is one from before.",
    "I kept a note from earlier.",
    "Back to a piece we passed quickly.",
    "There's an earlier point I'd like to finish.",
    "One of your earlier thoughts, then.",
    "We left something open a while ago.",
    "Here's one from further back.",
    "Let me pick up an older thread.",
    "From my notes on what you said.",
    "Earlier you touched on this.",
)


@lru_cache(maxsize=256)
def asks_about(kind: NounKind, talk: Talk) -> tuple[Ask, ...]:
    """All questions on a phrase of that kind, where `talk` is what the interview is about."""
    if talk == "design":
        return ABOUT[kind]
    if talk == "stories":
        return IN_A_STORY + ON_ANYTHING
    fitting = tuple(ask for ask in ABOUT[kind] if not ask.design)
    return (*fitting, *(ask for ask in ON_ANYTHING if ask not in fitting))


@lru_cache(maxsize=256)
def asks_on(kind: NounKind, difficulty: str, talk: Talk) -> tuple[Ask, ...]:
    """Those of `asks_about` for that difficulty: the ones after second-order effects are asked in
    a staff interview alone, where they come first."""
    fitting = asks_about(kind, talk)
    second = tuple(ask for ask in fitting if ask.second_order)
    first = tuple(ask for ask in fitting if not ask.second_order)
    return second + first if difficulty == "staff" else first
