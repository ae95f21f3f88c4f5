"""Invitations for who answers in a few words: something concrete, and quiet to do it in. By
segment, in the order of preference; as in `phrasing`, a line is never said twice."""

from __future__ import annotations

ROOMY: dict[str, tuple[str, ...]] = {
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
