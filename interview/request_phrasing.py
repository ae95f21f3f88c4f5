"""The scripted wording of hints, silences, time and pauses, in the order of preference; as in
`phrasing`, a line is never said twice in an interview."""

from __future__ import annotations

from interview.toned import Toned

NOTHING_TO_REPEAT = (
    "I haven't asked anything yet; give me a second.",
    "There's no question open just now; carry on as you like.",
    "Nothing's open on my side; go on with whatever you had in mind.",
)
HINT_LEAD = Toned(
    warm=(
        "Here's a small hint.",
        "A nudge, then, gladly.",
        "One pointer for you.",
        "Something to lean on.",
        "Let me help a little.",
        "Happy to; think of this.",
        "Try this.",
        "Sure, a bit more help.",
        "Maybe this helps.",
        "Let's take one corner of it.",
    ),
    neutral=(
        "Here's a hint.",
        "A pointer, then.",
        "One thought.",
        "Consider this.",
        "Let me point you somewhere.",
        "Something to work with.",
        "Try it from here.",
        "A bit more, then.",
        "Maybe look at it this way.",
        "To get you going.",
    ),
    direct=(
        "Hint.",
        "One hint, then.",
        "Look here.",
        "This much I'll say.",
        "Start from this.",
        "One pointer, then it's yours.",
        "Think of this instead.",
        "More help, then.",
        "Work with this.",
        "This much I can give you.",
    ),
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
    "What's your next step with that?",
    "Which way does it point you?",
)
HINT_GENERIC = (
    "Start from the person using it and work backwards.",
    "Pick the simplest thing that could work and say what's wrong with it.",
    "Name the one number you'd watch.",
    "Think about where the data comes from.",
    "Think about what happens when it's wrong.",
    "Split it into what can be done beforehand and what has to happen on the spot.",
    "Take one single case and follow it all the way through.",
    "Ask yourself who'd complain first.",
    "Look at the two extremes, the tiny version and the huge one.",
    "Say what you'd measure before and after.",
    "Put a rough number on it, even a bad one.",
    "Compare it with something you've built before.",
)
HINT_IN_A_STORY = (
    "Start with one person and what they wanted.",
    "Take one day of it, and say what you saw.",
    "Think of the moment when it could have gone the other way.",
    "Say what you did first, and the reason after that.",
    "Think of what it cost, and who paid.",
    "Ask yourself who'd tell it differently.",
    "Pick one sentence you remember somebody saying.",
    "Compare how it was before and how it was afterwards.",
    "A small example will do, as long as it's a real one.",
    "Say what you'd do again, and what you wouldn't.",
)
NO_MORE_HINTS = Toned(
    warm=(
        "I've no more hints on this one; a best guess is all I'm after.",
        "That's all the help I have here; go with your instinct, it's fine.",
        "I've given what I can on this; say what you'd try, however rough.",
        "My pointers are used up here; anything you'd attempt is a start.",
        "There's nothing left to hint at; take a stab at it.",
    ),
    neutral=(
        "I've no more hints on this one; take your best guess.",
        "That's all the help I have here; go with your instinct.",
        "I've given what I can on this; say what you'd try.",
        "The hints are used up here; make an attempt.",
        "Nothing more from me on this; choose something.",
    ),
    direct=(
        "No more hints; take a guess.",
        "That's all the help there is; commit to something.",
        "You've had all my hints; your answer, please.",
        "Hints are used up; decide.",
        "Nothing left from me; try something.",
    ),
)
# After a word that there are no more hints.
MOVE_ON_INSTEAD = (
    "shall we move on?",
    "would you rather go on to the next question?",
    "do you want to leave this one?",
    "should I take us to something else?",
    "would you like to skip it?",
    "is it time for the next one?",
    "or shall we let it go?",
    "may I take you to another question?",
)
# The same said for the umpteenth time, before one of the above.
NO_HINTS_SHORT = (
    "still no more hints here",
    "there's no hint left on this question",
    "you've had every hint I have on it",
    "the hints on this one are all given",
    "there's no further help from me here",
    "I've nothing more up my sleeve for this",
    "on this one the rest has to come from you",
    "I can't point any further on this",
    "that was the last pointer I had",
    "I've said all I can to help with this one",
)
NUDGE = Toned(
    warm=(
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
        "Even a guess is a good place to begin.",
    ),
    neutral=(
        "Start with whatever comes to mind first.",
        "A rough first thought is enough.",
        "You can think out loud.",
        "Any starting point works.",
        "It needn't be complete.",
        "Begin with the smallest piece of it.",
        "Go ahead whenever you're ready.",
        "Start with an assumption, if that's easier.",
        "Begin anywhere; we'll sort it out later.",
        "Sketch it first and fix it afterwards.",
        "Name the first thing you'd check.",
        "Guessing is allowed.",
    ),
    direct=(
        "I need a first thought.",
        "A rough thought, please.",
        "Think out loud, please.",
        "Pick any starting point.",
        "Half an idea is enough.",
        "The smallest piece first.",
        "Whenever you're ready.",
        "Assume something and start.",
        "Begin anywhere.",
        "Sketch now, fix later.",
        "First thing you'd check, please.",
        "Take a guess.",
    ),
)
OFFER = Toned(
    warm=(
        "Would it help if I put that another way?",
        "Shall I ask that in different words for you?",
        "Would you like me to rephrase it?",
        "Do you want it from a different angle?",
        "Should I say more plainly what I'm after?",
        "Would a different wording be useful?",
        "Can I make the question easier to get hold of?",
        "Would you rather hear that in other words?",
    ),
    neutral=(
        "Should I put that another way?",
        "Shall I ask that in different words?",
        "Do you want me to rephrase it?",
        "Would another angle help?",
        "Should I say what I'm after more plainly?",
        "Would other words be useful?",
        "Can I narrow the question for you?",
        "Would it be clearer in other words?",
    ),
    direct=(
        "Do you want other words?",
        "Shall I rephrase?",
        "Want it worded differently?",
        "Another angle?",
        "Should I say it more plainly?",
        "Do you need it rephrased?",
        "Shall I narrow it?",
        "Is the wording the trouble?",
    ),
)
WARN = Toned(
    warm=(
        "We've about {t} left on this.",
        "There's about {t} left for this part of the conversation.",
        "Just so you know, about {t} to go on this.",
        "About {t} more on this, then we'll move on together.",
        "Keep in mind that we have about {t} here.",
        "I make it about {t} before we move on.",
        "That leaves us about {t} on this one.",
    ),
    neutral=(
        "We have about {t} left on this.",
        "There's about {t} left for this part.",
        "Just a note, about {t} to go on this.",
        "About {t} more on this, then we'll move on.",
        "Keep in mind we have about {t} here.",
        "I make it {t} or so before we move on.",
        "That leaves us about {t} on this.",
    ),
    direct=(
        "About {t} left here.",
        "You have about {t} on this.",
        "The clock says {t} left on this.",
        "Roughly {t}, then we move on.",
        "Mind the time; about {t} left.",
        "We've got {t} for this.",
        "Around {t} to go.",
    ),
)
PAUSED = (
    "Paused; say the word when you're back.",
    "Okay, the clock's stopped; take the time you need.",
    "Sure, let's take a break; tell me when to go on.",
    "We'll stop there; I'll wait for you.",
    "All right, we're on hold until you say so.",
    "Break it is; pick it up whenever you like.",
    "No problem, I'll wait.",
    "Nothing's running now; come back when it suits you.",
)
STILL_PAUSED = (
    "Welcome back; we're still paused, so tell me when to go on.",
    "You're back; it's still on hold until you say so.",
    "Hello again; the clock stays stopped until you're ready.",
)
# After words that may mean the end; a "yes" ends the interview.
END_ASKED = (
    "Do you want to end the interview here?",
    "Just to be sure, shall I end the whole interview now?",
    "Before I do, should the interview end here for good?",
    "Is that it for today, shall I close the interview?",
    "Do you mean the whole interview; should I end it?",
    "I'd rather ask than guess; do we end the interview now?",
)
NOT_ENDED = (
    "Good, then we carry on; go ahead.",
    "All right, we keep going; the floor's yours.",
    "Okay, on we go; it's your turn.",
    "Glad I asked; please go on.",
    "Then we stay with it; take your time.",
    "No problem, I'm listening.",
)
EXTENDED = Toned(
    warm=(
        "Sure, I've added {t}; carry on.",
        "Of course, {t} more; no hurry.",
        "Done, that's {t} on top; keep going.",
        "You've got {t} more; pick it up where you were.",
        "I can give you {t}, gladly; go on.",
    ),
    neutral=(
        "I've added {t}; carry on.",
        "Okay, {t} more; go ahead.",
        "That's {t} on top; keep going.",
        "You have {t} more; pick it up where you were.",
        "I can give you {t}; go on.",
    ),
    direct=(
        "Added {t}; go on.",
        "All right, {t} more.",
        "That's {t} more; use it well.",
        "You get {t}; continue.",
        "Another {t}, then we move on.",
    ),
)
NOT_EXTENDED = Toned(
    warm=(
        "I've no time left to give here, sadly, so let's make the most of what we have.",
        "There's nothing spare now; the most important part will do.",
        "That's all the time there is; go for the main point and it'll be fine.",
    ),
    neutral=(
        "I've no time left to give here; let's make the most of what we have.",
        "There's nothing spare now; say the most important part.",
        "That's all the time there is; go for the main point.",
    ),
    direct=(
        "No time left to give; the main point, please.",
        "Nothing spare; the important part only.",
        "There's no more to give; your main point now.",
    ),
)
