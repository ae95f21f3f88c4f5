"""The scripted wording around answers to what the candidate asks, in the order of preference; as in
`phrasing`, a line is never said twice in an interview."""

from __future__ import annotations

from interview.toned import Toned

UNKNOWN_NUMBER = Toned(
    warm=(
        "I don't have a number for that; make an assumption you'd be happy to defend.",
        "We've no figure for it, so work with one that you'd believe.",
        "Nobody's measured that; choose a value and tell me why.",
        "I can't give you that number; take a reasonable guess and go from there.",
    ),
    neutral=(
        "I don't have a number for that; make an assumption and say it.",
        "We've no figure for it; work with one you'd believe.",
        "That hasn't been measured; choose a value and say why.",
        "I can't give you that number; take a guess and go from there.",
    ),
    direct=(
        "No number for that; make an assumption.",
        "We've no figure; pick one and defend it.",
        "Not measured; choose a value.",
        "I don't have that number; guess and go on.",
    ),
)
UNKNOWN_CHOICE = Toned(
    warm=(
        "That's up to you; tell me what you choose and why.",
        "Your call, really; just let me know which way you go.",
        "Either is fine by me; pick one and give me the reason.",
        "I'd leave that to you; say which you'd take.",
    ),
    neutral=(
        "That's up to you; say what you choose and why.",
        "Your call; just tell me which way you go.",
        "Either would do; pick one and give me the reason.",
        "I'd leave that to you; go with what you'd do at work.",
    ),
    direct=(
        "Up to you; say which and why.",
        "Your call; decide.",
        "Either; pick one and give the reason.",
        "You choose; I'll follow.",
    ),
)
UNKNOWN_FACT = Toned(
    warm=(
        "That's open, as far as I know; assume what you need and tell me.",
        "I can't tell you that one, sorry; pick something sensible and state it.",
        "I'd leave that open; say what you'd assume.",
        "I don't know that, honestly; make an assumption and carry on.",
        "That isn't given, so feel free to set it yourself.",
        "Nobody's decided that yet; decide it your way.",
        "I haven't got anything on that; a fair assumption is all you need.",
        "There's nothing in my notes about it, so it's yours to settle.",
    ),
    neutral=(
        "That's open; assume what you need and tell me.",
        "I can't tell you that one; pick something sensible and state it.",
        "Leave that open, or assume something and say so.",
        "I don't know that; make an assumption and carry on.",
        "That isn't given; set it yourself and carry on.",
        "It hasn't been decided; decide it your way.",
        "I've nothing on that; a fair assumption will do.",
        "My notes don't say; settle it as you like.",
    ),
    direct=(
        "Open; assume something and say it.",
        "I can't tell you; state an assumption.",
        "Not given; set it yourself.",
        "Don't know; assume and go on.",
        "Undecided; you decide.",
        "I've nothing on it; your assumption counts.",
        "My notes are silent there; move on with a guess.",
        "Pick a value and continue.",
    ),
)
TOLD_FACT = (
    "As I said,",
    "Same as before:",
    "It's still this:",
    "To say it again:",
    "Like I said:",
    "Nothing has changed there:",
    "Here it is again:",
    "My answer is the same:",
    "You had that from me before:",
    "Once more, then:",
)
HAND_BACK = Toned(
    warm=(
        "Carry on from there.",
        "Do go ahead.",
        "Over to you.",
        "Take it from there, in your own time.",
        "Back to you.",
        "Please go on.",
        "That should help you along.",
        "See what that does to your plan.",
        "Feel free to build on it.",
        "You can ask me more of that kind.",
    ),
    neutral=(
        "Carry on from there.",
        "Go ahead.",
        "Over to you.",
        "Take it from there.",
        "Back to you.",
        "Please go on.",
        "That's what I know of it.",
        "Use it as you like.",
        "See where that leads.",
        "You may ask more of that kind.",
    ),
    direct=(
        "Go on.",
        "Your turn.",
        "Use that.",
        "Continue.",
        "That's it.",
        "Work with that.",
        "Next.",
        "Over to you again.",
        "Build on it.",
        "There you are.",
    ),
)
# When more was asked at once than is answered at once.
INVITE_REST = Toned(
    warm=(
        "Ask me the rest again, one at a time.",
        "I'll gladly take the others one by one.",
        "That's two of them; do ask the next one again.",
    ),
    neutral=(
        "Ask me the rest one at a time.",
        "I'll take the others one by one.",
        "That's two of them; ask the next one again.",
    ),
    direct=(
        "The rest one at a time, please.",
        "Two for now; ask the others singly.",
        "One by one for the others.",
    ),
)
TOO_EARLY_FACT = Toned(
    warm=(
        "We'll come to the problem itself soon; for now I'd like to hear about you.",
        "Hold that for a few minutes; first, tell me about your own work.",
        "Keep that question for the problem itself; let's stay with your background.",
        "That belongs to the problem, which comes next; go on about your project.",
        "I'll gladly answer that once we've got to the problem; stay with yours for now.",
        "We're not there yet; I'm still curious about your own system.",
        "One thing at a time; your own work first, then the problem.",
        "You can ask me that in a few minutes; tell me more about your project.",
    ),
    neutral=(
        "We'll come to the problem soon; for now it's about you.",
        "Hold that for a few minutes; your own work first.",
        "Keep that for the problem itself; stay with your background.",
        "That belongs to what comes next; go on about your project.",
        "I'll answer that once we've got to the problem.",
        "We're not there yet; your own system first.",
        "First your work, then the problem.",
        "You can ask me that in a few minutes.",
    ),
    direct=(
        "Later; your own work first.",
        "Not yet; stay with your project.",
        "Keep that for the problem.",
        "That comes next; finish yours.",
        "Hold it; background first.",
        "In a few minutes; go on.",
        "Too early for that; your system, please.",
        "We'll get there; continue.",
    ),
)
