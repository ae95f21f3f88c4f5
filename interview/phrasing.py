"""The scripted wording. Every tuple holds variants of one line in the order of preference.

A line is never said twice in an interview: the first variant not yet said is taken, and where a
tuple is a list of optional remarks, nothing is said once all are used up.
"""

from __future__ import annotations

GREETING = (
    "Hi {name}, I'm your interviewer today; good to meet you.",
    "We'll talk for about {total}, you can think out loud, and silence is fine.",
)

ACK_PLAIN = (
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
    "I'm with you.",
    "Thanks.",
    "I have that.",
    "That's noted.",
    "I hear you.",
    "Very well.",
)
ACK_SAID = (
    "So, {x}.",
    "Okay, {x}.",
    "Right, {x}.",
    "I see, {x}.",
    "Noted, {x}.",
    "Got it, {x}.",
    "Understood, {x}.",
)
ACK_REPEATED = (
    "You've mentioned that; let's look elsewhere.",
    "That's the same point as before.",
    "We've had that one; let me ask something different.",
)
ACK_UNSURE = (
    "That's fine.",
    "No problem, we'll come at it another way.",
    "Okay, let's leave that one open.",
    "Then let's try something nearer.",
)
REASSURE = (
    "Take whatever time you need on this one.",
    "No rush with this.",
    "Think out loud if that helps.",
    "There's more than one way to go here.",
    "A rough idea is enough to begin with.",
    "It's fine to start anywhere.",
)
PRESS = (
    "Keep this one concrete, please.",
    "Numbers help, if you have them.",
    "Give me specifics on this.",
    "Be as exact as you can.",
    "I'm after details now.",
)

BRIDGE = {
    "problem_framing": (
        "Thanks, that tells me where you come from.",
        "Okay, that's the background.",
        "Let's leave your own work there.",
    ),
    "solution_exploration": (
        "Let's leave the framing there.",
        "We've enough of the question itself.",
        "Okay, that's the problem.",
    ),
    "deep_dive": (
        "Let's leave the overview there.",
        "That's the broad picture.",
        "So much for the design as a whole.",
    ),
    "wrap_up": (
        "We're near the end.",
        "That's as deep as we'll go today.",
        "Let's leave the design there.",
    ),
}
# Before an opening that is a bridge by itself.
BRIDGE_BRIEF = ("Thanks.", "Okay.", "All right.", "Right.", "Understood.", "Noted.")
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
NOTHING_TO_REPEAT = (
    "I haven't asked anything yet; give me a second.",
    "There's no question open just now; carry on as you like.",
)
HINT_LEAD = (
    "Here's a small hint.",
    "A nudge, then.",
    "One pointer.",
    "Something to lean on.",
    "Let me help a little.",
    "Here's a thought.",
    "Try this.",
    "A bit more help, then.",
)
HINT_BACK = (
    "Where does that take you?",
    "What would you do with that?",
    "How far does that get you?",
    "Does that open it up?",
    "What does it suggest?",
    "How would you use it?",
    "What follows from it?",
    "Can you build on that?",
)
HINT_GENERIC = (
    "Start from the person using it and work backwards.",
    "Pick the simplest thing that could work and say what's wrong with it.",
    "Name the one number you'd watch.",
    "Think about where the data comes from.",
    "Think about what happens when it's wrong.",
    "Try splitting it into training time and serving time.",
)
NO_MORE_HINTS = (
    "I've no more hints on this one; take your best guess.",
    "That's all the help I have here; go with your instinct.",
    "I've given what I can on this; say what you'd try.",
)

