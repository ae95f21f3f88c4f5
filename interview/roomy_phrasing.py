"""Invitations for who answers in a few words: something concrete, and quiet to do it in. By
what the interview is about and by segment, in the order of preference; as in `phrasing`, a line
is never said twice."""

from __future__ import annotations

from interview.scenario import Talk

_DESIGN: dict[str, tuple[str, ...]] = {
    "warm_up": (
        "Take one ordinary day on that project, and I'll just listen; what happened from morning "
        "to evening?",
        "I'll keep quiet for a bit; could you tell me that story from its beginning?",
        "Think of one person who used it; what did they see, step by step?",
    ),
    "problem_framing": (
        "Take half a minute and put yourself in a user's place; what happens to them, step by "
        "step?",
        "I'll wait while you think; could you name three things that have to be true for this to "
        "work?",
        "Pick one wrong answer that the system gives; who's hurt by it, and how?",
        "In your own time, then; what would the first page of your notes on this problem say?",
    ),
    "solution_exploration": (
        "Take one request and follow it from the user's tap to the answer; I'll stay quiet, so "
        "what happens on the way?",
        "Take a minute for this one; could you walk me through the data, from the raw log to one "
        "training row?",
        "Pick the part you know best, and take your time; how would you build it, piece by piece?",
        "I'll give you a moment; if you drew this on a board, which boxes and arrows would I see?",
        "Say it's your first week on this, from Monday on; what would you build each day?",
        "Choose two ways to do the main step, and think as long as you like; what separates them?",
        "Let's slow down here; could you take one component and tell me what goes in, what comes "
        "out, and what breaks?",
    ),
    "deep_dive": (
        "Take a real bad day with this system, and I'll listen; what happens first, and what next?",
        "In your own time, pick one number from this design; how would you work it out from "
        "scratch?",
        "Choose the decision you're least sure of and take a minute; what would you try, to settle "
        "it?",
        "I'll stay quiet for a bit; could you argue for your design, and then against it?",
        "Follow one wrong prediction back to its cause, slowly; where do you look, in which order?",
    ),
    "wrap_up": (
        "Take a moment, and I'll wait; what would you tell a friend about this design?",
        "There's no hurry with this; which two things would you do another way?",
    ),
}
_BASICS: dict[str, tuple[str, ...]] = {
    "warm_up": _DESIGN["warm_up"],
    "problem_framing": (
        "Take half a minute and imagine the table in front of you; what would you look at, column "
        "by column?",
        "I'll wait while you think; could you name three things that you'd want to know about "
        "this data?",
        "Pick one wrong prediction; who's hurt by it, and how?",
        "In your own time, then; what would the first page of your notes on this problem say?",
    ),
    "solution_exploration": (
        "Take one row and follow it to the prediction; I'll stay quiet, so what happens on the "
        "way?",
        "Take a minute for this one; could you walk me through one round of training, step by "
        "step?",
        "Pick the method you know best, and take your time; how does it work, piece by piece?",
        "I'll give you a moment; if you drew this on a board, what would I see?",
        "Choose two models that could do this, and think as long as you like; what separates them?",
        "Let's slow down here; could you explain one idea of this as you would to a beginner?",
        "Say you have one afternoon and this data; what would you try, hour by hour?",
    ),
    "deep_dive": (
        "Follow one wrong prediction back to its cause, slowly; where do you look, in which order?",
        "In your own time, pick one number that we've talked about; how would you work it out "
        "from scratch?",
        "Choose the answer you're least sure of and take a minute; what would you try, to settle "
        "it?",
        "I'll stay quiet for a bit; could you argue for your choice, and then against it?",
        "Take the smallest example you can think of, and I'll listen; what happens in it, step by "
        "step?",
    ),
    "wrap_up": (
        "Take a moment, and I'll wait; what would you tell a friend about this problem?",
        "There's no hurry with this; which two things would you do another way?",
    ),
}
_STORIES: dict[str, tuple[str, ...]] = {
    "warm_up": (
        "Take one ordinary day at your work, and I'll just listen; what happens from morning to "
        "evening?",
        "I'll keep quiet for a bit; could you tell me that story from its beginning?",
        "Think of one colleague; what do they see you do in a week?",
    ),
    "problem_framing": (
        "Take half a minute and put yourself in somebody else's place there; what does the day "
        "look like to them?",
        "I'll wait while you think; could you name three people you'd talk to, and what you'd say?",
        "In your own time, then; what would you do in the first hour, minute by minute?",
        "Pick the step you'd like least, and take a moment; how would you go about it?",
    ),
    "solution_exploration": (
        "Take one day of that, and I'll stay quiet; what happened, from the morning on?",
        "Let's slow down here; could you play me the conversation, what you said and what they "
        "said?",
        "Pick the person who saw it differently, and take your time; how would they tell it?",
        "I'll give you a moment; could you begin again a week earlier, and tell me how it came "
        "to that?",
        "Think as long as you like; what were the two ways you could have gone, and what separated "
        "them?",
        "Take a minute for this one; what did each person in the room want?",
        "Say I'd been standing next to you; what would I have seen and heard?",
    ),
    "deep_dive": (
        "Take the worst hour of it, and I'll listen; what happened first, and what next?",
        "Choose the decision you're least sure of and take a minute; what would you do now?",
        "I'll stay quiet for a bit; could you defend what you did, and then criticise it?",
        "In your own time, go back to one sentence that you said to somebody; how did it land?",
        "Follow it back to where it began, slowly; when could you have turned it?",
    ),
    "wrap_up": (
        "Take a moment, and I'll wait; what would you tell a friend about today?",
        "There's no hurry with this; which two things would you tell another way?",
    ),
}
# After a first answer of a few words, before anything else is asked: more of the same. Those with
# {x} take up what was named.
MORE_ON = (
    "Could you take me through {x} in a bit more detail?",
    "Let's stay with {x} for a moment; what happens there, step by step?",
    "I'd like to hear more on {x}, in your own time; what's the idea behind that?",
    "Let me hold on to {x}; how do you picture that here, from one end to the other?",
    "There's more to {x}, I think; would you open that up for me?",
)
MORE = (
    "Could you take me through that in a bit more detail?",
    "What would that look like, in a few more sentences?",
    "I'd like the longer version, if you have one; what's behind that?",
    "Would you say a little more, as you'd explain it to a colleague?",
    "Could you give me an example of that, in your own time?",
    "Let's not hurry past that one; what made you say so?",
    "How did you come to that, from the beginning?",
    "There's time for more on that; what else belongs to it?",
)
ROOMY: dict[Talk, dict[str, tuple[str, ...]]] = {
    "design": _DESIGN,
    "basics": _BASICS,
    "stories": _STORIES,
}
