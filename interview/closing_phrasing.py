"""The scripted wording of the look back: summary, reflection, feedback and goodbye, in the order of
preference; as in `phrasing`, a line is never said twice in an interview.

`{quote}`, `{a}` and `{b}` are the candidate's own words, `{what}` completes the sentence."""

from __future__ import annotations

from interview.toned import Toned

SUMMARY = Toned(
    warm=(
        'Here\'s what I took away from your side: you said "{a}", and later "{b}".',
        'What I\'ll remember is "{a}", and after that "{b}".',
    ),
    neutral=(
        'Here\'s what I took away: you said "{a}", and later "{b}".',
        'What stays with me is "{a}", and after that "{b}".',
    ),
    direct=('In short: "{a}", then "{b}".', 'Two things stand: "{a}", and "{b}".'),
)
SUMMARY_ONE = Toned(
    warm=('What I took away from your side is "{a}".', 'I\'ll remember "{a}".'),
    neutral=('Here\'s what I took away: you said "{a}".', 'What stays with me is "{a}".'),
    direct=('In short: "{a}".', 'One thing stands: "{a}".'),
)
SUMMARY_NONE = Toned(
    warm=(
        "We haven't got very far today, and that's fine to say out loud.",
        "There isn't much on the table for me to sum up, which happens.",
    ),
    neutral=(
        "We haven't got very far today.",
        "There isn't much on the table for me to sum up.",
    ),
    direct=("There's little for me to sum up.", "Too little was decided for a summary."),
)
# In the middle of the longest segment, with the question last.
CHECKPOINT = Toned(
    warm=(
        'Let me play it back: "{a}", and "{b}"; what would you add?',
        'So I have "{a}" and "{b}" from you; which gap do you see yourself?',
    ),
    neutral=(
        'So far I have "{a}", and "{b}"; what\'s still missing?',
        'Up to here it\'s "{a}" and "{b}"; where\'s the gap?',
    ),
    direct=(
        'I have "{a}" and "{b}"; what\'s missing?',
        'That\'s "{a}" and "{b}" so far; what did you leave out?',
    ),
)
REFLECT = (
    "Looking back, what would you do differently?",
    "If you started over, what would you change first?",
    "Which part of that are you least comfortable with?",
)
INVITE = Toned(
    warm=("There's a little time left, and it's yours; what would you like to ask me?",),
    neutral=("There's a little time left; what would you like to ask me?",),
    direct=("A minute is left; what do you want to ask?",),
)
FEEDBACK_NONE = Toned(
    warm=(
        "I didn't hear enough today to say what went well; next time, try thinking out loud from"
        " the start. What got in the way?",
        "Honestly, there was too little said for me to judge anything; a spoken first guess would"
        " help. What made it hard?",
    ),
    neutral=(
        "I didn't hear enough to say what went well; next time, think out loud from the start."
        " What got in the way?",
        "There was too little said for me to judge anything. What made it hard?",
    ),
    direct=(
        "There was too little to judge; think out loud from the start. What got in the way?",
        "I can't judge what I didn't hear. What made it hard?",
    ),
)

# On what the candidate said of the interview: {x} is what they named and the feedback names too.
REFLECTION_SHARED = Toned(
    warm=("You brought up {x} yourself just now, and I'd have raised that as well.",),
    neutral=("You named {x} yourself; that's on my list too.",),
    direct=("You saw {x} yourself; I agree.",),
)
REFLECTION_OTHER = Toned(
    warm=("You brought up {x} just now, and I'll take that along with my own notes.",),
    neutral=("You named {x}; I'd put other things first.",),
    direct=("You named {x}; my list differs.",),
)
REFLECTION_PLAIN = Toned(
    warm=("Thanks for looking back; here's my side of it.",),
    neutral=("That was your view; here's mine.",),
    direct=("Your view; now mine.",),
)

STRENGTH_FIRST = Toned(
    warm=(
        'When you said "{quote}", {what}, and that helped a lot.',
        'One thing I enjoyed: with "{quote}", {what}.',
    ),
    neutral=(
        'When you said "{quote}", {what}.',
        'One thing that worked: with "{quote}", {what}.',
    ),
    direct=('What worked: "{quote}"; there, {what}.', 'A plus: at "{quote}", {what}.'),
)
STRENGTH_SECOND = Toned(
    warm=(
        'I also liked "{quote}"; there, {what}.',
        'And I enjoyed "{quote}", because {what}.',
    ),
    neutral=(
        'The same goes for "{quote}"; {what}.',
        'Another one was "{quote}"; {what}.',
    ),
    direct=('Also "{quote}"; {what}.', 'And "{quote}": {what}.'),
)
STRENGTH_NAMED_FIRST = Toned(
    warm=("It helped that you brought up {x}; that gave us something to dig into.",),
    neutral=("Bringing up {x} helped; it gave us something to discuss.",),
    direct=("You brought up {x}, which gave us something to work with.",),
)
STRENGTH_NAMED_SECOND = Toned(
    warm=("I also liked that you named {x}; we could build on that.",),
    neutral=("And naming {x} helped; we could build on that.",),
    direct=("Naming {x} helped as well.",),
)
STRENGTH_NONE = Toned(
    warm=(
        "You kept going, and I'd need more detail before I could name a strength.",
        "There was too little detail for me to pick out a strength, though you stayed with it.",
    ),
    neutral=(
        "I'd need more detail before I could name a strength.",
        "There was too little detail for me to pick out a strength.",
    ),
    direct=(
        "I can't name a strength without more detail.",
        "No strength stood out; details did not come.",
    ),
)
STRENGTH_SOLE = Toned(
    warm=("For a second one I'd have needed a bit more detail.",),
    neutral=("I'd have needed more detail to name a second one.",),
    direct=("There wasn't enough detail for a second one.",),
)

