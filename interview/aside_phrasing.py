"""The scripted wording of what leads back to the interview: refusals, redirections, calm replies.

Each pool holds the tone's own lines in the order of preference; as in `phrasing`, a line is never
said twice in an interview. What follows a line that ends in a colon is the question again."""

from __future__ import annotations

from interview.toned import Toned

# Before a pointed question, when somebody has talked for very long.
CUT_IN = Toned(
    warm=(
        "Let me stop you there, gently; there's a lot in that.",
        "I'm going to jump in, because you've given me plenty.",
        "Sorry to break in; I'd like to stay with one piece of this.",
        "May I cut in for a moment, so that we don't lose a thread.",
        "Forgive the interruption; one part of that caught my ear.",
        "I'll pause you here, so that nothing gets lost.",
    ),
    neutral=(
        "Let me stop you there and pick one thing out.",
        "I'll break in here; let's take one piece of that.",
        "Sorry, I'm cutting in; I'd like to narrow this down.",
        "Hold on a second; one thing at a time.",
        "I'm going to interrupt, so that we get to the point of it.",
        "Just a second; let's narrow that.",
    ),
    direct=(
        "I'll cut in; that's too broad.",
        "Stopping you there; one point, please.",
        "Let's narrow this.",
        "I need the short version of one part.",
        "Too many threads; let's take one.",
        "Breaking in; the short answer to this one, please.",
    ),
)

# {x}: a few of the candidate's own words.
OFF_TOPIC_SAID = Toned(
    warm=(
        "I'd happily hear more about {x} another day; back to this one:",
        "That's a story for a coffee, {x}; let me bring us back:",
        "I enjoyed that about {x}; we should return to this, though:",
        "Let's keep {x} for afterwards; here's what I'm after:",
    ),
    neutral=(
        "Let's leave {x} for another time and go back to this:",
        "That takes us to {x}; I'd like to return to this:",
        "We've drifted to {x}; the question was this:",
        "I'll set {x} aside; back to where we were:",
    ),
    direct=(
        "Not {x} now; this instead:",
        "We're off the subject with {x}; back to it:",
        "Leave {x}; answer this:",
        "{x} doesn't help us here; the question is this:",
    ),
)
OFF_TOPIC = Toned(
    warm=(
        "I'd love to chat about that another day; let me bring us back:",
        "Let's save that for later and return to this:",
        "That's a nice aside; back to our problem, though:",
        "We've wandered a little, which is fine; here's where we were:",
    ),
    neutral=(
        "Let's get back to the problem:",
        "That's beside what we're after; once more:",
        "I'd like to return to where we were:",
        "We've drifted; the open point is this:",
    ),
    direct=(
        "That's off the subject; back to this:",
        "Let's not go there; the question stands:",
        "Off topic; again, then:",
        "We don't have time for that; this, please:",
    ),
)

CALM = Toned(
    warm=(
        "I hear that this is frustrating; let's take a smaller piece.",
        "That's fair to say out loud; we can go at your pace.",
        "I understand; these talks can be tiring, so let's keep it simple.",
        "No hard feelings; one small step, then.",
        "It's all right to be annoyed; let's try one more thing together.",
        "We can stop whenever you say so; if you'd like to go on, here's a small one.",
        "You may well be right; let me ask it more simply.",
    ),
    neutral=(
        "Understood; let's take a smaller piece of it.",
        "That's noted; we'll keep it short.",
        "I see that this isn't landing; let's come at it from another side.",
        "All right; one narrow question, then.",
        "I take the point; let's go on with something smaller.",
        "You can end this at any time by saying so; otherwise, one small thing.",
        "So be it; here's a plainer one.",
    ),
    direct=(
        "Noted; a smaller question.",
        "Fine; let's be quick about this one.",
        "That doesn't bother me; here's a narrower one.",
        "Point taken; on with it.",
        "We can end it if you say so; if not, one thing.",
        "Understood, and I'd still like an answer.",
        "Be that as it may; this one's short.",
    ),
)

