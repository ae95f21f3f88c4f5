"""The scripted wording of turn-taking, in the order of preference; as in `phrasing`, a line is
never said twice in an interview."""

from __future__ import annotations

# Before what a candidate's words broke off.
RESUMING = (
    "To finish what I was saying.",
    "As I was saying.",
    "Back to what I'd begun to say.",
    "Let me finish that thought.",
    "What I still wanted to tell you is this.",
    "There was a bit more to it.",
    "Here's the rest of that.",
    "I hadn't quite finished.",
)
# To a question at the very end of a part that no fact answers.
LATER = (
    "Hold on to that question, and bring it along to what comes next.",
    "That question deserves more than the seconds left here, so keep it in mind.",
    "Let's leave that question open for the moment.",
    "I'll let that question stand, as our time for this part is up.",
    "Note that question down; there's no time left for it here.",
)
# A request for time is granted with one of these, once.
HOLD = (
    "Take your time.",
    "Of course, take your time.",
    "Sure, no rush.",
    "Go ahead and think.",
    "Whenever you're ready.",
    "Sure, I'll wait.",
    "No problem, take a moment.",
    "Please do.",
    "That's fine, there's time.",
    "Think it through.",
)
# After the time that was asked for.
HOLD_OVER = (
    "I'm here when you're ready; where would you like to start?",
    "How is it coming along; shall we talk it through together?",
    "Tell me where you've got to, even if it's half a thought.",
    "Would it help to think it through out loud?",
    "Let me hear what you have so far.",
    "Ready to share a first thought?",
    "What's on your mind so far?",
)
# After words that ended in the middle, and a long silence.
GO_ON = (
    "Go on, I'm with you.",
    "You were in the middle of something; go on.",
    "I'm listening.",
    "Finish that thought whenever you like.",
    "Carry on, no hurry.",
    "And then?",
    "I'm following; keep going.",
    "Yes, go ahead.",
    "I'm still with you.",
    "Go on from there.",
)
# When neither a nudge nor other words helped.
LEAVE = (
    "Shall we leave this one and go on, or would you rather take a short break?",
    "We can leave that question there; would you like to go on, or pause for a bit?",
    "Would you like to skip this one, or take a break?",
    "We could come at something else, or pause; shall we go on?",
    "It's fine to let this one go; shall I ask something else, or do you want a pause?",
    "Should we drop this one and go on, or stop for a moment?",
)
# Before the next question when one is left.
LEFT = (
    "Then let's leave that one.",
    "Okay, on to something else.",
    "All right, we'll let it go.",
    "No problem, here's another one.",
)
NOT_LEFT = (
    "All right, stay with it; I'll wait.",
    "Okay, take the time you need on it.",
    "Good, then I'll let you think.",
)
# After speech that could not be made out.
GARBLED = (
    "I didn't catch that; could you say it again?",
    "Sorry, that didn't come through clearly; once more, please?",
    "I couldn't make that out; would you mind repeating it?",
    "The sound was unclear just then; could you say that again?",
    "I missed that; could you repeat it, a little closer to the microphone?",
    "Sorry, I lost your words there; what did you say?",
    "That was hard to hear; could you tell me again?",
    "I only got a part of that; could you go over it again?",
)
GARBLED_ON = (
    "I'm still not hearing you clearly, so let's carry on and see.",
    "The sound isn't good enough for me to follow; let's go on.",
    "I couldn't get that either; we'll move along for now.",
)
# Before the rest of what was being told, after a break.
OWED_RESUMED = (
    "So, to go on where I was.",
    "Back to what I was telling you.",
    "Let me go on from where I stopped.",
    "On with it, then.",
)
OWED_RETURNED = (
    "Welcome back; I was still telling you this.",
    "Good, you're here again; I'll go on where I stopped.",
    "You're back; let me go on with what I was saying.",
    "Hello again; I hadn't finished.",
)
OWED_REJOINED = (
    "I dropped out in the middle of a sentence, sorry; I'll go on from there.",
    "Sorry, my connection went; here's what I was telling you.",
    "Apologies for the gap; I was still explaining.",
    "I'm back; let me pick up what I was telling you.",
)
# These end in a colon and lead up to what was said just before.
LAST_AGAIN = (
    "Of course:",
    "Sure, that bit again:",
    "I said this:",
    "Once more:",
    "The last bit was this:",
    "Gladly, again:",
)