# {quote}: where it would have fitted; {question}: what was asked there.
MISSING_AT_QUOTE = (
    Toned(
        warm=('Something to practise: after "{quote}", I\'d have loved to hear {what}.',),
        neutral=('To work on: after "{quote}", I\'d have liked to hear {what}.',),
        direct=('Missing after "{quote}": {what}.',),
    ),
    Toned(
        warm=('And with "{quote}", I was hoping for {what}.',),
        neutral=('Also, with "{quote}", I\'d have expected {what}.',),
        direct=('After "{quote}", I needed {what}.',),
    ),
)
MISSING_AT_STAGE = (
    Toned(
        warm=("Something to practise: {stage}, I'd have loved to hear {what}.",),
        neutral=("To work on: {stage}, I'd have liked to hear {what}.",),
        direct=("Missing, {stage}: {what}.",),
    ),
    Toned(
        warm=("And {stage}, I was hoping for {what}.",),
        neutral=("Also, {stage}, I missed {what}.",),
        direct=("And {stage}, I needed {what}.",),
    ),
)
MISSING_THERE = (
    Toned(
        warm=("Something to practise: {what}, which never quite came up.",),
        neutral=("To work on: {what}, which didn't come up.",),
        direct=("Missing altogether: {what}.",),
    ),
    Toned(
        warm=("In the same place, I was also hoping for {what}.",),
        neutral=("In the same place, I missed {what}.",),
        direct=("There, {what} was missing too.",),
    ),
)
NEVER_ASKED = Toned(
    warm=("One more for next time: you never asked {topic}, and I'd have told you.",),
    neutral=("And in the framing, you never asked {topic}.",),
    direct=("You never asked {topic}; ask first, next time.",),
)
# {x} as the candidate put it: what they came for, or the role they're after.
FOR_GOAL = Toned(
    warm=("You said {x}, so I'd begin with the first of those two.",),
    neutral=("As you said {x}, I'd start with the first of those.",),
    direct=("You said {x}; start with the first of those.",),
)
FOR_GOAL_SHARED = Toned(
    warm=("You said {x}; that's just what the last two are about.",),
    neutral=("You said {x}; these two belong to that.",),
    direct=("You said {x}; that's where the work is.",),
)
FOR_ROLE = Toned(
    warm=("For {x}, I'd begin with the first of those two.",),
    neutral=("With {x} in mind, I'd start with the first of those.",),
    direct=("If you want {x}, fix the first one first.",),
)

FEEDBACK_ASK = ("Does that match your own view?", "How does that sit with you?")

RESOURCES = Toned(
    warm=(
        "If you'd like to read on, try {r}; and {q}.",
        "Two things worth your evening: {r}; and {q}.",
    ),
    neutral=("If you want to read on: {r}; and {q}.", "Worth your time next: {r}; and {q}."),
    direct=("To read: {r}; and {q}.", "Next on your list: {r}; and {q}."),
)
RESOURCE = Toned(
    warm=("If you'd like one thing to look at next, try {r}.", "Worth an evening: {r}."),
    neutral=("If you want one thing to look at next: {r}.", "Worth your time next: {r}."),
    direct=("To read: {r}.", "Next on your list: {r}."),
)
FAREWELL = Toned(
    warm=(
        "That's our time; thanks for the conversation{name}, and goodbye.",
        "Let's stop here; thank you so much{name}, goodbye.",
        "We're done for today; thanks{name}, and take good care.",
    ),
    neutral=(
        "That's our time; thank you{name}, and goodbye.",
        "Let's stop here; thank you{name}, goodbye.",
        "We're done for today; thanks{name}, and take care.",
    ),
    direct=(
        "Time's up; thanks{name}, goodbye.",
        "We stop here; thank you{name}.",
        "That's it for today; goodbye{name}.",
    ),
)
FAREWELL_EARLY = Toned(
    warm=(
        "All right, we'll end here; thanks for the time{name}, and goodbye.",
        "Okay, let's finish there; thank you{name}, and see you another time.",
        "We'll leave it at that; thanks{name}, take care.",
    ),
    neutral=(
        "We'll end here; thanks for the time{name}, and goodbye.",
        "Okay, let's finish there; thank you{name}, goodbye.",
        "Let's leave it at that; thanks{name}, take care.",
    ),
    direct=(
        "Ending here; thanks{name}, goodbye.",
        "Then we finish; thank you{name}.",
        "That's it; goodbye{name}.",
    ),
)
