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
    "Okay, that's clear.",
    "I'm with you.",
    "Makes sense so far.",
    "Noted.",
    "All right.",
    "Okay, I have that.",
    "That gives me the picture.",
    "I hear you.",
    "So that's the plan there.",
)
ACK_SAID = (
    "So, {x}.",
    "Okay, {x}.",
    "Right, {x}.",
    "Got it, {x}.",
    "{X}, then.",
    "So {x} comes into it.",
    "I heard {x} in there.",
    "Okay, so you're looking at {x}.",
)
REASSURE = (
    "Take whatever time you need on this one.",
    "No rush with this.",
    "Think out loud if that helps.",
    "There's more than one way to go here.",
    "Rough numbers are fine.",
    "It's fine to start anywhere.",
)
PRESS = (
    "That leaves a gap.",
    "I'm missing a piece.",
    "That stops short of the hard part.",
    "I need something more concrete.",
    "There's a step missing there.",
)

FOLLOW_SAID = (
    "You mentioned {x}; how would you know it's working?",
    "Say a bit more about {x}: what's the hardest part of it?",
    "What would make you drop {x} and try something else?",
    "When {x} goes wrong in production, what do you see first?",
    "How would you explain the cost of {x} to someone paying for it?",
    "With {x}, what's the simplest version you'd ship first?",
    "What are you assuming about the data when you say {x}?",
    "How does {x} hold up if traffic grows ten times?",
    "What would you give up in exchange for {x}?",
    "Suppose a colleague disagrees about {x}; what's their best argument?",
    "Where would {x} surprise you a month after launch?",
    "How would you test {x} before anyone depends on it?",
    "What did you weigh {x} against?",
    "Which number would tell you {x} isn't good enough?",
    "Who would be hurt first if {x} were wrong?",
    "If you had one week for {x}, what would you leave out?",
)
FOLLOW_SAID_STAFF = (
    "If {x} succeeds, what second effect does it have on the rest of the system?",
    "Two years on, how does {x} change what other teams can do?",
    "What feedback loop could {x} start without anyone noticing?",
    "Where does {x} move the cost to, if not to you?",
)
FOLLOW_EARLIER = (
    "Earlier you said {x}; how does that fit with what you have now?",
    "Going back to {x}, which you brought up before: what would you look at more closely?",
    "You talked about {x} earlier; what could break it?",
    "I'd like to pick up {x} from before: how would you measure it?",
    "A while ago you brought up {x}; would you still choose it?",
    "Let's return to {x} for a moment: what are the failure modes?",
    "Before, you named {x}; what would you need to see to trust it?",
    "Thinking back to {x}: what's the part you're least sure of?",
)
FOLLOW_PLAIN = {
    "warm_up": (
        "What was your own part in that?",
        "What was the hardest decision there?",
        "What would you do differently if you started today?",
        "How did you know that it worked?",
        "Who used what you built?",
        "What did you learn from it that you still use?",
        "Which number did you care about most?",
        "What nearly went wrong?",
    ),
    "problem_framing": (
        "Who is this for, and what do they gain?",
        "What would count as success after three months?",
        "Which constraint worries you most?",
        "What would you ask the product team first?",
        "What is out of scope, for you?",
        "Which metric would you refuse to optimise alone?",
        "How would you notice that we're solving the wrong problem?",
        "What data would you want to see before anything else?",
    ),
    "solution_exploration": (
        "What's the simplest baseline you could launch?",
        "Which features carry most of the signal, do you think?",
        "Where do the labels come from?",
        "How would you serve this within the time you have per request?",
        "How does an offline gain turn into an online one?",
        "What would you try second, if the first idea falls flat?",
        "Which part would you build last?",
        "How would you split the data for training and testing?",
    ),
    "deep_dive": (
        "What fails first when the data shifts?",
        "How would you find out that a feature is leaking the label?",
        "What would you put on the dashboard for whoever is on call?",
        "How do you roll this back safely?",
        "Where would you spend twice the compute, if you had it?",
        "How often would you retrain, and what decides that?",
        "Which users get the worst experience from this?",
        "What would you check before trusting the test result?",
    ),
    "wrap_up": (
        "Which decision would you revisit with another hour?",
        "What felt hardest today?",
        "Which part are you happiest to defend?",
        "What would you read up on before building this?",
        "Is there anything you'd like to ask me?",
        "What would you do on the first day, if this started on Monday?",
        "Which assumption would you check first?",
        "What would you tell a new colleague about this design?",
    ),
}
FOLLOW_OPENERS = (
    "Take that one step further:",
    "Stay with that for a moment:",
    "Let's push on it:",
    "From another side:",
    "To make it concrete:",
    "Looking at it as an engineer on call:",
    "Looking at it as a user:",
    "With a tight budget:",
    "With twice the data:",
    "With half the data:",
    "On the first day:",
    "After a year:",
)
FOLLOW_CLOSERS = (
    "what changes?",
    "what breaks first?",
    "what would you measure?",
    "what would you leave out?",
    "what's the risk?",
    "what would you check?",
    "what's the next step?",
    "who notices?",
    "what does it cost?",
    "where would you start?",
)

BRIDGE = {
    "problem_framing": (
        "Thanks, that tells me where you come from.",
        "Okay, that's the background.",
        "Let's leave your own work there.",
    ),
    "solution_exploration": (
        "That's where we'll leave the framing.",
        "We've enough of the question itself.",
        "Okay, that's the problem framed.",
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
    "Good, we're running again.",
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
    "Good to have you back; the question was:",
    "There you are; here's where we were:",
    "You're back, so let's take it up again:",
    "Hello again; we'd got to this:",
    "Glad that worked; the open question is this:",
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

UNKNOWN_FACT = (
    "I don't have a number for that; make an assumption and say it.",
    "I can't tell you that one; pick something sensible and state it.",
    "That's open; assume what you need and tell me.",
    "Nobody's decided that; choose a value and say why.",
    "I'd leave that to you; what would you assume?",
    "I don't know that; take a reasonable guess and go from there.",
    "We've no figure for it; work with one you'd believe.",
    "That isn't given; set it yourself and carry on.",
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
    "Good thing to ask once we're into the problem; let's stay with your background.",
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
    "Here's what I took away: {a}; and {b}.",
    "What stays with me: {a}; and then {b}.",
)
SUMMARY_ONE = ("Here's what I took away: {a}.", "What stays with me is this: {a}.")
SUMMARY_NONE = (
    "We haven't got to much of a design today, and that's fine to say out loud.",
    "There isn't much on the table for me to sum up, honestly.",
)
REFLECT = (
    "Looking back, what would you do differently?",
    "If you started over, what would you change first?",
    "Which part of that are you least comfortable with?",
)
FEEDBACK_NONE = (
    "I didn't hear enough today to say what went well; next time, try thinking out loud from the"
    " start. What got in the way?",
    "Honestly, there was too little said for me to judge anything; a spoken first guess would help."
    " What made it hard?",
)
STRENGTH_FIRST = (
    "Two things went well: you brought up {a}, and you got to {b}.",
    "What worked: you raised {a}, and also {b}.",
)
STRENGTH_ONE = ("One thing that worked: you brought up {a}.", "What worked was {a}.")
IMPROVE = (
    "Two to work on: when you said {c}, I wanted more on {d}; and I'd add {e}.",
    "To get better at: {c} needed more on {d}; and I'd have liked {e}.",
)
IMPROVE_ONE = (
    "To work on: {c} needed a number or an example behind it, and a word on what could go wrong.",
    "One to practise: put a number behind {c}, and say what could go wrong.",
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