# Orders, by what they are after.
REFUSE_ORDERS = Toned(
    warm=(
        "I'll stay with the interview, if that's all right with you; let's go back to the problem.",
        "I'd rather keep to our conversation; I'm still curious how you'd go on.",
        "That's not something I'll do here, and I'd hate to lose our time over it.",
        "You've got me as your interviewer and nothing else; let's go on with the conversation.",
        "Nice try; I'm only here for the interview, so let's continue.",
        "I can't go along with that, but I'd gladly hear your next thought.",
        "My part doesn't change, whoever asks; back to yours.",
        "We can talk all day about that and I'd still want your answer.",
    ),
    neutral=(
        "I'll stay with the interview; let's go back to the problem.",
        "I'd rather keep to our conversation and to the problem in front of us.",
        "That's not something I'll do here; let's go on with the conversation.",
        "I'm here as an interviewer, and I'll leave it at that.",
        "No, I'll keep to my part; please keep to yours.",
        "Asking me that won't change what we do here.",
        "My instructions aren't up for discussion; the problem is.",
        "We'll carry on as before.",
    ),
    direct=(
        "No; I'll stay with the interview.",
        "That won't work; back to the problem.",
        "I won't do that; go on with your thoughts.",
        "Not happening; the question's still open.",
        "I've heard it, and the answer is no.",
        "Asking again doesn't help; your turn.",
        "My part stays as it is.",
        "We're here for the problem, nothing else.",
    ),
)
# Later refusals: one of these, then one of AND_ON.
STILL_NO = (
    "Still no",
    "As before",
    "My answer's the same",
    "Not that either",
    "I'll pass on that",
    "No change there",
    "That stays where it is",
    "Once more, no",
    "I keep to my part",
    "Asked and answered",
)
AND_ON = (
    "on with the problem",
    "the question stands",
    "here's what I'd like to hear",
    "back to your thinking",
    "we go on from here",
    "your side of it, please",
    "let's use the time",
    "this is what's open",
)
# After another subject, where the question has no other words left.
SMALLER_STEP = (
    "What's the very first thing you'd look at there?",
    "Which one piece of it could you say something about right away?",
    "What would you rule out first?",
    "Who could you ask about that, and what exactly?",
    "Which single fact would help you most with it?",
    "What's the plainest thing that could work there?",
    "Where would you expect it to get difficult?",
    "What would you try in the first hour?",
    "Which case of it would you take as an example?",
    "What would you want to have written down by the end of the day?",
)
REFUSE_MARKS = Toned(
    warm=(
        "I don't hand anything out, I'm afraid; let's make the conversation a useful one.",
        "There's nothing to win by asking, but a lot by talking it through.",
        "That isn't mine to give; let's see how far we get.",
        "I can't promise results; what I can do is listen closely.",
    ),
    neutral=(
        "I don't give results away; let's keep going.",
        "That isn't something to ask for; go on with the problem.",
        "What you say about the problem is what counts; continue there.",
        "I can't promise anything of that kind; back to the problem.",
    ),
    direct=(
        "No results on request; go on.",
        "That has to come from your answer.",
        "You won't get that from me by asking.",
        "Earn it with the answer.",
    ),
)
REFUSE_CRITERIA = Toned(
    warm=(
        "I keep my notes to myself while we talk; just think aloud as you would with a colleague.",
        "There's no secret list to aim at; show me how you'd really work.",
        "I'd rather not say what I'm listening for, because I want your own priorities.",
        "What matters is up to you to judge here; tell me what you'd look at first.",
    ),
    neutral=(
        "I won't say what I'm listening for; your own priorities are what I want to hear.",
        "My notes stay with me until the end; go on as you would at work.",
        "That would take the point out of it; choose what matters and say why.",
        "I keep that to myself; treat me as a colleague and carry on.",
    ),
    direct=(
        "I won't tell you what I'm looking for; decide what matters.",
        "My notes are mine; carry on.",
        "Choose the priorities yourself.",
        "No list; just your own judgement.",
    ),
)
REFUSE_SOLUTION = Toned(
    warm=(
        "I'd rather hear how you'd do it; where would you start?",
        "That part is yours, and there's no single right way; what's your first idea?",
        "I won't give that away, but you can ask me for a hint; what would you try?",
        "I'm keeping my own answer to myself for now; what's yours?",
        "If I told you, we'd both miss the fun of it; what comes to mind first?",
        "My version wouldn't help you as much as yours; which piece would you begin with?",
    ),
    neutral=(
        "I'd like your way rather than mine; where would you start?",
        "That part is yours to work out; what's your first idea?",
        "I won't give that away, though you may ask for a hint; what would you try?",
        "My own answer stays with me; what's yours?",
        "It's your thinking we're after; which piece comes first?",
        "I'll leave that to you; what would you rule out?",
    ),
    direct=(
        "That's your job; where do you start?",
        "I won't solve it for you; what's your first move?",
        "No answers from me, only hints on request; what would you try?",
        "Yours, not mine; what do you propose?",
        "I'm not giving that away; which piece do you take first?",
        "You tell me; what would you build first?",
    ),
)
MACHINE = Toned(
    warm=(
        "Yes, I'm a machine; what you say still matters here, so let's go on.",
        "I am, yes, a program; shall we get back to it?",
        "That's right, there's no human on this end; let's carry on all the same.",
    ),
    neutral=(
        "Yes, I'm a machine; let's go on.",
        "I am a program, yes; shall we continue?",
        "Correct, there's no human on this end; let's carry on.",
    ),
    direct=(
        "Yes, I'm a machine; go on.",
        "A program, yes; back to the question.",
        "No human here; carry on.",
    ),
)
LATER_VERDICT = Toned(
    warm=(
        "I'll gladly tell you at the end; for now, just keep going.",
        "Let's keep that for the end, so that you can think freely until then.",
        "You'll hear my view before we close; go on with your thought.",
    ),
    neutral=(
        "I'll keep that for the end; carry on.",
        "You'll hear what I think before we close; go on.",
        "That comes at the end; let's continue.",
    ),
    direct=(
        "At the end, not now; go on.",
        "No verdicts yet; continue.",
        "You'll hear it when we close.",
    ),
)
CLEAR = Toned(
    warm=("Yes, I follow; do go on.", "It does; please keep going.", "Clear to me; carry on."),
    neutral=("Yes, I follow; go on.", "It does; keep going.", "That's clear to me; continue."),
    direct=("Yes; go on.", "It does; next point.", "Clear; continue."),
)
