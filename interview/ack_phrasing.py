"""The scripted wording of remarks that take up what was said, and of what the tone adds before a
follow-up; as in `phrasing`, a line is never said twice in an interview.

`{x}` is a noun phrase, singular or plural; nothing agrees with it."""

from __future__ import annotations

from interview.toned import Toned

# Neither praise nor blame: what was said has arrived.
ACK_PLAIN = Toned(
    warm=(
        "Okay, thanks.",
        "Got it, thank you.",
        "I see where you're going.",
        "That helps, thanks.",
        "Understood, thanks for that.",
        "Fair enough, I follow you.",
        "Sure, I'm with you.",
        "Noted, and thanks.",
        "All right, I have that.",
        "Mm-hm, okay.",
        "Thanks for walking me through it.",
        "I'm listening closely.",
        "Very well, thank you.",
        "Happy to hear it in your words.",
        "That's useful to know.",
    ),
    neutral=(
        "Okay.",
        "Got it.",
        "Right.",
        "I see.",
        "Mm-hm.",
        "Understood.",
        "Fair enough.",
        "I follow.",
        "All right.",
        "Noted.",
        "Sure.",
        "Thanks.",
        "That's noted.",
        "Very well.",
        "I hear you.",
    ),
    direct=(
        "Okay, next.",
        "Right, on.",
        "Heard.",
        "Fine.",
        "Then this.",
        "Moving on.",
        "Go deeper, then.",
        "Taken.",
        "So far, so clear.",
        "That's one part.",
        "Let's push on.",
        "Onwards.",
        "Clear enough.",
        "Further, then.",
        "And beyond that.",
    ),
)
ACK_SAID = Toned(
    warm=(
        "Okay, {x}, thanks.",
        "I see, so {x}.",
        "Right, {x}, I'm with you.",
        "Thanks, I've noted {x}.",
        "So you'd look at {x}.",
        "Got you, {x}.",
        "Mm-hm, {x}, I follow.",
        "All right, {x}, that's clear.",
    ),
    neutral=(
        "So, {x}.",
        "Okay, {x}.",
        "Right, {x}.",
        "I see, {x}.",
        "Noted, {x}.",
        "Got it, {x}.",
        "Understood, {x}.",
        "You have {x}, then.",
    ),
    direct=(
        "Taking {x}, then.",
        "With {x}, on we go.",
        "Fine, {x}.",
        "You say {x}.",
        "We're at {x}, then.",
        "Then {x}.",
        "Heard, {x}.",
        "On {x}, I want more.",
    ),
)
ACK_REPEATED = Toned(
    warm=(
        "You've told me that one, so let's look elsewhere.",
        "That's in my notes already; something different, then.",
        "We've had that, and it's fine; let me try another side.",
    ),
    neutral=(
        "You've mentioned that; let's look elsewhere.",
        "I have that already.",
        "We've had that one; let me ask something different.",
    ),
    direct=(
        "You've said that; something new, please.",
        "I've heard that one.",
        "We've had it; next.",
    ),
)
ACK_UNSURE = Toned(
    warm=(
        "That's perfectly fine.",
        "No problem at all, we'll come at it another way.",
        "Okay, let's leave that one open, no harm done.",
        "Then let's try something nearer to you.",
        "Nobody knows everything; let's look elsewhere.",
        "We can leave that.",
        "Not to worry.",
        "It's honest to say so; here's another.",
    ),
    neutral=(
        "That's fine.",
        "No problem, we'll come at it another way.",
        "Okay, let's leave that one open.",
        "Then let's try something nearer.",
        "We can leave that for now.",
        "Let's look elsewhere, then.",
        "I'll park that.",
        "From another side, then.",
    ),
    direct=(
        "Then we leave it.",
        "Skip that.",
        "Another one, then.",
        "Something nearer.",
        "We'll drop that.",
        "Open, then.",
        "Parked.",
        "Different subject.",
    ),
)
# Now and then before a question that digs: reassurance, or a word on what is missing.
COLOUR = Toned(
    warm=(
        "Take whatever time you need on this one.",
        "No rush with this.",
        "Think out loud if that helps.",
        "There's more than one way to go here.",
        "A rough idea is enough to begin with.",
        "It's fine to start anywhere.",
        "I'm curious about one thing.",
        "Let me ask you a bit more about that.",
    ),
    neutral=(
        "One more on that.",
        "Staying with this for a moment.",
        "A follow-up.",
        "Let me dig a little.",
        "One thing on that.",
        "To go a step further.",
        "I'd like to look closer.",
        "Here's a related one.",
    ),
    direct=(
        "Down a level.",
        "Keep this one concrete, please.",
        "I want one more layer of that.",
        "Give me specifics on this.",
        "Be as exact as you can.",
        "I'm after details now.",
        "There's a layer below that.",
        "Sharper, please.",
    ),
)
