"""The scripted wording. Every pool holds variants of one line in the order of preference.

A line is never said twice in an interview: the first variant not yet said is taken, and where a
pool is a list of optional remarks, nothing is said once all are used up.
"""

from __future__ import annotations

from interview.toned import Toned

GREETING = (
    "Hi {name}, I'm your interviewer today; good to meet you.",
    "We'll talk for about {total}, you can think out loud, and silence is fine.",
)

# Before a question of one kind: what the last answer had not.
WITHOUT_NUMBER = Toned(
    warm=("A rough figure would do here.", "Don't worry about being exact with this one."),
    neutral=("Let's put a size on it.", "On the numbers, then."),
    direct=("There was no number in that.", "I haven't heard a figure yet."),
)
WITHOUT_REASON = Toned(
    warm=("I'd love to hear how you got there.", "Tell me about the choice behind it."),
    neutral=("On the choice itself.", "Let's look at what it costs."),
    direct=("You gave no reason for that.", "I haven't heard the other side of it."),
)
WITHOUT_FAILURE = Toned(
    warm=(
        "Let's look at a bad day, just for a moment.",
        "I'd also like the part that doesn't go well.",
    ),
    neutral=("Let's see the harder side of it.", "Now for what can go wrong."),
    direct=("That only covers the good case.", "You haven't said what can go wrong."),
)

BRIDGE = {
    "problem_framing": Toned(
        warm=(
            "Thanks, that tells me where you come from.",
            "It's nice to hear where you come from.",
        ),
        neutral=("Okay, that's the background.", "That gives me the background."),
        direct=("Let's leave your own work there.", "Enough of the past."),
    ),
    "solution_exploration": Toned(
        warm=("We can leave the framing there.", "That gives us plenty to build on."),
        neutral=("Let's leave the framing there.", "Okay, that's the problem."),
        direct=("We've enough of the question itself.", "That's the problem; now your way."),
    ),
    "deep_dive": Toned(
        warm=("Thanks, I've got the overview now.", "That gives me the broad picture."),
        neutral=("Let's leave the overview there.", "That's the broad picture."),
        direct=("So much for the whole.", "Enough of the overview."),
    ),
    "wrap_up": Toned(
        warm=("We're nearly at the end, so let's breathe out.", "Let's bring this in to land."),
        neutral=("We're near the end.", "Let's leave the details there."),
        direct=("That's as deep as we'll go today.", "Time to close."),
    ),
}
# {x}: what the candidate said of themself in the beginning, in their own words.
BRIDGE_GOAL = Toned(
    warm=("You told me {x}, so I'll keep that in mind as we go.",),
    neutral=("You said {x}; I'll keep that in mind.",),
    direct=("You said {x}; let's see to that.",),
)
BRIDGE_ROLE = Toned(
    warm=("You said you're after {x}, so let's talk as if that were today.",),
    neutral=("You said you're after {x}; let's talk at that level.",),
    direct=("You want {x}; then I'll ask as I would there.",),
)
# Before an opening that is a bridge by itself.
BRIDGE_BRIEF = Toned(
    warm=("Thanks.", "Many thanks.", "Okay, thanks for that.", "All right, thank you."),
    neutral=("Okay.", "All right.", "Right.", "Understood.", "Noted."),
    direct=("Fine.", "On we go.", "Next.", "Moving on.", "Now."),
)
BRIDGE_CUT = (
    "I'll stop you there, because of the time.",
    "Let me hold you there; we should keep moving.",
    "I'm going to pause that thought so that we get to the rest.",
    "Hold that thought; I want to be sure we reach what's next.",
)
ASK_LEAD = (
    "Let me ask something else.",
    "Next one.",
    "Here's another angle.",
    "Let's go on from there.",
    "I'd like to turn to something related.",
    "On to the next thing.",
    "One more on this.",
)
OPENING_AGAIN = ("Let me finish setting it up.", "Here's the rest of the setup.")

REPEAT_LEAD = (
    "Of course:",
    "Sure, once more:",
    "Happy to:",
    "Here it is again:",
    "I asked this:",
    "The question was this:",
    "One more time:",
    "Again, then:",
    "No problem:",
    "Gladly:",
)
REPHRASE_LEAD = (
    "Let me put it differently:",
    "In other words:",
    "Put another way:",
    "Said another way:",
    "What I'm after is this:",
    "Let me try that again:",
    "Here's another way to ask it:",
)

RESUMED = (
    "Let's pick it up again.",
    "We're running again.",
    "Okay, on we go.",
    "Right, back to it.",
    "The clock's running again.",
    "Welcome back to it.",
    "Let's carry on, then.",
    "And we continue.",
)
REJOINED = (
    "I dropped out for a moment, sorry; here's where we left off:",
    "Sorry, I lost the line for a bit; we were at this:",
    "I'm back after a break in the connection; the question was:",
    "Apologies, that was my connection; what I'd asked was:",
    "I was cut off there; we were talking about this:",
    "That was a gap on my side; let's take up this again:",
)
RETURNED = (
    "Welcome back; we were at this:",
    "You're with me again; the question was:",
    "There you are; here's where we were:",
    "You're back, so let's take it up again:",
    "Hello again; we'd got to this:",
    "The line's back; the open question is this:",
)