NUDGE = (
    "Take your time; start with whatever comes to mind first.",
    "No hurry; even a rough first thought is useful.",
    "You can think out loud, if you like.",
    "Any starting point will do.",
    "A half-formed idea is fine here.",
    "We can begin with the smallest piece of it.",
    "I'm still here; go ahead whenever you're ready.",
    "Feel free to start with an assumption.",
    "Begin anywhere; we can tidy it up together.",
    "It's fine to sketch first and fix it afterwards.",
    "Say the first thing you'd check.",
    "A guess is a good place to begin.",
)
OFFER = (
    "Would it help if I put that another way?",
    "Shall I ask that in different words?",
    "Would you like me to rephrase it?",
    "Do you want it from a different angle?",
    "Should I say what I'm after more plainly?",
    "Would a different wording be useful?",
    "Can I make the question easier to get hold of?",
    "Would it be useful to hear that in other words?",
)
WARN = (
    "We've about {t} left on this.",
    "There's about {t} left for this part of the conversation.",
    "Just so you know, about {t} to go on this.",
    "About {t} more on this, then we'll move on.",
    "Keep in mind we have about {t} here.",
    "I make it about {t} before we move on.",
    "That leaves us about {t} on this.",
)
PAUSED = (
    "Paused; say the word when you're back.",
    "Okay, the clock's stopped; take the time you need.",
    "Sure, let's take a break; tell me when to go on.",
    "Stopped there; I'll wait for you.",
    "All right, we're on hold until you say so.",
    "Break it is; pick it up whenever you like.",
    "No problem, we'll wait.",
    "The clock is standing still; come back when it suits you.",
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
STILL_PAUSED = (
    "Welcome back; we're still paused, so tell me when to go on.",
    "You're back; it's still on hold until you say so.",
    "Hello again; the clock stays stopped until you're ready.",
)
EXTENDED = (
    "Sure, I've added {t}; carry on.",
    "Okay, {t} more; go ahead.",
    "Done, that's {t} on top; keep going.",
    "You've got {t} more; pick it up where you were.",
    "I can give you {t}; go on.",
)
NOT_EXTENDED = (
    "I've no time left to give here, so let's make the most of what we have.",
    "There's nothing spare now; say the most important part.",
    "That's all the time there is; go for the main point.",
)

UNKNOWN_NUMBER = (
    "I don't have a number for that; make an assumption and say it.",
    "We've no figure for it; work with one you'd believe.",
    "Nobody's measured that; choose a value and say why.",
    "I can't give you that number; take a reasonable guess and go from there.",
)
UNKNOWN_CHOICE = (
    "That's up to you; say what you choose and why.",
    "Your call; just tell me which way you go.",
    "Either is fine by me; pick one and give me the reason.",
    "I'd leave that to you; what would you choose?",
)
UNKNOWN_FACT = (
    "That's open; assume what you need and tell me.",
    "I can't tell you that one; pick something sensible and state it.",
    "I'd leave that open; what would you assume?",
    "I don't know that; make an assumption and carry on.",
    "That isn't given; set it yourself and carry on.",
    "Nobody's decided that yet; decide it your way.",
)
TOLD_FACT = (
    "As I said,",
    "Same as before:",
    "It's still this:",
    "To say it again:",
    "Like I said:",
)
HAND_BACK = (
    "Carry on from there.",
    "Go ahead.",
    "Over to you.",
    "What does that change for you?",
    "Take it from there.",
    "How does that shape your thinking?",
    "What do you make of it?",
    "Back to you.",
    "Where does that lead you?",
    "Please go on.",
)
TOO_EARLY_FACT = (
    "We'll come to the problem itself soon; for now I'd like to hear about you.",
    "Hold that for a few minutes; first, tell me about your own work.",
    "Keep that question for the problem itself; let's stay with your background.",
    "That belongs to the problem, which comes next; go on about your project.",
    "I'll answer that once we've got to the problem; what else did you do on yours?",
    "We're not there yet; I'm still curious about your own system.",
    "One thing at a time; your own work first, then the problem.",
    "You can ask me that in a few minutes; tell me more about your project.",
)
CLEAR = ("Yes, I follow; go on.", "It does; keep going.", "Yes, that's clear to me; continue.")
MACHINE = (
    "Yes, I'm a machine; what you say still matters here, so let's go on.",
    "I am, yes, a program; shall we get back to it?",
    "That's right, there's no human on this end; let's carry on.",
)
REFUSE_ORDERS = (
    "I'll stay with the interview, if that's all right; where were we?",
    "I'd rather keep to our conversation; let's get back to the problem.",
    "That's not something I'll do here; let's go on with your design.",
)
REFUSE_SOLUTION = (
    "I'd rather hear how you'd do it; where would you start?",
    "That part is yours to work out; what's your first idea?",
    "I won't give that away, but you can ask me for a hint; what would you try?",
    "I'm keeping my own answer to myself; tell me yours.",
)

SUMMARY = (
    'Here\'s what I took away: you said "{a}", and later "{b}".',
    'What stays with me is "{a}", and after that "{b}".',
)
SUMMARY_ONE = ('Here\'s what I took away: you said "{a}".', 'What stays with me is "{a}".')
SUMMARY_NONE = (
    "We haven't got to much of a design today, and that's fine to say out loud.",
    "There isn't much on the table for me to sum up, honestly.",
)
FEEDBACK_NONE = (
    "I didn't hear enough today to say what went well; next time, try thinking out loud from the"
    " start. What got in the way?",
    "Honestly, there was too little said for me to judge anything; a spoken first guess would help."
    " What made it hard?",
)
REFLECT = (
    "Looking back, what would you do differently?",
    "If you started over, what would you change first?",
    "Which part of that are you least comfortable with?",
)
FEEDBACK_ASK = ("Does that match your own view?", "How does that sit with you?")
FAREWELL = (
    "That's our time; thanks for the conversation{name}, and goodbye.",
    "Let's stop here; thank you{name}, goodbye.",
    "We're done for today; thanks{name}, and take care.",
)
FAREWELL_EARLY = (
    "All right, we'll end here; thanks for the time{name}, and goodbye.",
    "Okay, let's finish there; thank you{name}, goodbye.",
    "We'll leave it at that; thanks{name}, take care.",
)
RESOURCE = (
    "If you want one thing to look at next: {r}.",
    "Worth your time next: {r}.",
)
